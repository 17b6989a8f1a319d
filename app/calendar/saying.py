"""What the sentences about dates are made of in every language; `saying_french.py`, `saying_english.py` fill it in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from app.calendar.repeating import DAILY, MONTHLY, WEEKLY, YEARLY, Rule

WORKDAYS = (0, 1, 2, 3, 4)
WHOLE_WEEK = (0, 1, 2, 3, 4, 5, 6)


class Words:
    """The words of one language. Days are `date`, hours naive `datetime`; every method gives a piece of a sentence."""

    weekdays: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    and_ = ""
    except_ = ""
    public = ""

    def day(self, day: date, *, weekday: bool = False, month: bool = True, year: bool = True) -> str:
        """Say a day: “mercredi 25 mars 2026”."""
        pieces = [self.weekdays[day.weekday()]] if weekday else []
        pieces += [self.number_of_day(day.day)]
        pieces += [self.months[day.month - 1]] if month else []
        return " ".join([*pieces, str(day.year)] if month and year else pieces)

    def number_of_day(self, number: int) -> str:
        """Say the number of a day in its month."""
        return str(number)

    def clock(self, moment: time) -> str:
        """Say an hour."""
        raise NotImplementedError

    def hours(self, start: datetime, end: datetime) -> str:
        """Say from when to when within a day or a night: “de 8 h à 12 h”."""
        raise NotImplementedError

    def lasting(self, days: int) -> str:
        """Say that each date has so many whole days."""
        raise NotImplementedError

    def later(self, days: int) -> str:
        """Say that the hour before is that of so many days after."""
        raise NotImplementedError

    def moments(self, start: str, end: str) -> str:
        """Join a first and a last moment: “du … au …”."""
        raise NotImplementedError

    def at(self, day: str, moment: time) -> str:
        """Say a day with its hour."""
        raise NotImplementedError

    def since(self, day: str) -> str:
        """Say when a series without end begins."""
        raise NotImplementedError

    def times(self, count: int, day: str) -> str:
        """Say how often something takes place, and from when on."""
        raise NotImplementedError

    def also(self, days: Sequence[str], more: int) -> str:
        """Say the extra dates, and how many there are besides those."""
        raise NotImplementedError

    def left_out(self, days: Sequence[str], more: int) -> str:
        """Say the days that are left out, and how many there are besides those."""
        raise NotImplementedError

    def school(self, zones: Sequence[str]) -> str:
        """Say whose school holidays are left out."""
        raise NotImplementedError

    def rule(self, rule: Rule) -> str:
        """Say how often: “tous les mercredis”. The rule is one that `plain` gave."""
        raise NotImplementedError

    def list(self, pieces: Sequence[str], joint: str = "") -> str:
        """Join pieces: “a, b et c”."""
        if len(pieces) < 2:
            return "".join(pieces)
        return f"{', '.join(pieces[:-1])} {joint or self.and_} {pieces[-1]}"


def plain(rule: Rule) -> Rule:
    """Say the same in the way in which people would: a rule by months that gives every Monday is one by weeks."""
    weekdays = tuple(weekday for _nth, weekday in rule.weekdays)
    if len(weekdays) == 1 and len(rule.positions) == 1 and not rule.weekdays[0][0] and not rule.month_days:
        nth = ((rule.positions[0], weekdays[0]),)
        rule = replace(rule, weekdays=nth, positions=())
    has_nth = any(nth for nth, _weekday in rule.weekdays)
    if rule.interval > 1 or rule.positions or has_nth:
        return rule
    if weekdays and not rule.month_days:
        return replace(rule, frequency=WEEKLY)
    if rule.month_days and (rule.frequency in (DAILY, MONTHLY) or not rule.months):
        return replace(rule, frequency=YEARLY if rule.months else MONTHLY)
    return rule
