"""Days on which nothing takes place: public holidays of France, by computation, and school holidays by zone.

The eleven days of the Code du travail, L3133-1. Alsace and Moselle have two more, overseas departments others: they
are typed as days that are left out.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from app.calendar import school_holidays

PUBLIC = "public"
SETS = (PUBLIC, *school_holidays.SETS)

_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday


def is_off(day: date, names: Sequence[str]) -> bool:
    """Tell whether the day is in one of the named sets; beyond what is known of the school years it is not."""
    return any(day in _days_of(name, day.year) for name in names)


def days_off(names: Sequence[str], first: date, last: date) -> set[date]:
    """Give the days of the named sets from `first` to `last`; an unknown name has none."""
    years = range(first.year, last.year + 1)
    return {day for name in names for year in years for day in _days_of(name, year) if first <= day <= last}


def easter(year: int) -> date:
    """Give Easter Sunday (Oudin's form of Gauss's computation, as in python-dateutil)."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(days=moon - weekday)


@lru_cache(maxsize=512)
def _days_of(name: str, year: int) -> frozenset[date]:
    if name == PUBLIC:
        moving = (easter(year) + timedelta(days=number) for number in _AFTER_EASTER)
        return frozenset({*(date(year, month, day) for month, day in _FIXED), *moving})
    return school_holidays.days_of(name, year)
