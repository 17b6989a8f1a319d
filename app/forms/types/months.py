"""The names of the months in French and English, as people write them."""

from types import MappingProxyType

from app.wiki.page import fold

_NAMES = (
    "janvier janv jan january",
    "fevrier fevr fev february feb",
    "mars march mar",
    "avril avr april apr",
    "mai may",
    "juin june jun",
    "juillet juil july jul",
    "aout august aug",
    "septembre sept september sep",
    "octobre oct october",
    "novembre nov november",
    "decembre dec december",
)
MONTHS = MappingProxyType({name: number for number, names in enumerate(_NAMES, 1) for name in names.split()})


def month_number(name: str) -> int:
    """Give the number of a month; raises ValueError where that is no month."""
    number = MONTHS.get(fold(name), 0)
    if not number:
        raise ValueError(name)
    return number
