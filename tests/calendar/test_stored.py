"""Schedules in front matter: read, brought into one form, written again."""

from datetime import date, datetime

import pytest

from app.calendar import rules, stored, zones
from app.calendar.schedule import Change, Schedule
from app.errors import Invalid

PARIS = "Europe/Paris"
MARKET: stored.Value = {
    "start": "2026-03-25T08:00",
    "end": "2026-03-25T12:00",
    "timezone": PARIS,
    "rule": "FREQ=WEEKLY;BYDAY=WE;UNTIL=20260709",
    "extra": ["2026-07-15T08:00"],
    "except": ["2026-05-06", "public", "school-c"],
    "changes": {
        "2026-04-08": {"start": "2026-04-08T09:00", "end": "2026-04-08T12:00", "title": "Grand marché", "place": "Halle", "note": "Abri"},
        "2026-04-15": {"cancelled": "yes", "reason": "Pluie"},
    },
}  # fmt: skip


def test_a_schedule_is_read_and_written_unchanged() -> None:
    schedule = stored.read(MARKET, "America/Martinique")

    assert stored.write(schedule) == MARKET
    assert schedule == Schedule(
        start=datetime(2026, 3, 25, 8),
        end=datetime(2026, 3, 25, 12),
        timezone=PARIS,
        rule="FREQ=WEEKLY;BYDAY=WE;UNTIL=20260709",
        extra=(datetime(2026, 7, 15, 8),),
        skipped=(date(2026, 5, 6),),
        holidays=("public", "school-c"),
        changes={
            date(2026, 4, 8): Change(
                datetime(2026, 4, 8, 9), datetime(2026, 4, 8, 12), "Grand marché", "Halle", "Abri"
            ),
            date(2026, 4, 15): Change(is_cancelled=True, reason="Pluie"),
        },
    )


def test_little_is_enough() -> None:
    schedule = stored.read("2026-03-25T08:00", PARIS)

    assert schedule == Schedule(datetime(2026, 3, 25, 8), datetime(2026, 3, 25, 8), PARIS)
    assert not schedule.is_series


def test_whole_days_have_no_hour() -> None:
    value: stored.Value = {"start": "2026-07-13", "end": "2026-07-14", "timezone": PARIS}
    schedule = stored.read(value, PARIS)

    assert schedule.is_all_day
    assert stored.write(schedule) == value


def test_a_series_begins_on_a_day_of_its_rule() -> None:
    value: stored.Value = {
        "start": "2026-03-26T20:00",
        "end": "2026-03-27T01:00",
        "rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    }
    schedule = stored.read(value, PARIS)

    assert (schedule.start, schedule.end) == (datetime(2026, 4, 8, 20), datetime(2026, 4, 9, 1))


def test_texts_of_a_change_stay_on_one_line() -> None:
    changes: stored.Value = {"2026-04-08": {"title": "Bal\r\nATTENDEE:x", "note": " a \n b "}}
    schedule = stored.read({"start": "2026-04-01", "rule": "FREQ=WEEKLY", "changes": changes}, PARIS)

    assert schedule.changes[date(2026, 4, 8)] == Change(title="Bal ATTENDEE:x", note="a b")


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"start": ""}, stored.NO_START),
        ({"start": ["2026-03-25"]}, stored.NO_START),
        ({"start": "demain"}, stored.NO_MOMENT),
        ({"start": "2026-02-30T08:00"}, stored.NO_MOMENT),
        ({"start": "2026-03-25T25:00"}, stored.NO_MOMENT),
        ({"end": "2026-03-25"}, stored.MIXED),
        ({"end": "2026-03-24T12:00"}, stored.ENDS_BEFORE),
        ({"end": "2028-03-25T12:00"}, stored.TOO_LONG),
        ({"timezone": "Mars/Base"}, zones.UNKNOWN),
        ({"rule": "FREQ=SECONDLY"}, rules.TOO_FINE),
        ({"extra": ["2026-07-15"]}, stored.MIXED),
        ({"except": ["Noël"]}, stored.NO_EXCEPTION),
        ({"changes": {"2026-04-08": "later"}}, stored.NO_CHANGE),
        ({"changes": {"someday": {"title": "x"}}}, stored.NO_CHANGE),
        ({"changes": {"2026-04-08": {"start": "2026-04-08T09:00", "end": "2026-04-08T08:00"}}}, stored.ENDS_BEFORE),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_cure(changed: dict[str, stored.Value], fault: str) -> None:
    assert isinstance(MARKET, dict)

    with pytest.raises(Invalid) as refused:
        stored.read(MARKET | changed, PARIS)

    assert refused.value.msgid == fault


@pytest.mark.parametrize("value", ["", [], {}, ["2026-03-25"], {"start": {"start": "x"}}])
def test_shapes_that_are_no_schedule_are_refused(value: stored.Value) -> None:
    with pytest.raises(Invalid):
        stored.read(value, PARIS)
