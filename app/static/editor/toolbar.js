// The toolbar: data-do of a button names its action, data-key its key with Ctrl. Its dialogs are native.

export function start(gare) {
  const { actions, area } = gare;
  const bar = document.getElementById("gc-toolbar");
  const buttons = [...bar.children].filter(({ dataset }) => actions[dataset.do]);
  for (const button of buttons) button.hidden = false;
  bar.hidden = false;

  bar.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus, a phone its keyboard
  bar.addEventListener("click", (event) => actions[event.target.closest("[data-do]")?.dataset.do]?.());
  bar.addEventListener("keydown", ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step) buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
  });
  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const button = buttons.find(({ dataset }) => dataset.key === event.key.toLowerCase());
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  // Gives the value of the button that closed the dialog, "" when it was dismissed.
  gare.open = (dialog) =>
    new Promise((resolve) => {
      dialog.returnValue = "";
      dialog.onclose = () => resolve(dialog.returnValue);
      dialog.onclick = ({ target }) => {
        if (target === dialog) dialog.close();
      };
      dialog.showModal();
    });
}
