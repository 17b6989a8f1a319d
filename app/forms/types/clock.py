"""Hours of the day as people type them: “8h”, “8 h 30”, “08:30”, “830”, “8 pm”, “midi”."""

import re

from app.errors import N_, Invalid
from app.wiki.page import fold

DAY = 24 * 60  # minutes
_HOUR = re.compile(r"([0-9]{1,2})\s*(?:[h:.]|heures?)\s*([0-9]{2})?(?:\s*(?:min|mn|m))?", re.IGNORECASE)
_BARE = re.compile(r"([0-9]{1,2})([0-9]{2})?")
_ENGLISH = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*([ap])\.?m\.?", re.IGNORECASE)
_WORDS = {"midi": DAY // 2, "noon": DAY // 2, "minuit": DAY, "midnight": DAY}

NO_HOUR = N_("This is no hour. Examples: 8, 8:30, 20:00.")


def read_hour(text: str) -> int:
    """Read an hour as minutes after midnight, 1,440 for the end of the day; raises Invalid."""
    bare = text.strip()
    if fold(bare) in _WORDS:
        return _WORDS[fold(bare)]
    if match := _ENGLISH.fullmatch(bare):
        if not 1 <= int(match[1]) <= 12:
            raise Invalid(NO_HOUR)
        return _minutes(int(match[1]) % 12 + (12 if match[3].casefold() == "p" else 0), match[2])
    if match := _HOUR.fullmatch(bare) or _BARE.fullmatch(bare):
        return _minutes(int(match[1]), match[2])
    raise Invalid(NO_HOUR)


def _minutes(hour: int, minute: str | None) -> int:
    found = hour * 60 + int(minute or 0)
    if int(minute or 0) > 59 or found > DAY:
        raise Invalid(NO_HOUR)
    return found
