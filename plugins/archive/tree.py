"""The order in which the messages of a thread are read: an answer below what it answers, by date beside the others."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

DEEPEST = 6  # steps to the right; on a phone there is no room for more


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands: `depth` for the eye, from 0 on; `above` the id of what it answers, if that is shown."""

    id: int
    code: str
    depth: int
    above: int | None
    key: str
    subject: str


def lay_out(rows: Sequence[Any], *, with_hidden: bool = False) -> list[Place]:
    """Give the shown messages of a thread in the order of reading.

    `rows` have `id`, `code`, `parent_id`, `at`, `is_hidden`, `key`, `subject` and come by date. What answers a hidden
    message moves up to the next one that is shown. No chain of answers is too long for it.
    """
    known = {row.id: row for row in rows}
    is_shown = {row.id: with_hidden or not row.is_hidden for row in rows}
    below: dict[int | None, list[Any]] = defaultdict(list)
    for row in rows:
        below[row.parent_id if row.parent_id in known else None].append(row)
    found: list[Place] = []
    waiting: list[tuple[Any, int, int | None]] = [(row, 0, None) for row in reversed(below[None])]
    while waiting:
        row, depth, above = waiting.pop()
        if is_shown[row.id]:
            found.append(Place(row.id, row.code, min(depth, DEEPEST), above, row.key, row.subject))
            depth, above = depth + 1, row.id
        waiting += [(answer, depth, above) for answer in reversed(below.pop(row.id, []))]
    return found


def line_above(places: Sequence[Place], place: Place, most: int = 10) -> list[Place]:
    """Give what a message answers, the oldest first: the first of all and the nearest ones."""
    by_id, found = {one.id: one for one in places}, list[Place]()
    while place.above is not None:
        place = by_id[place.above]
        found.append(place)
    found.reverse()
    return found if len(found) <= most else [found[0], *found[1 - most :]]
