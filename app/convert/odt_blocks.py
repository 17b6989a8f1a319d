"""Paragraphs, headings, lists, tables and notes of an OpenDocument text as HTML."""

from collections.abc import Callable, Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

from app.convert.odt_inline import Inline
from app.convert.odt_lists import Counter
from app.convert.odt_names import STYLE_NAME, TABLE, TEXT, UNREAD
from app.convert.odt_styles import Look, Styles, number

MOST_REPEATED = 50  # rows or cells that the file says stand there several times
MOST_COLUMNS = 40
_BOXES = "☐☑☒"
_ROWS = frozenset(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))
_PARAGRAPHS = (TEXT + "p", TEXT + "h")


class Body:
    """Writes the text of a document; `find_picture` gives the address of a picture of the archive, or `""`."""

    def __init__(self, styles: Styles, find_picture: Callable[[str], str]) -> None:
        self._styles = styles
        self._inline = Inline(styles, find_picture, self.blocks)
        self._counter = Counter(styles)

    def read(self, text: Element) -> str:
        """Give the HTML of `office:text`, with its notes at the end."""
        html = self.blocks(text)
        notes = "".join(f"<li>{note}</li>" for note in self._inline.notes)
        return html + (f'<ol class="notes">{notes}</ol>' if notes else "")

    def blocks(self, parent: Element) -> str:
        """Give the HTML of what stands in an element; quotes and code that follow each other are one."""
        parts = []
        for role, group in groupby(parent, self._role):
            if role == "pre":
                lines = "\n".join(self._inline.read(one, Look()) for one in group)
                parts.append(f"<pre>{lines}</pre>")
            elif role == "blockquote":
                parts.append(f"<blockquote>{''.join(map(self._paragraph, group))}</blockquote>")
            else:
                parts += map(self._block, group)
        return "".join(parts) + ("" if parent.tag in _PARAGRAPHS else self._inline.take_floating())

    def _role(self, element: Element) -> str:
        return self._styles.role(element.get(STYLE_NAME, "")) if element.tag == TEXT + "p" else ""

    def _block(self, element: Element) -> str:
        if element.tag in UNREAD or element.get(TEXT + "display") == "none":
            return ""
        if element.tag == TEXT + "h":
            return self._heading(element)
        if element.tag == TEXT + "p":
            return self._paragraph(element)
        if element.tag == TEXT + "list":
            return self._list(element, 1, "")
        if element.tag == TABLE + "table":
            return self._table(element)
        return self._inline.frame(element) or self.blocks(element)

    def _heading(self, element: Element) -> str:
        level = max(1, min(number(element.get(TEXT + "outline-level"), 1), 6))
        return f"<h{level}>{self._inline.read(element, Look())}</h{level}>{self._inline.take_floating()}"

    def _paragraph(self, element: Element) -> str:
        name = element.get(STYLE_NAME, "")
        role = self._styles.role(name)
        if role == "h1":
            return f"<h1>{self._inline.read(element, Look())}</h1>{self._inline.take_floating()}"
        # The slope of a quote is its style's, not its words'.
        look = Look() if role == "blockquote" else self._styles.look("paragraph", name, Look())
        return f"<p>{self._inline.read(element, look)}</p>{self._inline.take_floating()}"

    def _list(self, element: Element, level: int, style: str) -> str:
        if element.find(f".//{TEXT}h") is not None and element.find(f".//{TEXT}p") is None:
            return "".join(map(self._heading, element.iter(TEXT + "h")))  # headings with numbers
        style = element.get(STYLE_NAME) or style or self._style_inside(element)
        kind = self._styles.list_kind(style)
        items = [one for one in element if one.tag in (TEXT + "list-item", TEXT + "list-header")]
        sign = kind.signs.get(level, "")
        before = f"{sign} " if sign and sign in _BOXES else ""
        inside = "".join(f"<li>{before}{self._item(item, level, style)}</li>" for item in items)
        if level not in kind.starts:
            return f"<ul>{inside}</ul>"
        return f'<ol start="{self._counter.count(element, items, style, level)}">{inside}</ol>'

    def _style_inside(self, element: Element) -> str:
        paragraph = element.find(f".//{TEXT}p")
        return "" if paragraph is None else self._styles.list_of_paragraph(paragraph.get(STYLE_NAME, ""))

    def _item(self, item: Element, level: int, style: str) -> str:
        return "".join(
            self._list(one, level + 1, style) if one.tag == TEXT + "list" else self._block(one) for one in item
        )

    def _table(self, table: Element) -> str:
        rows = "".join(f"<tr>{self._cells(row)}</tr>" for row in _rows_of(table))
        return f"<table>{rows}</table>"

    def _cells(self, row: Element) -> str:
        cells = []
        for cell in row:
            if cell.tag != TABLE + "table-cell":
                continue
            spans = "".join(
                f' {name}="{number(cell.get(f"{TABLE}number-{kind}-spanned"), 1)}"'
                for name, kind in (("colspan", "columns"), ("rowspan", "rows"))
            )
            html = f"<td{spans}>{self.blocks(cell)}</td>"
            cells += [html] * max(1, min(number(cell.get(TABLE + "number-columns-repeated"), 1), MOST_REPEATED))
        return "".join(cells[:MOST_COLUMNS])


def _rows_of(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag in _ROWS:
            yield from _rows_of(child)
        elif child.tag == TABLE + "table-row":
            yield child
