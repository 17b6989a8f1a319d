"""A schedule as a record keeps it in its front matter, and as the program knows it.

A date of a series is named by its day everywhere: as key of `changes`, in `except`, in addresses, in answers.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeAlias

from app.calendar import holidays, rules
from app.calendar.schedule import Change, Schedule
from app.calendar.zones import UNKNOWN, is_zone
from app.errors import N_, Invalid

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]  # as in app/wiki/yaml_text.py, which stands beside

MAX_LENGTH = timedelta(days=366)

NO_START = N_("Say when it begins. Example: 2026-03-25T08:00")
NO_MOMENT = N_("“%(text)s” is neither a day nor an hour. Example: 2026-03-25T08:00")
MIXED = N_("Give an hour for the beginning and the end, or for neither.")
ENDS_BEFORE = N_("The end is before the beginning. Change one of them.")
TOO_LONG = N_("Each date of a series lasts a year at most.")
NO_EXCEPTION = N_("“%(text)s” is neither a day nor the name of holidays.")
NO_CHANGE = N_("What changes on %(day)s cannot be read. Correct it.")

_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2})(?::[0-9]{2})?)?")
_YES = ("yes", "true", "oui", "1")


def read(value: Value, timezone: str) -> Schedule:
    """Read a stored schedule; `timezone` is meant where it names none. Raises Invalid with the cure.

    The first date is one that the rule gives: other programs would count a start beside the rule as a date.
    """
    parts = value if isinstance(value, dict) else {"start": value}
    start, is_all_day = _read_moment(_text(parts, "start"), NO_START)
    end = _read_fitting(_text(parts, "end"), is_all_day) if _text(parts, "end") else start
    zone = _text(parts, "timezone") or timezone
    if not is_zone(zone):
        raise Invalid(UNKNOWN, zone=zone[:60])
    skipped, sets = _read_exceptions(_texts(parts, "except"))
    schedule = Schedule(
        start=start,
        end=end,
        timezone=zone,
        is_all_day=is_all_day,
        extra=_read_extra(_texts(parts, "extra"), is_all_day),
        skipped=skipped,
        holidays=sets,
        changes=_read_changes(parts.get("changes", {}), is_all_day),
    )
    return checked(replace(schedule, rule=_text(parts, "rule")))


def checked(schedule: Schedule) -> Schedule:
    """Give a schedule in its normal form: rule checked, beginning on a day that the rule gives; raises Invalid."""
    if schedule.end < schedule.start:
        raise Invalid(ENDS_BEFORE)
    if schedule.is_series and schedule.end - schedule.start > MAX_LENGTH:
        raise Invalid(TOO_LONG)
    if not schedule.rule:
        return schedule
    text = rules.check(schedule.rule, schedule.start, schedule.timezone)
    first = rules.first_day(rules.read(text, schedule.start), schedule.start.date())
    late = (first or schedule.start.date()) - schedule.start.date()
    return replace(schedule, rule=text, start=schedule.start + late, end=schedule.end + late)


def write(schedule: Schedule) -> dict[str, Value]:
    """Write it for the front matter; `read` gives the same schedule back."""
    is_all_day = schedule.is_all_day
    value: dict[str, Value] = {
        "start": _write_moment(schedule.start, is_all_day),
        "end": _write_moment(schedule.end, is_all_day),
        "timezone": schedule.timezone,
    }
    if schedule.rule:
        value["rule"] = schedule.rule
    if schedule.extra:
        value["extra"] = [_write_moment(one, is_all_day) for one in schedule.extra]
    if schedule.skipped or schedule.holidays:
        value["except"] = [*(day.isoformat() for day in schedule.skipped), *schedule.holidays]
    if schedule.changes:
        days = sorted(schedule.changes.items())
        value["changes"] = {day.isoformat(): _write_change(change, is_all_day) for day, change in days}
    return value


def read_day(text: str) -> date | None:
    """Read the day by which a date of a series is known, `2026-04-08`; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _text(parts: Mapping[str, Value], name: str) -> str:
    found = parts.get(name, "")
    return found.strip() if isinstance(found, str) else ""


def _texts(parts: Mapping[str, Value], name: str) -> list[str]:
    found = parts.get(name, [])
    items = found if isinstance(found, list) else [found]
    return [item.strip() for item in items if isinstance(item, str) and item.strip()]


def _read_moment(text: str, missing: str = NO_MOMENT) -> tuple[datetime, bool]:
    """Give the moment, and whether it is a whole day."""
    if not text:
        raise Invalid(missing)
    match = _MOMENT.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        return datetime.fromisoformat(f"{match[1]}T{match[2] or '00:00'}"), match[2] is None
    except ValueError as error:
        raise Invalid(NO_MOMENT, text=text[:40]) from error


def _read_fitting(text: str, is_all_day: bool) -> datetime:
    moment, has_no_hour = _read_moment(text)
    if has_no_hour != is_all_day:
        raise Invalid(MIXED)
    return moment


def _read_extra(texts: list[str], is_all_day: bool) -> tuple[datetime, ...]:
    by_day = {moment.date(): moment for moment in (_read_fitting(text, is_all_day) for text in texts)}
    return tuple(moment for _day, moment in sorted(by_day.items()))


def _read_exceptions(texts: list[str]) -> tuple[tuple[date, ...], tuple[str, ...]]:
    days, sets = set(), set()
    for text in texts:
        if text in holidays.SETS:
            sets.add(text)
        elif day := read_day(text[:10]):
            days.add(day)
        else:
            raise Invalid(NO_EXCEPTION, text=text[:40])
    return tuple(sorted(days)), tuple(name for name in holidays.SETS if name in sets)


def _read_changes(value: Value, is_all_day: bool) -> dict[date, Change]:
    changes: dict[date, Change] = {}
    for key, parts in value.items() if isinstance(value, dict) else ():
        day = read_day(key)
        if day is None or not isinstance(parts, dict):
            raise Invalid(NO_CHANGE, day=key[:40])
        change = _read_change(parts, is_all_day)
        if change != Change():
            changes[day] = change
    return dict(sorted(changes.items()))


def _read_change(parts: Mapping[str, Value], is_all_day: bool) -> Change:
    start = _read_fitting(_text(parts, "start"), is_all_day) if _text(parts, "start") else None
    end = _read_fitting(_text(parts, "end"), is_all_day) if _text(parts, "end") else None
    if start and end and end < start:
        raise Invalid(ENDS_BEFORE)
    title, place, note, reason = (" ".join(_text(parts, name).split()) for name in ("title", "place", "note", "reason"))
    is_cancelled = _text(parts, "cancelled").lower() in _YES
    return Change(start, end, title, place, note, is_cancelled, reason)


def _write_moment(moment: datetime, is_all_day: bool) -> str:
    return moment.date().isoformat() if is_all_day else moment.isoformat(timespec="minutes")


def _write_change(change: Change, is_all_day: bool) -> Value:
    moments = (("start", change.start), ("end", change.end))
    value: dict[str, Value] = {name: _write_moment(one, is_all_day) for name, one in moments if one}
    texts = (("title", change.title), ("place", change.place), ("note", change.note))
    value |= {name: text for name, text in texts if text}
    value |= {"cancelled": "yes"} if change.is_cancelled else {}
    value |= {"reason": change.reason} if change.reason else {}
    return value
