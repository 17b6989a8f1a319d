"""Days and hours in the words of the reader: “vendredi 12 mars”, “20 h”, “mars 2026”."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel.dates import format_date
from flask_babel import gettext

from app.plugin import day_in_words, spoken, when


def day_words(day: date, today: date) -> str:
    """Say a day; the nearest ones by their name first."""
    words = when(datetime.combine(day, time()), "date")
    if day == today:
        return gettext("Today, %(day)s", day=words)
    return gettext("Tomorrow, %(day)s", day=words) if day == today + timedelta(days=1) else sentence(words)


def sentence(words: str) -> str:
    """Begin with a capital letter."""
    return words[:1].upper() + words[1:]


def hour_words(moment: datetime) -> str:
    """Say an hour."""
    return when(moment, "time")


def short_day(day: date) -> str:
    """Say a day in little room: “12 mars”."""
    return day_in_words(day, "d MMMM")


def long_day(day: date) -> str:
    """Say a day with its year: “12 mars 2026”."""
    return day_in_words(day, "d MMMM y")


def whole_day(day: date) -> str:
    """Say a day with its weekday and its year: “Vendredi 12 mars 2026”."""
    return sentence(day_in_words(day, "EEEE d MMMM y"))


def tight_day(day: date) -> str:
    """Say a day in very little room: “ven. 12 mars”."""
    return day_in_words(day, "EEE d MMM")


def month_words(day: date) -> str:
    """Say a month: “mars 2026”."""
    return sentence(format_date(day, "LLLL y", spoken()))


def span_words(first: date, last: date) -> str:
    """Say some days from one to another."""
    begin = short_day(first) if first.year == last.year else long_day(first)
    return gettext("From %(first)s to %(last)s", first=begin, last=long_day(last))


def weekdays() -> tuple[tuple[str, str], ...]:
    """Name the days of a week, from Monday on: short and long."""
    return _weekdays(spoken())


@lru_cache(maxsize=20)
def _weekdays(language: str) -> tuple[tuple[str, str], ...]:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(7)]  # a Monday
    return tuple((format_date(day, "EEE", language), format_date(day, "EEEE", language)) for day in days)
