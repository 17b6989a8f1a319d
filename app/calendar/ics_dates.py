"""The dates of a series as other calendars are told them: by the rule, and by what is added, left out or otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.calendar import repeating, rules
from app.calendar.expansion import expand
from app.calendar.holidays import is_off
from app.calendar.schedule import Change, Occurrence, Schedule

HOLIDAYS_FOR = timedelta(days=2 * 365)  # so far holidays are written out as days off
MOST = 100_000
_AS_ALWAYS = Change()


@dataclass(frozen=True, slots=True)
class Dates:
    """Beside the rule: RDATE, EXDATE, and by RECURRENCE-ID what is otherwise. All is wall time."""

    added: tuple[datetime, ...] = ()
    left_out: tuple[datetime, ...] = ()
    changed: Mapping[datetime, Occurrence] = field(default_factory=dict)


def dates_of(schedule: Schedule, today: date, *, has_cancelled: bool) -> Dates:
    """Say how the dates of a series differ from its rule; without `has_cancelled` cancelled ones are left out.

    An extra date on a day that is left out takes place, as `expand` has it.
    """
    if not schedule.is_series:
        return Dates()
    extra = {start.date(): start for start in schedule.extra}
    horizon = today + HOLIDAYS_FOR if schedule.holidays else schedule.start.date()
    ruled = _ruled(schedule, max([horizon, *schedule.changes, *extra]))
    off = {*schedule.skipped, *(day for day in ruled if day <= horizon and is_off(day, schedule.holidays))}
    usual = extra | {day: datetime.combine(day, schedule.start.time()) for day in ruled - off}
    changed = {usual[one.original]: one for one in _changed(schedule) if one.original in usual}
    gone = {start for start, one in changed.items() if one.change.is_cancelled and not has_cancelled}
    left_out = {datetime.combine(day, schedule.start.time()) for day in off} | gone
    added = {start for day, start in extra.items() if usual[day] == start} - gone
    return Dates(
        added=tuple(sorted(added - {datetime.combine(day, schedule.start.time()) for day in ruled - off})),
        left_out=tuple(sorted(left_out - added)),
        changed={start: one for start, one in sorted(changed.items()) if start not in gone},
    )


def _ruled(schedule: Schedule, last: date) -> set[date]:
    """Work out the days that the rule gives, whatever is left out of them."""
    start = schedule.start.date()
    if not schedule.rule:
        return {start}
    return set(repeating.days(rules.read(schedule.rule, schedule.start, schedule.timezone), start, start, last))


def _changed(schedule: Schedule) -> Iterable[Occurrence]:
    if not schedule.changes:
        return ()
    moved = [at.date() for one in schedule.changes.values() for at in (one.start, one.end) if at]
    days = [*schedule.changes, *moved]
    found = expand(schedule, min(days), max(days), MOST)
    return (one for one in found if one.change != _AS_ALWAYS)
