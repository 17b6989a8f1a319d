"""Find dates of records: always of some forms, always for some audiences, in the order in which they begin."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, literal, select

from app.calendar.event import CANCELLED
from app.catalog import finding, occurrence_writing
from app.catalog.occurrence_rows import OccurrenceQuery, OccurrenceRow
from app.catalog.readers import among
from app.catalog.record_rows import Point, RecordRow
from app.catalog.records import find_by_ids
from app.catalog.rows import PageRow
from app.catalog.tables import IS_LONG, LONG, occurrences, pages

_OF_PAGE = (pages.c.path, pages.c.id, pages.c.form, pages.c.title, pages.c.audience)
_OF_DATE = tuple(column for column in occurrences.c if column.name not in {"lineage", "is_shown"})
_VENUE = len(_OF_PAGE) + [column.name for column in _OF_DATE].index("venue")
_DATES = select(*_OF_PAGE, *_OF_DATE).join(occurrences, occurrences.c.lineage == pages.c.lineage)
NO_INDEX = 0  # added to a column: SQLite, which does not know what is rare, looks for another index
_ORDER = (occurrences.c.first_day, occurrences.c.starts_at, pages.c.path)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for, and for whom: forms that the reader may see; `lineages` None: every record of theirs."""

    query: OccurrenceQuery
    forms: Collection[str]
    audiences: Collection[str]
    lineages: Collection[int] | None = None


def list_dates(connection: Connection, asked: Asked) -> list[OccurrenceRow]:
    """List the dates that a query asks for."""
    query = asked.query
    found = _found(connection, asked)
    return made(connection, found[query.offset : _most(query)], asked.audiences)


def list_some_of_each_day(
    connection: Connection, asked: Asked, most: int
) -> tuple[list[OccurrenceRow], dict[date, int]]:
    """List at most so many dates of those that begin and end on a day, and all that last longer.

    With them, by day, how many more there are: a month shows three of eighty, and to make the others costs most.
    """
    kept, seen = list[Any](), Counter[int]()
    for row in _found(connection, asked):
        if row.first_day == row.last_day:
            seen[row.first_day] += 1
        if row.first_day != row.last_day or seen[row.first_day] <= most:
            kept.append(row)
    more = {date.fromordinal(day): number - most for day, number in seen.items() if number > most}
    return made(connection, kept, asked.audiences), more


def _most(query: OccurrenceQuery) -> int | None:
    return None if query.limit is None else query.offset + query.limit


def _found(connection: Connection, asked: Asked) -> Sequence[Any]:
    query, most = asked.query, _most(asked.query)
    chosen = (*_of_dates(query), *of_pages(asked, occurrences.c.lineage + NO_INDEX))
    order = [column.desc() for column in _ORDER] if query.is_descending else _ORDER
    found, long = _both(connection, _DATES.where(*chosen).order_by(*order).limit(most), query)
    if long:
        in_order = attrgetter("first_day", "starts_at", "path")
        return sorted((*found, *long), key=in_order, reverse=query.is_descending)
    return found


def count_by_record(connection: Connection, query: OccurrenceQuery) -> dict[int, int]:
    """Count dates by the lineage of their record, of all records: whoever asks adds up those that he may find."""
    counting = select(occurrences.c.lineage, func.count()).where(*_of_dates(query)).group_by(occurrences.c.lineage)
    usual, long = _both(connection, counting, query)
    counts = Counter(dict(map(tuple, usual)))
    counts.update(dict(map(tuple, long)))
    return counts


def of_record(
    connection: Connection, path: str, first: date, last: date | None, audiences: Collection[str],
    limit: int | None = None,
) -> list[OccurrenceRow]:  # fmt: skip
    """List the dates of one record that touch some days."""
    days = [occurrences.c.last_day >= first.toordinal()]
    days += [] if last is None else [occurrences.c.first_day <= last.toordinal()]
    statement = _DATES.where(pages.c.path == path, among(pages.c.audience, audiences), *days).order_by(*_ORDER)
    return made(connection, connection.execute(statement.limit(limit)).all(), audiences)


