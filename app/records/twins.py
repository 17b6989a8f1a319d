"""The records that may be one twice, found by night and kept until somebody has joined them or said they are two."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from app.catalog.record_rows import RecordQuery, RecordRow
from app.people.door import Door
from app.people.viewer import Viewer
from app.records.duplicates import Twins, pairs
from app.records.life_tables import twins

OPEN: Final = "open"
TWO: Final = "two"  # somebody has said that these are two
MOST_RECORDS = 20_000  # of a form that are compared
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one, by their identities; `why` is a key of `duplicates.WHY`."""

    first_id: str
    second_id: str
    score: int
    why: str


def find_all(door: Door, viewer: Viewer) -> list[Twins]:
    """Find likely twins in all forms, among what this viewer reads."""
    return [pair for form in door.all_forms(viewer) for pair in pairs(form, rows_of(door, viewer, form.name))]


def rows_of(door: Door, viewer: Viewer, form: str) -> list[RecordRow]:
    """List the records of a form that are not archived, up to a bound."""
    rows: list[RecordRow] = []
    while len(rows) < MOST_RECORDS:
        found, _ = door.records(viewer, RecordQuery(form, limit=BATCH, offset=len(rows)))
        rows += found
        if len(found) < BATCH:
            break
    return rows


def keep(connection: Connection, found: Iterable[Twins]) -> None:
    """Keep what was found in place of what was found before; what somebody has said to be two stays so."""
    connection.execute(delete(twins).where(twins.c.state == OPEN))
    known = {(row.first_id, row.second_id) for row in connection.execute(select(twins))}
    fresh = {_key(one.first.id, one.second.id): one for one in found if one.first.id and one.second.id}
    for (first, second), one in fresh.items():
        if first != second and (first, second) not in known:
            row = {"first_id": first, "second_id": second, "score": one.score, "why": one.why}
            connection.execute(insert(twins), row | {"state": OPEN, "found_at": int(time.time())})


def _key(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def list_open(connection: Connection, limit: int = 500) -> list[Pair]:
    """List the likely twins, the most alike first."""
    query = (
        select(twins).where(twins.c.state == OPEN).order_by(twins.c.score.desc(), twins.c.first_id, twins.c.second_id)
    )
    rows = connection.execute(query.limit(limit))
    return [Pair(row.first_id, row.second_id, row.score, row.why) for row in rows]


def set_two(connection: Connection, one: str, other: str, *, are_two: bool) -> bool:
    """Keep that two records are two, or take that back; tells whether that was news."""
    before, after = (OPEN, TWO) if are_two else (TWO, OPEN)
    known = and_(_of(one, other), twins.c.state == before)
    return connection.execute(update(twins).where(known).values(state=after)).rowcount == 1


def _of(one: str, other: str) -> ColumnElement[bool]:
    first, second = _key(one, other)
    return and_(twins.c.first_id == first, twins.c.second_id == second)


def erase_page(connection: Connection, page_id: str) -> None:
    """Forget the pairs that a page was one of: it is gone, or part of another now."""
    connection.execute(delete(twins).where(or_(twins.c.first_id == page_id, twins.c.second_id == page_id)))
