// The link: finds a page by its title, or takes an address. Enter chooses the first of the choices.

const ADDRESS = /^(?:https?:\/\/|mailto:|tel:|www\.)\S+$/i;
const SIGNS = /[[\]|#{}]/g;

export function start(gare) {
  const dialog = document.getElementById("gc-link");
  const field = dialog.querySelector("input");
  const list = dialog.querySelector("ul");
  let timer, chosen;

  gare.actions.link = async () => {
    const mark = gare.mark();
    const words = gare.area.value.slice(mark.start, mark.end).trim();
    chosen = null;
    field.value = words.includes("\n") ? "" : words;
    find();
    await gare.open(dialog);
    if (chosen) gare.insert(write(chosen, words), mark);
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, 200);
  });
  field.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    await find();
    list.querySelector("button")?.click();
  });

  async function find() {
    const typed = field.value.trim();
    let choices = [];
    let sentence = "";
    if (ADDRESS.test(typed)) choices = [{ address: typed, label: gare.word("toAddress", { typed }) }];
    else if (typed) {
      try {
        choices = await (await gare.ask(`${gare.addresses.titles}?q=${encodeURIComponent(typed)}`)).json();
        sentence = gare.word("pagesFound", { count: choices.length });
      } catch (error) {
        sentence = error.message;
      }
      const isThere = choices.some(({ title }) => title.toLowerCase() === typed.toLowerCase());
      if (!isThere) choices.push({ title: typed, label: gare.word("toNewPage", { typed }) });
    }
    if (typed !== field.value.trim()) return;
    dialog.querySelector('[role="status"]').textContent = sentence;
    list.replaceChildren(...choices.map(show));
  }

  function show(choice, n, choices) {
    const line = document.createElement("li");
    line.innerHTML = "<button type=button><span></span> <small></small></button>";
    line.querySelector("span").textContent = choice.label || choice.title;
    line.querySelector("small").textContent = choice.path || "";
    line.firstChild.addEventListener("click", () => {
      chosen = { ...choice, isDouble: choices.filter(({ title }) => title === choice.title).length > 1 };
      dialog.close();
    });
    return line;
  }
}

// A page whose title is another's too, or holds the signs of a link, is named by its path.
function write({ title, path, address, isDouble }, words) {
  if (!title) return `[${words || address}](${address.replace(/^www\./i, "https://$&")})`;
  const target = path && (isDouble || title.search(SIGNS) >= 0) ? path : title.replace(SIGNS, " ");
  const shown = (words || title).replace(SIGNS, " ");
  return shown === target ? `[[${target}]]` : `[[${target}|${shown}]]`;
}
