"""Which of the backups that were made on schedule are kept: a rule over days, and files that are named by them."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

DAILY = 7
WEEKLY = 4
_NAME = re.compile(r"gare-(\d{4}-\d{2}-\d{2})\.tar\.gz")


def name_of(day: date) -> str:
    """Name the backup of a day."""
    return f"gare-{day.isoformat()}.tar.gz"


def day_of(name: str) -> date | None:
    """Tell the day of a backup that was made on schedule; None of every other file, which is nobody's to remove."""
    found = _NAME.fullmatch(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def too_old(days: Iterable[date], today: date) -> set[date]:
    """Choose the days whose backups go: the newest 7 stay, and of the 4 newest weeks before these one each.

    Days after today, left by a clock that was wrong, are neither counted nor chosen.
    """
    newest = sorted({day for day in days if day <= today}, reverse=True)
    older = newest[DAILY:]
    first_of_week = {day.isocalendar()[:2]: day for day in older}  # they come newest first: the first of a week wins
    return set(older) - set(sorted(first_of_week.values(), reverse=True)[:WEEKLY])


def list_days(folder: Path) -> list[date]:
    """List the days of which there is a backup, oldest first."""
    return sorted(day for file in folder.glob("gare-*.tar.gz") if (day := day_of(file.name)))


def prune(folder: Path, today: date) -> int:
    """Remove what is too old; gives the number."""
    gone = too_old(list_days(folder), today)
    for day in gone:
        (folder / name_of(day)).unlink(missing_ok=True)
    return len(gone)
