// Bold, italic, headings, lists, tasks: a button puts its signs in, then takes them away.
// Enter in a list begins the next item, in an empty item it ends the list.

const ITEM = /^(\s*(?:>\s?)*)([-*+]|(\d{1,9})([.)]))(\s+)(\[[ xX]\]\s+)?/;
const LEAD = /^\s*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)\s+)*(?:\[[ xX]\]\s+)?/;
const LETTER = /[\p{L}\p{N}]/u;

export function start(gare) {
  const { area, actions, replace } = gare;
  actions.bold = () => wrap("**", "boldText");
  actions.italic = () => wrap("*", "italicText");
  actions.heading = () => changeLines(nextHeading);
  actions.list = () => toggleLines("- ", (item) => item && !item[3] && !item[6]);
  actions.task = () => toggleLines("- [ ] ", (item) => item?.[6]);

  function wrap(sign, example) {
    let { selectionStart: start, selectionEnd: end, value } = area;
    if (start === end) {
      while (LETTER.test(value[start - 1] || "")) start--;
      while (LETTER.test(value[end] || "")) end++;
    }
    while (start < end && /\s/.test(value[start])) start++;
    while (end > start && /\s/.test(value[end - 1])) end--;
    const words = value.slice(start, end);
    const size = sign.length;
    if (isWrapped(value, start, end, size)) {
      replace(start - size, end + size, words);
      return area.setSelectionRange(start - size, end - size);
    }
    const lines = (words || gare.word(example)).split("\n").map((line) => wrapLine(line, sign));
    replace(start, end, lines.join("\n"));
    const inner = lines.length === 1 && lines[0].startsWith(sign) ? size : 0;
    area.setSelectionRange(start + inner, area.selectionEnd - inner);
  }

  function changeLines(change) {
    const { value, selectionStart, selectionEnd } = area;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const last = Math.max(selectionStart, selectionEnd - 1);
    const end = (value + "\n").indexOf("\n", last);
    const lines = value.slice(start, end).split("\n");
    const text = lines.map((line) => change(line, lines)).join("\n");
    replace(start, end, text);
    if (lines.length > 1) area.setSelectionRange(start, start + text.length);
  }

  function toggleLines(marker, isOn) {
    changeLines((line, lines) => {
      const isOff = lines.every((other) => !other.trim() || isOn(other.match(ITEM)));
      if (!line.trim()) return lines.length > 1 ? line : marker;
      const bare = line.replace(ITEM, "$1");
      return isOff ? bare : bare.replace(/^\s*/, `$&${marker}`);
    });
  }

  // Not keydown: the keyboards of phones do not tell which key it was.
  area.addEventListener("beforeinput", (event) => {
    const { selectionStart: at, selectionEnd, value } = area;
    if (event.inputType !== "insertLineBreak" || gare.shift || at !== selectionEnd) return;
    const start = value.lastIndexOf("\n", at - 1) + 1;
    const item = value.slice(start, at).match(ITEM);
    if (!item || gare.isCode(start)) return;
    event.preventDefault();
    const [signs, indent, marker, number, dot, space, task] = item;
    const [rest] = value.slice(start + signs.length).split("\n");
    const next = indent + (number ? Number(number) + 1 + dot : marker) + space + (task ? "[ ] " : "");
    if (rest.trim()) replace(at, at, "\n" + next);
    else replace(start, at, "");
  });
}

// Plain line, heading, smaller heading, plain line: the largest is the title of the page.
function nextHeading(line) {
  const [, signs, text] = line.match(/^(#{0,6})\s*(.*)$/);
  return (["## ", "## ", "### "][signs.length] ?? "") + text;
}

// Three stars are bold and italic at once.
function isWrapped(text, start, end, size) {
  const stars = Math.min(text.slice(0, start).match(/\**$/)[0].length, text.slice(end).match(/^\**/)[0].length);
  return stars === size || stars === 3;
}

function wrapLine(line, sign) {
  const [lead] = line.match(LEAD);
  return line.trim() && lead + sign + line.slice(lead.length).trimEnd() + sign;
}
