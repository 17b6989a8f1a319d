// The preview of a question follows what is typed; the site makes it, as it does without this script.

const PAUSE = 500; // milliseconds without a key

for (const form of document.querySelectorAll("form[data-preview]")) {
  const pane = document.getElementById("gc-preview-body");
  let timer = 0;
  let asked = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });

  async function refresh() {
    const mine = ++asked;
    // `form.action` would be the buttons of that name
    const body = new URLSearchParams(new FormData(form));
    body.set("action", "preview");
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body, credentials: "same-origin" });
      if (!answer.ok || mine !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const made = page.getElementById("gc-preview-body");
      if (made) pane.replaceChildren(...made.childNodes); // made by the site's own template, which escapes
    } catch {
      // no network: the button below the form says so when it is pressed
    }
  }
}
