"""The words of other programs' calendars as people read them: without markup and signs that nobody sees."""

import re
from html.parser import HTMLParser

from icalendar.parser.property import unescape_backslash

from app.calendar.ics_lines import Part

_LONGEST = {"SUMMARY": 300, "LOCATION": 300, "DESCRIPTION": 20_000, "COMMENT": 500, "CONTACT": 200}
_MARKUP = re.compile(r"<(?:br|p|div|span|a|b|i|ul|ol|li|html|table|strong|em|h[1-6])\b[^>]*>", re.IGNORECASE)
_UNFIT = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def text_of(part: Part, name: str) -> str:
    """Give the words of a property, of several lines only where it describes something."""
    line = part.first(name)
    if line is None:
        return ""
    text = unescaped(line.value).replace("\r", "")
    text = _plain(text) if _MARKUP.search(text) else text
    if name != "DESCRIPTION":
        text = " ".join(text.split())
    return text.strip()[: _LONGEST.get(name, 1000)]


def unescaped(value: str) -> str:
    """Give a value without the signs that protect others, and without those that nobody sees."""
    return _UNFIT.sub("", unescape_backslash(value))


class _Words(HTMLParser):
    """Keeps the words of a text with markup, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts = list[str]()

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag in ("br", "p", "div", "li", "tr", "h1", "h2", "h3"):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "ul", "ol", "table"):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _plain(text: str) -> str:
    words = _Words()
    words.feed(text)
    words.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(words.parts))
