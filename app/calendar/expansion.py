"""All dates of a schedule between two days, with what is otherwise on each.

Done when a record is saved, for the catalog; what is shown is read there.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from app.calendar import repeating, rules
from app.calendar.holidays import is_off
from app.calendar.schedule import Change, Occurrence, Schedule
from app.calendar.zones import existing, moment

MOST = 2000
_DAY = timedelta(days=1)
_LAST_MINUTE = datetime.combine(date.max, time(23, 59))
_SECONDS_OF_A_DAY = 86_400
_AS_ALWAYS = Change()
_SPANS = (timedelta(days=92), timedelta(days=800), timedelta(days=366 * 12))


def expand(schedule: Schedule, first: date, last: date, most: int = MOST) -> list[Occurrence]:
    """Give the dates that touch the days from `first` to `last`, as they begin, cancelled ones too; `most` at most.

    A date that was moved is given where it is now. COUNT counts the dates that the rule gives before any is left out.
    Raises Invalid for a rule that `stored.checked` would refuse.
    """
    if not schedule.is_series:
        found = [_occurrence(schedule, schedule.start, None)]
    else:
        found = [_occurrence(schedule, start, start.date()) for start in _starts(schedule, first, last, most)]
    kept = [one for one in found if one.start.date() <= last and one.end.date() >= first]
    return sorted(kept, key=lambda one: (one.starts_at, one.ends_at))[:most]


def next_dates(schedule: Schedule, after: date, count: int) -> list[Occurrence]:
    """Give the next dates that touch the day `after` or a later one, as they begin, cancelled ones too."""
    found: list[Occurrence] = []
    for span in _SPANS:
        found = expand(schedule, after, _later(after, span), max(count, 1))
        if len(found) >= count or not schedule.is_series:
            break
    return (found if len(found) >= count else expand(schedule, after, date.max, max(count, 1)))[:count]


def find_date(schedule: Schedule, day: date) -> Occurrence | None:
    """Find the date of a series that is known by that day, None where there is none (or it is left out)."""
    if not schedule.is_series:
        return None
    starts = (start for start in _starts(schedule, day, day, 1) if start.date() == day)
    return next((_occurrence(schedule, start, day) for start in starts), None)


def _starts(schedule: Schedule, first: date, last: date, most: int) -> Iterator[datetime]:
    """Give the beginnings as they were planned, those which may touch the window as they are now; one a day."""
    length = schedule.end.date() - schedule.start.date()
    early = first - length if first - date.min >= length else date.min
    # A date that was moved away makes room for one more, so as many more are looked at as there are changes.
    planned = list(islice(_kept(schedule, early, last), most + len(schedule.changes)))
    extra = {start.date(): start for start in schedule.extra}
    hour = schedule.start.time()
    by_rule = {day: datetime.combine(day, hour) for day in [*planned, *_moved(schedule, planned)]}
    yield from (extra | by_rule).values()


def _moved(schedule: Schedule, planned: list[date]) -> list[date]:
    """Find the dates at another time than planned that are not in the list: they may have moved into the window."""
    days = {day for day, change in schedule.changes.items() if change.start or change.end}.difference(planned)
    return [day for day in _kept(schedule, min(days), max(days)) if day in days] if days else []


def _kept(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    skipped, sets = frozenset(schedule.skipped), schedule.holidays
    return (day for day in _days(schedule, first, last) if day not in skipped and not (sets and is_off(day, sets)))


def _days(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    start = schedule.start.date()
    if not schedule.rule:
        return iter([start] if first <= start <= last else [])
    return repeating.days(rules.read(schedule.rule, schedule.start, schedule.timezone), start, first, last)


def _occurrence(schedule: Schedule, planned: datetime, original: date | None) -> Occurrence:
    change = schedule.changes.get(original, _AS_ALWAYS) if original else _AS_ALWAYS
    length = schedule.end - schedule.start
    start = change.start or planned
    end = change.end or _plus(start, length)
    end = end if end >= start else _plus(start, length)
    if schedule.is_all_day:
        begins, ends = moment(start, schedule.timezone), _midnight_after(end, schedule.timezone)
        return Occurrence(start, end, begins, ends, original, change)
    start_shown, end_shown = existing(start, schedule.timezone), existing(end, schedule.timezone)
    # Both within the hour that is left out: it lasts as long as planned.
    end_shown = end_shown if end_shown >= start_shown else start_shown + (end - start)
    begins, ends = moment(start_shown, schedule.timezone), moment(end_shown, schedule.timezone)
    return Occurrence(start_shown, end_shown, begins, max(begins, ends), original, change)


def _midnight_after(last: datetime, zone: str) -> int:
    try:
        return moment(last + _DAY, zone)
    except OverflowError:
        return moment(last, zone) + _SECONDS_OF_A_DAY


def _plus(start: datetime, length: timedelta) -> datetime:
    return start + length if _LAST_MINUTE - start >= length else _LAST_MINUTE


def _later(day: date, span: timedelta) -> date:
    return day + span if date.max - day >= span else date.max
