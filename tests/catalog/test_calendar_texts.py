"""What other calendars are told of records: written when they are saved, given to whoever reads their pages."""

from datetime import date

import pytest
from icalendar import Calendar

from app.catalog.occurrence_rows import CalendarText, OccurrenceQuery
from app.people.viewer import ANONYMOUS, Viewer, signed_in
from app.station import Station
from tests.catalog.hands import Hands

FORM = """\
title: Event
fields:
  - {name: title, type: text, label: Name}
  - {name: when, type: schedule, label: When}
  - {name: place, type: place, label: Where}
  - {name: venue, type: records, label: Venue, form: place}
  - {name: online, type: link, label: Link}
  - {name: organiser, type: text, label: Who}
  - {name: phone, type: phone, label: Phone, readers: members}
  - {name: tags, type: tags, label: Words, facet: yes}
  - {name: images, type: images, label: Images}
  - {name: status, type: choice, label: Status, choices: [planned, confirmed, cancelled]}
"""
ALL = OccurrenceQuery(date(2026, 3, 1), date(2026, 3, 1))
MEMBER = signed_in("Bo", "m-bobobobo", is_admin=False)
WHEN = "when: {start: 2026-03-25T08:00, end: 2026-03-25T12:00, timezone: America/Martinique}\n"


@pytest.fixture
def hands(station: Station) -> Hands:
    """Give the wiki of an instance that has the form of an event."""
    found = Hands(station.wiki)
    found.write("_forms/event", FORM)
    return found


def write(hands: Hands, lines: str, words: str = "") -> None:
    """Save the event."""
    hands.write("agenda/fete", f"---\nform: event\nid: k7q2m9x4\ntitle: Fête\n{WHEN}{lines}---\n{words}")


def only(station: Station, viewer: Viewer = ANONYMOUS) -> CalendarText:
    """Give the one text that there is."""
    (found,) = station.door.calendar_texts(viewer, ALL)
    return found


def read(text: CalendarText) -> dict[str, str]:
    """Read a text as another program does."""
    (event,) = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{text.ics}END:VCALENDAR\r\n").walk("VEVENT")
    return {name: str(value) for name, value in event.items() if isinstance(value, str)}


def test_an_event_is_told_as_its_page_says_it(hands: Hands, station: Station) -> None:
    place = "place: {address: 1 rue du Four, commune: Vals}\n"
    more = "online: https://meet.example/x\norganiser: Nadia\ntags: [pain]\nimages: [{file: le four.jpg, alt: x}]\n"
    write(hands, f"{place}{more}", "Apportez **du beurre**.\n")

    text = only(station)
    found = read(text)
    assert (text.path, text.id, text.zones) == ("agenda/fete", "k7q2m9x4", ("America/Martinique",))
    assert (found["UID"], found["SUMMARY"]) == ("k7q2m9x4@gare-centrale", "Fête")
    assert (found["LOCATION"], found["DESCRIPTION"]) == ("1 rue du Four, Vals", "Apportez du beurre.")
    assert (found["URL"], found["IMAGE"]) == (
        "gare:///agenda/fete", "gare:///-/files/agenda/fete/le%20four.jpg"
    )  # fmt: skip
    assert found["CONTACT"] == "Nadia"
    assert "SEQUENCE:0\r\n" in text.ics


def test_each_change_counts(hands: Hands, station: Station) -> None:
    write(hands, "")
    write(hands, "status: cancelled\n")

    assert "SEQUENCE:1\r\n" in only(station).ics
    assert read(only(station))["STATUS"] == "CANCELLED"


def test_a_page_keeps_the_identity_that_another_calendar_gave(hands: Hands, station: Station) -> None:
    write(hands, "uid: 4711@mairie.example\n")

    assert read(only(station))["UID"] == "4711@mairie.example"


def test_an_event_has_a_text_whatever_its_days(hands: Hands, station: Station) -> None:
    hands.write("old", "---\nform: event\ntitle: Old\nwhen: 1999-01-01\n---\n")
    hands.write("far", "---\nform: event\ntitle: Far\nwhen: {start: 2099-01-01, rule: FREQ=YEARLY}\n---\n")

    assert [one.path for one in station.door.calendar_texts(ANONYMOUS, ALL)] == ["old", "far"]


def test_texts_are_found_by_what_is_asked(hands: Hands, station: Station) -> None:
    write(hands, "tags: [pain]\n")
    asked = [OccurrenceQuery(ALL.first, where={"tags": (tag,)}) for tag in ("pain", "vin")]

    assert [len(station.door.calendar_texts(ANONYMOUS, query)) for query in asked] == [1, 0]


@pytest.mark.parametrize("place", ["", "place: {commune: Vals}\n"])
def test_a_venue_is_named_to_whoever_reads_its_page(hands: Hands, station: Station, place: str) -> None:
    hands.write("_forms/place", "title: Place\nfields: [{name: title, type: text, label: Name}]\n")
    hands.write("mill", "---\nform: place\nid: mill2222\naudience: members\ntitle: Mill; mine, \\n\n---\n")
    write(hands, f"{place}venue: [mill2222]\n")

    rest = "Vals" if place else ""
    assert read(only(station))["LOCATION"] == rest
    assert read(only(station, MEMBER))["LOCATION"] == ", ".join(filter(None, ("Mill; mine, \\n", rest)))
    assert "mill2222" not in only(station, MEMBER).ics


def test_what_is_private_is_not_told(hands: Hands, station: Station) -> None:
    hands.push_pages(agenda__fete=f"---\nform: event\ntitle: Fête\n{WHEN}phone: 04 75 00 00 00\n---\n")
    hands.wiki.catch_up()

    assert "04 75" not in only(station).ics


def test_no_text_begins_a_line_of_its_own(hands: Hands, station: Station) -> None:
    cut = '"Bread\\r\\nBEGIN:VEVENT"'
    hands.push_pages(odd=f"---\nform: event\nid: {cut}\ntitle: {cut}\nuid: {cut}\norganiser: {cut}\n{WHEN}---\n")
    hands.wiki.catch_up()

    assert only(station).ics.count("\nBEGIN:VEVENT") == 0
    assert "\r" not in only(station).ics.replace("\r\n", "")
