"""What is written is read back as it was: other sites of this kind subscribe to each other."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.calendar import ics_reading
from app.calendar.event import CANCELLED, PLANNED, Event
from app.calendar.ics_writing import calendar, event_lines
from app.calendar.schedule import Change, Schedule

PARIS = "Europe/Paris"
THEN = datetime(2026, 3, 1, 9, tzinfo=UTC)
ONCE = Schedule(datetime(2026, 3, 25, 8), datetime(2026, 3, 25, 12), PARIS)
WEEKLY = replace(ONCE, rule="FREQ=WEEKLY;BYDAY=WE;UNTIL=20260709", skipped=(date(2026, 5, 6),),
                 extra=(datetime(2026, 7, 15, 8),))  # fmt: skip
CHANGES = {
    date(2026, 4, 1): Change(is_cancelled=True, reason="Pluie"),
    date(2026, 4, 8): Change(
        datetime(2026, 4, 8, 9), datetime(2026, 4, 8, 12), "Grand four", "Place", "Apportez du bois"
    ),
}
FEAST = Event(
    "k7q2m9x4@gare-centrale", "Fête; du pain, n° 1", ONCE, "Apportez :\n- du bois\n- du sel", "Four, Valcrozette",
    (44.5, 3.25), "https://visio.example/four?a=1,2", "https://valley.example/agenda/2026/fete", "Les Amis du four",
    ("pain", "a, b"), sequence=3, created=THEN, modified=THEN, image="https://valley.example/four.jpg",
)  # fmt: skip
EVENTS = (
    FEAST,
    replace(FEAST, status=PLANNED),
    replace(FEAST, status=CANCELLED, reason="Pluie"),
    replace(FEAST, schedule=WEEKLY),
    replace(FEAST, schedule=replace(WEEKLY, changes=CHANGES)),
    replace(FEAST, schedule=replace(ONCE, timezone="America/Martinique", rule="FREQ=MONTHLY;BYDAY=-1WE;COUNT=5")),
    replace(FEAST, schedule=Schedule(datetime(2026, 7, 13), datetime(2026, 7, 14), PARIS, is_all_day=True)),
    replace(FEAST, schedule=replace(ONCE, extra=(datetime(2026, 4, 2, 14),))),
)


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_is_read_as_it_was_written(event: Event) -> None:
    zones = [event.schedule.timezone]
    data = calendar([event_lines(event, THEN)], zones, base="https://valley.example/", name="Agenda")
    read = ics_reading.read(data, event.schedule.timezone)

    assert (read.events, read.faults, read.name) == ([event], [], "Agenda")


def test_holidays_are_read_as_days_left_out() -> None:
    series = replace(WEEKLY, holidays=("public",), skipped=(), extra=(), rule="FREQ=DAILY;UNTIL=20260512")
    text = event_lines(replace(FEAST, schedule=series), THEN)
    read = ics_reading.read(calendar([text], [PARIS], base="https://valley.example/", name="Agenda"), PARIS)

    assert read.events[0].schedule.skipped == (date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8))
