// Says how many records the ticked filters would leave, before they are asked for. Without it the button does the same.
const form = document.querySelector(".sieve");
const button = form?.querySelector(".actions button");
const words = button?.lastChild;
let last = 0;
let waiting = 0;

const boxes = (page) => new Map([...page.querySelectorAll(".sieve [type=checkbox]")].map((box) => [`${box.name}=${box.value}`, box]));

async function ask() {
  const number = ++last;
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  const answer = await fetch(`${form.action}?${asked}`).catch(() => null);
  if (!answer?.ok || number !== last) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const total = page.querySelector(".total");
  if (!total || number !== last) return;
  words.textContent = ` ${total.dataset.button}`;
  const counted = boxes(page);
  for (const [name, box] of boxes(document)) {
    const there = counted.get(name);
    if (there) box.nextSibling.textContent = there.nextSibling.textContent;
  }
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, 250);
});
