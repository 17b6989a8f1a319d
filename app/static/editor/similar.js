// A new page: while its title is typed, shows the pages that are called alike, so that none is written twice.

const PAUSE = 400; // milliseconds without a key

export function start(gare) {
  const field = document.getElementById("gc-field-title");
  const box = document.getElementById("gc-similar");
  let timer = 0;

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });

  async function look() {
    const title = field.value.trim();
    const pages = title.length < 3 ? [] : await ask(title);
    if (title !== field.value.trim()) return;
    box.hidden = !pages.length;
    box.querySelector("ul").replaceChildren(...pages.map(item));
    if (pages.length) gare.say("pagesFound", { count: pages.length });
  }

  async function ask(title) {
    try {
      return await (await gare.ask(`${gare.addresses.titles}?q=${encodeURIComponent(title)}`)).json();
    } catch {
      return []; // the site looks again when the page is made
    }
  }
}

function item({ title, address }) {
  const line = document.createElement("li");
  line.append(Object.assign(document.createElement("a"), { href: address, textContent: title }));
  return line;
}
