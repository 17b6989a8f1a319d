"""The dates that come, seen from today where something takes place."""

from datetime import datetime

from app.calendar.expansion import next_dates
from app.calendar.schedule import Occurrence, Schedule
from app.calendar.zones import find_zone


def coming(schedule: Schedule, count: int) -> list[Occurrence]:
    """Give the dates of today and later, cancelled ones too; none of what is over."""
    return next_dates(schedule, datetime.now(find_zone(schedule.timezone)).date(), count)


def coming_or_first(schedule: Schedule, count: int) -> list[Occurrence]:
    """Give the dates that come, or the first ones of what is over."""
    return coming(schedule, count) or next_dates(schedule, schedule.start.date(), count)
