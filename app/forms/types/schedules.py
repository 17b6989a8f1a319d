"""The type that says when something takes place, once or again and again. What it means: `app/calendar`."""

import re

from app.calendar import rules, stored, zones
from app.calendar.schedule import Schedule
from app.calendar.sentences import say
from app.errors import GareError, Invalid
from app.forms.form import Field
from app.forms.types import entry, schedule_typing
from app.forms.types.base import FieldType, Key, Typed
from app.wiki.yaml_text import Value

# Where a value names no time zone the site's is meant, which is not known here: nothing that is asked depends on it.
UNSAID = "UTC"
_SHORT = re.compile(r"([0-9]{4}-[^/ ]+)(?:/([0-9]{4}-[^/ ]+))?(?: ([A-Z][A-Za-z0-9_+/-]*))?")

# In which input stands what is wrong with all of it.
_PART_OF = {
    rules.BAD_COUNT: "count",
    rules.TWO_ENDS: "until",
    rules.ENDS_BEFORE: "until",
    rules.NO_DATES: "repeat",
    rules.UNREADABLE: "repeat",
    stored.TOO_LONG: "end",
    zones.UNKNOWN: "timezone",
}


class Schedules(FieldType):
    """When something takes place. Held as `app/calendar/stored.py` says it."""

    name = "schedule"
    parts = schedule_typing.PARTS

    def read(self, field: Field, typed: Typed) -> Value | None:
        """Read a day, hours, and how it repeats; `Invalid.values["part"]` names the part that is wrong."""
        try:
            value = schedule_typing.read(typed)
            return self.check(field, value) if value is not None else None
        except OverflowError:
            entry.refuse()
        except Invalid as error:
            raise Invalid(error.msgid, **{"part": _PART_OF.get(error.msgid, "start"), **error.values}) from error

    def check(self, field: Field, value: Value) -> Value | None:
        """Bring it into its normal form; the time zone stays unsaid where it is."""
        if not value:
            return None
        parts = _clean(value) if isinstance(value, dict) else _short(entry.line(entry.text_of(value)))
        if parts is None:
            return None
        try:
            written = stored.write(stored.read(parts, UNSAID))
        except OverflowError:
            entry.refuse()
        if not (isinstance(parts, dict) and parts.get("timezone")):
            del written["timezone"]
        return written

    def type_again(self, field: Field, value: Value) -> Typed:
        """Show each part."""
        schedule = find_schedule(value, "")
        has_zone = isinstance(value, dict) and bool(value.get("timezone"))
        if schedule is None:
            return {"kept": (entry.write_json({schedule_typing.UNREAD: value}),)}
        return schedule_typing.write(schedule, has_zone=has_zone)

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say it in words: “tous les mercredis de 8 h à 12 h, du 26 mars au 9 juillet 2025”."""
        schedule = find_schedule(value, "")
        return say(schedule, language) if schedule else entry.shown(value)

    def cell(self, field: Field, value: Value) -> str:
        """Write what takes place once as an interval of ISO 8601, all else as JSON."""
        if isinstance(value, dict) and set(value) <= {"start", "end", "timezone"}:
            short = f"{entry.shown(value.get('start', ''))}/{entry.shown(value.get('end', ''))}"
            short = f"{short} {entry.shown(value.get('timezone', ''))}".strip()
            if _short(short) == value:
                return short
        return entry.write_json(value)

    def read_cell(self, field: Field, cell: str) -> Value | None:
        """Read either."""
        value = entry.read_json(cell.strip())
        return self.check(field, cell if value is None else value)

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Sort by the first day; single dates are found in the agenda."""
        schedule = find_schedule(value, "")
        return (Key(schedule.start.date().isoformat(), schedule.start.toordinal()),) if schedule else ()


def _short(text: str) -> Value | None:
    """Read `2026-03-25T08:00/2026-03-25T12:00 Europe/Paris`; the end and the time zone may be missing."""
    if not text:
        return None
    match = _SHORT.fullmatch(text)
    if match is None:
        return {"start": text}
    parts = {"start": match[1], "end": match[2] or match[1], "timezone": match[3] or ""}
    return {name: said for name, said in parts.items() if said}


def _clean(value: Value) -> Value:
    """Take out what no page should hold, in every text."""
    if isinstance(value, str):
        return entry.line(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {entry.line(name): _clean(one) for name, one in value.items()}


def find_schedule(value: Value, timezone: str) -> Schedule | None:
    """Read a stored value; None where it does not fit. `timezone` is that of the site."""
    try:
        return stored.read(value, timezone or UNSAID)
    except (GareError, OverflowError):
        return None
