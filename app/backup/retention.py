"""Which of the backups that were made on schedule are kept: a rule over days."""

from collections.abc import Iterable
from datetime import date, timedelta

DAILY = 7
WEEKLY = 4


def too_old(days: Iterable[date], today: date) -> set[date]:
    """Choose the days whose backups go: the newest 7 stay, and of the 4 newest weeks before these one each.

    Days after today, left by a clock that was wrong, are neither counted nor chosen.
    """
    newest = sorted({day for day in days if day <= today}, reverse=True)
    older = newest[DAILY:]
    first_of_week = {day.isocalendar()[:2]: day for day in older}  # they come newest first: the first of a week wins
    return set(older) - set(sorted(first_of_week.values(), reverse=True)[:WEEKLY])


def last_day(days: Iterable[date], today: date) -> date | None:
    """Tell the day on which the last of these backups goes, if one is made each night from now on; None for none."""
    left = {day for day in days if day <= today}
    if not left:
        return None
    made, day = set(left), today
    while left:
        day += timedelta(days=1)
        made.add(day)
        gone = too_old(made, day)
        made, left = made - gone, left - gone
    return day
