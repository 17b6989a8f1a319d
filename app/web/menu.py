"""The main menu as an administrator types it: one `words = page` a line."""

import re
from functools import lru_cache

from app.errors import Invalid
from app.wiki.page import HOME, parse_path

_TOOL = re.compile(r"-/[\w./-]+")  # an address of the site that is no page, such as `/-/changes`


@lru_cache(maxsize=8)  # asked for at every page view
def read_menu(typed: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Give the entries of a menu, as words and page, and the lines that are none; empty lines do not count."""
    entries, wrong = [], []
    for line in filter(None, map(str.strip, typed.splitlines())):
        words, _, place = line.partition("=")
        path = _path_of(place.strip())
        if words.strip() and path:
            entries.append((words.strip(), path))
        else:
            wrong.append(line)
    return tuple(entries), tuple(wrong)


def _path_of(place: str) -> str | None:
    """Name the page that an entry leads to; None where it is none."""
    path = place.strip("/")
    if place == "/" or _TOOL.fullmatch(path):
        return path or HOME
    try:
        return parse_path(path)
    except Invalid:
        return None
