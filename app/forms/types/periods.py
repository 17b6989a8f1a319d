"""The type that is a period of the past: its words are kept, EDTF (ISO 8601-2) and the years are worked out of them."""

import re

from app.forms.form import Field
from app.forms.types import entry
from app.forms.types.base import Key, Typed
from app.forms.types.period_words import understand
from app.forms.types.simple import OneText
from app.wiki.yaml_text import Value

MOST_LETTERS = 200
MOST_CENTURIES = 12
_YEAR = re.compile(r"-?[0-9]{1,5}")
_EDTF = re.compile(r"[-0-9X~?%./\[\]]{1,60}")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Period(OneText):
    """A period: `{text, edtf, earliest, latest}`; years before our era are negative, 1 BC being 0.

    What the words do not say to us keeps its text alone, and what somebody wrote beside it by hand.
    """

    name = "period"

    def check(self, field: Field, value: Value) -> Value | None:
        """Work the years out anew; a text is the words alone."""
        told: dict[str, Value] = value if isinstance(value, dict) else {"text": value}
        text = entry.check_length(entry.line(entry.text_of(told.get("text", ""))), MOST_LETTERS)
        if not text:
            return None
        span = understand(text)
        if not span:
            return {"text": text, **_by_hand(told)}
        years = (("earliest", span.earliest), ("latest", span.latest))
        return {"text": text, "edtf": span.edtf, **{name: str(year) for name, year in years if year is not None}}

    def type_again(self, field: Field, value: Value) -> Typed:
        """Show the words."""
        return {"": (words(value),)}

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say the words."""
        return words(value)

    def cell(self, field: Field, value: Value) -> str:
        """Write the words; JSON where somebody wrote years by hand that they do not tell."""
        said = words(value)
        is_whole = not said.startswith("{") and len(said) <= MOST_LETTERS and self.check(field, said) == value
        return said if is_whole else entry.write_json(value)

    def read_cell(self, field: Field, cell: str) -> Value | None:
        """Read either way."""
        value = entry.read_json(cell.strip())
        return self.check(field, value if isinstance(value, dict) else cell)

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Count for each century that it touches, sort by its first year."""
        earliest, latest = years_of(value)
        first, last = earliest if earliest is not None else latest, latest if latest is not None else earliest
        if first is None or last is None:
            return ()
        centuries = range(century_of(first), min(century_of(last), century_of(first) + MOST_CENTURIES) + 1)
        return tuple(Key(str(century), first) for century in centuries if century)


def words(value: Value) -> str:
    """Give the words of a period, whatever its shape is."""
    return entry.shown(value.get("text", "")) if isinstance(value, dict) else entry.shown(value)


def years_of(value: Value) -> tuple[int | None, int | None]:
    """Give the earliest and the latest year that a stored period says; None where it is open or not known."""
    told = value if isinstance(value, dict) else {}
    first, last = (
        int(said) if isinstance(said, str) and _YEAR.fullmatch(said) else None
        for said in (told.get("earliest", ""), told.get("latest", ""))
    )
    return first, last


def century_of(year: int) -> int:
    """Number the century of a year: 1801 to 1900 are 19, the one before our era is -1."""
    return (year - 1) // 100 + 1 if year > 0 else -(-year // 100) - 1


def say_century(number: int, language: str) -> str:
    """Say a century: “XIXe siècle”, “19th century”."""
    if language != "fr":
        bare = abs(number)
        end = "th" if bare % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(bare % 10, "th")
        return f"{bare}{end} century{' BC' if number < 0 else ''}"
    ending = "er" if abs(number) == 1 else "e"
    return f"{_roman(abs(number))}{ending} siècle{' av. J.-C.' if number < 0 else ''}"


def _roman(number: int) -> str:
    signs = ""
    for value, sign in _ROMAN:
        signs += sign * (number // value)
        number %= value
    return signs


def _by_hand(told: dict[str, Value]) -> dict[str, Value]:
    shapes = {"edtf": _EDTF, "earliest": _YEAR, "latest": _YEAR}
    return {
        name: said
        for name, shape in shapes.items()
        if isinstance(said := told.get(name, ""), str) and shape.fullmatch(said)
    }
