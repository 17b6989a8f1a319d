// Folds away the questions that are not asked: "only if" another one has a certain answer. Without this they all show.

const form = document.querySelector("form[data-record]");
const questions = form ? [...form.querySelectorAll("[data-only-if]")] : [];

function answers(name) {
  const inputs = [...form.elements].filter((one) => one.name === name);
  const ticked = inputs.filter((one) => !["radio", "checkbox"].includes(one.type) || one.checked);
  return ticked.map((one) => one.value).filter(Boolean);
}

function isAsked(question) {
  const { onlyIf, onlyIs } = question.dataset;
  const wanted = onlyIs.split(" ").filter(Boolean);
  const given = answers(onlyIf);
  const above = form.elements.namedItem(onlyIf);
  const outer = (above?.closest ? above : above?.[0])?.closest("[data-only-if]");
  if (outer?.hidden) return false;
  return wanted.length ? given.some((one) => wanted.includes(one)) : given.length > 0;
}

function fold() {
  for (const question of questions) {
    const hasFault = question.querySelector(".error");
    question.hidden = !hasFault && !isAsked(question);
  }
}

if (questions.length) {
  form.addEventListener("change", fold);
  fold();
}
