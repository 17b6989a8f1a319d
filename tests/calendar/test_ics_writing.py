"""Events as calendars of other programs read them (RFC 5545, RFC 7986)."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from app.calendar.event import CANCELLED, PLANNED, Event
from app.calendar.ics_writing import calendar, event_lines, is_cancelled
from app.calendar.schedule import Change, Schedule

PARIS = "Europe/Paris"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ONCE = Schedule(datetime(2026, 3, 25, 8), datetime(2026, 3, 25, 12), PARIS)
WEEKLY = replace(ONCE, rule="FREQ=WEEKLY;BYDAY=WE;UNTIL=20260709")
FEAST = Event("k7q2m9x4@gare-centrale", "Fête du pain", ONCE, modified=datetime(2026, 3, 1, tzinfo=UTC), sequence=3)
NASTY = "a\r\nATTENDEE:mailto:x@example.org\nb\rc\x0bd\x85e\u2028f\x00g;h,i\\j"


def written(event: Event, stamp: datetime = NOW) -> str:
    """Give the lines of an event, unfolded."""
    return event_lines(event, stamp).replace("\r\n ", "")


def whole(*events: Event) -> icalendar.Calendar:
    """Give a calendar as its reader has it."""
    data = calendar([event_lines(one, NOW) for one in events], [PARIS], base="https://valley.example/", name="Agenda")
    return icalendar.Calendar.from_ical(data)


def test_an_event_says_what_every_calendar_needs() -> None:
    lines = written(replace(FEAST, place="Four", tags=("pain",), point=(44.5, 3.25), created=NOW)).split("\r\n")

    assert {
        "UID:k7q2m9x4@gare-centrale", "SUMMARY:Fête du pain", "DTSTART;TZID=Europe/Paris:20260325T080000",
        "DTEND;TZID=Europe/Paris:20260325T120000", "DTSTAMP:20260301T000000Z", "LAST-MODIFIED:20260301T000000Z",
        "CREATED:20260302T090000Z", "SEQUENCE:3", "STATUS:CONFIRMED", "LOCATION:Four", "CATEGORIES:pain",
        "GEO:44.5;3.25",
    } <= set(lines)  # fmt: skip


def test_a_whole_day_ends_on_the_day_after() -> None:
    days = Schedule(datetime(2026, 7, 13), datetime(2026, 7, 14), PARIS, is_all_day=True)
    lines = written(replace(FEAST, schedule=days))

    assert "DTSTART;VALUE=DATE:20260713\r\nDTEND;VALUE=DATE:20260715\r\n" in lines


@pytest.mark.parametrize(
    ("zone", "end"),
    [(PARIS, "20260709T215959Z"), ("America/Martinique", "20260710T035959Z"), ("UTC", "20260709T235959Z")],
)
def test_the_last_day_of_a_rule_counts_to_its_end_in_utc(zone: str, end: str) -> None:
    assert f"RRULE:FREQ=WEEKLY;UNTIL={end};BYDAY=WE" in written(replace(FEAST, schedule=replace(WEEKLY, timezone=zone)))


def test_the_last_day_of_whole_days_is_a_day() -> None:
    days = replace(WEEKLY, start=datetime(2026, 3, 25), end=datetime(2026, 3, 25), is_all_day=True)

    assert "UNTIL=20260709;" in written(replace(FEAST, schedule=days))


def test_days_left_out_extra_days_and_holidays_are_told() -> None:
    extra = datetime(2026, 7, 15, 8)
    series = replace(
        WEEKLY, extra=(extra,), skipped=(date(2026, 5, 6),), holidays=("public",), rule="FREQ=WEEKLY;COUNT=9"
    )
    lines = written(
        replace(FEAST, schedule=replace(series, start=datetime(2026, 5, 1, 8), end=datetime(2026, 5, 1, 9)))
    )

    assert "RDATE;TZID=Europe/Paris:20260715T080000\r\n" in lines
    assert "EXDATE;TZID=Europe/Paris:20260501T080000,20260506T080000,20260508T080000\r\n" in lines


def test_a_date_that_is_otherwise_has_its_own_entry() -> None:
    change = Change(datetime(2026, 4, 8, 9), title="Grand four", place="Place", note="Apportez\ndu bois")
    entries = written(replace(FEAST, schedule=replace(WEEKLY, changes={date(2026, 4, 8): change}))).split(
        "BEGIN:VEVENT"
    )

    assert len(entries) == 3
    assert "RECURRENCE-ID;TZID=Europe/Paris:20260408T080000\r\n" in entries[2]
    assert "DTSTART;TZID=Europe/Paris:20260408T090000\r\nDTEND;TZID=Europe/Paris:20260408T130000\r\n" in entries[2]
    assert "SUMMARY:Grand four\r\n" in entries[2] and "LOCATION:Place\r\n" in entries[2]
    assert "DESCRIPTION:Apportez\\ndu bois\r\n" in entries[2]


def test_a_cancelled_date_is_told_for_thirty_days_and_then_left_out() -> None:
    rained = replace(WEEKLY, changes={date(2026, 4, 8): Change(is_cancelled=True, reason="Pluie")})
    event = replace(FEAST, schedule=rained)
    early, late = written(event, NOW + timedelta(days=28)), written(event, NOW + timedelta(days=31))

    assert "STATUS:CANCELLED\r\n" in early and "COMMENT:Pluie\r\n" in early and "EXDATE" not in early
    assert "CANCELLED" not in late and "EXDATE;TZID=Europe/Paris:20260408T080000\r\n" in late


def test_a_change_of_a_day_that_is_no_date_is_not_told() -> None:
    strange = replace(WEEKLY, changes={date(2026, 4, 9): Change(title="Jeudi")}, skipped=())

    assert written(replace(FEAST, schedule=strange)).count("BEGIN:VEVENT") == 1


def test_the_states_of_events_have_their_names() -> None:
    told = [written(replace(FEAST, status=status, reason="Pluie")) for status in (PLANNED, CANCELLED)]

    assert "STATUS:TENTATIVE\r\n" in told[0] and "STATUS:CANCELLED\r\n" in told[1]
    assert [is_cancelled(text) for text in told] == [False, True]


def test_words_about_a_cancelled_event_cancel_none() -> None:
    assert not is_cancelled(event_lines(replace(FEAST, description="x\r\nSTATUS:CANCELLED\r\ny"), NOW))


def test_who_organises_is_no_organiser_to_whom_programs_answer() -> None:
    lines = written(replace(FEAST, organiser="Les Amis du four"))

    assert "CONTACT:Les Amis du four\r\n" in lines and "ORGANIZER" not in lines


@pytest.mark.parametrize(
    "name", ["uid", "title", "description", "place", "link", "address", "organiser", "reason", "image"]
)
def test_no_text_begins_a_line_of_its_own(name: str) -> None:
    nasty = NASTY if name not in {"link", "address", "image"} else f"https://x.example/{NASTY}"
    text = event_lines(replace(FEAST, **{name: nasty}), NOW)

    assert not [line for line in text.splitlines() if line.startswith("ATTENDEE")]
    assert len(icalendar.Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n").events) == 1


def test_no_text_of_tags_changes_and_the_calendar_begins_a_line_of_its_own() -> None:
    changed = replace(WEEKLY, changes={date(2026, 4, 8): Change(title=NASTY, place=NASTY, note=NASTY, reason=NASTY)})
    text = event_lines(replace(FEAST, tags=(NASTY, NASTY), schedule=changed), NOW)
    data = calendar([text], [PARIS], base="https://x.example/", name=NASTY, address=NASTY, colour=NASTY)

    assert not [line for line in data.decode().splitlines() if line.startswith("ATTENDEE")]


def test_an_address_that_no_program_should_open_is_left_out() -> None:
    assert "CONFERENCE" not in written(replace(FEAST, link="javascript:alert(1)"))


def test_no_line_is_longer_than_75_octets_with_the_address_of_the_site_in_it() -> None:
    event = replace(FEAST, title="é" * 200, description="mot " * 200, address=f"gare:///agenda/2026/{'a' * 100}",
                    image="gare:///-/files/agenda/four.jpg", link=f"https://visio.example/{'b' * 90}")  # fmt: skip
    data = calendar([event_lines(event, NOW)], [PARIS], base="https://valley.example/gare/", name="Agenda")

    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"gare:///" not in data
    read = icalendar.Calendar.from_ical(data).events[0]
    assert read["URL"] == f"https://valley.example/gare/agenda/2026/{'a' * 100}"
    assert read["IMAGE"] == "https://valley.example/gare/-/files/agenda/four.jpg"


def test_a_calendar_says_what_it_is_and_how_often_to_ask() -> None:
    data = calendar([], [], base="https://v.example/", name="Agenda, vallée", address="https://v.example/agenda.ics")
    lines = data.decode().split("\r\n")

    assert {
        "VERSION:2.0", "METHOD:PUBLISH", "NAME:Agenda\\, vallée", "X-WR-CALNAME:Agenda\\, vallée",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "SOURCE;VALUE=URI:https://v.example/agenda.ics",
    } <= set(lines)  # fmt: skip


def test_the_same_events_give_the_same_bytes() -> None:
    series = replace(FEAST, schedule=replace(WEEKLY, holidays=("public",)), modified=None)

    assert event_lines(series, NOW) == event_lines(series, NOW)
    assert whole(FEAST, series).to_ical() == whole(FEAST, series).to_ical()


def test_every_line_ends_in_crlf() -> None:
    data = calendar([event_lines(FEAST, NOW)], [PARIS], base="https://v.example/", name="Agenda").decode()

    assert not re.search(r"(?<!\r)\n|\r(?!\n)", data) and data.endswith("END:VCALENDAR\r\n")
