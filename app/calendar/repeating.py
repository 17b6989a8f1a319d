"""The days that a rule gives, period by period, between two days and never further: it always ends, and soon.

python-dateutil looks for the next date up to the year 9999 and cannot be told to stop: a rule that gives none
(30 February, every day) keeps it busy for seconds. So the walk is our own; the tests compare it with dateutil's.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count, islice

DAILY, WEEKLY, MONTHLY, YEARLY = "DAILY", "WEEKLY", "MONTHLY", "YEARLY"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST_YEAR, LAST_YEAR = 1900, 2100
LAST_DAY = date(LAST_YEAR, 12, 31)


@dataclass(frozen=True, slots=True)
class Rule:
    """What an RRULE says. `weekdays` are (nth, 0 for Monday); nth 0: each of them, −1: the last in the period.

    `until` is the last day, included. `week_start` is 0 for Monday.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


def days(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """Give in order the days from `first` to `last` of a rule that begins on `start`; none after the year 2100.

    `start` itself is given only where the rule gives it. COUNT counts from `start` on.
    """
    full = completed(rule, start)
    last = min(last, full.until or LAST_DAY, LAST_DAY)
    begin = start if full.count else max(first, start)
    found = (day for day in _walk(full, start, begin, last) if day >= begin)
    return (day for day in islice(found, full.count) if day >= first)


def completed(rule: Rule, start: date) -> Rule:
    """Fill in what the start says where the rule is silent (RFC 5545: "the same as DTSTART")."""
    if rule.weekdays or rule.month_days:
        return rule
    if rule.frequency == WEEKLY:
        return replace(rule, weekdays=((0, start.weekday()),))
    if rule.frequency == MONTHLY:
        return replace(rule, month_days=(start.day,))
    if rule.frequency == YEARLY:
        return replace(rule, month_days=(start.day,), months=rule.months or (start.month,))
    return rule


def _walk(rule: Rule, start: date, begin: date, last: date) -> Iterator[date]:
    """Give the days up to `last` of the periods from that of `begin` on, also those before `begin` itself."""
    if begin > last:
        return
    for number in count(_periods_between(rule, start, begin) // rule.interval):
        period = _first_of_period(rule, start, number * rule.interval)
        if period > last:
            return
        for day in _of_period(rule, period):
            if day > last:
                return
            yield day


def _of_period(rule: Rule, period: date) -> list[date]:
    found = [day for day in _all_days(rule, period) if _fits(rule, day)]
    if not rule.positions:
        return found
    kept = {nth - 1 if nth > 0 else len(found) + nth for nth in rule.positions}
    return [day for number, day in enumerate(found) if number in kept]


def _all_days(rule: Rule, period: date) -> Iterator[date]:
    if rule.frequency == YEARLY:
        for month in rule.months or range(1, 13):
            yield from _month(period.year, month)
    elif rule.frequency == MONTHLY:
        yield from _month(period.year, period.month)
    else:
        length = 7 if rule.frequency == WEEKLY else 1
        yield from (period + timedelta(days=number) for number in range(length))


def _month(year: int, month: int) -> Iterator[date]:
    return (date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))


def _fits(rule: Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days and not _has_month_day(rule, day):
        return False
    return not rule.weekdays or any(
        weekday == day.weekday() and (not nth or _is_nth(rule, day, nth)) for nth, weekday in rule.weekdays
    )


def _has_month_day(rule: Rule, day: date) -> bool:
    return day.day in rule.month_days or day.day - monthrange(day.year, day.month)[1] - 1 in rule.month_days


def _is_nth(rule: Rule, day: date, nth: int) -> bool:
    """Tell whether it is the nth of its weekday, in its month, or in the year where a rule by years names no month."""
    if rule.frequency == YEARLY and not rule.months:
        number, length = day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday
    else:
        number, length = day.day, monthrange(day.year, day.month)[1]
    return nth == (number - 1) // 7 + 1 or nth == -((length - number) // 7 + 1)


def _week(rule: Rule, day: date) -> date:
    return day - timedelta(days=(day.weekday() - rule.week_start) % 7)


def _periods_between(rule: Rule, start: date, day: date) -> int:
    """Count the days, weeks, months or years that begin after the start, up to that day."""
    if rule.frequency == DAILY:
        return (day - start).days
    if rule.frequency == WEEKLY:
        return (day - _week(rule, start)).days // 7
    if rule.frequency == MONTHLY:
        return (day.year - start.year) * 12 + day.month - start.month
    return day.year - start.year


def _first_of_period(rule: Rule, start: date, number: int) -> date:
    """Give the first day of the period that lies so many days, weeks, months or years after the start's."""
    if rule.frequency == DAILY:
        return start + timedelta(days=number)
    if rule.frequency == WEEKLY:
        return _week(rule, start) + timedelta(days=7 * number)
    if rule.frequency == MONTHLY:
        year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
        return date(year, month + 1, 1)
    return date(start.year + number, 1, 1)
