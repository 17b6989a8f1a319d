"""What stands below the text of the home page, as an administrator arranged it: one setting, a list of blocks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

PAGE = "page"  # the block that shows a page; each other block stands once
MOST = 40  # pages as blocks
MOST_ENTRIES = 100  # with all other blocks, more than there will ever be
MAX_TITLE = 80  # characters
MAX_NAME = 250  # of a page


@dataclass(frozen=True, slots=True)
class Entry:
    """One block. `title` is empty where it keeps its own; `page` is the path of the page that it shows, if it does."""

    block: str
    title: str = ""
    is_hidden: bool = False
    page: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Tell what may stand once only: a block, or a page as a block."""
        return self.block, self.page if self.block == PAGE else ""


@lru_cache(maxsize=8)  # asked for at every view of the home page
def read(kept: str) -> tuple[Entry, ...]:
    """Read the setting; what is no entry is left out: a site is never without its home page."""
    try:
        said = json.loads(kept) if kept else []
    except (ValueError, RecursionError):
        return ()
    found: dict[tuple[str, str], Entry] = {}
    for one in (_entry(item) for item in (said if isinstance(said, list) else [])[:MOST_ENTRIES]):
        if one is not None:
            found.setdefault(one.key, one)
    return tuple(found.values())


def _entry(item: Any) -> Entry | None:
    if not isinstance(item, dict) or not isinstance(item.get("block"), str):
        return None
    title, page = (said if isinstance(said := item.get(name), str) else "" for name in ("title", "page"))
    if item["block"] == PAGE and not page:
        return None
    return Entry(item["block"], title[:MAX_TITLE], item.get("is_hidden") is True, page)


def write(entries: Sequence[Entry]) -> str:
    """Give entries as the setting keeps them."""
    said = [
        {"block": one.block, "title": one.title, "is_hidden": one.is_hidden} | ({"page": one.page} if one.page else {})
        for one in entries
    ]
    return json.dumps(said, ensure_ascii=False)


def completed(entries: Sequence[Entry], natural: Mapping[str, bool]) -> tuple[Entry, ...]:
    """Put the blocks that nobody has arranged behind the others, in their natural order; each says if it hides."""
    arranged = {one.block for one in entries}
    return (*entries, *(Entry(name, is_hidden=hides) for name, hides in natural.items() if name not in arranged))


def moved(entries: Sequence[Entry], number: int, step: int) -> tuple[Entry, ...]:
    """Move an entry up (-1) or down (1); at the edge it stays."""
    there = number + step
    if not (0 <= number < len(entries) and 0 <= there < len(entries)):
        return tuple(entries)
    found = list(entries)
    found[number], found[there] = found[there], found[number]
    return tuple(found)
