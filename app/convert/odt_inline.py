"""The words of a paragraph of an OpenDocument text as HTML: looks, links, notes, pictures, boxes to tick."""

from collections.abc import Callable
from html import escape
from xml.etree.ElementTree import Element

from app.convert.odt_names import DRAW, HREF, LOEXT, STYLE_NAME, SVG, TEXT, UNREAD
from app.convert.odt_styles import Look, Styles, number

MOST_SPACES = 200  # that one element stands for
_BLOCKS = frozenset({TEXT + "p", TEXT + "h", TEXT + "list"})


class Inline:
    """Writes words; collects notes, and the boxes of text that float beside them."""

    def __init__(self, styles: Styles, find_picture: Callable[[str], str], blocks: Callable[[Element], str]) -> None:
        self._styles = styles
        self._find_picture = find_picture
        self._blocks = blocks
        self._floating: list[str] = []
        self.notes: list[str] = []

    def read(self, element: Element, look: Look) -> str:
        """Give the HTML of what stands in a paragraph, a span or a link."""
        if look.hidden:
            return ""
        parts = [_marked(element.text or "", look)]
        for child in element:
            if child.tag not in UNREAD:
                parts.append(self._element(child, look))
            parts.append(_marked(child.tail or "", look))
        return "".join(parts)

    def take_floating(self) -> str:
        """Give the boxes of text since the last call: they stand after their paragraph."""
        boxes, self._floating = "".join(self._floating), []
        return boxes

    def frame(self, element: Element) -> str:
        """Give the HTML of a frame with pictures: of several kinds of one picture, the first that is kept."""
        if element.tag != DRAW + "frame":
            return ""
        images = element.findall(DRAW + "image")
        if not images:
            return ""
        words = escape(" ".join((element.findtext(SVG + "desc") or element.findtext(SVG + "title") or "").split()))
        hrefs = [image.get(HREF, "") for image in images]
        address = next((found for href in hrefs if (found := self._find_picture(href))), hrefs[0])
        return f'<img src="{escape(address)}" alt="{words}">'

    def _element(self, element: Element, look: Look) -> str:
        if element.tag == TEXT + "span":
            return self._span(element, look)
        if element.tag == TEXT + "s":
            return " " * max(1, min(number(element.get(TEXT + "c"), 1), MOST_SPACES))
        if element.tag == TEXT + "tab":
            return "\t"
        if element.tag == TEXT + "line-break":
            return "<br>"
        if element.tag in (TEXT + "a", DRAW + "a"):
            return f'<a href="{escape(element.get(HREF, ""))}">{self.read(element, look)}</a>'
        if element.tag == TEXT + "note":
            return self._note(element)
        if element.tag == LOEXT + "content-control" and element.get(LOEXT + "checkbox") == "true":
            return f'<input type="checkbox"{" checked" if element.get(LOEXT + "checked") == "true" else ""}>'
        if element.tag.startswith(DRAW):
            return self._drawing(element)
        return self.read(element, look)

    def _span(self, element: Element, look: Look) -> str:
        name = element.get(STYLE_NAME, "")
        if self._styles.is_code(name):
            return f"<code>{self.read(element, Look(hidden=look.hidden))}</code>"
        return self.read(element, self._styles.look("text", name, look))

    def _note(self, note: Element) -> str:
        body = note.find(TEXT + "note-body")
        self.notes.append("")
        place = len(self.notes)
        self.notes[place - 1] = "" if body is None else self._blocks(body)
        return f'<sup class="note-ref">{place}</sup>'

    def _drawing(self, element: Element) -> str:
        """Give a picture where it stands; the words inside other drawings come after the paragraph."""
        picture = self.frame(element)
        if picture:
            return picture
        outside, self._floating = self._floating, []
        words = self._blocks(element)
        self._floating = [*outside, words] if words else outside
        return ""


def _marked(text: str, look: Look) -> str:
    """Put the elements of a look around words; the marks of neighbours are joined later."""
    html = escape(text, quote=False)
    if not text.strip():
        return html
    if look.place:
        html = f"<{look.place}>{html}</{look.place}>"
    for name, is_so in (("del", look.struck), ("em", look.italic), ("strong", look.bold)):
        if is_so:
            html = f"<{name}>{html}</{name}>"
    return html
