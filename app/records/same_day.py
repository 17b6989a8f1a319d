"""What takes place when something else does, a day more or less: one thing may be announced twice."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Protocol

from app.calendar.coming import coming_or_first
from app.calendar.schedule import Schedule
from app.catalog.occurrence_rows import OccurrenceQuery, OccurrenceRow
from app.catalog.record_rows import RecordRow
from app.forms.form import SHOWN, Form, Values
from app.forms.types.schedules import find_schedule
from app.people.viewer import Viewer

MOST_DAYS = 3  # of a series: who announces it twice does so for its first dates, too
MOST_ROWS = 200  # on one day
_DAY = timedelta(days=1)


class Dates(Protocol):
    """What is asked of the door."""

    def occurrences(self, viewer: Viewer, query: OccurrenceQuery) -> tuple[list[OccurrenceRow], int]:
        """List dates."""
        raise NotImplementedError

    def records_by_id(self, viewer: Viewer, ids: Collection[str]) -> Mapping[str, RecordRow]:
        """Find records."""
        raise NotImplementedError


def first_day(form: Form, values: Values) -> int | None:
    """Give the number of the day on which a record first takes place; None where it does not say when."""
    schedule = _schedule(form, values)
    return schedule.start.toordinal() if schedule else None


def rows(door: Dates, viewer: Viewer, form: Form, values: Values) -> Iterator[RecordRow]:
    """Give the records of a form that take place when these answers say, a day more or less."""
    schedule = _schedule(form, values)
    ids: dict[str, None] = {}
    for day in _days(schedule) if schedule else ():
        query = OccurrenceQuery(day - _DAY, day + _DAY, forms=(form.name,), limit=MOST_ROWS)
        ids |= dict.fromkeys(row.id for row in door.occurrences(viewer, query)[0])
    yield from (row for row in door.records_by_id(viewer, list(ids)).values() if row.state in SHOWN)


def _days(schedule: Schedule) -> list[date]:
    days = [one.start.date() for one in coming_or_first(schedule, MOST_DAYS)]
    return [day for day in days if date.min < day < date.max]


def _schedule(form: Form, values: Values) -> Schedule | None:
    fields = (field for field in form.of_type("schedule") if not field.is_private and field.name in values)
    return next((found for field in fields if (found := find_schedule(values[field.name], ""))), None)
