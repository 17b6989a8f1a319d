"""When something takes place: once or again and again, and on which single dates otherwise.

Times are local: what a clock on the wall shows in `timezone`. A date of a series is known by its day as the rule gives
it (`original`): there is at most one a day, and it stays the same when that date moves or the hour of all dates does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise on one date of a series; empty: as always. `reason` says why it is cancelled."""

    start: datetime | None = None
    end: datetime | None = None
    title: str = ""
    place: str = ""
    note: str = ""
    is_cancelled: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When an event takes place. `start` and `end` are naive, wall time in `timezone`, to the minute.

    All day: both at midnight, `end` on the last day (not the day after, as calendars of other programs say it).
    `rule` is the text of an RRULE (RFC 5545, 3.3.10), checked by `app.calendar.rules`; `""`: once. `extra` are starts
    of further dates, as long as the first. `skipped` are days that the rule gives and on which nothing takes place;
    `holidays` name whole sets of such days: `public`, `school-a`, `school-b`, `school-c`.
    """

    start: datetime
    end: datetime
    timezone: str
    is_all_day: bool = False
    rule: str = ""
    extra: tuple[datetime, ...] = ()
    skipped: tuple[date, ...] = ()
    holidays: tuple[str, ...] = ()
    changes: Mapping[date, Change] = field(default_factory=dict)

    @property
    def is_series(self) -> bool:
        """Tell whether there is more than one date."""
        return bool(self.rule or self.extra)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date. `start`, `end` are naive wall time, as they are shown; `starts_at`, `ends_at` seconds since 1970 UTC.

    `ends_at` of a whole day is the midnight after the last one. `original` is the day by which a series knows it, None
    where there is one date only. `change` is what is otherwise; a cancelled date is given, too.
    """

    start: datetime
    end: datetime
    starts_at: int
    ends_at: int
    original: date | None = None
    change: Change = Change()
