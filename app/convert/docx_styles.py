"""What the styles of a Word file are based on: headings with names of their own, and lists."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = WORD + "val"
MOST_PARENTS = 20
_HEADING = re.compile("heading ([1-9])", re.IGNORECASE)
_QUOTE = re.compile("quot|citation", re.IGNORECASE)
_SIMPLE = re.compile(r"[A-Za-z][\w-]*", re.ASCII)


def value_of(element: Element, path: str) -> str:
    """Give the value of an element inside another, `""` where there is none; `path` without namespaces."""
    found = element.find("/".join(WORD + name for name in path.split("/")))
    return "" if found is None else found.get(VALUE, "")


class WordStyles:
    """The styles of `word/styles.xml`."""

    def __init__(self, root: Element) -> None:
        self._styles = {style.get(WORD + "styleId", ""): style for style in root.iter(WORD + "style")}

    def style_map(self) -> str:
        """Name, as mammoth wants it, the styles that are headings or quotes without being called so."""
        lines = []
        for name in filter(_SIMPLE.fullmatch, self._styles):
            if level := self._level(name):
                lines.append(f"p.{name} => h{min(level, 6)}:fresh")
            elif any(_QUOTE.search(value_of(style, "name")) for style in self._chain(name)):
                lines.append(f"p.{name} => blockquote > p:fresh")
        return "\n".join(lines)

    def list_of(self, name: str) -> tuple[str, str]:
        """Give the list of paragraphs of a style and their level, as the file names them, or `""`."""
        for style in self._chain(name):
            if list_id := value_of(style, "pPr/numPr/numId"):
                return list_id, value_of(style, "pPr/numPr/ilvl") or "0"
        return "", ""

    def _level(self, name: str) -> int:
        for style in self._chain(name):
            if style.get(WORD + "type") != "paragraph":
                return 0
            if heading := _HEADING.fullmatch(value_of(style, "name")):
                return int(heading[1])
            outline = value_of(style, "pPr/outlineLvl")
            if outline in set("012345678"):
                return int(outline) + 1
            if outline:
                return 0  # said to be text
        return 0

    def _chain(self, name: str) -> Iterator[Element]:
        for _ in range(MOST_PARENTS):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value_of(style, "basedOn")
