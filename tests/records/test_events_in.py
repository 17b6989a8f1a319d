"""Events of another calendar become records: in one change, found again by their UID, the same again changes nothing."""

from dataclasses import replace

import pytest

from app.catalog.moving import Rename
from app.errors import Invalid
from app.records.exchange import events_in
from app.records.exchange.report import CHANGED, CREATED, REFUSED, UNCHANGED
from app.station import Station
from app.wiki import frontmatter
from tests.calendar.foreign_calendars import PARIS, calendar
from tests.records.event_tables import FEAST, GARDEN, take_events, with_events
from tests.records.tables import TODAY


def whats(prepared: events_in.Prepared) -> list[str]:
    return [entry.what for entry in prepared.report.entries]


def test_events_become_pages_in_one_change(station: Station) -> None:
    admin = with_events(station)
    before = station.wiki.store.tip()
    prepared, revision = take_events(station, admin, FEAST, GARDEN)

    assert whats(prepared) == [CREATED, CREATED]
    assert [entry.path for entry in prepared.report.entries] == ["agenda/2026/fete-du-pain", "agenda/2026/jardin"]
    assert [one.revision for one in station.wiki.store.log(before, revision)] == [revision]


def test_a_page_says_what_the_event_said(station: Station) -> None:
    admin = with_events(station)
    take_events(station, admin, FEAST, spaces=("jardins",))
    text = station.door.text(admin, "agenda/2026/fete-du-pain")[1]
    head = frontmatter.parse(text).values

    assert head["when"] == {"start": "2026-03-12T20:00", "end": "2026-03-12T22:00", "timezone": PARIS}
    assert head["place"] == {"address": "Four", "lat": "44.5", "lon": "4.25"}
    assert (head["tags"], head["organiser"], head["status"], head["spaces"]) == (
        ["pain"],
        "Mairie",
        "confirmed",
        ["jardins"],
    )
    assert head["uid"] == "fete@mairie"


def test_a_description_reads_as_it_read_in_the_calendar(station: Station) -> None:
    admin = with_events(station)
    take_events(station, admin, FEAST)
    html = station.door.view(admin, "agenda/2026/fete-du-pain")[1].html

    assert "<h" not in html and "# Venez *tous* !" in html
    assert ">https://example.org/a_b</a>" in html and "<br>\n- du pain" in html


def test_the_same_again_changes_nothing(station: Station) -> None:
    admin = with_events(station)
    take_events(station, admin, FEAST, GARDEN)
    tip = station.wiki.store.tip()
    again, revision = take_events(station, admin, FEAST + "\nDTSTAMP:20261122T120000Z", GARDEN)

    assert whats(again) == [UNCHANGED, UNCHANGED] and not revision
    assert station.wiki.store.tip() == tip


def test_a_changed_event_changes_its_page_and_leaves_what_it_does_not_say(station: Station) -> None:
    admin = with_events(station)
    take_events(station, admin, GARDEN, spaces=("jardins",))
    prepared, _ = take_events(station, admin, GARDEN.replace("T080000", "T090000"))
    head = frontmatter.parse(station.door.text(admin, "agenda/2026/jardin")[1]).values

    assert whats(prepared) == [CHANGED]
    assert head["when"]["start"] == "2026-03-25T09:00" and head["spaces"] == ["jardins"]


def test_an_event_is_found_again_wherever_its_page_has_moved(station: Station) -> None:
    admin = with_events(station)
    take_events(station, admin, FEAST)
    station.door.rename(admin, Rename("agenda/2026/fete-du-pain", "agenda/2026/four", admin.pseudonym or ""))
    prepared, _ = take_events(station, admin, FEAST)

    assert [(entry.what, entry.path) for entry in prepared.report.entries] == [(UNCHANGED, "agenda/2026/four")]


def test_events_of_one_name_get_pages_of_their_own(station: Station) -> None:
    admin = with_events(station)
    prepared, _ = take_events(station, admin, *(FEAST.replace("fete@", f"{number}@") for number in range(3)))

    assert [entry.path[-2:] for entry in prepared.report.entries] == ["in", "-2", "-3"]


def test_an_event_without_a_name_is_called_as_its_kind(station: Station) -> None:
    admin = with_events(station)
    prepared, _ = take_events(station, admin, "UID:a\nDTSTART:20260401T080000")

    assert prepared.report.entries[0].title == "Événement"


def test_what_cannot_be_read_is_said_and_the_others_come_in(station: Station) -> None:
    admin = with_events(station)
    prepared, _ = take_events(station, admin, FEAST, "UID:x\nSUMMARY:Jamais", GARDEN + ";INTERVAL=0")

    assert sorted(whats(prepared)) == [CREATED, REFUSED, REFUSED]
    assert [entry.title for entry in prepared.report.refused] == ["Jamais", "Jardin"]


def test_an_event_written_here_is_its_own_page(station: Station) -> None:
    admin = with_events(station)
    take_events(station, admin, GARDEN)
    page_id = station.door.find(admin, "agenda/2026/jardin").id
    prepared, _ = take_events(station, admin, GARDEN.replace("jardin@mairie", f"{page_id}@gare-centrale"))

    assert whats(prepared) == [UNCHANGED]


def test_nobody_takes_the_place_of_a_deleted_page_by_a_name(station: Station) -> None:
    admin = with_events(station)
    take_events(station, admin, FEAST.replace("fete@mairie", "k7q2m9x4@gare-centrale"))

    assert station.door.find(admin, "agenda/2026/fete-du-pain").id != "k7q2m9x4"


def test_records_without_dates_take_no_calendar_in(station: Station) -> None:
    admin = with_events(station)
    without = replace(station.door.form(admin, "event"), fields=())

    with pytest.raises(Invalid):
        events_in.prepare(station, admin, without, events_in.Read([], []), TODAY)


def test_a_calendar_is_told_by_its_beginning() -> None:
    assert events_in.is_calendar(calendar(FEAST)) and events_in.is_calendar(calendar(FEAST).decode().encode("utf-16"))
    assert not events_in.is_calendar(b"Nom;Salles\n")
