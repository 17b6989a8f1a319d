"""The dates of another agenda in the database: what is there already keeps its number, so that addresses hold."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from app.plugin import CalendarDate, Event, days_of
from plugins.agenda.tables import foreign, foreign_events

_CHUNK = 500
Known = dict[Any, tuple[int, dict[str, Any]]]


def write(connection: Connection, number: int, events: Sequence[Event], dates: Sequence[CalendarDate]) -> bool:
    """Let the database hold these events and dates of a source, and no others; tells whether anything has changed."""
    wanted = {event.uid[:300]: _event(number, event) for event in events}
    is_changed = _follow(connection, foreign_events, _known_events(connection, number), wanted)
    ids = {uid: known[0] for uid, known in _known_events(connection, number).items()}
    rows = {(ids[one.uid[:300]], one.original): _date(ids[one.uid[:300]], one) for one in dates if one.uid[:300] in ids}
    return _follow(connection, foreign, _known_dates(connection, number), rows) or is_changed


def uids(connection: Connection, number: int) -> dict[str, str]:
    """Give the ids of the pages that events of a source have become, `""`: none, by their UIDs."""
    query = select(foreign_events.c.uid, foreign_events.c.page_id).where(foreign_events.c.source_id == number)
    return {row.uid: row.page_id for row in connection.execute(query)}


def adopt(connection: Connection, pages: Mapping[str, str]) -> None:
    """Write down which pages events have become, whichever agendas tell of them."""
    for uid, page_id in pages.items():
        connection.execute(update(foreign_events).where(foreign_events.c.uid == uid).values(page_id=page_id))


def _event(number: int, event: Event) -> dict[str, Any]:
    said = {
        "description": event.description, "link": event.link, "address": event.address, "organiser": event.organiser,
        "tags": list(event.tags), "point": list(event.point) if event.point else None,
    }  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return {"source_id": number, "uid": event.uid[:300], "said": text}


def _date(event_id: int, one: CalendarDate) -> dict[str, Any]:
    said = {name: value for name, value in asdict(one).items() if name != "uid"}
    first, last = days_of(one.start, one.end, is_all_day=one.is_all_day)
    return said | {
        "event_id": event_id,
        "start": one.start.isoformat(timespec="minutes"),
        "end": one.end.isoformat(timespec="minutes"),
        "first_day": first.toordinal(),
        "last_day": last.toordinal(),
    }


def _known_events(connection: Connection, number: int) -> Known:
    found = connection.execute(select(foreign_events).where(foreign_events.c.source_id == number))
    return {row.uid: (row.id, _without(row._mapping, "id", "page_id")) for row in found}


def _known_dates(connection: Connection, number: int) -> Known:
    query = select(foreign).join(foreign_events, foreign_events.c.id == foreign.c.event_id)
    found = connection.execute(query.where(foreign_events.c.source_id == number))
    return {(row.event_id, row.original): (row.id, _without(row._mapping, "id")) for row in found}


def _without(row: Any, *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _follow(connection: Connection, table: Any, known: Known, wanted: dict[Any, dict[str, Any]]) -> bool:
    """Delete, change and add rows until they are those that are wanted."""
    gone = [number for key, (number, _) in known.items() if key not in wanted]
    new = [row for key, row in wanted.items() if key not in known]
    changed = [(known[key][0], row) for key, row in wanted.items() if key in known and known[key][1] != row]
    for some in _chunks(gone):
        connection.execute(delete(table).where(table.c.id.in_(some)))
    for number, row in changed:
        connection.execute(update(table).where(table.c.id == number).values(row))
    for rows in _chunks(new):
        connection.execute(insert(table), rows)
    return bool(gone or new or changed)


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
