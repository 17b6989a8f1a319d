// Buttons that copy: data-copy names the field. Shown only when scripts run; the field can be selected without.

export function start(gare) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy"); // without https there is no other clipboard
      }
      gare.say("copied");
      button.focus();
    });
  }
}
