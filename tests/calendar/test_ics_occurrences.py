"""What another program makes of our calendars: an independent library finds the dates that we find."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from app.calendar.event import CANCELLED, Event
from app.calendar.expansion import expand
from app.calendar.ics_writing import calendar, event_lines
from app.calendar.schedule import Change, Schedule
from app.calendar.stored import checked

PARIS, MARTINIQUE = "Europe/Paris", "America/Martinique"
NOW = datetime(2026, 1, 2, 9, tzinfo=UTC)
FIRST, LAST = date(2026, 2, 1), date(2027, 2, 28)
RULES = (
    "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "FREQ=WEEKLY;BYDAY=WE;UNTIL=20260709", "FREQ=DAILY;COUNT=40",
    "FREQ=DAILY;INTERVAL=3;UNTIL=20261231", "FREQ=MONTHLY;BYDAY=1SA", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=7",
    "FREQ=MONTHLY;BYDAY=5WE", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1SU", "",
)  # fmt: skip
Found = set[tuple[datetime, datetime, str]]


def ours(schedule: Schedule, status: str = "CONFIRMED") -> Found:
    """Give our dates: beginning and end in UTC, and whether they take place."""
    return {
        (
            datetime.fromtimestamp(one.starts_at, UTC), datetime.fromtimestamp(one.ends_at, UTC),
            "CANCELLED" if one.change.is_cancelled else status,
        )
        for one in expand(schedule, FIRST, LAST)
    }  # fmt: skip


def theirs(schedule: Schedule, status: str = "confirmed") -> Found:
    """Give the dates that recurring-ical-events reads from our calendar."""
    text = event_lines(Event("a@b", "A", schedule, status=status, modified=NOW), NOW)
    read = icalendar.Calendar.from_ical(calendar([text], [schedule.timezone], base="https://x.example/", name="A"))
    found = recurring_ical_events.of(read).between(FIRST, LAST + timedelta(days=1))
    zone = ZoneInfo(schedule.timezone)

    def in_utc(moment: date) -> datetime:
        if not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day, tzinfo=zone)
        return moment.astimezone(UTC)

    return {(in_utc(one["DTSTART"].dt), in_utc(one["DTEND"].dt), str(one["STATUS"])) for one in found}


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Draw a series, exceptions and changes of its dates included."""
    is_all_day = draw(st.booleans())
    day = draw(st.dates(date(2026, 2, 1), date(2026, 4, 30)))
    start = datetime(day.year, day.month, day.day, 0 if is_all_day else draw(st.integers(4, 22)))
    length = timedelta(days=draw(st.integers(0, 2))) if is_all_day else timedelta(minutes=draw(st.integers(15, 900)))
    zone, rule = draw(st.sampled_from((PARIS, MARTINIQUE))), draw(st.sampled_from(RULES))
    extra = draw(st.lists(st.integers(1, 200), max_size=3, unique=True))
    series = checked(Schedule(
        start, start + length, zone, is_all_day, rule,
        extra=tuple(sorted(start + timedelta(days=days) for days in extra)),
        holidays=draw(st.sampled_from(((), ("public",), ("public", "school-c")))),
    ))  # fmt: skip
    known = sorted({one.original for one in expand(series, FIRST, LAST) if one.original})
    if not known:
        return series
    skipped = draw(st.lists(st.sampled_from(known), max_size=3, unique=True))
    moved = timedelta(days=draw(st.integers(0, 3)), hours=0 if is_all_day else draw(st.integers(-3, 0)))
    usual = {one.original: one.start for one in expand(series, FIRST, LAST) if one.original}
    changes = {
        day: draw(st.sampled_from((Change(is_cancelled=True), Change(usual[day] + moved), Change(title="B"))))
        for day in draw(st.lists(st.sampled_from(known), max_size=4, unique=True))
    }
    return replace(series, skipped=tuple(sorted(skipped)), changes=changes)


@settings(max_examples=60)
@given(schedules())
def test_another_library_finds_the_dates_that_we_find(schedule: Schedule) -> None:
    assert theirs(schedule) == ours(schedule)


@pytest.mark.parametrize("zone", [PARIS, MARTINIQUE])
def test_a_night_event_ends_when_the_clock_says_so_also_when_clocks_change(zone: str) -> None:
    night = Schedule(datetime(2026, 3, 27, 22), datetime(2026, 3, 28, 6), zone, rule="FREQ=DAILY;COUNT=3")

    assert theirs(night) == ours(night) and len(ours(night)) == 3


def test_a_cancelled_event_is_cancelled_for_them() -> None:
    once = Schedule(datetime(2026, 3, 25, 8), datetime(2026, 3, 25, 12), PARIS)

    assert theirs(once, CANCELLED) == ours(once, "CANCELLED")
