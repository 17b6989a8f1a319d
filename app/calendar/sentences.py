"""A schedule said in one sentence, as people would say it, in French or English. Never raises."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from app.calendar import rules
from app.calendar.holidays import PUBLIC
from app.calendar.repeating import Rule, completed
from app.calendar.saying import Words, plain
from app.calendar.saying_english import English
from app.calendar.saying_french import French
from app.calendar.schedule import Schedule
from app.errors import Invalid

MOST_DAYS = 3  # more days than these are counted, not named

_FRENCH, _ENGLISH = French(), English()
_NOON = time(12)


def say(schedule: Schedule, language: str) -> str:
    """Say when something takes place: “tous les mercredis de 8 h à 12 h, du 25 mars au 9 juillet 2026”.

    What is otherwise on single dates is not said. A rule that cannot be read is left out.
    """
    words = _words(language)
    rule = _rule(schedule)
    if rule is None:
        once = _say_once(words, schedule.start, schedule.end, schedule.is_all_day)
        return ", ".join(filter(None, [once, _also(words, schedule, True)]))
    how_often = f"{words.rule(plain(completed(rule, schedule.start.date())))} {_each(words, schedule)}".rstrip()
    has_years = rule.until is None or rule.until.year != schedule.start.year
    pieces = [how_often, _span(words, rule, schedule), _also(words, schedule, has_years)]
    return ", ".join(filter(None, [*pieces, _left_out(words, schedule, has_years)]))


def say_date(start: datetime, end: datetime, is_all_day: bool, language: str, *, with_year: bool = True) -> str:
    """Say one date, short, for lists: “mercredi 25 mars, 8 h – 12 h”."""
    words = _words(language)
    if is_all_day:
        return _days(words, start.date(), end.date(), with_year)
    first = words.day(start.date(), weekday=True, year=with_year)
    begins, ends = words.clock(start.time()), words.clock(end.time())
    if start == end:
        return f"{first}, {begins}"
    if _is_one_day(start, end):
        return f"{first}, {begins}\u00a0– {ends}{_next_day(words, start, end)}"
    return f"{first}, {begins} – {words.day(end.date(), weekday=True, year=with_year)}, {ends}"


def _words(language: str) -> Words:
    return _FRENCH if language == "fr" else _ENGLISH


def _rule(schedule: Schedule) -> Rule | None:
    try:
        return rules.read(schedule.rule, schedule.start, schedule.timezone) if schedule.rule else None
    except Invalid:
        return None


def _is_one_day(start: datetime, end: datetime) -> bool:
    """Tell whether it is within a day, or a night: then the second day needs no name."""
    is_night = end - start < timedelta(hours=16) and end.time() <= _NOON
    return start.date() == end.date() or is_night


def _next_day(words: Words, start: datetime, end: datetime) -> str:
    """Say that a night ends on the day after; at midnight that goes without saying."""
    return f" {words.later(1)}" if end.date() > start.date() and end.time() != time() else ""


def _say_once(words: Words, start: datetime, end: datetime, is_all_day: bool) -> str:
    if is_all_day:
        return _days(words, start.date(), end.date(), True)
    first = words.day(start.date(), weekday=True)
    if _is_one_day(start, end):
        return f"{first}, {words.hours(start, end)}{_next_day(words, start, end)}"
    return words.moments(words.at(first, start.time()), words.at(words.day(end.date(), weekday=True), end.time()))


def _days(words: Words, first: date, last: date, with_year: bool) -> str:
    if first >= last:
        return words.day(first, weekday=True, year=with_year)
    is_same_year = first.year == last.year
    is_same_month = is_same_year and first.month == last.month
    start = words.day(first, weekday=True, month=not is_same_month, year=with_year and not is_same_year)
    return words.moments(start, words.day(last, weekday=True, year=with_year))


def _each(words: Words, schedule: Schedule) -> str:
    """Say the hours of each date of a series."""
    start, end = schedule.start, schedule.end
    days = (end.date() - start.date()).days
    if schedule.is_all_day:
        return words.lasting(days + 1) if days > 0 else ""
    hours = words.hours(start, end)
    return hours + (_next_day(words, start, end) if _is_one_day(start, end) else f" {words.later(days)}")


def _span(words: Words, rule: Rule, schedule: Schedule) -> str:
    first = schedule.start.date()
    if rule.count:
        return words.times(rule.count, words.day(first))
    if rule.until is None:
        return words.since(words.day(first))
    return words.moments(words.day(first, year=first.year != rule.until.year), words.day(rule.until))


def _also(words: Words, schedule: Schedule, has_years: bool) -> str:
    if not schedule.extra:
        return ""
    few = schedule.extra if len(schedule.extra) <= MOST_DAYS else ()
    usual = schedule.start.time()
    days = [
        day if moment.time() == usual else words.at(day, moment.time())
        for moment, day in zip(few, _name_days(words, [one.date() for one in few], has_years), strict=True)
    ]
    return words.also(days, len(schedule.extra) - len(few))


def _left_out(words: Words, schedule: Schedule, has_years: bool) -> str:
    pieces = [words.public] if PUBLIC in schedule.holidays else []
    zones = [name.removeprefix("school-").upper() for name in schedule.holidays if name.startswith("school-")]
    pieces += [words.school(zones)] if zones else []
    few = schedule.skipped if len(schedule.skipped) <= MOST_DAYS else ()
    days = words.left_out(_name_days(words, few, has_years), len(schedule.skipped) - len(few))
    pieces += [days] if days else []
    return f"{words.except_} {words.list(pieces)}" if pieces else ""


def _name_days(words: Words, days: Sequence[date], has_years: bool) -> list[str]:
    return [words.day(day, year=has_years) for day in days]
