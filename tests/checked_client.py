"""A test client that checks every page it fetches, as a browser, a screen reader and the security policy would."""

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FIELDS = ("input", "select", "textarea")
NO_LABEL_NEEDED = ("hidden", "submit", "button", "image", "reset")
FRAGMENTS = ("/-/preview",)  # answers to scripts: parts of a page
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Of these attributes only counts whether they say something; of the words of a page, too.
_SAID = re.compile(r' (href|src|value|content|action|title|alt|placeholder|datetime|aria-label|data-[a-z-]+)="[^"]+"')
_TAG = re.compile(r"(<[^<>]*>)")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#[0-9]+);")


class CheckedClient(FlaskClient):
    """Fetches pages and checks them."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch a page; raises AssertionError where it is no good one."""
        response = super().open(*args, **kwargs)
        is_page = response.mimetype == "text/html" and response.data
        if is_page and not response.request.path.startswith(FRAGMENTS):
            is_redirect = response.status_code in range(300, 400)  # Werkzeug's own few words
            faults = [] if is_redirect else _faults_of(shape(response.text))
            assert not faults, f"{response.request.method} {response.request.path}: {'; '.join(faults)}"
        return response


def shape(text: str) -> str:
    """Give a page with other words: what is right or wrong with it stays the same, and most pages are then alike."""
    return "".join(
        _SAID.sub(r' \1="x"', piece) if piece.startswith("<") else _without_words(piece) for piece in _TAG.split(text)
    )


def _without_words(piece: str) -> str:
    bare = _ENTITY.sub("x", piece)
    return "x" if bare.strip(" ·\n") and not set(bare) & set("&<>\0\r") else piece


@cache
def _faults_of(page: str) -> list[str]:
    return find_faults(page)


def find_faults(text: str) -> list[str]:
    """List what is wrong with a page; empty when it is a good one."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = parser.parse(text)
    invalid = [f"invalid HTML at {place}: {code}" for place, code, _ in parser.errors]
    checks = (_frame, _headings, _ids, _labels, _inline, _names)
    return invalid + [fault for check in checks for fault in check(page)]


def _frame(page: Element) -> list[str]:
    faults = [] if page.get("lang") else ["no lang on <html>"]
    title = page.find("head/title")
    if title is None or not (title.text or "").strip(" ·\n"):
        faults.append("no title")
    mains = len(page.findall(".//main"))
    return faults if mains == 1 else [*faults, f"{mains} <main>"]


def _headings(page: Element) -> list[str]:
    levels = [int(element.tag[1]) for element in page.iter() if element.tag in HEADINGS]
    faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} <h1>"]
    jumps = [f"h{level} after h{above}" for above, level in pairwise(levels) if level > above + 1]
    return faults + jumps


def _ids(page: Element) -> list[str]:
    """Ids are unique, and those of the site begin with `gc-`, so that a heading of a page never takes one."""
    written = {id(element) for content in page.iter() if "content" in _classes(content) for element in content.iter()}
    everything = [(element.get("id"), id(element) in written) for element in page.iter() if element.get("id")]
    counted = Counter(name for name, _ in everything)
    double = [f"id {name} {count} times" for name, count in counted.items() if count > 1]
    strays = [f"id {name} of the site" for name, is_written in everything if not is_written and not _is_ours(name)]
    return double + strays


def _is_ours(name: str | None) -> bool:
    return (name or "").startswith("gc-")


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _labels(page: Element) -> list[str]:
    labelled = {label.get("for") for label in page.iter("label")}
    wrapped = {id(inner) for label in page.iter("label") for inner in label.iter()}
    return [
        f"no label on <{field.tag} name={field.get('name')}>"
        for field in page.iter()
        if field.tag in FIELDS
        and field.get("type") not in NO_LABEL_NEEDED
        and not (field.get("id") in labelled or id(field) in wrapped)
        and not (field.get("aria-label") or field.get("aria-labelledby"))
    ]


def _inline(page: Element) -> list[str]:
    """The policy allows no script and no style inside the page."""
    faults = [f"inline <{element.tag}>" for element in page.iter() if _is_inline(element)]
    for element in page.iter():
        faults += [f"{name}= on <{element.tag}>" for name in element.attrib if name == "style" or name.startswith("on")]
    return faults


def _is_inline(element: Element) -> bool:
    return element.tag == "style" or (element.tag == "script" and not element.get("src"))


def _names(page: Element) -> list[str]:
    """Pictures, links and buttons say what they are."""
    faults = [f"no alt on <img src={image.get('src')}>" for image in page.iter("img") if image.get("alt") is None]
    for element in page.iter():
        if element.tag in ("a", "button") and not (element.tag == "a" and element.get("href") is None):
            pictures = "".join(image.get("alt") or "" for image in element.iter("img"))
            if not ("".join(element.itertext()) + pictures + (element.get("aria-label") or "")).strip():
                faults.append(f"no words in <{element.tag}>")
    return faults
