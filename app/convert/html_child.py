"""Turn HTML, pasted or of a document, into Markdown. Runs in a child process (`html.py`, `documents.py`).

Three steps: nh3 parses like a browser and keeps only harmless elements; what word processors wrote in their own way
is turned into plain HTML; markdownify writes it down.
"""

import re
import unicodedata
from typing import Any

import nh3
from bs4 import BeautifulSoup

from app.convert.document_pictures import SCHEME, Pictures
from app.convert.html_blocks import remove_hidden, repair_blocks
from app.convert.html_inline import repair_inline
from app.convert.html_lists import repair_lists
from app.convert.html_markdown import write
from app.convert.html_notes import repair_notes
from app.convert.html_pictures import repair_pictures
from app.convert.html_tables import repair_tables
from app.convert.html_ticks import repair_ticks
from app.errors import N_, GareError, OverBudget

_TAGS = set(
    "a abbr address article aside b blockquote body br caption center cite code col colgroup dd del details dfn dir div"
    " dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd li main mark menu nav ol p"
    " pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul"
    " var".split()
)
_CONTENT_TOO = set(
    "applet audio button canvas datalist embed form-associated frame frameset head iframe map math noembed noframes"
    " noscript object option script select style svg template textarea title video xml".split()
)
_ATTRIBUTES = {
    "*": {"style", "class"},
    "a": {"href"},
    "img": {"alt"},
    "input": {"type", "checked"},
    "li": {"value", "role", "aria-checked", "data-aria-level"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_CLEANING: dict[str, Any] = {
    "tags": _TAGS,
    "clean_content_tags": _CONTENT_TOO,
    "url_relative": "deny",
    "link_rel": None,
}
_VOID = {"br", "col", "hr", "img", "input"}
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)")
TOO_DEEP = N_("This is nested too deeply. Paste it as plain text.")
# Elements that nobody may leave open; others are closed by what follows, such as an item by the next one.
_CLOSED_BY_HAND = re.compile(
    r"<(/?)(?:div|span|blockquote|table|ul|ol|dl|section|article|aside|main|header|footer|nav|figure|font|center|a|b|i|u|em"
    r"|strong|small|big|sub|sup|s|del|ins|code|tt)(?=[\s/>])",
    re.IGNORECASE,
)
MOST_OPEN = 1_000  # of these at once; pages of word processors have some dozens
MAX_DEPTH = 150  # elements inside each other; each takes three of Python's 1,000 calls
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ue000\ue001]")
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.DOTALL | re.IGNORECASE)


def convert(html: str) -> str:
    """Convert HTML that was pasted, or plain text that was pasted as such; pictures are left out."""
    return write_down(tidy(html))


def tidy(html: str, pictures: Pictures | None = None) -> BeautifulSoup:
    """Clean HTML and leave it plain. With `pictures`, those that stand in the HTML itself are put there."""
    html = _CONTROLS.sub("", html.replace("\r\n", "\n"))
    if _opened_in(html) > MOST_OPEN:  # before anything takes the square of it
        raise OverBudget(TOO_DEEP)
    if fragment := _FRAGMENT.search(html):  # what browsers put around the piece that was copied
        html = fragment[1]
    clean = _clean(html) if pictures is None else _clean_with(pictures, html)
    clean = _CONTROLS.sub("", clean)  # once more: those that were written as &#57344;
    if _depth_of(clean) > MAX_DEPTH:
        raise OverBudget(TOO_DEEP)
    soup = BeautifulSoup(f"<div>{clean}</div>", "html.parser")
    remove_hidden(soup)
    repair_pictures(soup, pictures)
    for repair in (repair_blocks, repair_ticks, repair_lists, repair_tables, repair_notes, repair_inline):
        repair(soup)
    return soup


def _opened_in(html: str) -> int:
    """Count how many such elements are open at once, at the most; those left open for ever add up."""
    deepest = depth = 0
    for found in _CLOSED_BY_HAND.finditer(html):
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def write_down(soup: BeautifulSoup) -> str:
    """Give the Markdown of what was tidied."""
    return unicodedata.normalize("NFC", write(soup))


def _clean(html: str) -> str:
    return nh3.clean(html, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, **_CLEANING)


def _clean_with(pictures: Pictures, html: str) -> str:
    """Clean, and put pictures that are written into the HTML aside at once: they may be large."""
    refused: list[GareError | MemoryError] = []  # nh3 lets no error through

    def filter_address(tag: str, name: str, value: str) -> str | None:
        if name not in ("href", "src") or value.strip()[:5].lower() != "data:":
            return value
        try:
            return pictures.keep_data(value.strip()) or None if tag == "img" else None
        except (GareError, MemoryError) as error:
            refused.append(error)
            return None

    attributes = _ATTRIBUTES | {"img": {"alt", "src"}}
    schemes = _SCHEMES | {"data", SCHEME.rstrip(":")}
    clean = nh3.clean(html, attributes=attributes, url_schemes=schemes, attribute_filter=filter_address, **_CLEANING)
    if refused:
        raise refused[0]
    return clean


def _depth_of(clean: str) -> int:
    """Count how many elements stand inside each other; nh3 has closed every one of them."""
    depth = deepest = 0
    for match in _TAG.finditer(clean):
        if match["name"] not in _VOID:
            depth += -1 if match["close"] else 1
            deepest = max(deepest, depth)
    return deepest
