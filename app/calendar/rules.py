"""How something repeats: the text of an RRULE (RFC 5545, 3.3.10), read, checked and written in one way only.

Less than the RFC allows: what people mean by "every …", and nothing that could give two dates on one day or never end.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.calendar import repeating
from app.calendar.repeating import DAILY, FIRST_YEAR, LAST_YEAR, MONTHLY, WEEKDAYS, WEEKLY, YEARLY, Rule
from app.calendar.zones import wall_time
from app.errors import N_, Invalid

MAX_LETTERS = 500
MAX_COUNT = 1000
MAX_INTERVAL = 1000
# Within this time every rule worth keeping gives a date: from a 29 February to the next are eight years at most.
PATIENCE = timedelta(days=366 * 12)

TOO_LONG = N_("The repetition has more than %(limit)d letters. Make it shorter.")
UNREADABLE = N_("The repetition cannot be read at “%(part)s”. Choose it anew.")
TOO_FINE = N_("An event repeats by days, weeks, months or years.")
BAD_INTERVAL = N_("After “every”, give a number from 1 to %(limit)d.")
BAD_COUNT = N_("The number of dates goes from 1 to %(limit)d.")
TWO_ENDS = N_("Give a last day or a number of dates, not both.")
ENDS_BEFORE = N_("The last day comes before the first one. Change one of them.")
TOO_FAR = N_("What repeats lies between the years %(first)d and %(last)d.")
NO_DATES = N_("This repetition gives no date. Choose another one.")

_FREQUENCIES = (DAILY, WEEKLY, MONTHLY, YEARLY)
_PARTS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST")
_FINE = ("BYHOUR", "BYMINUTE", "BYSECOND")
_WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}")
_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")


def check(text: str, start: datetime, timezone: str = "UTC") -> str:
    """Give the rule in its normal form: parts in one order, UNTIL as the last day; raises Invalid.

    `start` is where it begins, naive, in `timezone`, which is needed where UNTIL is given in UTC.
    """
    rule = read(text, start, timezone)
    if first_day(rule, start.date()) is None:
        raise Invalid(NO_DATES)
    return write(rule)


def first_day(rule: Rule, start: date) -> date | None:
    """Give the first day that the rule gives from `start` on, None where there is none."""
    end = start + PATIENCE if start.year < LAST_YEAR else date(LAST_YEAR, 12, 31)
    return next(repeating.days(rule, start, start, end), None)


def read(text: str, start: datetime, timezone: str = "UTC") -> Rule:
    """Read the text of a rule that begins at `start`; raises Invalid with the part that is wrong."""
    if len(text) > MAX_LETTERS:
        raise Invalid(TOO_LONG, limit=MAX_LETTERS)
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise Invalid(TOO_FAR, first=FIRST_YEAR, last=LAST_YEAR)
    parts = _split(text)
    rule = Rule(
        frequency=_frequency(parts),
        interval=_within(parts, "INTERVAL", MAX_INTERVAL, BAD_INTERVAL) or 1,
        count=_within(parts, "COUNT", MAX_COUNT, BAD_COUNT),
        until=_until(parts["UNTIL"], start, timezone) if "UNTIL" in parts else None,
        months=_numbers(parts, "BYMONTH", 1, 12),
        month_days=_numbers(parts, "BYMONTHDAY", -31, 31),
        weekdays=_weekdays(parts.get("BYDAY", "")),
        positions=_numbers(parts, "BYSETPOS", -366, 366),
        week_start=_week_start(parts.get("WKST", "MO")),
    )
    return _checked(rule, start.date())


def write(rule: Rule) -> str:
    """Write a rule; `read` gives it back."""
    parts = [f"FREQ={rule.frequency}"]
    parts += [f"INTERVAL={rule.interval}"] if rule.interval > 1 else []
    lists = (("BYMONTH", rule.months), ("BYMONTHDAY", rule.month_days), ("BYSETPOS", rule.positions))
    parts += [f"{name}={','.join(map(str, numbers))}" for name, numbers in lists[:2] if numbers]
    if rule.weekdays:
        parts.append("BYDAY=" + ",".join(f"{nth or ''}{WEEKDAYS[weekday]}" for nth, weekday in rule.weekdays))
    parts += [f"{name}={','.join(map(str, numbers))}" for name, numbers in lists[2:] if numbers]
    parts += [f"WKST={WEEKDAYS[rule.week_start]}"] if rule.week_start else []
    parts += [f"COUNT={rule.count}"] if rule.count else []
    parts += [f"UNTIL={rule.until:%Y%m%d}"] if rule.until else []
    return ";".join(parts)


def until(text: str, last: date) -> str:
    """Give a checked rule ending with that day, whatever ended it before."""
    kept = [part for part in text.split(";") if not part.startswith(("COUNT=", "UNTIL="))]
    return ";".join([*kept, f"UNTIL={last:%Y%m%d}"])


def _split(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").rstrip(";").split(";"):
        name, _equals, value = (piece.strip() for piece in part.partition("="))
        if name in _FINE:
            raise Invalid(TOO_FINE)
        if name not in _PARTS or name in parts or not value:
            raise Invalid(UNREADABLE, part=part[:40])
        parts[name] = value
    return parts


def _frequency(parts: dict[str, str]) -> str:
    if "FREQ" not in parts:
        raise Invalid(UNREADABLE, part="FREQ")
    if parts["FREQ"] not in _FREQUENCIES:
        raise Invalid(TOO_FINE)
    return parts["FREQ"]


def _within(parts: dict[str, str], name: str, limit: int, fault: str) -> int | None:
    if name not in parts:
        return None
    text = parts[name]
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= limit):
        raise Invalid(fault, limit=limit)
    return int(text)


def _numbers(parts: dict[str, str], name: str, low: int, high: int) -> tuple[int, ...]:
    if name not in parts:
        return ()
    found = set()
    for text in parts[name].split(","):
        number = int(text) if _NUMBER.fullmatch(text) else 0
        if not number or not low <= number <= high:
            raise Invalid(UNREADABLE, part=f"{name}={text}"[:40])
        found.add(number)
    return tuple(sorted(found))


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    found = set()
    for part in text.split(",") if text else ():
        match = _WEEKDAY.fullmatch(part)
        nth = int(match[1] or 0) if match else 0
        if match is None or (match[1] and not 1 <= abs(nth) <= 53):
            raise Invalid(UNREADABLE, part=f"BYDAY={part}"[:40])
        found.add((nth, WEEKDAYS.index(match[2])))
    return tuple(sorted(found, key=lambda one: (one[1], one[0])))


def _week_start(text: str) -> int:
    if text not in WEEKDAYS:
        raise Invalid(UNREADABLE, part=f"WKST={text}"[:40])
    return WEEKDAYS.index(text)


def _until(text: str, start: datetime, timezone: str) -> date:
    """Give the last day: at most one date a day lets every UNTIL be said as a day that is included."""
    match = _UNTIL.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        if match[2] is None:
            return date.fromisoformat(match[1])
        end = datetime.fromisoformat(f"{match[1]}T{match[2]}")
        if match[3]:
            end = wall_time(int(end.replace(tzinfo=UTC).timestamp()), timezone)
        return end.date() if end.time() >= start.time() else end.date() - timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise Invalid(UNREADABLE, part=f"UNTIL={text}"[:40]) from error


def _checked(rule: Rule, start: date) -> Rule:
    has_nth = any(nth for nth, _weekday in rule.weekdays)
    if rule.count and rule.until:
        raise Invalid(TWO_ENDS)
    if rule.until and rule.until < start:
        raise Invalid(ENDS_BEFORE)
    if rule.until and rule.until.year > LAST_YEAR:
        raise Invalid(TOO_FAR, first=FIRST_YEAR, last=LAST_YEAR)
    if has_nth and rule.frequency not in (MONTHLY, YEARLY):
        raise Invalid(UNREADABLE, part="BYDAY")
    if rule.month_days and rule.frequency == WEEKLY:
        raise Invalid(UNREADABLE, part="BYMONTHDAY")
    # Programs disagree about what BYSETPOS counts within a week; within a day it says nothing.
    has_set = rule.weekdays or rule.month_days
    if rule.positions and (rule.frequency not in (MONTHLY, YEARLY) or not has_set):
        raise Invalid(UNREADABLE, part="BYSETPOS")
    # Where the week begins matters to weeks that are left out, and to nothing else that is said here.
    return rule if rule.frequency == WEEKLY and rule.interval > 1 else replace(rule, week_start=0)
