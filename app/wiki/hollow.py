"""Sections below which nothing stands: a heading, then the end or the next heading of its level or above."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import zip_longest

from app.wiki.headings import Heading

# In cleaned HTML `<` begins a tag and nothing else, and a value holds no `"`.
_HEADING = re.compile(r'<h(?P<level>[2-6]) id="(?P<anchor>[^"]*)"[^>]*>.*?</h(?P=level)>', re.DOTALL)
_SHOWS_NOTHING = re.compile(r"\s|</[a-z0-9]+>|<(?:hr|br|p)>")  # a list, a picture, a macro is something
_NOTES = '<section class="footnotes">'


def list_hollow(html: str, headings: Sequence[Heading]) -> list[Heading]:
    """List the headings of a cleaned page below which nothing stands; one above deeper headings is not hollow."""
    known = {heading.anchor: heading for heading in headings}
    found = (known.get(anchor) for anchor in _anchors(html.partition(_NOTES)[0]))
    return [heading for heading in found if heading is not None]


def _anchors(html: str) -> Iterator[str]:
    places = list(_HEADING.finditer(html))
    for place, later in zip_longest(places, places[1:]):
        is_above = later is not None and later["level"] > place["level"]
        if not is_above and not _SHOWS_NOTHING.sub("", html[place.end() : later.start() if later else len(html)]):
            yield unescape(place["anchor"])
