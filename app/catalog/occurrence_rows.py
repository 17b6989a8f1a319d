"""Dates of records as the catalog gives them, and how one asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from app.catalog.record_rows import Point

MORNING = time(6)


@dataclass(frozen=True, slots=True)
class OccurrenceRow:
    """One date of a record. `start` and `end` are naive wall time in `timezone`; `starts_at`, `ends_at` seconds UTC.

    All day: both at midnight, `end` on the last day. `original` is the day by which its series knows the date, `""` of
    what takes place once. `title`, `place` are those of this date; `status` is planned, confirmed or cancelled.
    """

    path: str
    id: str
    form: str
    title: str
    start: datetime
    end: datetime
    starts_at: int
    ends_at: int
    timezone: str
    is_all_day: bool
    original: str
    is_series: bool
    place: str
    status: str
    reason: str
    note: str
    point: Point | None
    audience: str

    @property
    def days(self) -> tuple[date, date]:
        """Give the first and the last day."""
        return days_of(self.start, self.end, is_all_day=self.is_all_day)


def days_of(start: datetime, end: datetime, *, is_all_day: bool) -> tuple[date, date]:
    """Give the first and the last day; a night that ends by six in the morning belongs to the day it began."""
    is_night = not is_all_day and end > start and end.time() <= MORNING
    last = end.date() - timedelta(days=1) if is_night else end.date()
    return start.date(), max(start.date(), last)


@dataclass(frozen=True, slots=True)
class OccurrenceQuery:
    """Which dates, in the order in which they begin; the last one first where `is_descending`.

    Those that touch the days from `first` to `last` (None: without end; then they are given as far as they are worked
    out). `since` leaves out what ended before (seconds UTC). `where` holds by field the keys of which a record must
    have one. `forms` empty: of every form that has a schedule.
    """

    first: date
    last: date | None = None
    since: int | None = None
    forms: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: str = ""
    ids: tuple[str, ...] | None = None
    has_cancelled: bool = True
    is_descending: bool = False
    limit: int | None = None
    offset: int = 0


class CalendarText(NamedTuple):  # ten thousand are made for one answer
    """What other calendars are told of a record: components of RFC 5545, addresses beginning with `gare:///`.

    `zones` are those that it names; `modified` is when its page was last changed, in seconds UTC.
    """

    path: str
    id: str
    ics: str
    zones: tuple[str, ...]
    modified: int
