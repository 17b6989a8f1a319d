"""What the styles of an OpenDocument text mean: bold, italic, struck out, hidden, title, quote, code, numbers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from app.convert.odt_names import FO, STYLE, TEXT

MOST_PARENTS = 20
# The parts that words play, by the names that LibreOffice and Word give to their styles, in French and English.
_ROLES = (
    (re.compile("title|titre"), "h1"),
    (re.compile(".*(quot|citation).*"), "blockquote"),
    (re.compile(".*(preformat|préformat).*"), "pre"),
)
_CODE = re.compile("source_20_text|teletype|.*code")
_NOT_STRUCK = (None, "none")
_BOLD = ("bold", "600", "700", "800", "900")


@dataclass(frozen=True, slots=True)
class Look:
    """How words look; what a style leaves open is as around it."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    hidden: bool = False
    place: str = ""  # "sup" or "sub"


@dataclass(frozen=True, slots=True)
class ListKind:
    """The levels of a list, counted from 1: the first number of those that have numbers, the sign of the others."""

    starts: Mapping[int, int] = field(default_factory=dict)
    signs: Mapping[int, str] = field(default_factory=dict)


class Styles:
    """The styles of `styles.xml` and `content.xml`; the latter stand before the former."""

    def __init__(self, *roots: Element) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, ListKind] = {}
        for root in roots:
            for element in root.iter(STYLE + "style"):
                key = (element.get(STYLE + "family", ""), element.get(STYLE + "name", ""))
                self._styles[key] = element
            for element in root.iter(TEXT + "list-style"):
                self._lists[element.get(STYLE + "name", "")] = _read_list(element)

    def look(self, family: str, name: str, around: Look) -> Look:
        """Give the look of words of a style that stand in others."""
        for style in reversed(list(self._chain(family, name))):
            around = _look_of(style, around)
        return around

    def role(self, name: str) -> str:
        """Give what a paragraph of a style is: `h1`, `blockquote`, `pre` or `p`."""
        names = [name.lower(), *(style.get(STYLE + "name", "").lower() for style in self._chain("paragraph", name))]
        return next((role for one in names for pattern, role in _ROLES if pattern.fullmatch(one)), "p")

    def is_code(self, name: str) -> bool:
        """Ask whether words of a style are code."""
        names = [name.lower(), *(style.get(STYLE + "name", "").lower() for style in self._chain("text", name))]
        return any(_CODE.fullmatch(one) for one in names)

    def list_of_paragraph(self, name: str) -> str:
        """Name the style of the list that paragraphs of a style make."""
        found = (style.get(STYLE + "list-style-name") for style in self._chain("paragraph", name))
        return next((one for one in found if one), "")

    def list_kind(self, name: str) -> ListKind:
        """Give the kind of a list; one that is not described has bullets."""
        return self._lists.get(name, ListKind())

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        """Yield a style and those that it is based on."""
        for _ in range(MOST_PARENTS):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(STYLE + "parent-style-name", "")


def _look_of(style: Element, around: Look) -> Look:
    for element in style.findall(STYLE + "text-properties"):
        weight, slope = element.get(FO + "font-weight"), element.get(FO + "font-style")
        line, place = element.get(STYLE + "text-line-through-style"), element.get(STYLE + "text-position")
        around = replace(
            around,
            bold=around.bold if weight is None else weight in _BOLD,
            italic=around.italic if slope is None else slope in ("italic", "oblique"),
            struck=around.struck if line is None else line not in _NOT_STRUCK,
            place=around.place if place is None else _place_of(place),
            hidden=around.hidden or element.get(TEXT + "display") == "none",
        )
    return around


def _place_of(position: str) -> str:
    """Read `style:text-position`: `super`, `sub` or how far up or down, then a size."""
    up = position.split(" ")[0]
    if up == "sub" or up.startswith("-"):
        return "sub"
    return "" if up in ("", "0%") else "sup"


def _read_list(style: Element) -> ListKind:
    starts, signs = dict[int, int](), dict[int, str]()
    for level in style:
        depth = number(level.get(TEXT + "level"), 0)
        if level.tag == TEXT + "list-level-style-number" and level.get(STYLE + "num-format"):
            starts[depth] = number(level.get(TEXT + "start-value"), 1)
        elif level.tag == TEXT + "list-level-style-bullet":
            signs[depth] = level.get(TEXT + "bullet-char", "")
    return ListKind(starts, signs)


def number(value: str | None, otherwise: int) -> int:
    """Read a small number."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 8 else otherwise
