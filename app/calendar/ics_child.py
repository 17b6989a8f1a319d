"""Read calendars of other programs in a child process that can be killed: what they hold is anybody's.

Parent and child speak JSON (`app/budget.py`), and the parent checks anew what came back.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from app.budget import Budget
from app.calendar import stored
from app.calendar.event import Event
from app.calendar.expansion import expand
from app.calendar.ics_reading import Fault, Read, read
from app.calendar.schedule import Occurrence
from app.calendar.zones import wall_time
from app.errors import N_, TooLarge

MOST_BYTES = 20_000_000  # of a file that is sent
SECONDS = 20.0
MEMORY = 1_500_000_000
MOST_OF_ONE = 1200  # dates of one event within the time asked for: three years, day by day
MOST_DATES = 30_000  # of one calendar
TOO_BIG = N_("A calendar has at most %(most)s MB.")


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """One date of a foreign event, in wall time of the zone that was asked for. `original` as in OccurrenceRow.

    Of a whole day both times are at midnight, `end` on the last day.
    """

    uid: str
    original: str
    start: datetime
    end: datetime
    starts_at: int
    ends_at: int
    is_all_day: bool
    is_series: bool
    title: str
    place: str
    status: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class CalendarDates:
    """What a calendar gives for showing: its dates, and its events without them. `left` dates were too many."""

    events: list[Event]
    dates: list[CalendarDate]
    faults: list[Fault]
    name: str = ""
    refresh: timedelta | None = None
    left: int = 0


@cache
def _events() -> Budget:
    return Budget("app.calendar.ics_child:events_json", seconds=SECONDS, memory=MEMORY, size=1)


@cache
def _dates() -> Budget:
    return Budget("app.calendar.ics_child:dates_json", seconds=SECONDS, memory=MEMORY, size=1)


def read_calendar_events(data: bytes, timezone: str) -> Read:
    """Read a calendar, as `ics_reading.read` does; raises Invalid, TooLarge, OverBudget."""
    if len(data) > MOST_BYTES:
        raise TooLarge(TOO_BIG, most=MOST_BYTES // 1_000_000)
    got = _ask(_events(), data, timezone)
    return Read([_event(one) for one in got["events"]], *_rest(got))


def read_calendar_dates(data: bytes, timezone: str, first: date, last: date) -> CalendarDates:
    """Read a calendar and work out its dates between two days, in wall time of `timezone`.

    Raises Invalid, TooLarge, OverBudget.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge(TOO_BIG, most=MOST_BYTES // 1_000_000)
    got = _ask(_dates(), data, timezone, first.isoformat(), last.isoformat())
    dates = [_date(one) for one in got["dates"]]
    faults, name, refresh = _rest(got)
    return CalendarDates([_event(one) for one in got["events"]], dates, faults, name, refresh, int(got["left"]))


def _ask(budget: Budget, data: bytes, *others: str) -> Any:
    try:
        return budget.call(base64.b64encode(data).decode(), *others)
    finally:
        budget.close()  # a calendar comes seldom, and what it took is large


# -- in the child ----------------------------------------------------------------------------------------------------


def events_json(data: str, timezone: str) -> dict[str, Any]:
    """Read a calendar into JSON."""
    return _said(read(base64.b64decode(data), timezone))


def dates_json(data: str, timezone: str, first: str, last: str) -> dict[str, Any]:
    """Read a calendar and its dates into JSON."""
    found = read(base64.b64decode(data), timezone)
    dates, left = list[dict[str, Any]](), 0
    for event in found.events:
        all_of_it = expand(event.schedule, date.fromisoformat(first), date.fromisoformat(last), MOST_OF_ONE)
        room = max(0, MOST_DATES - len(dates))
        dates += [_date_said(event, one, timezone) for one in all_of_it[:room]]
        left += max(0, len(all_of_it) - room)
    return _said(found) | {"dates": dates, "left": left}


def _said(found: Read) -> dict[str, Any]:
    faults = [[one.line, one.uid, one.title, one.msgid, dict(one.values), one.is_lost] for one in found.faults]
    seconds = int(found.refresh.total_seconds()) if found.refresh else 0
    return {
        "events": [_event_said(one) for one in found.events],
        "faults": faults,
        "name": found.name,
        "refresh": seconds,
    }


def _event_said(event: Event) -> dict[str, Any]:
    said = {name: getattr(event, name) for name in Event.__slots__}
    stamps = {name: said[name].isoformat() if said[name] else "" for name in ("created", "modified")}
    return said | stamps | {"schedule": stored.write(event.schedule)}


def _date_said(event: Event, one: Occurrence, timezone: str) -> dict[str, Any]:
    series, change = event.schedule, one.change
    is_moved = not series.is_all_day and series.timezone != timezone
    start, end = (
        wall_time(at, timezone) if is_moved else own for at, own in ((one.starts_at, one.start), (one.ends_at, one.end))
    )
    return {
        "uid": event.uid, "original": one.original.isoformat() if one.original else "", "start": start.isoformat(),
        "end": end.isoformat(), "starts_at": one.starts_at, "ends_at": one.ends_at, "is_all_day": series.is_all_day,
        "is_series": series.is_series, "title": change.title or event.title, "place": change.place or event.place,
        "status": "cancelled" if change.is_cancelled else event.status, "reason": change.reason or event.reason,
        "note": change.note,
    }  # fmt: skip


# -- in the parent ---------------------------------------------------------------------------------------------------


def _rest(got: Mapping[str, Any]) -> tuple[list[Fault], str, timedelta | None]:
    faults = [Fault(line, uid, title, msgid, values, lost) for line, uid, title, msgid, values, lost in got["faults"]]
    return faults, str(got["name"]), timedelta(seconds=got["refresh"]) if got["refresh"] else None


def _event(got: Mapping[str, Any]) -> Event:
    stamps = {name: datetime.fromisoformat(got[name]) if got[name] else None for name in ("created", "modified")}
    point = (float(got["point"][0]), float(got["point"][1])) if got["point"] else None
    schedule = stored.read(got["schedule"], "UTC")
    return replace(Event(**{**got, **stamps, "schedule": schedule}), point=point, tags=tuple(got["tags"]))


def _date(got: Mapping[str, Any]) -> CalendarDate:
    return CalendarDate(
        **{**got, "start": datetime.fromisoformat(got["start"]), "end": datetime.fromisoformat(got["end"])}
    )


def lost(faults: Sequence[Fault]) -> int:
    """Count the events of which nothing was read."""
    return sum(fault.is_lost for fault in faults)
