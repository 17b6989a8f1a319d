"""Where the numbers of the lists of an OpenDocument text begin: some go on where another list ended."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from app.convert.odt_names import TEXT, XML
from app.convert.odt_styles import Styles, number


class Counter:
    """Counts the items of numbered lists while the document is read from its beginning."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._by_id: dict[str, int] = {}
        self._by_style: dict[tuple[str, int], int] = {}

    def count(self, element: Element, items: Sequence[Element], style: str, level: int) -> int:
        """Give the number of the first item of a list."""
        start = self._start(element, items, style, level)
        last = start + len(items) - 1
        self._by_style[style, level] = last
        self._by_id[element.get(XML + "id", "")] = last
        return start

    def _start(self, element: Element, items: Sequence[Element], style: str, level: int) -> int:
        said = items[0].get(TEXT + "start-value") if items else None
        if said is not None:
            return number(said, 1)
        before = element.get(TEXT + "continue-list")
        if before is not None and before in self._by_id:
            return self._by_id[before] + 1
        if (before or element.get(TEXT + "continue-numbering") == "true") and (style, level) in self._by_style:
            return self._by_style[style, level] + 1
        return self._styles.list_kind(style).starts.get(level, 1)
