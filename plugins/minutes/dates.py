"""Which date of an event a meeting is: the one that was last, the one that comes next, the one that was named."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.plugin import OccurrenceQuery
from plugins.minutes import meetings

if TYPE_CHECKING:
    from app.plugin import RecordRow, Station, Viewer
    from plugins.minutes.meetings import Meeting

BEHIND, AHEAD = timedelta(days=20 * 366), timedelta(days=400)


def last_of(station: "Station", viewer: "Viewer", row: "RecordRow") -> date | None:
    """Give the latest date up to today, however long ago: many write up their notes late."""
    today = station.today()
    return next(iter(_days(station, viewer, row, today - BEHIND, today, is_descending=True)), None)


def next_of(station: "Station", viewer: "Viewer", row: "RecordRow") -> date | None:
    """Give the date of today, or the next."""
    today = station.today()
    return next(iter(_days(station, viewer, row, today, today + AHEAD)), None)


def is_on(station: "Station", viewer: "Viewer", row: "RecordRow", day: date) -> bool:
    """Tell whether an event takes place on a day."""
    return day in _days(station, viewer, row, day, day)


def _days(
    station: "Station", viewer: "Viewer", row: "RecordRow", first: date, last: date, *, is_descending: bool = False
) -> list[date]:
    query = OccurrenceQuery(
        first, last, ids=(row.id,), has_cancelled=False, is_descending=is_descending, limit=2
    )  # two: the first may have begun the day before
    found = (one.start.date() for one in station.door.occurrences(viewer, query)[0])
    return [day for day in found if first <= day <= last]


def meeting_on(station: "Station", viewer: "Viewer", row: "RecordRow", day: date | None) -> "Meeting | None":
    """Find the meeting of a date; an agenda follows an event that has one date when that is moved."""
    if day is None:
        return None
    found = meetings.of_event(station.door, viewer, row.id)
    of_day = next((one for one in found if one.day == day), None)
    if of_day is None and _is_single(station, viewer, row):
        return next((one for one in found if one.state == meetings.AGENDA), None)
    return of_day


def moved_to(station: "Station", viewer: "Viewer", meeting: "Meeting") -> date | None:
    """Give the new day of a meeting whose event has one date, which was moved; None where it was not."""
    number = meeting.text("event")
    row = station.door.records_by_id(viewer, [number]).get(number) if number else None
    if row is None or not _is_single(station, viewer, row):
        return None
    day = next_of(station, viewer, row) or last_of(station, viewer, row)
    return day if day != meeting.day else None


def _is_single(station: "Station", viewer: "Viewer", row: "RecordRow") -> bool:
    query = OccurrenceQuery(station.today() - BEHIND, ids=(row.id,), limit=2)
    return len(station.door.occurrences(viewer, query)[0]) == 1
