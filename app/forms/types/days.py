"""Types that are days: a date, and from one date to another."""

import re
from datetime import date

from app.calendar import days
from app.errors import N_, Invalid
from app.forms.form import Field
from app.forms.types import entry
from app.forms.types.base import Key
from app.forms.types.months import month_number
from app.forms.types.simple import OneText, SeveralParts
from app.wiki.yaml_text import Value

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")
_WORDS = re.compile(r"(?:\w+\.? )?(?:([0-9]{1,2})(?:er|st|nd|rd|th)?) ([^\W\d_]+)\.?,? ([0-9]{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})", re.IGNORECASE)
OPEN = ".."  # EDTF: no bound

NO_DATE = N_("This is no date. Example: 12/03/2026")
ENDS_BEFORE = N_("The end is before the beginning. Change one of the two days.")


class Day(OneText):
    """A day: `2026-03-12`."""

    name = "date"

    def spell(self, field: Field, text: str) -> str:
        """Read the ways in which browsers, people and spreadsheets write a day."""
        return read_day(text)

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say it in words: “12 mars 2026”."""
        return say_day(entry.shown(value), language)

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Sort by the number of the day."""
        return _key(entry.shown(value))


class DayRange(SeveralParts):
    """From a day to a day; one of the two may be missing."""

    name = "date_range"
    parts = ("start", "end")

    def check_parts(self, field: Field, parts: dict[str, str]) -> Value | None:
        """Read both days; the end may be the same day."""
        days: dict[str, Value] = {name: read_day(text) for name, text in parts.items()}
        if len(days) == 2 and str(days["end"]) < str(days["start"]):
            raise Invalid(ENDS_BEFORE)
        return days

    def read_short(self, field: Field, text: str) -> Value | None:
        """Read `2026-03-12/2026-03-14`, `2026-03-12/..`, or one day."""
        start, slash, end = text.partition("/")
        if not slash or len(text.split("/")) == 3:  # 12/03/2026
            return self.check_parts(field, {"start": text, "end": text})
        days = {"start": start.strip(), "end": end.strip()}
        return self.check_parts(field, {name: day for name, day in days.items() if day not in ("", OPEN)})

    def write_short(self, value: Value) -> str:
        """Write it as an interval of EDTF."""
        if not isinstance(value, dict):
            return ""
        return f"{entry.shown(value.get('start', OPEN))}/{entry.shown(value.get('end', OPEN))}"

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say it in words: “du 12 au 14 mars 2026”."""
        if not isinstance(value, dict):
            return entry.shown(value)
        start, end = (entry.shown(value.get(name, "")) for name in self.parts)
        return _say_range(start, end, language)

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Sort by the first day, then by the last."""
        found = value if isinstance(value, dict) else {}
        days = [entry.shown(found.get(name, "")) for name in self.parts]
        return tuple(key for day in dict.fromkeys(days) for key in _key(day))


def read_day(text: str) -> str:
    """Read a day as `2026-03-12`, `12/03/2026`, “12 mars 2026”, “March 12, 2026”. Raises Invalid."""
    bare = " ".join(text.split())
    for pattern, (year, month, day) in ((_ISO, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1)), (_WORDS, (3, 2, 1))):
        if match := pattern.fullmatch(bare):
            return _write(match[year], match[month], match[day])
    if match := _MONTH_FIRST.fullmatch(bare):
        return _write(match[3], match[1], match[2])
    raise Invalid(NO_DATE)


def _write(year: str, month: str, day: str) -> str:
    try:
        number = int(month) if month.isdecimal() else month_number(month)
        return date(int(year), number, int(day)).isoformat()
    except ValueError as error:
        raise Invalid(NO_DATE) from error


def find_day(text: str) -> date | None:
    """Find the day that a stored text names."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def say_day(text: str, language: str, pattern: str = "d MMMM y") -> str:
    """Say a stored day in words; a text that is no day stays as it is."""
    day = find_day(text)
    return days.say_day(day, language, pattern) if day else text


def _say_range(start: str, end: str, language: str) -> str:
    is_french = language == "fr"
    if not start or not end:
        before, after = ("jusqu’au", "à partir du") if is_french else ("until", "from")
        return f"{before if end else after} {say_day(end or start, language)}" if start or end else ""
    if start == end:
        return say_day(start, language)
    shared = {7: "d", 4: "d MMMM"}.get(next((length for length in (7, 4) if start[:length] == end[:length]), 0))
    first = say_day(start, language, shared or "d MMMM y")
    last = say_day(end, language)
    return f"du {first} au {last}" if is_french else f"{first} to {last}"


def _key(text: str) -> tuple[Key, ...]:
    day = find_day(text)
    return (Key(text, day.toordinal()),) if day else ()
