"""Changes of a series that make a new schedule: of one date, of one date and all later ones, of all."""

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.calendar import repeating, rules
from app.calendar.expansion import find_date
from app.calendar.holidays import is_off
from app.calendar.repeating import DAILY, MONTHLY, WEEKLY, YEARLY
from app.calendar.schedule import Change, Schedule
from app.errors import N_, Invalid

NOT_A_DATE = N_("Nothing takes place on this day. Choose one of the dates.")
NOTHING_BEFORE = N_("This is the first date. Change all dates instead.")
_DAY = timedelta(days=1)
_YEAR = timedelta(days=366)
# How far a date may go and still be the same: what is done daily may begin a week later.
_TURNS = {DAILY: timedelta(days=7), WEEKLY: timedelta(days=7), MONTHLY: timedelta(days=31), YEARLY: _YEAR}
_ONE_DATE = "FREQ=DAILY;COUNT=1"


def change_date(schedule: Schedule, day: date, change: Change) -> Schedule:
    """Make one date otherwise; a change that changes nothing takes back what was otherwise. Raises Invalid."""
    if find_date(schedule, day) is None:
        raise Invalid(NOT_A_DATE)
    changes = {known: kept for known, kept in schedule.changes.items() if known != day}
    changes |= {day: change} if change != Change() else {}
    return replace(schedule, changes=dict(sorted(changes.items())))


def skip(schedule: Schedule, day: date) -> Schedule:
    """Leave one date out, as if it never had been; raises Invalid."""
    if find_date(schedule, day) is None:
        raise Invalid(NOT_A_DATE)
    extra = tuple(start for start in schedule.extra if start.date() != day)
    by_rule = _is_by_rule(schedule, day)
    skipped = tuple(sorted({*schedule.skipped, day})) if by_rule else schedule.skipped
    changes = {known: change for known, change in schedule.changes.items() if known != day}
    return replace(schedule, extra=extra, skipped=skipped, changes=changes)


def bring_back(schedule: Schedule, day: date) -> Schedule:
    """Take back that a date is left out, cancelled or otherwise; raises Invalid where there was none.

    On holidays, which are left out as a whole, it becomes an extra date.
    """
    changes = {known: change for known, change in schedule.changes.items() if known != day}
    found = replace(schedule, skipped=tuple(one for one in schedule.skipped if one != day), changes=changes)
    if find_date(found, day) is not None:
        return found
    if not (_is_by_rule(schedule, day) and is_off(day, schedule.holidays)):
        raise Invalid(NOT_A_DATE)
    start = datetime.combine(day, schedule.start.time())
    return replace(found, extra=tuple(sorted({*found.extra, start})))


def is_left_out(schedule: Schedule, day: date) -> bool:
    """Tell whether the series would have a date on that day, were it not left out."""
    return schedule.is_series and find_date(schedule, day) is None and _is_by_rule(schedule, day)


def split(schedule: Schedule, day: date) -> tuple[Schedule, Schedule]:
    """Part a series: what comes before the date known by that day, and from there on; raises Invalid.

    A number of dates is shared out between the two. Extra dates, left out days and changes go where their day is.
    """
    if find_date(schedule, day) is None:
        raise Invalid(NOT_A_DATE)
    start = schedule.start.date()
    earlier = [*_by_rule(schedule, start, day - _DAY)]
    extra = [one for one in schedule.extra if one.date() < day]
    if not earlier and not extra:
        raise Invalid(NOTHING_BEFORE)
    return _before(schedule, day, earlier), _from_then(schedule, day, len(earlier))


def carried(old: Schedule, new: Schedule) -> Schedule:
    """Let what is known of single dates go along when somebody moved the whole series to other days; raises Invalid.

    What is known of a day that is still a date stays there.
    """
    known = ({*old.skipped, *old.changes} & {*new.skipped, *new.changes}) - {start.date() for start in new.extra}
    moved = moved_days(old, new, known)
    if not moved:
        return new
    stay = {day for day in known if _is_by_rule(new, day)} | ({*new.skipped, *new.changes} - known)
    return _with_known(new, moved | {day: day for day in stay})


