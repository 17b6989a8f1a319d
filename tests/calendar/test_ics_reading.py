"""Reading other programs' calendars: what an event says, when it takes place, how it repeats."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.calendar.event import PLANNED
from app.calendar.ics_reading import LATER_ONES, read
from app.calendar.ics_rules import ENDS_EARLY
from app.calendar.ics_when import TWO_RULES
from app.calendar.schedule import Change
from tests.calendar.foreign_calendars import PARIS, calendar, read_all, read_one

SERIES = "UID:s@x\nSUMMARY:Jardin\nLOCATION:Serre\nDTSTART;TZID=Europe/Paris:20260325T080000\nDTEND;TZID=Europe/Paris:20260325T120000\nRRULE:FREQ=WEEKLY"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_an_event_says_what_it_is() -> None:
    event = read_one(
        "UID:fete@x\nDTSTAMP:20260101T100000Z\nCREATED:20250101T100000Z\nDTSTART;TZID=Europe/Paris:20260312T200000\n"
        "DTEND;TZID=Europe/Paris:20260312T223000\nSUMMARY:Fête\\, du pain\nDESCRIPTION:Venez\\nnombreux\nLOCATION:Four\n"
        "GEO:44.5;4.25\nCATEGORIES:pain,four\\, feu\nCATEGORIES:pain\nORGANIZER;CN=\"Les amis\":mailto:a@example.org\n"
        "URL:https://example.org/fete\nCONFERENCE;VALUE=URI:https://visio.example.org/x\nSTATUS:TENTATIVE\nSEQUENCE:3"
    )  # fmt: skip

    assert (event.uid, event.title, event.description, event.place) == (
        "fete@x",
        "Fête, du pain",
        "Venez\nnombreux",
        "Four",
    )
    assert (event.schedule.start, event.schedule.end) == (at("2026-03-12T20:00"), at("2026-03-12T22:30"))
    assert (event.schedule.timezone, event.schedule.is_series) == (PARIS, False)
    assert (event.point, event.tags, event.organiser) == ((44.5, 4.25), ("pain", "four, feu"), "Les amis")
    assert (event.address, event.link) == ("https://example.org/fete", "https://visio.example.org/x")
    assert (event.status, event.sequence) == (PLANNED, 3)
    assert (event.created, event.modified) == (
        datetime(2025, 1, 1, 10, tzinfo=UTC),
        datetime(2026, 1, 1, 10, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("lines", "start", "end", "is_all_day"),
    [
        ("DTSTART;VALUE=DATE:20260312\nDTEND;VALUE=DATE:20260314", "2026-03-12", "2026-03-13", True),
        ("DTSTART;VALUE=DATE:20260312", "2026-03-12", "2026-03-12", True),
        ("DTSTART:20260312", "2026-03-12", "2026-03-12", True),
        ("DTSTART;VALUE=DATE:20260312\nDURATION:P3D", "2026-03-12", "2026-03-14", True),
        ("DTSTART:20260312T200000\nDURATION:PT1H30M", "2026-03-12T20:00", "2026-03-12T21:30", False),
        ("DTSTART:20260312T200000", "2026-03-12T20:00", "2026-03-12T20:00", False),
        ("DTSTART:20260312T200000\nDTEND:20260312T180000", "2026-03-12T20:00", "2026-03-12T20:00", False),
        ("DTSTART:20260312T190000Z\nDTEND:20260312T203000Z", "2026-03-12T20:00", "2026-03-12T21:30", False),
        ("DTSTART:20260712T190000Z\nDTEND:20260712T203000Z", "2026-07-12T21:00", "2026-07-12T22:30", False),
        ("DTSTART:20260312T000000Z\nDTEND:20260313T000000Z", "2026-03-12", "2026-03-12", True),
        ("DTSTART:2026-03-12T20:00:00+01:00\nDTEND:2026-03-12 21:00", "2026-03-12T20:00", "2026-03-12T21:00", False),
        ("DTSTART:20260312T000000\nDTEND:20260313T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "2026-03-12", "2026-03-12", True),
        ("DTSTART:20260312T200000\nDTEND;VALUE=DATE:20260313", "2026-03-12T20:00", "2026-03-13", False),
    ],
)  # fmt: skip
def test_beginning_and_end_are_understood(lines: str, start: str, end: str, is_all_day: bool) -> None:
    schedule = read_one(f"UID:a\nSUMMARY:A\n{lines}").schedule

    assert (schedule.start, schedule.end, schedule.is_all_day) == (at(start), at(end), is_all_day)
    assert schedule.timezone == PARIS


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=WEEKLY;UNTIL=20260708T235959Z", "FREQ=WEEKLY;UNTIL=20260708"),
        ("FREQ=WEEKLY;UNTIL=20260708T060000Z", "FREQ=WEEKLY;UNTIL=20260708"),
        ("FREQ=WEEKLY;UNTIL=20260708T055959Z", "FREQ=WEEKLY;UNTIL=20260707"),
        ("FREQ=WEEKLY;UNTIL=20260708", "FREQ=WEEKLY;UNTIL=20260708"),
        ("FREQ=WEEKLY;UNTIL=99991231T000000Z", "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;COUNT=999999", "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;COUNT=5;UNTIL=20260708", "FREQ=WEEKLY;UNTIL=20260708"),
        ("freq=weekly; byday=we ;WKST=MO;", "FREQ=WEEKLY;BYDAY=WE"),
        ("FREQ=DAILY;BYHOUR=8;BYMINUTE=0;BYSECOND=0", "FREQ=DAILY"),
        ("FREQ=MONTHLY;BYDAY=-1WE;RSCALE=GREGORIAN;SKIP=OMIT;X-OTHER=1", "FREQ=MONTHLY;BYDAY=-1WE"),
    ],
)
def test_rules_become_those_of_a_schedule(rule: str, said: str) -> None:
    assert read_one(SERIES.replace("FREQ=WEEKLY", rule)).schedule.rule == said


def test_a_rule_that_ends_before_it_begins_leaves_the_first_date() -> None:
    read_ = read_all(SERIES + ";UNTIL=20260101")

    assert not read_.events[0].schedule.is_series
    assert [(fault.msgid, fault.is_lost) for fault in read_.faults] == [(ENDS_EARLY, False)]


def test_of_two_rules_the_first_is_read_and_it_is_said() -> None:
    read_ = read_all(SERIES + "\nRRULE:FREQ=DAILY")

    assert read_.events[0].schedule.rule == "FREQ=WEEKLY"
    assert [fault.msgid for fault in read_.faults] == [TWO_RULES]


def test_a_beginning_beside_the_rule_counts_as_a_date() -> None:
    schedule = read_one("UID:a\nDTSTART:20260323T080000\nRRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=3").schedule

    assert schedule.start == at("2026-03-25T08:00") and schedule.rule == "FREQ=WEEKLY;BYDAY=WE;COUNT=2"
    assert schedule.extra == (at("2026-03-23T08:00"),)


def test_further_and_excepted_dates_are_read_in_any_form() -> None:
    schedule = read_one(
        SERIES + "\nRDATE;TZID=Europe/Paris:20260326T090000,20260327T080000\nRDATE;VALUE=DATE:20260328\n"
        "RDATE;VALUE=PERIOD:20260329T080000/PT1H\nEXDATE:20260401T060000Z,rubbish\nEXDATE;VALUE=DATE:20260408\n"
        "EXDATE;TZID=Europe/Paris:20260415T080000"
    ).schedule  # fmt: skip

    assert [one.isoformat() for one in schedule.extra] == [
        "2026-03-26T09:00:00", "2026-03-27T08:00:00", "2026-03-28T08:00:00", "2026-03-29T08:00:00",
    ]  # fmt: skip
    assert schedule.skipped == (date(2026, 4, 1), date(2026, 4, 8), date(2026, 4, 15))


def test_changes_of_single_dates_are_brought_into_their_series() -> None:
    event = read_one(
        "UID:s@x\nSUMMARY:Jardin\nLOCATION:Serre\nRECURRENCE-ID:20260401T060000Z\nDTSTART;TZID=Europe/Paris:20260402T090000\n"
        "DTEND;TZID=Europe/Paris:20260402T130000",
        SERIES,
        "UID:s@x\nSUMMARY:Jardin ouvert\nLOCATION:Place\nRECURRENCE-ID;TZID=Europe/Paris:20260408T080000\nCOMMENT:Avec outils\n"
        "DTSTART;TZID=Europe/Paris:20260408T080000\nDTEND;TZID=Europe/Paris:20260408T120000",
        "UID:s@x\nRECURRENCE-ID;VALUE=DATE:20260415\nDTSTART:20260415T080000\nSTATUS:CANCELLED\nCOMMENT:Pluie",
    )  # fmt: skip

    assert event.schedule.changes == {
        date(2026, 4, 1): Change(at("2026-04-02T09:00"), at("2026-04-02T13:00")),
        date(2026, 4, 8): Change(title="Jardin ouvert", place="Place", note="Avec outils"),
        date(2026, 4, 15): Change(is_cancelled=True, reason="Pluie"),
    }


def test_a_changed_date_that_the_rule_does_not_give_is_one_more() -> None:
    schedule = read_one(
        SERIES,
        "UID:s@x\nSUMMARY:Jardin\nLOCATION:Serre\nRECURRENCE-ID;TZID=Europe/Paris:20260403T080000\n"
        "DTSTART;TZID=Europe/Paris:20260403T100000\nDTEND;TZID=Europe/Paris:20260403T110000",
    ).schedule

    assert schedule.extra == (at("2026-04-03T08:00"),)
    assert schedule.changes == {date(2026, 4, 3): Change(at("2026-04-03T10:00"), at("2026-04-03T11:00"))}


def test_a_change_of_all_later_dates_is_said_and_not_read() -> None:
    read_ = read_all(SERIES, "UID:s@x\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260408T060000Z\nDTSTART:20260408T090000")

    assert not read_.events[0].schedule.changes
    assert [fault.msgid for fault in read_.faults] == [LATER_ONES]


def test_a_changed_date_without_its_series_is_an_event() -> None:
    event = read_one("UID:s@x\nSUMMARY:Seul\nRECURRENCE-ID;TZID=Europe/Paris:20260408T080000\nDTSTART:20260409T080000")

    assert (event.uid, event.schedule.start) == ("s@x-20260408", at("2026-04-09T08:00"))


def test_of_two_versions_of_an_event_the_newer_one_counts() -> None:
    old = "UID:a\nSEQUENCE:1\nSUMMARY:Vieux\nDTSTART:20260401T080000"
    new = "UID:a\nSEQUENCE:2\nSUMMARY:Neuf\nDTSTART:20260402T080000"

    assert read_one(old, new).title == read_one(new, old).title == "Neuf"


def test_events_that_share_a_uid_by_mistake_stay_apart_whatever_their_order() -> None:
    first, second = "UID:a\nSUMMARY:Un\nDTSTART:20260401T080000", "UID:a\nSUMMARY:Deux\nDTSTART:20260402T080000"
    uids = {"Un": "a", "Deux": "a-20260402T0800"}

    assert {event.title: event.uid for event in read_all(first, second).events} == uids
    assert {event.title: event.uid for event in read_all(second, first).events} == uids


def test_an_event_without_uid_has_the_same_name_each_time() -> None:
    lines = "SUMMARY:Sans nom\nDTSTART:20260401T080000"
    first, again = read_one(lines), read_one("DTSTAMP:20261111T000000Z\n" + lines)

    assert first.uid == again.uid and first.uid
    assert read_one(lines + "\nLOCATION:Ailleurs").uid != first.uid


def test_words_lose_markup_and_signs_that_nobody_sees() -> None:
    event = read_one(
        "UID:a\nDTSTART:20260401T080000\nSUMMARY:Un\\n\0 <b>deux</b>\x07\n"
        "DESCRIPTION:<p>Bonjour&nbsp;<a href=\"javascript:x\">toi</a></p><br>Fin &amp\\; suite\nX-ALT-DESC:<html>non</html>"
    )  # fmt: skip

    assert event.title == "Un deux"
    assert event.description == "Bonjour\u00a0toi\n\nFin & suite"


def test_a_mail_address_is_nobodys_name() -> None:
    assert read_one("UID:a\nDTSTART:20260401T080000\nORGANIZER;CN=a@example.org:mailto:a@example.org").organiser == ""


def test_only_addresses_of_the_web_are_links() -> None:
    event = read_one("UID:a\nDTSTART:20260401T080000\nURL:javascript:alert(1)\nCONFERENCE:tel:+33\nIMAGE:data:x")

    assert (event.address, event.link, event.image) == ("", "", "")


def test_the_calendar_says_its_name_and_how_often_it_changes() -> None:
    read_ = read_all(head="X-WR-CALNAME:Mairie de Vallon\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\n")

    assert (read_.name, read_.refresh, read_.events) == ("Mairie de Vallon", timedelta(hours=6), [])


def test_thousands_of_events_are_read() -> None:
    data = calendar(*(f"UID:{number}\nSUMMARY:Un\nDTSTART:20260401T080000" for number in range(3000)))

    assert len(read(data, PARIS).events) == 3000
