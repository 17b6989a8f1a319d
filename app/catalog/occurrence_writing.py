"""Work out the dates of records when they are saved, as far as the horizon: views never do (decision 0039)."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from app.calendar import expansion, stored
from app.calendar.event import CANCELLED
from app.calendar.schedule import Occurrence
from app.catalog import calendar_texts as texts
from app.catalog import dated, horizon
from app.catalog.dated import Dated, soundly
from app.catalog.horizon import Horizon
from app.catalog.occurrence_rows import days_of
from app.catalog.tables import calendar_texts, listed, occurrences
from app.forms.form import SHOWN

BATCH = 500
MOST = 12_000  # dates of one record: one a day for as long as one may look
_SERIES = select(calendar_texts.c.lineage).where(calendar_texts.c.is_series == 1)
_FORGET = delete(occurrences).where(occurrences.c.lineage.in_(listed("lineages")))


def write(connection: Connection, lineages: Collection[int]) -> None:
    """Write the dates of records whose old ones are gone, and what other calendars are told of them."""
    reach = reach_of(connection)
    found = dated.read(connection, lineages, reach.zone)
    _insert(connection, found, reach)
    texts.write(connection, found, horizon.stamp_of(reach))


def reach_of(connection: Connection) -> Horizon:
    """Give the horizon; that of today for a catalog in which nobody has set one."""
    return horizon.find(connection) or horizon.now("UTC")


def settle(connection: Connection, reach: Horizon) -> int:
    """Let a horizon hold from now on, of another month or zone; gives the number of records worked out anew."""
    before = horizon.find(connection)
    horizon.keep(connection, reach)
    is_all = before is None or before.zone != reach.zone
    lineages = connection.execute(select(calendar_texts.c.lineage) if is_all else _SERIES).scalars().all()
    for found in _in_batches(connection, lineages, reach):
        connection.execute(_FORGET, {"lineages": json.dumps([one.row.lineage for one in found])})
        _insert(connection, found, reach)
        texts.rewrite(connection, found, horizon.stamp_of(reach))
    return len(lineages)


def widen(connection: Connection, reach: Horizon) -> int:
    """Add the dates that a wider horizon has more than the one before; gives the number of series."""
    before = reach_of(connection)
    horizon.keep(connection, reach)
    lineages = connection.execute(_SERIES).scalars().all()
    for more in _beyond(before, reach):
        for found in _in_batches(connection, lineages, reach):
            _insert(connection, found, more, before)
    return len(lineages)


def _beyond(before: Horizon, reach: Horizon) -> Iterator[Horizon]:
    if reach.first < before.first:
        yield replace(reach, last=before.first)
    if reach.last > before.last:
        yield replace(reach, first=before.last)


def _in_batches(connection: Connection, lineages: Sequence[int], reach: Horizon) -> Iterator[list[Dated]]:
    for start in range(0, len(lineages), BATCH):
        yield dated.read(connection, lineages[start : start + BATCH], reach.zone)


def _insert(connection: Connection, found: Iterable[Dated], reach: Horizon, but: Horizon | None = None) -> None:
    """Write the dates inside a horizon, but for those that touch another one."""
    rows = [row for one in found for row in soundly(lambda one=one: list(rows_of(one, reach)), [])]
    if but is not None:
        first, last = but.first.isoformat(), but.last.isoformat()
        rows = [row for row in rows if row["end"][:10] < first or row["start"][:10] > last]
    if rows:
        connection.execute(insert(occurrences), rows)


def rows_of(one: Dated, reach: Horizon) -> Iterator[dict[str, Any]]:
    """Give the rows of a record: of a series those inside the horizon, else its one date, whatever its year."""
    schedule = one.schedule
    first, last = (reach.first, reach.last) if schedule.is_series else (schedule.start.date(), schedule.end.date())
    seen = set[str]()
    for occurrence in expansion.expand(schedule, first, last, MOST):
        row = _row(one, occurrence)
        if row["original"] not in seen:
            seen.add(row["original"])
            yield row


def work_out(connection: Connection, lineage: int, original: str) -> dict[str, Any] | None:
    """Give the row of a date of a series as if it lay inside the horizon; None where there is no such date."""
    day = stored.read_day(original)
    found = dated.read(connection, [lineage], reach_of(connection).zone) if day else []
    date_of = (soundly(lambda one=one: expansion.find_date(one.schedule, day), None) for one in found)
    return next((_row(one, date) for one, date in zip(found, date_of, strict=True) if date), None)


def _row(one: Dated, occurrence: Occurrence) -> dict[str, Any]:
    schedule, change = one.schedule, occurrence.change
    first, last = days_of(occurrence.start, occurrence.end, is_all_day=schedule.is_all_day)
    return {
        "lineage": one.row.lineage,
        "original": occurrence.original.isoformat() if occurrence.original and schedule.is_series else "",
        "start": occurrence.start.isoformat(timespec="minutes"),
        "end": occurrence.end.isoformat(timespec="minutes"),
        "starts_at": occurrence.starts_at,
        "ends_at": occurrence.ends_at,
        "first_day": first.toordinal(),
        "last_day": last.toordinal(),
        "timezone": schedule.timezone,
        "is_all_day": int(schedule.is_all_day),
        "is_series": int(schedule.is_series),
        "title": change.title,
        "place": change.place or one.place,
        "venue": "" if change.place else one.venue,
        "status": CANCELLED if change.is_cancelled else one.status,
        "reason": change.reason or one.reason,
        "note": change.note,
        "lat": one.row.lat,
        "lon": one.row.lon,
        "is_shown": int(one.row.state in SHOWN),
    }