def moved_days(old: Schedule, new: Schedule, days: Collection[date]) -> dict[date, date]:
    """Give for each of these days of a series on which day its date is, now that all dates were moved; raises Invalid.

    The dates keep their order: the third stays the third; where the series begins earlier or later than before, the
    last date before that goes with its beginning. A day that is still a date is not given, nor one whose date is gone:
    beyond the end of the series, further away than one turn of its rule, or in a series of another rhythm.
    """
    if not days or not _is_same_rhythm(old, new):
        return {}
    turn = _turn(new)
    last = max(*days, old.start.date(), new.start.date())
    last = last + turn if date.max - last > turn else date.max
    before, after = list(_by_rule(old, date.min, last)), list(_by_rule(new, date.min, last))
    known, there = set(before), set(after)
    pairs = zip(_from(before, new.start.date()), _from(after, old.start.date()), strict=False)
    return {
        day: place
        for day, place in pairs
        if day in days and day not in there and place not in known and abs(place - day) <= turn
    }


def _from(days: list[date], first: date) -> list[date]:
    """Leave out what comes before the last day that is not after `first`."""
    return days[max(bisect_right(days, first) - 1, 0) :]


def _is_same_rhythm(old: Schedule, new: Schedule) -> bool:
    """Tell whether two series have as many dates in a year, wherever they end; one more may fall into it by chance."""
    return _turn(old) == _turn(new) and abs(_dates_in_year(old) - _dates_in_year(new)) <= 1


def _dates_in_year(schedule: Schedule) -> int:
    if not schedule.rule:
        return 1
    start = schedule.start.date()
    rule = replace(rules.read(schedule.rule, schedule.start, schedule.timezone), count=None, until=None)
    return sum(1 for _day in repeating.days(rule, start, start, start + _YEAR))


def _turn(schedule: Schedule) -> timedelta:
    if not schedule.rule:
        return _YEAR
    rule = rules.read(schedule.rule, schedule.start, schedule.timezone)
    return _TURNS[rule.frequency] * rule.interval


def _with_known(schedule: Schedule, places: dict[date, date]) -> Schedule:
    """Write what is known of days down for the days that took their places; what has none is gone."""
    changes = {
        places[day]: _shifted_change(change, places[day] - day)
        for day, change in schedule.changes.items()
        if day in places
    }
    skipped = {places[day] for day in schedule.skipped if day in places}
    return replace(schedule, skipped=tuple(sorted(skipped)), changes=dict(sorted(changes.items())))


def _by_rule(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    start = schedule.start.date()
    if not schedule.rule:
        return iter([start] if first <= start <= last else [])
    return repeating.days(rules.read(schedule.rule, schedule.start, schedule.timezone), start, first, last)


def _is_by_rule(schedule: Schedule, day: date) -> bool:
    return day in _by_rule(schedule, day, day)


def _before(schedule: Schedule, day: date, earlier: list[date]) -> Schedule:
    rule = rules.until(schedule.rule, earlier[-1]) if schedule.rule and earlier else ""
    kept = _within(replace(schedule, rule=rule), date.min, day - _DAY)
    return _as_series(kept) if earlier else _starting_with_extra(kept)


def _from_then(schedule: Schedule, day: date, past: int) -> Schedule:
    kept = _within(schedule, day, date.max)
    first = next(_by_rule(schedule, day, date.max), None)
    if first is None:
        return _starting_with_extra(replace(kept, rule=""))
    start = datetime.combine(first, schedule.start.time())
    rule = schedule.rule
    if rule:
        read = rules.read(rule, schedule.start, schedule.timezone)
        rule = rules.write(replace(read, count=read.count - past)) if read.count else rule
    return _as_series(replace(kept, rule=rule, start=start, end=start + (schedule.end - schedule.start)))


def _within(schedule: Schedule, first: date, last: date) -> Schedule:
    return replace(
        schedule,
        extra=tuple(start for start in schedule.extra if first <= start.date() <= last),
        skipped=tuple(day for day in schedule.skipped if first <= day <= last),
        changes={day: change for day, change in schedule.changes.items() if first <= day <= last},
    )


def _starting_with_extra(schedule: Schedule) -> Schedule:
    start, *others = schedule.extra
    end = start + (schedule.end - schedule.start)
    return _as_series(replace(schedule, start=start, end=end, extra=tuple(others)))


def _as_series(schedule: Schedule) -> Schedule:
    """Keep a series one, though one date is left: by its day people have answered."""
    return schedule if schedule.is_series else replace(schedule, rule=_ONE_DATE)


def _shifted_change(change: Change, days: timedelta) -> Change:
    return replace(
        change,
        start=change.start + days if change.start else None,
        end=change.end + days if change.end else None,
    )
