"""The words of HTML, for search, titles and lists of links; works on what `app.wiki.clean` made, and only on that."""

import re
from html import unescape

_TAG = r'(?: [a-z-]+="[^"]*")*'
_NOT_WORDS = re.compile(
    rf'<sup class="footnote-ref"{_TAG}>.*?</sup>'
    rf'|<a(?={_TAG} class="footnote-back"){_TAG}>.*?</a>'
    r'|<span class="box">.</span>',
    re.S,
)
_IMAGE = re.compile(rf'<img(?={_TAG} alt="([^"]*)")?{_TAG}>')
_BREAK = re.compile(
    rf"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|tr|table|caption|blockquote|pre|section|figure|figcaption|details|summary|hr|br)"
    rf"{_TAG}>"
)
_CELL_END = re.compile(r"</t[dh]>\s*")
_ANY = re.compile(rf"</?[a-z][a-z0-9]*{_TAG}>")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


def text_of(html: str) -> str:
    """Give the words, one line for each block, cells and the descriptions of images included."""
    html = _NOT_WORDS.sub("", html)
    html = _IMAGE.sub(lambda image: f" {image[1] or ''} ", html)
    html = _CELL_END.sub(" ", html)
    html = _BREAK.sub("\n", html)
    text = unescape(_ANY.sub("", html))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def line_of(html: str) -> str:
    """Give the words on one line."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    return " ".join(text_of(html).split())
