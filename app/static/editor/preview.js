// The preview, made by the site. On a wide screen it follows the typing.

const PAUSE = 1000; // milliseconds without a key
const WIDE = matchMedia("(min-width: 64em)");

export function start(gare) {
  const { area, form } = gare;
  const pane = document.getElementById("gc-preview");
  const body = document.getElementById("gc-preview-body");
  const button = form.querySelector('[value="preview"]');
  let timer = 0;
  let shown = null;

  open(!pane.hidden);
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (!pane.hidden && shown === area.value && WIDE.matches) return open(false);
    open(true);
    await refresh();
    pane.scrollIntoView({ block: WIDE.matches ? "nearest" : "start" });
    gare.say("previewed");
  });
  area.addEventListener("input", () => {
    clearTimeout(timer);
    if (!pane.hidden && WIDE.matches) timer = setTimeout(refresh, PAUSE);
  });

  function open(isOpen) {
    pane.hidden = !isOpen;
    button.setAttribute("aria-expanded", isOpen);
  }

  async function refresh() {
    const text = area.value;
    const place = body.scrollTop;
    try {
      const answer = await gare.ask(gare.addresses.preview, { method: "POST", body: new URLSearchParams({ text }) });
      const html = await answer.text();
      if (text !== area.value) return;
      body.innerHTML = html; // cleaned by the site
      for (const link of body.querySelectorAll('a:not([href^="#"])')) link.target = "_blank";
      shown = text;
    } catch (error) {
      body.textContent = error.message;
    }
    body.scrollTop = place;
  }
}
