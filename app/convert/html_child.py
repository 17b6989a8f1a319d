"""Turn pasted HTML into Markdown. Runs in a child process (`app.convert.html`).

Three steps: nh3 parses like a browser and keeps only harmless elements; what word processors wrote in their own way
is turned into plain HTML; markdownify writes it down.
"""

import re
import unicodedata

import nh3
from bs4 import BeautifulSoup

from app.convert.html_blocks import repair_blocks
from app.convert.html_inline import repair_inline
from app.convert.html_lists import repair_lists
from app.convert.html_markdown import write
from app.convert.html_tables import repair_tables
from app.errors import N_, OverBudget

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
    "li": {"role", "aria-checked", "data-aria-level"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_VOID = {"br", "col", "hr", "img", "input"}
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)")
MAX_DEPTH = 150  # elements inside each other; each takes three of Python's 1,000 calls
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ue000]")
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.DOTALL | re.IGNORECASE)


def convert(html: str) -> str:
    """Convert HTML, or plain text that was pasted as such."""
    html = _CONTROLS.sub("", html.replace("\r\n", "\n"))
    if fragment := _FRAGMENT.search(html):  # what browsers put around the piece that was copied
        html = fragment[1]
    clean = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_CONTENT_TOO,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        url_relative="deny",
        link_rel=None,
    )
    if _depth_of(clean) > MAX_DEPTH:
        raise OverBudget(N_("This is nested too deeply. Paste it as plain text."))
    soup = BeautifulSoup(f"<div>{clean}</div>", "html.parser")
    for repair in (repair_blocks, repair_lists, repair_tables, repair_inline):
        repair(soup)
    return unicodedata.normalize("NFC", write(soup))


def _depth_of(clean: str) -> int:
    """Count how many elements stand inside each other; nh3 has closed every one of them."""
    depth = deepest = 0
    for match in _TAG.finditer(clean):
        if match["name"] not in _VOID:
            depth += -1 if match["close"] else 1
            deepest = max(deepest, depth)
    return deepest
