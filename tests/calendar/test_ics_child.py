"""Calendars are read in a child process: what it gives is what the reader gives, and it ends."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from app.calendar import ics_child
from app.calendar.ics_reading import read
from app.errors import Invalid, TooLarge
from tests.calendar.foreign_calendars import PARIS, calendar

SERIES = (
    "UID:s@x\nDTSTAMP:20260101T000000Z\nSUMMARY:Jardin\nLOCATION:Serre\nGEO:44.5;4.25\nCATEGORIES:a,b\n"
    "DTSTART;TZID=America/New_York:20260325T180000\nDTEND;TZID=America/New_York:20260325T200000\nRRULE:FREQ=WEEKLY;COUNT=3"
)
CHANGED = "UID:s@x\nSUMMARY:Autre\nRECURRENCE-ID:20260401T220000Z\nDTSTART;TZID=America/New_York:20260401T180000\nSTATUS:CANCELLED"


def test_the_child_gives_what_the_reader_gives() -> None:
    data = calendar(SERIES, CHANGED, "UID:bad")

    assert ics_child.read_calendar_events(data, PARIS) == read(data, PARIS)


def test_dates_are_given_in_the_wall_time_that_was_asked_for() -> None:
    found = ics_child.read_calendar_dates(calendar(SERIES, CHANGED), PARIS, date(2026, 1, 1), date(2026, 12, 31))

    assert [(one.original, one.start, one.status) for one in found.dates] == [
        ("2026-03-25", datetime(2026, 3, 25, 23), "confirmed"),
        ("2026-04-01", datetime(2026, 4, 2), "cancelled"),
        ("2026-04-08", datetime(2026, 4, 9), "confirmed"),
    ]
    assert [event.uid for event in found.events] == ["s@x"]


def test_only_so_many_dates_are_given(monkeypatch: pytest.MonkeyPatch, inside: Callable[..., None]) -> None:
    inside()
    monkeypatch.setattr(ics_child, "MOST_DATES", 4)
    found = ics_child.read_calendar_dates(
        calendar(SERIES, SERIES.replace("s@x", "t@x")), PARIS, date(2026, 1, 1), date(2026, 12, 31)
    )

    assert (len(found.dates), found.left) == (4, 2)


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the child be this process."""

    class Here:
        def call(self, *arguments: Any) -> Any:
            return ics_child.dates_json(*arguments)

        def close(self) -> None:
            """Stay."""

    return lambda: monkeypatch.setattr(ics_child, "_dates", Here)


def test_fifty_megabytes_are_refused_before_they_are_read() -> None:
    with pytest.raises(TooLarge):
        ics_child.read_calendar_events(bytes(50_000_000), PARIS)


def test_what_is_no_calendar_is_refused_by_the_child_too() -> None:
    with pytest.raises(Invalid):
        ics_child.read_calendar_events(b"<html>", PARIS)
