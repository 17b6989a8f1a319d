// The files of a page: chosen or dropped files are sent at once; the list is shown anew when all have arrived.

export function start(gare) {
  const zone = document.querySelector("[data-drop]");
  const chooser = zone.querySelector('input[type="file"]');
  zone.querySelector("[data-without-script]").hidden = true;
  zone.querySelector("[data-with-script]").hidden = false;

  chooser.addEventListener("change", () => take([...chooser.files]));
  if (chooser.files.length) take([...chooser.files]); // chosen before this script had arrived
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("gc-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("gc-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("gc-over");
    take([...event.dataTransfer.files]);
  });

  async function take(files) {
    const sent = await gare.upload(files);
    chooser.value = "";
    if (sent.length === files.length && !gare.pending) location.assign(location.pathname);
    else zone.querySelector("[data-again]").hidden = !sent.length;
  }
}
