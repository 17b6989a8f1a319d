"""What a page was before somebody changed it: read from its history alone, without its texts.

`theirs` tells which changes are to be taken back. Changes come the oldest first.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.catalog.rows import RevisionRow

Theirs = Callable[[RevisionRow], bool]
_COMING, _WRITTEN = ("created", "restored"), ("edited", "attached")


@dataclass(frozen=True, slots=True)
class Coming:
    """Whether a page was there before they made, deleted or brought it back, and whether others have written since."""

    was_there: bool
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Changes of a text in a row: the blob before them, None where there was none, and the blob after them."""

    before: str | None
    after: str


def coming(rows: Sequence[RevisionRow], theirs: Theirs) -> Coming | None:
    """Tell what they did to the page being there; None where others had the last word about that, or nobody spoke."""
    turns = [place for place, row in enumerate(rows) if row.what in {*_COMING, "deleted"}]
    others = [place for place in turns if not theirs(rows[place])]
    own = [place for place in turns if place > (others[-1] if others else -1)]
    if not own:
        return None
    since = rows[own[0] :]
    is_shared = any(row.what in _WRITTEN and not theirs(row) for row in since)
    return Coming(bool(others) and rows[others[-1]].what in _COMING, is_shared)


def stretches(rows: Iterable[RevisionRow], theirs: Theirs, *, with_renames: bool) -> list[Stretch]:
    """List what they did to the text, the newest first.

    A page returns with the very text that it was deleted with. Without renames, the links and aliases that were
    rewritten with one stay.
    """
    texts = [row for row in rows if row.blob and row.what != "restored"]
    found: list[Stretch] = []
    before: str | None = None
    for is_theirs, group in groupby(texts, lambda row: theirs(row) and (with_renames or row.what != "renamed")):
        after = list(group)[-1].blob or ""
        if is_theirs:
            found.append(Stretch(before, after))
        before = after
    return [one for one in reversed(found) if one.before != one.after]


def old_place(rows: Iterable[RevisionRow], theirs: Theirs) -> str | None:
    """Tell where the page stood before they moved it; None where they did not, or others have moved it since."""
    place: str | None = None
    for row in rows:
        if row.what == "renamed":
            place = (place or row.old_path) if theirs(row) else None
    return place


def changed_files(rows: Iterable[RevisionRow], theirs: Theirs) -> dict[str, RevisionRow]:
    """Give by name the files whose last change is theirs, each with the first of their changes in a row."""
    found: dict[str, RevisionRow] = {}
    for row in rows:
        if row.file is None:
            continue
        if theirs(row):
            found.setdefault(row.file, row)
        else:
            found.pop(row.file, None)
    return found
