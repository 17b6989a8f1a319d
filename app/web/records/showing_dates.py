"""Prepare what a record says of its dates and spaces: the sentence, the next dates with what is otherwise on them."""

from collections.abc import Callable
from datetime import date, datetime

from flask_babel import gettext

from app.calendar.coming import coming
from app.calendar.schedule import Change, Schedule
from app.calendar.sentences import say_date
from app.calendar.stored import read_day
from app.catalog.occurrence_rows import OccurrenceRow
from app.catalog.record_rows import RecordRow
from app.forms.types.schedules import find_schedule
from app.web.addresses import address
from app.web.kit import door, station, viewer
from app.web.language import spoken
from app.web.records.shown import ShownItem
from app.wiki.page import INDEX
from app.wiki.yaml_text import Value

MOST_DATES = 60  # of a series: the first five are seen at once, the others unfold
DateAddress = Callable[[date], str]  # of the page on which one date is changed; `""` for who may not


def dates_of(value: Value, row: RecordRow, date_address: DateAddress | None) -> dict[str, object]:
    """Give the next dates of a series, and whether all of it is over; without `date_address` no dates.

    Those of a record come out of the catalog; of what is no record yet they are worked out.
    """
    schedule = find_schedule(value, station().config.timezone)
    if schedule is None or date_address is None:
        return {}
    if not row.id:
        found = [(one.start, one.end, one.original) for one in coming(schedule, MOST_DATES)]
        is_past = not found
    else:
        found = [(one.start, one.end, read_day(one.original)) for one in _kept(schedule, row)]
        is_past = not found and _is_over(schedule)
    items = tuple(_item(schedule, *one, date_address) for one in found) if schedule.is_series else ()
    return {"items": items, "is_past": is_past}


def _kept(schedule: Schedule, row: RecordRow) -> list[OccurrenceRow]:
    """List the next dates as the catalog has them, or the first one of a series that begins beyond its horizon."""
    today = station().today()
    found = door().dates_of(viewer(), row.path, today, limit=MOST_DATES)
    if found or schedule.start.date() <= today:
        return found
    first = door().occurrence(viewer(), row.id, schedule.start.date().isoformat())
    return [first] if first else []


def _is_over(schedule: Schedule) -> bool:
    """Tell whether what has no date within the horizon has none later either: a rule without end goes on."""
    last = max(one.date() for one in (schedule.end, *schedule.extra))
    has_end = not schedule.rule or "COUNT=" in schedule.rule or "UNTIL=" in schedule.rule
    return has_end and last < station().today()


def _item(
    schedule: Schedule, start: datetime, end: datetime, original: date | None, date_address: DateAddress
) -> ShownItem:
    change = schedule.changes.get(original, Change()) if original else Change()
    words = say_date(start, end, schedule.is_all_day, spoken(), with_year=True)
    reason = gettext("cancelled: %(reason)s", reason=change.reason) if change.reason else gettext("cancelled")
    notes = (change.title, change.place, change.note, reason if change.is_cancelled else "")
    href = date_address(original) if original else ""
    return ShownItem(words, href, note=", ".join(note for note in notes if note), is_off=change.is_cancelled)


def spaces_of(value: Value) -> tuple[ShownItem, ...]:
    """Give the spaces that the viewer reads, as links; of others not even that they are there."""
    named = value if isinstance(value, list) else [value]
    return tuple(
        ShownItem(title, address(f"{space}/{INDEX}")) for space, title, _ in door().spaces(viewer()) if space in named
    )
