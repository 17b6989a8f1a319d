// The text: changed so that Ctrl+Z takes it back.

export function start(gare) {
  const area = (gare.area = document.getElementById("gc-field-text"));
  gare.form = area.form;
  const marks = new Set();
  let { length } = area.value;
  area.setSelectionRange(length, length); // what is added without a click comes last

  // execCommand is old, but nothing else keeps the undo history.
  gare.replace = (start, end, text) => {
    area.focus({ preventScroll: true });
    area.setSelectionRange(start, end);
    if (start === end && !text) return;
    if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // The selection now; it moves along when the text before it changes.
  gare.mark = () => {
    const mark = { start: area.selectionStart, end: area.selectionEnd };
    marks.add(mark);
    return mark;
  };

  gare.insert = (text, mark = gare.mark()) => {
    marks.delete(mark);
    gare.replace(mark.start, mark.end, text);
  };

  // Puts text on lines of its own, below those about the page; gives its place.
  gare.insertBlock = (text, mark = gare.mark()) => {
    const [head] = area.value.match(/^(---\n[^]*?\n---\n)?/);
    mark.start = Math.max(mark.start, head.length);
    mark.end = Math.max(mark.end, mark.start);
    const [before, after] = [area.value.slice(0, mark.start), area.value.slice(mark.end)];
    const lead = before && "\n\n".slice(before.match(/\n{0,2}$/)[0].length);
    const tail = "\n\n".slice(after.match(/^\n{0,2}/)[0].length);
    gare.insert(lead + text + tail, mark);
    return before.length + lead.length;
  };

  // Within a fence signs mean nothing.
  gare.isCode = (at) => (area.value.slice(0, at).match(/^ {0,3}(```|~~~)/gm) || []).length % 2 > 0;

  for (const kind of ["keydown", "keyup"]) area.addEventListener(kind, (event) => (gare.shift = event.shiftKey));

  area.addEventListener("input", () => {
    const grown = area.value.length - length;
    const changed = area.selectionEnd - Math.max(grown, 0);
    length = area.value.length;
    for (const mark of marks) {
      for (const side of ["start", "end"]) {
        if (mark[side] >= changed) mark[side] = Math.max(mark[side] + grown, changed);
      }
    }
  });
}
