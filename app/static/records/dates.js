// Says while one types what it comes to: the sentence and the next dates. Without this, a button shows them.

const PAUSE = 400; // milliseconds without a key

for (const set of document.querySelectorAll("[data-when]")) {
  const form = set.closest("form");
  const pane = set.querySelector("[data-shown]");
  let timer = 0;
  let asked = 0;
  set.querySelector("[data-show]").hidden = true;
  set.addEventListener("input", later);
  set.addEventListener("change", later);

  function later() {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  }

  async function refresh() {
    const mine = ++asked;
    try {
      const answer = await fetch(set.dataset.dates, { method: "POST", body: typed(), credentials: "same-origin" });
      if (answer.ok && mine === asked) show(await answer.json());
    } catch {
      // no network: what is typed is read when it is sent
    }
  }

  function typed() {
    const { when } = set.dataset;
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token?.value ?? "" });
    for (const [name, value] of new FormData(form)) {
      if (name.startsWith(when)) body.append(name.slice(when.length), value);
    }
    return body;
  }

  function show(found) {
    const lines = [];
    if (found.sentence) lines.push(made("p", made("strong", found.sentence)), made("p", found.next));
    if (found.dates.length) lines.push(made("ol", ...found.dates.map((date) => dated(date, found))));
    pane.replaceChildren(...lines);
  }

  function dated({ words, is_cancelled }, { cancelled }) {
    return is_cancelled ? made("li", made("s", words), ` ${cancelled}`) : made("li", words);
  }
}

function made(name, ...parts) {
  const one = document.createElement(name);
  one.append(...parts);
  return one;
}
