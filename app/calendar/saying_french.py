"""Dates said in French: “tous les mercredis de 8 h à 12 h, du 25 mars au 9 juillet 2026”."""

from collections.abc import Sequence
from datetime import datetime, time

from app.calendar.repeating import DAILY, MONTHLY, WEEKLY, Rule
from app.calendar.saying import WHOLE_WEEK, WORKDAYS, Words

_NTH = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième", -1: "dernier", -2: "avant-dernier"}
_PERIODS = {DAILY: ("un jour", "tous les", "jours"), MONTHLY: ("un mois", "tous les", "mois")}
_PERIODS |= {WEEKLY: ("une semaine", "toutes les", "semaines")}
_YEARS = ("un an", "tous les", "ans")


class French(Words):
    """French."""

    weekdays = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
    months = (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    )  # fmt: skip
    and_ = "et"
    except_ = "sauf"
    public = "jours fériés"

    def number_of_day(self, number: int) -> str:
        return "1er" if number == 1 else str(number)

    def clock(self, moment: time) -> str:
        return f"{moment.hour}\u00a0h" + (f"\u00a0{moment.minute:02d}" if moment.minute else "")

    def hours(self, start: datetime, end: datetime) -> str:
        first, last = self.clock(start.time()), self.clock(end.time())
        return f"à {first}" if start == end else f"de {first} à {last}"

    def lasting(self, days: int) -> str:
        return f"pendant {days} jours"

    def later(self, days: int) -> str:
        return f"{days} jours après" if days > 1 else "le lendemain"

    def moments(self, start: str, end: str) -> str:
        return f"du {start} au {end}"

    def at(self, day: str, moment: time) -> str:
        return f"{day} à {self.clock(moment)}"

    def since(self, day: str) -> str:
        return f"à partir du {day}"

    def times(self, count: int, day: str) -> str:
        return f"{count} fois à partir du {day}"

    def also(self, days: Sequence[str], more: int) -> str:
        others = [f"{more} autre{'s' if more > 1 else ''} date{'s' if more > 1 else ''}"] if more else []
        return "et aussi " + self.list([*(f"le {day}" for day in days), *others])

    def left_out(self, days: Sequence[str], more: int) -> str:
        others = [f"{more} {'autres ' if days else ''}jours"] if more else []
        return self.list([*(f"le {day}" for day in days), *others])

    def school(self, zones: Sequence[str]) -> str:
        return f"vacances scolaires (zone{'s' if len(zones) > 1 else ''} {self.list(zones)})"

    def rule(self, rule: Rule) -> str:
        weekdays = tuple(weekday for _nth, weekday in rule.weekdays)
        months = f", en {self.list([self.months[month - 1] for month in rule.months])}" if rule.months else ""
        if rule.frequency == WEEKLY:
            return self._weeks(rule, weekdays) + months
        if rule.frequency == DAILY:
            condition = f", si c’est un {self._names(weekdays, 'ou')}" if weekdays else ""
            return self._every(rule) + condition + months
        which = self._which(rule)
        if rule.frequency == MONTHLY:
            return (f"{which} de chaque mois" if rule.interval == 1 else f"{self._every(rule)}, {which}") + months
        every = "chaque année" if rule.interval == 1 else f"{self._every(rule)},"
        if len(rule.months) == 1:
            month = self.months[rule.months[0] - 1]
            return f"{every} {which} {self._of(month) if rule.weekdays or which.endswith('jour') else month}"
        return f"{every} {which}{months}"

    def _every(self, rule: Rule) -> str:
        one, every, periods = _PERIODS.get(rule.frequency, _YEARS)
        if rule.interval == 1:
            return f"{every} {periods}"
        return f"{one} sur deux" if rule.interval == 2 else f"{every} {rule.interval} {periods}"

    def _weeks(self, rule: Rule, weekdays: tuple[int, ...]) -> str:
        if rule.interval == 2 and len(weekdays) == 1:
            return f"un {self.weekdays[weekdays[0]]} sur deux"
        if rule.interval > 1:
            return f"{self._every(rule)}, {self.list([f'le {self.weekdays[weekday]}' for weekday in weekdays])}"
        if weekdays == WHOLE_WEEK:
            return "tous les jours"
        if weekdays == WORKDAYS:
            return "du lundi au vendredi"
        return "tous les " + self.list([f"{self.weekdays[weekday]}s" for weekday in weekdays])

    def _which(self, rule: Rule) -> str:
        """Say the days of a month or a year: “le premier et le troisième samedi”, “le 13, si c’est un vendredi”."""
        weekdays = tuple(weekday for _nth, weekday in rule.weekdays)
        names = "jour de semaine" if weekdays == WORKDAYS else f"jour parmi {self._names(weekdays, 'et')}"
        if rule.positions and weekdays and not rule.month_days:
            return self.list([f"le {_nth(position)} {names}" for position in rule.positions])
        if not rule.month_days:
            return self._nth_weekdays(rule)
        days = self.list([f"le {self._month_day(number)}" for number in rule.month_days])
        return f"{days}, si c’est un {self._names(weekdays, 'ou')}" if weekdays else days

    def _nth_weekdays(self, rule: Rule) -> str:
        if len({weekday for _nth, weekday in rule.weekdays}) == 1 and all(nth for nth, _weekday in rule.weekdays):
            several = self.list([f"le {_nth(nth)}" for nth, _weekday in rule.weekdays])
            return f"{several} {self.weekdays[rule.weekdays[0][1]]}"
        named = [(_nth(nth), self.weekdays[weekday]) for nth, weekday in rule.weekdays]
        return self.list([f"le {nth} {name}" if nth else f"le {name}" for nth, name in named])

    def _month_day(self, number: int) -> str:
        return self.number_of_day(number) if number > 0 else f"{_nth(number)} jour"

    def _names(self, weekdays: tuple[int, ...], joint: str) -> str:
        return self.list([self.weekdays[weekday] for weekday in weekdays], joint)

    def _of(self, month: str) -> str:
        return f"d’{month}" if month[0] in "ao" else f"de {month}"


def _nth(number: int) -> str:
    if not number:
        return ""
    return _NTH.get(number) or (f"{number}e" if number > 0 else f"{-number}e dernier")
