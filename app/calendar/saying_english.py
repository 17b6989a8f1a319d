"""Dates said in English: “every Wednesday from 08:00 to 12:00, from 25 March to 9 July 2026”."""

from collections.abc import Sequence
from datetime import datetime, time

from app.calendar.repeating import DAILY, MONTHLY, WEEKLY, Rule
from app.calendar.saying import WHOLE_WEEK, WORKDAYS, Words

_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "second to last"}
_PERIODS = {DAILY: "day", WEEKLY: "week", MONTHLY: "month"}


class English(Words):
    """English."""

    weekdays = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    months = (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )  # fmt: skip
    and_ = "and"
    except_ = "except"
    public = "public holidays"

    def clock(self, moment: time) -> str:
        return f"{moment:%H:%M}"

    def hours(self, start: datetime, end: datetime) -> str:
        first, last = self.clock(start.time()), self.clock(end.time())
        return f"at {first}" if start == end else f"from {first} to {last}"

    def lasting(self, days: int) -> str:
        return f"for {days} days"

    def later(self, days: int) -> str:
        return f"{days} days later" if days > 1 else "the next day"

    def moments(self, start: str, end: str) -> str:
        return f"from {start} to {end}"

    def at(self, day: str, moment: time) -> str:
        return f"{day}, {self.clock(moment)}"

    def since(self, day: str) -> str:
        return f"from {day} on"

    def times(self, count: int, day: str) -> str:
        return f"{count} times from {day} on"

    def also(self, days: Sequence[str], more: int) -> str:
        others = [f"{more} other date{'s' if more > 1 else ''}"] if more else []
        return "and also " + self.list([*(f"on {day}" for day in days), *others])

    def left_out(self, days: Sequence[str], more: int) -> str:
        others = [f"{more} {'other ' if days else ''}days"] if more else []
        return self.list([*days, *others])

    def school(self, zones: Sequence[str]) -> str:
        return f"school holidays (zone{'s' if len(zones) > 1 else ''} {self.list(zones)})"

    def rule(self, rule: Rule) -> str:
        weekdays = tuple(weekday for _nth, weekday in rule.weekdays)
        months = f" in {self.list([self.months[month - 1] for month in rule.months])}" if rule.months else ""
        if rule.frequency == WEEKLY:
            return self._weeks(rule, weekdays) + months
        if rule.frequency == DAILY:
            condition = f" that is a {self._names(weekdays, 'or')}" if weekdays else ""
            return _every(rule) + condition + months
        which = self._which(rule)
        if rule.frequency == MONTHLY:
            return (f"{which} of every month" if rule.interval == 1 else f"{_every(rule)}, {which}") + months
        every = "every year" if rule.interval == 1 else f"{_every(rule)},"
        if len(rule.months) == 1 and len(rule.month_days) == 1 and rule.month_days[0] > 0 and not weekdays:
            return f"{every} on {rule.month_days[0]} {self.months[rule.months[0] - 1]}"
        return f"{every} {which}{months.replace(' in ', ' of ')}"

    def _weeks(self, rule: Rule, weekdays: tuple[int, ...]) -> str:
        if rule.interval == 2 and len(weekdays) == 1:
            return f"every other {self.weekdays[weekdays[0]]}"
        if rule.interval > 1:
            return f"{_every(rule)} on {self._names(weekdays, 'and')}"
        if weekdays == WHOLE_WEEK:
            return "every day"
        if weekdays == WORKDAYS:
            return "Monday to Friday"
        return f"every {self._names(weekdays, 'and')}"

    def _which(self, rule: Rule) -> str:
        """Say the days of a month or a year: “on the first and third Saturday”, “on the 13th if it is a Friday”."""
        weekdays = tuple(weekday for _nth, weekday in rule.weekdays)
        names = "weekday" if weekdays == WORKDAYS else f"day out of {self._names(weekdays, 'and')}"
        if rule.positions and weekdays and not rule.month_days:
            return f"on the {self.list([_nth(position) for position in rule.positions])} {names}"
        if not rule.month_days:
            return self._nth_weekdays(rule)
        days = self.list([f"the {_nth_day(number)}" for number in rule.month_days])
        return f"on {days} if it is a {self._names(weekdays, 'or')}" if weekdays else f"on {days}"

    def _nth_weekdays(self, rule: Rule) -> str:
        if len({weekday for _nth, weekday in rule.weekdays}) == 1 and all(nth for nth, _weekday in rule.weekdays):
            several = self.list([_nth(nth) for nth, _weekday in rule.weekdays])
            return f"on the {several} {self.weekdays[rule.weekdays[0][1]]}"
        named = [(_nth(nth), self.weekdays[weekday]) for nth, weekday in rule.weekdays]
        return "on " + self.list([f"the {nth} {name}" if nth else name for nth, name in named])

    def _names(self, weekdays: tuple[int, ...], joint: str) -> str:
        return self.list([self.weekdays[weekday] for weekday in weekdays], joint)


def _every(rule: Rule) -> str:
    period = _PERIODS.get(rule.frequency, "year")
    if rule.interval == 1:
        return f"every {period}"
    return f"every other {period}" if rule.interval == 2 else f"every {rule.interval} {period}s"


def _nth(number: int) -> str:
    if not number:
        return ""
    return _NTH.get(number) or (_ordinal(number) if number > 0 else f"{_ordinal(-number)} to last")


def _nth_day(number: int) -> str:
    return _ordinal(number) if number > 0 else f"{_nth(number)} day"


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
