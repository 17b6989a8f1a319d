"""How something repeats, as a form asks it: a few ways to choose, and the rule that each makes (RFC 5545, 3.3.10).

Rules say more than a form can show; those are kept as they are (`KEPT`).
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.calendar import rules
from app.calendar.repeating import WEEKDAYS, Rule
from app.errors import N_, GareError, Invalid

ONCE, DAILY, WEEKLY, FORTNIGHTLY, MONTH_DAY, MONTH_WEEKDAY, MONTH_LAST, YEARLY, KEPT = (
    "", "daily", "weekly", "fortnightly", "month-day", "month-weekday", "month-last", "yearly", "kept",
)  # fmt: skip
WAYS = (ONCE, DAILY, WEEKLY, FORTNIGHTLY, MONTH_DAY, MONTH_WEEKDAY, MONTH_LAST, YEARLY)
_WEEKS = (WEEKLY, FORTNIGHTLY)
_LAST = -1

NOT_LAST = N_("This day is not in the last week of its month. Change it.")
NO_WAY = N_("Choose from the list how it repeats.")


@dataclass(frozen=True, slots=True)
class Repeat:
    """What is chosen. `days` are weekdays (`MO` …), empty: that of the first date; `until` is included."""

    way: str
    days: tuple[str, ...] = ()
    until: date | None = None
    count: str = ""


def write(repeat: Repeat, start: date) -> str:
    """Make the rule; raises Invalid. What was typed as a number is checked with the rule."""
    if repeat.way not in WAYS[1:]:
        raise Invalid(NO_WAY, part="repeat")
    parts = [*_WRITE[repeat.way].split()]
    if repeat.way in _WEEKS and repeat.days:
        parts.append("BYDAY=" + ",".join(day for day in WEEKDAYS if day in repeat.days))
    if repeat.way in (MONTH_WEEKDAY, MONTH_LAST):
        parts.append(f"BYDAY={_nth(start, repeat.way)}{WEEKDAYS[start.weekday()]}")
    parts += [f"COUNT={repeat.count}"] if repeat.count else []
    parts += [f"UNTIL={repeat.until:%Y%m%d}"] if repeat.until else []
    return ";".join(parts)


def read(text: str, start: datetime) -> Repeat | None:
    """Give what would be chosen to make a rule; None where the form cannot say it."""
    try:
        rule = rules.read(text, start)
        repeat = Repeat(_way(rule), _days(rule), rule.until, str(rule.count or ""))
        return repeat if rules.check(write(repeat, start.date()), start) == text else None
    except GareError:
        return None


_WRITE = {
    DAILY: "FREQ=DAILY",
    WEEKLY: "FREQ=WEEKLY",
    FORTNIGHTLY: "FREQ=WEEKLY INTERVAL=2",
    MONTH_DAY: "FREQ=MONTHLY",
    MONTH_WEEKDAY: "FREQ=MONTHLY",
    MONTH_LAST: "FREQ=MONTHLY",
    YEARLY: "FREQ=YEARLY",
}


def _nth(start: date, way: str) -> int:
    """Give which weekday of its month a day is; the fifth is the last one, since few months have it."""
    is_last = start.day + 7 > monthrange(start.year, start.month)[1]
    if way == MONTH_LAST and not is_last:
        raise Invalid(NOT_LAST, part="repeat")
    nth = (start.day - 1) // 7 + 1
    return _LAST if way == MONTH_LAST or nth == 5 else nth


def _way(rule: Rule) -> str:
    """Guess the way; `read` compares what it makes with the rule itself."""
    if rule.frequency == "WEEKLY":
        return FORTNIGHTLY if rule.interval == 2 else WEEKLY
    if rule.frequency == "MONTHLY":
        nths = [nth for nth, _day in rule.weekdays]
        return (MONTH_LAST if nths[0] == _LAST else MONTH_WEEKDAY) if nths else MONTH_DAY
    return DAILY if rule.frequency == "DAILY" else YEARLY


def _days(rule: Rule) -> tuple[str, ...]:
    return tuple(WEEKDAYS[day] for _nth, day in rule.weekdays) if rule.frequency == "WEEKLY" else ()


def known_days(words: Iterable[str]) -> tuple[str, ...]:
    """Give those of some words that name a weekday, in the order of the week."""
    said = {word.strip().upper() for word in words}
    return tuple(day for day in WEEKDAYS if day in said)
