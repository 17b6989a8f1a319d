"""School holidays of mainland France by zone, from the file beside: `zone;first;last;name`, both days included.

The file is made from vacances-scolaires-france 0.12.0 (MIT, its licence stands beside), which gathers what the ministry
publishes. It begins in 2016, when the zones became what they are. A new year is a few more lines.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

SETS = ("school-a", "school-b", "school-c")

_FILE = Path(__file__).with_name("school_holidays.csv")


class _Range(NamedTuple):
    zone: str
    first: date
    last: date
    name: str


def known_until() -> date:
    """Give the last day for which the holidays of every zone are known; after it no day is left out."""
    return min(max(one.last for one in _ranges() if one.zone == zone) for zone in _zones())


def days_of(name: str, year: int) -> frozenset[date]:
    """Give the days of `school-a`, `school-b` or `school-c` in one year; none for any other name."""
    return _by_year().get((name, year), frozenset())


def _zones() -> list[str]:
    return [name.removeprefix("school-") for name in SETS]


@cache
def _ranges() -> tuple[_Range, ...]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    return tuple(
        _Range(row["zone"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), row["name"])
        for row in rows
    )


@cache
def _by_year() -> dict[tuple[str, int], frozenset[date]]:
    found: dict[tuple[str, int], set[date]] = {}
    for one in _ranges():
        for day in _each_day(one):
            found.setdefault((f"school-{one.zone}", day.year), set()).add(day)
    return {key: frozenset(days) for key, days in found.items()}


def _each_day(one: _Range) -> Iterator[date]:
    return (one.first + timedelta(days=number) for number in range((one.last - one.first).days + 1))
