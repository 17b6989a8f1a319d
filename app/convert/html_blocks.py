"""Paragraphs, headings and other blocks as plain HTML: no layers of boxes, nothing hidden."""

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from app.convert.html_style import classes_of, is_hidden

BLOCKS = frozenset(
    "address article aside blockquote center dd details dir div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header"
    " hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_BOXES = ("address", "article", "aside", "center", "details", "figcaption", "figure", "footer", "header", "main", "nav",
          "section", "summary")  # fmt: skip
_WORD_STYLES = ((re.compile("MsoTitle"), "h1"), (re.compile("Mso(Intense)?Quote"), "blockquote"))
_HEADING = re.compile("h[1-6]")


def remove_hidden(soup: BeautifulSoup) -> None:
    """Take out what a reader of the original does not see."""
    for tag in soup.find_all(is_hidden):
        tag.decompose()


def repair_blocks(soup: BeautifulSoup) -> None:
    """Leave paragraphs, headings, quotes, lists, tables and code, without the boxes around them."""
    for tag in soup.find_all(list(BLOCKS)):
        _take_out(tag)
    for tag in soup.find_all(_BOXES):
        tag.name = "div"
    for tag in soup.find_all("p", class_=re.compile("^Mso")):
        for pattern, name in _WORD_STYLES:
            if pattern.match(classes_of(tag)):
                tag.name = name
    for tag in soup.find_all("div"):
        _tidy_box(soup, tag)
    for heading in soup.find_all(_HEADING):
        if not heading.get_text(strip=True) and heading.find("img") is None:
            heading.decompose()


def holds_blocks(tag: Tag) -> bool:
    """Ask whether one of the children is a block."""
    return any(isinstance(child, Tag) and child.name in BLOCKS for child in tag.children)


def _take_out(block: Tag) -> None:
    """Take away the bold, links and spans around a block: they mean the looks of the whole, not words."""
    while isinstance(parent := block.parent, Tag) and parent.name not in BLOCKS and parent.parent is not None:
        parent.unwrap()


def _tidy_box(soup: BeautifulSoup, box: Tag) -> None:
    """Make a paragraph of a box of words; in a box of blocks, make paragraphs of what stands bare between them."""
    if not holds_blocks(box):
        box.name = "p"
        return
    run: Tag | None = None
    for child in list(box.children):
        if isinstance(child, Tag) and child.name in BLOCKS:
            run = None
        elif run is not None:
            run.append(child.extract())
        elif not isinstance(child, NavigableString) or child.strip():
            run = soup.new_tag("p")
            child.insert_before(run)
            run.append(child.extract())
    if len(box.contents) == 1:
        box.unwrap()
