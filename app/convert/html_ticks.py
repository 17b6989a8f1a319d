"""Boxes to tick: at the beginning of a paragraph they make a list, elsewhere they are signs."""

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

_OPEN = "☐◻🞎"
_TICKED = "☑☒🗹🗵🗷"
_BLANK = " \t\n\xa0"
_NO_LIST = ("li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6")


def repair_ticks(soup: BeautifulSoup) -> None:
    """Turn paragraphs that begin with a box into items of a list, each with its box."""
    for tag in soup.find_all(["p", "li"]):
        first = _first_word(tag)
        if isinstance(first, NavigableString) and str(first).lstrip(_BLANK)[0] in _OPEN + _TICKED:
            first = _box_of(soup, first)
        if isinstance(first, Tag) and tag.name == "p" and tag.find_parent(_NO_LIST) is None:
            _put_into_list(soup, tag)
    for box in soup.find_all("input", attrs={"type": "checkbox"}):
        item = box.find_parent("li")
        if item is None or box.find_parent(["td", "th"]) is not None or _first_word(item) is not box:
            box.replace_with("☑" if box.has_attr("checked") else "☐")


def _first_word(tag: Tag) -> PageElement | None:
    """Give the text or box that an element begins with."""
    for element in tag.descendants:
        if isinstance(element, Tag) and element.name == "input" and element.get("type") == "checkbox":
            return element
        if isinstance(element, NavigableString) and str(element).strip(_BLANK):
            return element
    return None


def _box_of(soup: BeautifulSoup, text: NavigableString) -> Tag:
    """Make a box of the sign that a text begins with."""
    words = str(text).lstrip(_BLANK)
    box = soup.new_tag("input", attrs={"type": "checkbox"} | ({"checked": ""} if words[0] in _TICKED else {}))
    text.insert_before(box)
    text.replace_with(words[1:].lstrip(_BLANK))
    return box


def _put_into_list(soup: BeautifulSoup, paragraph: Tag) -> None:
    """Make an item of a paragraph, in the list of boxes right before it or in a new one."""
    before = paragraph.previous_sibling
    while isinstance(before, NavigableString) and not before.strip():
        before = before.previous_sibling
    if not (isinstance(before, Tag) and before.name == "ul" and before.has_attr("data-ticks")):
        before = soup.new_tag("ul", attrs={"data-ticks": ""})
        paragraph.insert_before(before)
    paragraph.name = "li"
    before.append(paragraph.extract())
