"""Dates of records in the catalog: worked out when a record is saved, found for a viewer by day, place and words."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from app.catalog.deleting import delete
from app.catalog.moving import Rename, rename
from app.catalog.occurrence_rows import OccurrenceQuery, OccurrenceRow
from app.catalog.record_rows import Point
from app.people.viewer import ANONYMOUS, Viewer, signed_in
from app.station import Station
from tests.catalog.hands import Hands

FORM = """\
title: Event
folder: agenda
fields:
  - {name: title, type: text, label: Name}
  - {name: when, type: schedule, label: When}
  - {name: place, type: place, label: Where, facet: yes}
  - {name: venue, type: choice, label: Venue, form: place}
  - {name: online, type: link, label: Link}
  - {name: tags, type: tags, label: Words, facet: yes}
  - {name: mail, type: email, label: Mail, facet: yes}
  - {name: status, type: choice, label: Status, choices: {planned: Planned, confirmed: Sure, cancelled: Off}}
  - {name: reason, type: text, label: Why}
"""
PLACE = (
    "title: Place\nfields:\n  - {name: title, type: text, label: Name}\n  - {name: where, type: place, label: Where}\n"
)
MEMBER = signed_in("Bo", "m-bobobobo", is_admin=False)
MARCH = OccurrenceQuery(date(2026, 3, 1), date(2026, 3, 31))
ONCE = "when: {start: 2026-03-25T08:00, end: 2026-03-25T12:00, timezone: Europe/Paris}\n"
WEEKLY = """\
when:
  start: 2026-03-04T18:00
  end: 2026-03-04T20:00
  timezone: Europe/Paris
  rule: FREQ=WEEKLY;BYDAY=WE
  except: [2026-03-18]
  changes:
    2026-03-11: {start: 2026-03-12T09:00, end: 2026-03-12T10:00, place: Under the oak, title: Walk, note: Bring boots}
    2026-03-25: {cancelled: yes, reason: Rain}
