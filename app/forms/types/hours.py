"""The type that is opening hours: a small part of OpenStreetMap's `opening_hours`, read also as people write it.

Held in one spelling: days with the same hours together, `Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00 || "by phone"`.
Meaning as in https://wiki.openstreetmap.org/wiki/Key:opening_hours: a later rule replaces an earlier one for its days.
"""

from app.errors import Invalid
from app.forms.form import Field
from app.forms.types import entry, hours_words
from app.forms.types.base import Typed
from app.forms.types.hours_reading import DAYS, Week, read_week
from app.forms.types.hours_words import clock
from app.forms.types.simple import OneText
from app.wiki.yaml_text import Value

NOTE = "note"


class Hours(OneText):
    """Opening hours: typed as one text, or day by day (`mo` … `su`, `ph` for public holidays) with a `note`."""

    name = "hours"
    parts = (*(day.lower() for day in DAYS), NOTE)

    def read(self, field: Field, typed: Typed) -> Value | None:
        """Read the days where any is typed, else the whole."""
        days = {day: entry.part(typed, day.lower()).strip() for day in DAYS}
        note = entry.line(entry.part(typed, NOTE)).replace('"', "")
        if not note and not any(days.values()):
            return self.check(field, entry.whole(typed))
        said = [f"{day} {hours.replace(';', ',')}" for day, hours in days.items() if hours]
        return self.check(field, "; ".join(said) + (f'; "{note}"' if note else ""))

    def check(self, field: Field, value: Value) -> Value | None:
        """Keep the lines apart: each is a rule."""
        text = entry.lines(entry.text_of(value))
        return self.spell(field, text) if text else None

    def spell(self, field: Field, text: str) -> str:
        """Read the rules, and write them the one way."""
        return write(read_week(text))

    def type_again(self, field: Field, value: Value) -> Typed:
        """Show the whole, and each day."""
        text = entry.shown(value)
        week = find_week(value)
        if week is None:
            return {"": (text,)}
        days = {day.lower(): (_write_spans(spans) or "off",) for day, spans in week.days.items()}
        return {"": (text,), **days, **({NOTE: (week.note,)} if week.note else {})}

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say them in words: “du lundi au vendredi 9 h–12 h et 14 h–18 h”."""
        week = find_week(value)
        return hours_words.say(week, language) if week else entry.shown(value)


def find_week(value: Value) -> Week | None:
    """Read a stored value; None where it does not fit."""
    try:
        return read_week(entry.text_of(value))
    except Invalid:
        return None


def write(week: Week) -> str:
    """Write a week the one way."""
    if week.is_always:
        rules = "24/7"
    else:
        grouped = [(f"{days} " if days else "") + (_write_spans(spans) or "off") for days, spans in _grouped(week)]
        rules = "; ".join(grouped)
    return " || ".join(part for part in (rules, f'"{week.note}"' if week.note else "") if part)


def _grouped(week: Week) -> list[tuple[str, tuple[tuple[int, int], ...]]]:
    return [(hours_words.join_days(days, "{}-{}", ","), spans) for days, spans in week.grouped()]


def _write_spans(spans: tuple[tuple[int, int], ...]) -> str:
    return ",".join(f"{clock(start)}-{clock(end)}" for start, end in spans)
