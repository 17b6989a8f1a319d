"""Dates by the days on which they take place: under day heads, in the weeks of a month."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from app.plugin import OccurrenceRow
from plugins.agenda.entries import NO_NEEDS, NONE, Entry, Needs, Places, entries, entry_on
from plugins.agenda.words import day_words, tight_day, weekdays

IN_MONTH, IN_WEEK, IN_BUSY_WEEK = 3, 6, 3  # dates of a day; the others are behind a link
BUSY = 24  # dates of a week


@dataclass(frozen=True, slots=True)
class Day:
    """One day. `more` counts dates that are not among its entries; `weekday` and `short` say it in little room."""

    day: date
    words: str
    weekday: str
    short: str
    entries: tuple[Entry, ...]
    more: int = 0
    is_today: bool = False
    is_past: bool = False

    @property
    def key(self) -> str:
        """Name the day for machines."""
        return self.day.isoformat()

    @property
    def total(self) -> int:
        """Count its dates."""
        return len(self.entries) + self.more

    def with_most(self, most: int) -> "Day":
        """Show at most so many of its dates."""
        return replace(self, entries=self.entries[:most], more=self.total - len(self.entries[:most]))


@dataclass(frozen=True, slots=True)
class Week:
    """One row of a month; `before`, `after` are its days of other months."""

    days: tuple[Day, ...]
    before: int = 0
    after: int = 0


def by_day(
    rows: Sequence[OccurrenceRow], first: date, today: date, places: Places = NONE, needs: Needs = NO_NEEDS
) -> list[Day]:
    """Put each date once under the day on which it begins; what goes on from before under the first one."""
    shown = entries(rows, places, needs)
    groups = groupby(shown, key=lambda one: max(one.first, first))
    return [_day(day, group, today) for day, group in groups]


def on_day(rows: Sequence[OccurrenceRow], day: date, today: date, places: Places, needs: Needs = NO_NEEDS) -> list[Day]:
    """Put dates under the one day that is shown."""
    return [_day(day, entries(rows, places, needs), today)]


def each_day(
    rows: Sequence[OccurrenceRow], first: date, last: date, today: date, most: int, more: Mapping[date, int]
) -> list[Day]:
    """Give every day from one to another with at most so many of its dates; what lasts stands on each of its days.

    `more` says by day how many dates there are that are not among the rows.
    """
    dates = _of_days(rows, first, last)
    span = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [_day(day, entries(dates[day][:most]), today, len(dates[day][most:]) + more.get(day, 0)) for day in span]


def _of_days(rows: Iterable[OccurrenceRow], first: date, last: date) -> Mapping[date, list[OccurrenceRow]]:
    found: dict[date, list[OccurrenceRow]] = defaultdict(list)
    for row in rows:
        begin, end = row.days
        if begin == end:
            found[begin].append(row)
            continue
        day, until = max(begin, first), min(end, last)
        while day <= until:
            found[day].append(row)
            day += timedelta(days=1)
    return found


def _day(day: date, shown: Iterable[Entry], today: date, more: int = 0) -> Day:
    on = tuple(entry_on(day, one) for one in shown)
    weekday, _ = weekdays()[day.weekday()]
    return Day(day, day_words(day, today), weekday, tight_day(day), on, more, day == today, day < today)


def weeks(days: Sequence[Day]) -> list[Week]:
    """Put the days of a month into weeks, which begin on Monday."""
    found: list[list[Day]] = [[]]
    for day in days:
        if day.day.weekday() == 0 and found[-1]:
            found.append([])
        found[-1].append(day)
    return [Week(tuple(week), week[0].day.weekday(), 6 - week[-1].day.weekday()) for week in found]