"""


@pytest.fixture
def hands(station: Station) -> Hands:
    """Give the wiki of an instance that has the form of an event."""
    found = Hands(station.wiki)
    found.write("_forms/event", FORM)
    return found


def write(hands: Hands, name: str, lines: str, words: str = "") -> str:
    """Save an event; gives its path."""
    path = f"agenda/{name.lower()}"
    hands.write(path, f"---\nform: event\ntitle: {name}\n{lines}---\n{words}")
    return path


def dates(station: Station, query: OccurrenceQuery = MARCH, viewer: Viewer = ANONYMOUS) -> list[tuple[str, str]]:
    """Give title and beginning of what is found."""
    found, total = station.door.occurrences(viewer, query)
    assert query.limit is not None or total == query.offset + len(found)
    return [(row.title, row.start.isoformat(timespec="minutes")) for row in found]


def only(station: Station, query: OccurrenceQuery = MARCH) -> OccurrenceRow:
    """Give the one date that there is."""
    found, total = station.door.occurrences(ANONYMOUS, query)
    assert total == 1
    return found[0]


def test_an_event_is_found_by_its_day(hands: Hands, station: Station) -> None:
    write(hands, "Bread", f"id: k7q2m9x4\n{ONCE}place: {{address: Mill lane, commune: Vals, lat: 44.5, lon: 4.3}}\n")

    row = only(station)
    assert (row.path, row.id, row.form, row.title, row.original) == ("agenda/bread", "k7q2m9x4", "event", "Bread", "")
    assert (row.start, row.end) == (datetime(2026, 3, 25, 8), datetime(2026, 3, 25, 12))
    assert row.ends_at - row.starts_at == 4 * 3600
    assert (row.place, row.point, row.status) == ("Mill lane, Vals", Point(44.5, 4.3), "confirmed")
    assert not (row.is_series or row.is_all_day)
    assert dates(station, OccurrenceQuery(date(2026, 3, 26))) == []


def test_a_series_has_a_row_for_each_date(hands: Hands, station: Station) -> None:
    write(hands, "Choir", WEEKLY)

    rows, _ = station.door.occurrences(ANONYMOUS, MARCH)
    assert [(row.original, row.title, row.place, row.status, row.reason, row.note) for row in rows] == [
        ("2026-03-04", "Choir", "", "confirmed", "", ""),
        ("2026-03-11", "Walk", "Under the oak", "confirmed", "", "Bring boots"),
        ("2026-03-25", "Choir", "", "cancelled", "Rain", ""),
    ]
    assert rows[1].start == datetime(2026, 3, 12, 9)


def test_a_cancelled_event_says_why_on_its_date(hands: Hands, station: Station) -> None:
    write(hands, "Bread", f"{ONCE}status: cancelled\nreason: No flour\n")

    assert (only(station).status, only(station).reason) == ("cancelled", "No flour")
    assert dates(station, OccurrenceQuery(date(2026, 3, 1), has_cancelled=False)) == []


def test_what_lasts_is_found_on_each_of_its_days(hands: Hands, station: Station) -> None:
    write(hands, "Exhibition", "when: {start: 2025-12-01, end: 2026-06-30}\n")
    write(hands, "Camp", "when: {start: 2026-02-27, end: 2026-03-01}\n")
    write(hands, "Night", "when: {start: 2026-02-28T22:00, end: 2026-03-01T05:00}\n")

    assert [title for title, _ in dates(station)] == ["Exhibition", "Camp"]
    assert only(station, OccurrenceQuery(date(2026, 3, 2), date(2026, 3, 31))).is_all_day


def test_dates_come_in_the_order_in_which_they_begin(hands: Hands, station: Station) -> None:
    write(hands, "Late", "when: 2026-03-03T20:00\n")
    write(hands, "Early", "when: 2026-03-03T08:00\n")
    write(hands, "Before", "when: 2026-03-02T23:00\n")
    write(hands, "Also", "when: 2026-03-03T08:00\n")

    assert [title for title, _ in dates(station)] == ["Before", "Also", "Early", "Late"]


def test_a_part_of_a_list_says_how_many_there_are(hands: Hands, station: Station) -> None:
    write(hands, "Choir", WEEKLY)
    query = OccurrenceQuery(date(2026, 4, 1), date(2026, 4, 30), limit=2, offset=2)

    found, total = station.door.occurrences(ANONYMOUS, query)
    assert [row.original for row in found] == ["2026-04-15", "2026-04-22"]
    assert total == 5


def test_what_lasts_comes_first_in_a_part_of_a_list(hands: Hands, station: Station) -> None:
    for month in (1, 2):
        write(hands, f"Exhibition{month}", f"when: {{start: 2026-0{month}-01, end: 2026-06-30}}\n")
    write(hands, "Choir", WEEKLY)
    lists = [OccurrenceQuery(date(2026, 3, 5), limit=2, offset=offset) for offset in (0, 1, 2)]

    assert [[title for title, _ in dates(station, query)] for query in lists] == [
        ["Exhibition1", "Exhibition2"], ["Exhibition2", "Walk"], ["Walk", "Choir"],
    ]  # fmt: skip


def test_what_took_place_may_come_the_last_one_first(hands: Hands, station: Station) -> None:
    write(hands, "Exhibition", "when: {start: 2026-01-01, end: 2026-06-30}\n")
    write(hands, "Choir", WEEKLY)
    past = OccurrenceQuery(date(2026, 1, 1), date(2026, 3, 31), is_descending=True, limit=2)

    assert dates(station, past) == [("Choir", "2026-03-25T18:00"), ("Walk", "2026-03-12T09:00")]
    assert dates(station, replace(past, offset=2)) == [
        ("Choir", "2026-03-04T18:00"),
        ("Exhibition", "2026-01-01T00:00"),
    ]


def test_what_has_ended_is_left_out_where_that_is_asked(hands: Hands, station: Station) -> None:
    write(hands, "Bread", ONCE)
    end = only(station).ends_at

    assert dates(station, OccurrenceQuery(date(2026, 3, 25), since=end - 1)) == [("Bread", "2026-03-25T08:00")]
    assert dates(station, OccurrenceQuery(date(2026, 3, 25), since=end)) == []


def test_dates_are_told_to_whoever_reads_the_page(hands: Hands, station: Station) -> None:
    path = write(hands, "Council", f"id: k7q2m9x4\naudience: members\n{ONCE}tags: [secret]\n")

    assert dates(station) == []
    assert not any(station.door.occurrence_counts(ANONYMOUS, MARCH).values())
    assert station.door.dates_of(ANONYMOUS, path, MARCH.first) == []
    assert station.door.occurrence(ANONYMOUS, "k7q2m9x4", "") is None
    assert station.door.calendar_texts(ANONYMOUS, MARCH) == []
    assert dates(station, viewer=MEMBER) == [("Council", "2026-03-25T08:00")]
    assert station.door.occurrence(MEMBER, "k7q2m9x4", "") == station.door.dates_of(MEMBER, path, MARCH.first)[0]


def test_a_page_that_is_closed_takes_its_dates_along(hands: Hands, station: Station) -> None:
    write(hands, "Bread", ONCE)
    hands.write("agenda/index", "---\naudience: members\n---\nOurs.\n")

    assert dates(station) == []


def test_dates_follow_rename_deletion_and_change(hands: Hands, station: Station) -> None:
    path = write(hands, "Bread", ONCE)
    rename(hands.wiki, Rename(path, "agenda/cake", "m-nadiabcd"))
    moved = only(station).path
    write(hands, "Cake", "when: 2026-03-26\n")
    changed = dates(station)
    delete(hands.wiki, "agenda/cake", "m-nadiabcd")

    assert (moved, changed, dates(station)) == ("agenda/cake", [("Cake", "2026-03-26T00:00")], [])


def test_a_record_that_was_put_aside_has_no_dates_in_lists(hands: Hands, station: Station) -> None:
    write(hands, "Bread", f"{ONCE}state: archived\n")

    assert dates(station) == []


def test_dates_are_found_by_words_keys_and_ids(hands: Hands, station: Station) -> None:
    write(hands, "Bread", f"id: aaaa1111\n{ONCE}tags: [oven, dough]\n", "Bring butter.\n")
    write(hands, "Choir", f"id: bbbb2222\n{WEEKLY}tags: [voices]\n")
    found: dict[str, Any] = {"where": {"tags": ("dough",)}, "words": "butt", "ids": ("aaaa1111",), "forms": ("event",)}

    for name, asked in found.items():
        query = OccurrenceQuery(date(2026, 3, 25), date(2026, 3, 25), **{name: asked})
        assert {title for title, _ in dates(station, query)} == ({"Bread", "Choir"} if name == "forms" else {"Bread"})
    assert dates(station, OccurrenceQuery(date(2026, 3, 1), forms=("offer",))) == []


def test_facets_count_dates_but_for_their_own_filter(hands: Hands, station: Station) -> None:
    write(hands, "Bread", f"{ONCE}tags: [oven, dough]\nplace: {{commune: Vals}}\n")
    write(hands, "Choir", f"{WEEKLY}tags: [voices]\nplace: {{commune: Aubenas}}\nmail: a@b.example\n")
    query = OccurrenceQuery(MARCH.first, MARCH.last, where={"tags": ("voices",)})

    counts = station.door.occurrence_counts(ANONYMOUS, query)
    assert counts["tags"] == [("voices", 3), ("dough", 1), ("oven", 1)]
    assert counts["place"] == [("Aubenas", 3)]
    assert "mail" not in counts


def test_a_venue_says_its_title_to_whoever_reads_its_page(hands: Hands, station: Station) -> None:
    hands.write("_forms/place", PLACE)
    hands.write(
        "mill", "---\nform: place\nid: mill2222\naudience: members\ntitle: Mill\nwhere: {lat: 44, lon: 4}\n---\n"
    )
    write(hands, "Bread", f"{ONCE}venue: mill2222\nplace: {{commune: Vals}}\n")

    assert (only(station).place, only(station).point) == ("Vals", None)
    row = station.door.occurrences(MEMBER, MARCH)[0][0]
    assert (row.place, row.point) == ("Mill, Vals", Point(44, 4))


def test_of_a_page_and_its_copy_the_older_has_the_dates(hands: Hands, station: Station) -> None:
    hands.push_pages(agenda__a=f"---\nform: event\nid: k7q2m9x4\ntitle: A\n{ONCE}---\n")
    hands.push_pages(agenda__b=f"---\nform: event\nid: k7q2m9x4\ntitle: B\n{ONCE}---\n")
    hands.wiki.catch_up()

    found = station.door.occurrence(ANONYMOUS, "k7q2m9x4", "")
    assert found is not None
    assert found.path == "agenda/a"


@pytest.mark.parametrize(
    "when",
    ["nonsense", "[]", "{}", "{start: 2026-13-45}", "{start: 2026-03-25T08:00, rule: FREQ=SECONDLY}",
     "{start: 2026-03-25T08:00, rule: FREQ=DAILY;INTERVAL=0}", "{start: 2026-03-25, timezone: Nowhere/Land}",
     "{start: 2026-03-25, end: 2026-03-01}", "{start: 2026-03-25, changes: [1, {a: b}]}", "{start: 9999-12-31}"],
)  # fmt: skip
def test_no_schedule_stops_the_catalog(hands: Hands, station: Station, when: str) -> None:
    hands.push_pages(agenda__odd=f"---\nform: event\ntitle: Odd\nwhen: {when}\n---\n")
    write(hands, "Bread", ONCE)

    assert ("Bread", "2026-03-25T08:00") in dates(station)
    assert station.door.find_record(ANONYMOUS, "agenda/odd") is not None
    assert station.door.is_ready()


def test_a_form_that_asks_otherwise_has_its_dates_worked_out_anew(hands: Hands, station: Station) -> None:
    write(hands, "Bread", f"{ONCE}opens: 2026-03-02\n")
    hands.write("_forms/event", FORM.replace("name: when", "name: opens"))
    other = dates(station)
    hands.write("_forms/event", FORM.replace("type: schedule", "type: text"))

    assert (other, dates(station)) == ([("Bread", "2026-03-02T00:00")], [])


def test_of_a_busy_day_some_are_given_and_the_others_counted(hands: Hands, station: Station) -> None:
    for name in ("Ant", "Bee", "Cow", "Doe"):
        write(hands, name, ONCE)
    write(hands, "Fair", "when: {start: 2026-03-24, end: 2026-03-26, timezone: Europe/Paris}\n")
    found, more = station.door.some_of_each_day(ANONYMOUS, MARCH, 3)

    assert [row.title for row in found] == ["Fair", "Ant", "Bee", "Cow"]
    assert more == {date(2026, 3, 25): 1}
