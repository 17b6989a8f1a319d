"""Lists as plain HTML: Word's paragraphs that look like lists, Word Online's one list per item, lists put askew."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from app.convert.html_style import classes_of, margin_of, style_of

MAX_LEVEL = 9
_LEVEL = re.compile(r"mso-list:[^;]*\blevel([1-9])")
_IGNORE = re.compile(r"mso-list:\s*ignore")
_BULLETS = "·•●○▪▫■□◦‣∙◆➢➔✓–o§\uf0b7\uf0a7-"
_WORD_MARKER = re.compile(rf"\s*(?P<marker>[{_BULLETS}]|\(?(?:\d{{1,3}}|[a-zA-Z]|[ivxIVX]{{1,5}})[.)])[\s\xa0]*")
_TYPED_MARKER = re.compile(r"\s*(?P<marker>[•●▪◦‣∙➢])[\s\xa0]*(?=\S)")
_NUMBER = re.compile("[0-9]{1,9}")
_WIDE_GAP = re.compile(r"[\s\xa0]{2,}|\xa0")
_INDENT = 36.0  # points a level


@dataclass(slots=True)
class _Item:
    tag: Tag
    level: int
    marker: str

    @property
    def is_numbered(self) -> bool:
        return self.marker.strip("(.)").isalnum() and self.marker not in _BULLETS


def repair_lists(soup: BeautifulSoup) -> None:
    """Turn what looks like a list into one."""
    for run in _list_runs(soup):
        _build(soup, run)
    for inner in soup.find_all(["ul", "ol"]):
        _put_into_item(soup, inner)
    for outer in soup.find_all(["ul", "ol"]):
        _open_empty(outer)
    for numbered in soup.find_all("ol"):
        first = numbered.find("li", recursive=False)
        if first is not None and _NUMBER.fullmatch(str(first.get("value", ""))) and not numbered.has_attr("start"):
            numbered["start"] = str(first["value"])
    for item in soup.find_all("li"):
        _tidy_item(item)


def _list_runs(soup: BeautifulSoup) -> Iterator[list[_Item]]:
    """Yield items that follow each other: paragraphs with markers, or Word Online's items with levels."""
    items = [item for tag in soup.find_all(["p", "li"]) if (item := _read_item(tag))]
    run: list[_Item] = []
    for item in items:
        if run and not _follows(run[-1].tag, item.tag):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _read_item(tag: Tag) -> _Item | None:
    if tag.name == "li":
        level = str(tag.get("data-aria-level", ""))
        marker = "1." if tag.parent is not None and tag.parent.name == "ol" else "•"
        return _Item(tag, min(int(level), MAX_LEVEL), marker) if re.fullmatch("[1-9]", level) else None
    if match := _LEVEL.search(style_of(tag)):
        return _Item(tag, int(match[1]), _cut_ignored(tag) or "•")
    if "MsoListParagraph" in classes_of(tag):
        marker = _cut_marker(tag, _WORD_MARKER, needs_gap=True)
        return _Item(tag, max(1, min(round(margin_of(tag) / _INDENT), MAX_LEVEL)), marker) if marker else None
    marker = _cut_marker(tag, _TYPED_MARKER, needs_gap=False)
    return _Item(tag, 1, marker) if marker else None


def _cut_ignored(paragraph: Tag) -> str:
    """Take out the marker that Word says to ignore, and give it."""
    marker = ""
    for tag in paragraph.find_all(lambda tag: bool(_IGNORE.search(style_of(tag)))):
        marker = marker or tag.get_text().strip(" \xa0\n\t")
        tag.decompose()
    return marker


def _cut_marker(paragraph: Tag, pattern: re.Pattern[str], *, needs_gap: bool) -> str:
    """Take out a marker at the beginning of the text, and give it; a letter with a point needs Word's wide gap."""
    match = pattern.match(paragraph.get_text()[:80])
    if match is None or (needs_gap and not _WIDE_GAP.search(match[0][match.end("marker") - match.start() :])):
        return ""
    left = match.end()
    for text in list(paragraph.find_all(string=True)):
        cut = min(left, len(text))
        text.replace_with(text[cut:])
        left -= cut
        if not left:
            break
    return match["marker"]


def _follows(first: Tag, second: Tag) -> bool:
    """Ask whether nothing stands between two items, their own lists aside."""
    before, after = _outside(first), _outside(second)
    if before is after:
        return True
    sibling = before.next_sibling
    while isinstance(sibling, NavigableString) and not sibling.strip():
        sibling = sibling.next_sibling
    return sibling is after


def _outside(tag: Tag) -> Tag:
    return tag.parent if tag.name == "li" and tag.parent is not None else tag


def _build(soup: BeautifulSoup, items: list[_Item]) -> None:
    """Put items into nested lists, where the first of them stood."""
    place = soup.new_tag("div")
    _outside(items[0].tag).insert_before(place)
    open_lists: list[tuple[int, Tag]] = []
    for item in items:
        source = _outside(item.tag)
        name = "ol" if item.is_numbered else "ul"
        while open_lists and open_lists[-1][0] > item.level:
            open_lists.pop()
        if open_lists and open_lists[-1][0] == item.level and open_lists[-1][1].name != name:
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < item.level:
            new = _new_list(soup, item, name)
            (open_lists[-1][1].find_all("li", recursive=False)[-1] if open_lists else place).append(new)
            open_lists.append((item.level, new))
        entry = soup.new_tag("li")
        entry.extend(list(item.tag.contents))
        open_lists[-1][1].append(entry)
        item.tag.extract()
        if source is not item.tag and not source.find("li"):
            source.extract()
    place.unwrap()


def _new_list(soup: BeautifulSoup, item: _Item, name: str) -> Tag:
    number = item.marker.strip("(.)")
    return soup.new_tag(name, attrs={"start": number} if number.isdigit() and number != "1" else {})


def _put_into_item(soup: BeautifulSoup, inner: Tag) -> None:
    """Move a list that stands directly in a list into the item before it."""
    if inner.parent is None or inner.parent.name not in ("ul", "ol"):
        return
    before = inner.find_previous_sibling()
    if before is None or before.name != "li":
        before = soup.new_tag("li")
        inner.insert_before(before)
    before.append(inner.extract())


def _open_empty(outer: Tag) -> None:
    """Take away a list of one item that holds nothing but another list: an item of the second level that goes on."""
    items = [child for child in outer.children if isinstance(child, Tag)]
    inside = [child for child in (items[0].contents if len(items) == 1 else []) if str(child).strip()]
    if len(inside) == 1 and isinstance(inside[0], Tag) and inside[0].name in ("ul", "ol"):
        outer.replace_with(inside[0].extract())


def _tidy_item(item: Tag) -> None:
    """Take away the paragraph around the words of an item, and write its tick as [x]."""
    paragraphs = item.find_all("p", recursive=False)
    if len(paragraphs) == 1:
        paragraphs[0].unwrap()
    box = item.find("input", attrs={"type": "checkbox"})
    if box is not None and box.find_parent("li") is item:
        item.insert(0, "\ue000[x] " if box.has_attr("checked") else "\ue000[ ] ")
        box.decompose()
    elif item.get("role") == "checkbox" or item.has_attr("aria-checked"):
        item.insert(0, "\ue000[x] " if item.get("aria-checked") == "true" else "\ue000[ ] ")