def find(connection: Connection, page_id: str, original: str, audiences: Collection[str]) -> OccurrenceRow | None:
    """Find one date by the identity of its record and its day; of a page and its copy, the older one counts."""
    page = finding.find_by_id(connection, page_id) if page_id else None
    if page is None:
        return None
    mine = (pages.c.path == page.path, among(pages.c.audience, audiences))
    found = connection.execute(_DATES.where(*mine, occurrences.c.original == original)).all()
    return next(iter(made(connection, found or _beyond(connection, page, original, mine), audiences)), None)


def _beyond(connection: Connection, page: PageRow, original: str, mine: Sequence[ColumnElement[bool]]) -> list[Any]:
    """Work out one date of a series that lies beyond the horizon: people may have answered about it long ago."""
    values = occurrence_writing.work_out(connection, page.lineage, original) if original else None
    if values is None:
        return []
    dates = [literal(values[column.name], column.type).label(column.name) for column in _OF_DATE]
    return list(connection.execute(select(*_OF_PAGE, *dates).where(*mine)))


def of_pages(asked: Asked, lineage: ColumnElement[int]) -> Iterator[ColumnElement[bool]]:
    """Ask for the records that may be found."""
    yield pages.c.form.in_(list(asked.forms))
    yield among(pages.c.audience, asked.audiences)
    if asked.lineages is not None:
        chosen = func.json_each(json.dumps(list(asked.lineages))).table_valued("value")
        yield lineage.in_(select(chosen.c.value))


def _of_dates(query: OccurrenceQuery) -> Iterator[ColumnElement[bool]]:
    """Ask for dates that are shown: those of records that were put aside are not."""
    yield occurrences.c.is_shown == 1
    if query.since is not None:
        yield occurrences.c.ends_at > query.since
    if not query.has_cancelled:
        yield occurrences.c.status != CANCELLED


def _both(connection: Connection, statement: Select[Any], query: OccurrenceQuery) -> Iterator[Sequence[Row[Any]]]:
    """Find what touches the days of a query: the usual dates by when they begin, then the few that last long."""
    day, dates = query.first.toordinal(), occurrences.c
    last = date.max.toordinal() if query.last is None else query.last.toordinal()
    touching = statement.where(dates.last_day >= day)
    is_usual = dates.last_day - dates.first_day <= LONG
    yield connection.execute(touching.where(dates.first_day.between(day - LONG, last), is_usual)).all()
    long = touching.where(IS_LONG, dates.first_day + NO_INDEX <= last)
    yield connection.execute(long.order_by(None).limit(None)).all()


def made(connection: Connection, found: Sequence[Any], audiences: Collection[str]) -> list[OccurrenceRow]:
    """Make rows of what was found. A place that is a record says its title to whom may read that."""
    venues = find_by_ids(connection, {row[_VENUE] for row in found} - {""}, audiences)
    return [_made(row, venues) for row in found]


def _made(row: Iterable[Any], venues: Mapping[str, RecordRow]) -> OccurrenceRow:
    (
        path, page_id, form, title, audience, _, starts_at, original, _, ends_at, start, end, timezone, is_all_day,
        is_series, own_title, place, venue, status, reason, note, lat, lon,
    ) = row  # fmt: skip
    point = None if lat is None else Point(lat, lon)
    if venue and (there := venues.get(venue)):
        place, point = ", ".join(filter(None, (there.title, place))), point or there.point
    return OccurrenceRow(
        path, page_id or "", form, own_title or title, datetime.fromisoformat(start), datetime.fromisoformat(end),
        starts_at, ends_at, timezone, bool(is_all_day), original, bool(is_series), place, status, reason, note,
        point, audience,
    )  # fmt: skip
