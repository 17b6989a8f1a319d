"""When the first day of a series is typed anew: what was said of single dates goes with them to their new days."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.calendar.expansion import find_date
from app.calendar.schedule import Change, Schedule

_STAYS = timedelta(0)


def follow(schedule: Schedule, old_first: date) -> Schedule:
    """Move changes and left out days that are on no date any more by as many days as the first date has moved.

    A Wednesday that was cancelled is the Thursday of that week once all dates are on Thursdays; where the series only
    begins a week later, every date stays what it was.
    """
    days = schedule.start.date() - old_first
    if not days or not schedule.is_series:
        return schedule
    move = _mover(replace(schedule, skipped=(), holidays=(), changes={}), days)
    changes = {day + move(day): _moved(change, move(day)) for day, change in schedule.changes.items()}
    skipped = tuple(sorted({day + move(day) for day in schedule.skipped}))
    return replace(schedule, changes=dict(sorted(changes.items())), skipped=skipped)


def _mover(bare: Schedule, days: timedelta) -> Callable[[date], timedelta]:
    def move(day: date) -> timedelta:
        is_gone = find_date(bare, day) is None and find_date(bare, day + days) is not None
        return days if is_gone else _STAYS

    return move


def _moved(change: Change, days: timedelta) -> Change:
    def later(moment: datetime | None) -> datetime | None:
        return moment + days if moment else None

    return replace(change, start=later(change.start), end=later(change.end))
