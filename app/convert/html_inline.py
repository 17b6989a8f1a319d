"""Bold, italic, links and spaces as plain HTML."""

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

from bs4 import BeautifulSoup, Tag

from app.convert.html_blocks import holds_blocks
from app.convert.html_style import marks_of, undoes_itself

_NAMES = {"b": "strong", "i": "em", "s": "del", "strike": "del", "tt": "code", "kbd": "code", "samp": "code"}
_RAISED = {"sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"), "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")}
_MARKS = ("strong", "em", "del")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PLAIN = ("abbr", "cite", "dfn", "font", "ins", "mark", "small", "span", "sub", "sup", "time", "u", "var", "input")
# The space before high punctuation and inside « » never breaks in French; anywhere else it is a word processor's.
_FRENCH_SPACE = re.compile(r"(?<!«)[\xa0\u202f](?![:;?!»%€])(?!\d{3}\b)")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")


def repair_inline(soup: BeautifulSoup) -> None:
    """Leave strong, em, del, code and links; no style, no empty marks, none inside itself."""
    for tag in soup.find_all(list(_NAMES)):
        if not undoes_itself(tag):
            tag.name = _NAMES[tag.name]
    for tag in soup.find_all(lambda tag: bool(marks_of(tag))):
        _write_out_style(soup, tag)
    for tag in soup.find_all(["sup", "sub"]):
        if re.fullmatch("[0-9]{1,3}|[0-9]?[+-]", tag.get_text().strip()):  # m², H₂O
            tag.string = tag.get_text().translate(_RAISED[tag.name])
    for tag in soup.find_all(["b", "i", *_PLAIN]):
        tag.unwrap()
    for tag in soup.find_all(_MARKS):
        _tidy_mark(tag)
    for link in soup.find_all("a"):
        _tidy_link(link)
    soup.smooth()
    for text in soup.find_all(string=True):
        plain = _plain_spaces(text)
        if plain != text and not text.isspace() and text.find_parent("pre") is None:
            text.replace_with(plain)
    for tag in soup.find_all(_MARKS):
        _join_with_next(tag)


def _write_out_style(soup: BeautifulSoup, tag: Tag) -> None:
    """Wrap what an element holds in the elements that its style stands for."""
    for name in marks_of(tag):
        is_heading = tag.name in _HEADINGS or tag.find_parent(_HEADINGS) is not None
        if tag.name == name or holds_blocks(tag) or (is_heading and name == "strong"):
            continue
        mark = soup.new_tag(name)
        mark.extend(list(tag.contents))
        tag.append(mark)


def _tidy_mark(mark: Tag) -> None:
    """Take away a mark that says nothing, says it twice, is part of a heading's look, or holds whole blocks."""
    is_look = mark.name == "strong" and mark.find_parent([*_HEADINGS, "th"]) is not None
    if is_look or mark.find_parent(mark.name) or holds_blocks(mark) or not mark.get_text(strip=True):
        mark.unwrap()


def _join_with_next(mark: Tag) -> None:
    """Make one of two marks that touch: word processors cut words into runs."""
    if mark.parent is None:
        return
    following = mark.next_sibling
    while isinstance(following, Tag) and following.name == mark.name:
        mark.extend(list(following.contents))
        following.extract()
        following = mark.next_sibling


def _tidy_link(link: Tag) -> None:
    href = str(link.get("href", "")).strip()
    parts = _split(href)
    if parts is not None and parts.netloc.endswith("google.com") and parts.path == "/url":  # as Google Docs writes them
        href = parse_qs(parts.query).get("q", [href])[0]
    leads_out = _split(href) is not None and re.match("(https?|mailto|tel):", href, re.IGNORECASE)
    says_something = link.get_text(strip=True) or link.find("img")
    if leads_out and says_something and not holds_blocks(link):
        link["href"] = href
    else:
        link.unwrap()


def _split(href: str) -> SplitResult | None:
    try:
        return urlsplit(href)
    except ValueError:
        return None


def _plain_spaces(text: str) -> str:
    return _SPACES.sub(" ", _FRENCH_SPACE.sub(" ", _INVISIBLE.sub("", text)))
