// Pictures and files in the text: chosen, taken with the camera, dropped, or already there.

export function start(gare) {
  const { area } = gare;
  const dialog = document.getElementById("gc-picture");
  const choosers = [...dialog.querySelectorAll("input")];
  for (const chooser of choosers) chooser.addEventListener("change", () => dialog.close());

  gare.actions.picture = async () => {
    const mark = gare.mark();
    for (const chooser of choosers) chooser.value = "";
    const markup = await gare.open(dialog);
    const files = choosers.flatMap((chooser) => [...chooser.files]);
    if (markup) gare.insertBlock(markup, mark);
    else gare.attach(files, mark);
  };

  // The writer may have gone elsewhere when the files arrive.
  gare.attach = async (files, mark = gare.mark()) => {
    const sent = await gare.upload(files);
    if (!sent.length) return;
    const focused = document.activeElement;
    const here = gare.mark();
    const isHere = here.start === mark.start && here.end === mark.end;
    const markup = sent.map((file) => file.markup).join("\n\n");
    const at = gare.insertBlock(markup, mark);
    const words = sent.length === 1 && markup.match(/^!\[([^\]]*)/);
    if (!isHere) {
      area.setSelectionRange(here.start, here.end);
      focused.focus();
    } else if (words) {
      area.setSelectionRange(at + 2, at + words[0].length);
      gare.say("describe");
    }
  };

  for (const kind of ["dragover", "dragleave", "drop"]) {
    area.addEventListener(kind, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      area.classList.toggle("gc-over", kind === "dragover");
      if (kind === "drop") gare.attach(event.dataTransfer.files);
    });
  }

  // A save would leave it behind: said once.
  let isWarned = false;
  gare.form.addEventListener("submit", (event) => {
    if (!gare.pending || isWarned) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    isWarned = true;
    gare.say("stillSending");
  });
}
