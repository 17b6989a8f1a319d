// Pasting: text with a form (Word, LibreOffice, a web page) is converted by the site, pictures are sent.
// With Shift, in code, or when the site cannot: the plain words.

const FORM = /<(h[1-6]|ul|ol|table|strong|b|em|i|a|p|img|blockquote|br)[\s>]/i;
const BLOCK = /\n\n|^(#|[-*+] |\||\d+\. )/;

export function start(gare) {
  const { area } = gare;
  area.addEventListener("paste", (event) => {
    const board = event.clipboardData;
    const html = board.getData("text/html");
    if (gare.shift || gare.isCode(area.selectionStart)) return;
    if (board.files.length && !hasWords(html)) {
      event.preventDefault();
      gare.attach(board.files);
    } else if (FORM.test(html)) {
      event.preventDefault();
      convert(html, board.getData("text/plain"));
    }
  });

  async function convert(html, plain) {
    const mark = gare.mark();
    gare.say("converting");
    gare.pending++;
    try {
      const headers = { "Content-Type": "text/html; charset=utf-8" };
      const answer = await gare.ask(gare.addresses.convert, { method: "POST", body: html, headers });
      const text = (await answer.text()).trimEnd();
      if (BLOCK.test(text)) gare.insertBlock(text, mark);
      else gare.insert(text, mark);
      gare.say("converted");
    } catch {
      gare.insert(plain, mark);
      gare.say("pastedPlain");
    } finally {
      gare.pending--;
    }
  }
}

// A copied picture comes with an <img>, but a text copied from Word with a picture of itself.
function hasWords(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
}
