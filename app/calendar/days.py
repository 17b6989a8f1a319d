"""Days in words: “1er mars 2026”, “vendredi 12 mars”."""

from datetime import date
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date

# The day stands before the month in English too, as in the lists and beside the fields.
_PATTERNS = {"long": "d MMMM y", "full": "EEEE d MMMM y"}


@lru_cache(maxsize=2000)
def say_day(day: date, language: str, pattern: str = "long") -> str:
    """Say a day `long`, `full` or by a pattern of the Unicode standard; in English where the language is none.

    Kept, because a list says the same few days again and again.
    """
    pattern = _PATTERNS.get(pattern, pattern)
    try:
        words = str(format_date(day, pattern, Locale.parse(language)))
    except (ValueError, UnknownLocaleError):
        return str(format_date(day, pattern, "en"))
    return words.replace("1 ", "1er ", 1) if day.day == 1 and language == "fr" else words
