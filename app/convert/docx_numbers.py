"""Numbers and signs of the lists of a Word file, which mammoth leaves out: lists go on after other paragraphs.

ECMA-376, part 1, 17.9: paragraphs of lists with the same `abstractNum` count on, unless their `num` says where to
start.
"""

import re
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from mammoth import documents

from app.convert.docx_styles import WORD, WordStyles, value_of

MARK = "\ue001"  # a private character around the number of an item, until the HTML is written
_MARKED_ITEM = re.compile(rf"<li>{MARK}(\d+){MARK}")
_MARKED = re.compile(rf"{MARK}(?:\d+{MARK})?")
_BOXES = "☐☑☒"


class Numbers:
    """Counts the items of the lists of a document, in the order in which they stand."""

    def __init__(self, numbering: Element, styles: WordStyles) -> None:
        self._styles = styles
        self._kinds = {kind.get(WORD + "abstractNumId", ""): kind for kind in numbering.iter(WORD + "abstractNum")}
        self._lists = {one.get(WORD + "numId", ""): one for one in numbering.iter(WORD + "num")}
        self._counts: dict[str, dict[str, int]] = {}
        self._begun: set[str] = set()

    def mark(self, paragraphs: Iterable[tuple[Element, Any]]) -> None:
        """Put the numbers into what mammoth read, as words that `marked_items` understands."""
        for element, paragraph in paragraphs:
            sign = self._sign(element)
            if sign and paragraph.numbering is not None and paragraph.children:
                paragraph.children.insert(0, documents.text(sign))

    def _sign(self, paragraph: Element) -> str:
        """Give what stands before a paragraph: its number between marks, or a box; `""` for other bullets."""
        list_id, level = self._list_of(paragraph)
        definition = self._lists.get(list_id)
        if definition is None:
            return ""
        kind_id = value_of(definition, "abstractNumId")
        rule = self._level_rule(kind_id, level)
        if rule is None:
            return ""
        if value_of(rule, "numFmt") == "bullet":
            sign = value_of(rule, "lvlText")
            return f"{sign} " if sign and sign in _BOXES else ""
        return f"{MARK}{self._count(list_id, definition, kind_id, level, rule)}{MARK}"

    def _list_of(self, paragraph: Element) -> tuple[str, str]:
        list_id = value_of(paragraph, "pPr/numPr/numId")
        if list_id:
            return list_id, value_of(paragraph, "pPr/numPr/ilvl") or "0"
        return self._styles.list_of(value_of(paragraph, "pPr/pStyle"))

    def _level_rule(self, kind_id: str, level: str) -> Element | None:
        kind = self._kinds.get(kind_id)
        levels = [] if kind is None else kind.findall(WORD + "lvl")
        return next((one for one in levels if one.get(WORD + "ilvl") == level), None)

    def _count(self, list_id: str, definition: Element, kind_id: str, level: str, rule: Element) -> int:
        counts = self._counts.setdefault(kind_id, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for one in definition.findall(WORD + "lvlOverride"):
                if start := _number(value_of(one, "startOverride")):
                    counts[one.get(WORD + "ilvl", "")] = start - 1
        start = _number(value_of(rule, "start") or "1")
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return counts[level]


def marked_items(html: str) -> str:
    """Turn the marks into values of items; those elsewhere are taken out."""
    return _MARKED.sub("", _MARKED_ITEM.sub(r'<li value="\1">', html))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
