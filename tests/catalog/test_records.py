"""Records in the catalog: what a page says as a record, kept in step with the page, with its form, and with who reads."""

from app.catalog import records
from app.catalog.deleting import delete, undelete
from app.catalog.moving import Rename, rename
from app.catalog.rebuild import rebuild
from app.catalog.record_rows import RecordQuery, RecordRow
from app.people.viewer import ANONYMOUS, Viewer, signed_in
from app.station import Station
from tests.catalog.hands import IDRIS, NADIA, Hands

FORM = "_forms/initiative"
INITIATIVE = """\
title: Initiative
folder: annuaire
fields:
  - {name: title, type: text, label: Name}
  - {name: phase, type: choice, label: Phase, facet: yes, choices: {idea: Idea, running: Running}}
  - {name: needs, type: choices, label: Needs, facet: yes, choices: [hands, money, tools]}
  - {name: people, type: number, label: People}
  - {name: since, type: date, label: Since}
  - {name: near, type: records, label: Near, form: initiative}
  - {name: mail, type: email, label: Mail, facet: yes}
  - {name: where, type: place, label: Where}
  - {name: secret, type: text, label: Secret, readers: members}
"""
MEMBER = signed_in("Bo", "m-bobobobo", is_admin=False)
ALL = RecordQuery("initiative", limit=100)


def write(hands: Hands, name: str, lines: str = "", words: str = "", author: str = NADIA) -> RecordRow:
    """Save a record; gives its row."""
    path = f"annuaire/{name.lower()}"
    hands.write(path, f"---\nform: initiative\ntitle: {name}\n{lines}---\n{words}", author)
    with hands.wiki.catalog.reading() as connection:
        found = records.find(connection, path, ["public", "members", "admins"])
    assert found is not None, path
    return found


def names(station: Station, query: RecordQuery, viewer: Viewer = ANONYMOUS) -> list[str]:
    """Name the records that a query finds."""
    return [row.title for row in station.door.records(viewer, query)[0]]


def test_a_page_that_follows_a_form_is_a_record(hands: Hands, station: Station) -> None:
    hands.write(FORM, INITIATIVE)
    written = write(hands, "Mill", "phase: running\nneeds: [hands, tools]\nstate: checked\nverified: 2026-03-12\n")

    row = station.door.record(ANONYMOUS, "annuaire/mill")
    assert row == written
    assert row.values == {"title": "Mill", "phase": "running", "needs": ["hands", "tools"]}
    assert (row.state, row.verified, row.creator, row.author) == ("checked", "2026-03-12", NADIA, NADIA)


def test_words_may_change_without_the_rest(hands: Hands, station: Station) -> None:
    hands.write(FORM, INITIATIVE)
    write(hands, "Mill", "phase: idea\n", "Old words.\n")
    write(hands, "Mill", "phase: running\n", "New words.\n", IDRIS)

    assert names(station, RecordQuery("initiative", {"phase": ("running",)}, words="new")) == ["Mill"]
    assert names(station, RecordQuery("initiative", words="old")) == []
    assert station.door.record(ANONYMOUS, "annuaire/mill").creator == NADIA


def test_a_page_that_stops_following_a_form_is_no_record(hands: Hands, station: Station) -> None:
    hands.write(FORM, INITIATIVE)
    write(hands, "Mill")
    hands.write("annuaire/mill", "---\ntitle: Mill\n---\nWords.\n")

    assert station.door.find_record(ANONYMOUS, "annuaire/mill") is None
    assert names(station, ALL) == []


def test_a_record_that_sends_on_is_not_listed(hands: Hands, station: Station) -> None:
    hands.write(FORM, INITIATIVE)
    write(hands, "Mill")
    hands.write("annuaire/mill", "---\nform: initiative\ntitle: Mill\nredirect: index\nmerged: k7q2m9x4\n---\n")

    assert names(station, ALL) == []


def test_templates_are_no_records(hands: Hands, station: Station) -> None:
    hands.write(FORM, INITIATIVE)
    hands.write("_templates/mill", "---\nform: initiative\ntitle: Mill\n---\n")

    assert names(station, ALL) == []


def test_a_record_keeps_its_row_when_it_moves_and_when_it_comes_back(hands: Hands, station: Station) -> None:
    hands.write(FORM, INITIATIVE)
    write(hands, "Mill", "phase: idea\n")
    rename(hands.wiki, Rename("annuaire/mill", "annuaire/m/mill", IDRIS))
    delete(hands.wiki, "annuaire/m/mill", IDRIS)
    assert names(station, ALL) == []
    undelete(hands.wiki, "annuaire/m/mill", IDRIS)

    row = station.door.record(ANONYMOUS, "annuaire/m/mill")
    assert (row.values["phase"], row.creator) == ("idea", NADIA)
    assert station.door.facets(ANONYMOUS, ALL)["phase"] == [("idea", 1)]


def test_a_changed_form_works_its_records_out_anew(hands: Hands, station: Station) -> None:
    hands.write(FORM, INITIATIVE)
    write(hands, "Mill", "phase: idea\ncolour: green\n")
    hands.write(FORM, INITIATIVE.replace("name: phase", "name: colour"))

    row = station.door.record(ANONYMOUS, "annuaire/mill")
    assert row.values == {"title": "Mill", "colour": "green"}
    assert station.door.facets(ANONYMOUS, ALL)["colour"] == [("green", 1)]


def test_a_form_that_goes_leaves_what_its_records_say_and_takes_them_back(hands: Hands, station: Station) -> None:
    hands.write(FORM, INITIATIVE)
    write(hands, "Mill", "phase: idea\n")
    delete(hands.wiki, FORM, NADIA)

    assert station.door.record(ANONYMOUS, "annuaire/mill").values == {"phase": "idea"}
    assert station.door.find_form(ANONYMOUS, "initiative") is None
    undelete(hands.wiki, FORM, NADIA)
    assert station.door.facets(ANONYMOUS, ALL)["phase"] == [("idea", 1)]


def test_a_form_that_comes_after_its_pages_finds_them(hands: Hands, station: Station) -> None:
    write(hands, "Mill", "phase: idea\n")
    hands.write(FORM, INITIATIVE)

    assert names(station, RecordQuery("initiative", {"phase": ("idea",)})) == ["Mill"]


def test_a_private_answer_that_stands_in_a_page_is_in_no_row(hands: Hands, station: Station) -> None:
    hands.write(FORM, INITIATIVE.replace(", readers: members", ""))
    write(hands, "Mill", "secret: the key is under the stone\n")
    hands.write(FORM, INITIATIVE)

    assert "secret" not in station.door.record(MEMBER, "annuaire/mill").values
    assert names(station, RecordQuery("initiative", words="stone"), MEMBER) == []


def test_a_rebuild_gives_the_same_rows(hands: Hands) -> None:
    hands.write(FORM, INITIATIVE)
    write(hands, "Mill", "phase: idea\nneeds: [hands]\nwhere: {lat: 44.5, lon: 4.3}\nother: kept\npeople: '3'\n")
    hands.write(FORM, INITIATIVE.replace("money, ", ""))
    hands.write(FORM, INITIATIVE)
    hands.write("annuaire/stray", "---\nform: nothing\nphase: idea\n---\nWords.\n")
    before = hands.tables()
    rebuild(hands.wiki)

    assert hands.tables() == before


def test_records_that_name_a_record_are_found_from_it(hands: Hands, station: Station) -> None:
    hands.write(FORM, INITIATIVE)
    mill = write(hands, "Mill")
    write(hands, "Oven", f"near: [{mill.id}]\n")
    write(hands, "Wall", f"people: {mill.id}\n")

    assert [row.title for row in station.door.linked(ANONYMOUS, mill.id)] == ["Oven"]
    assert station.door.records_by_id(ANONYMOUS, [mill.id])[mill.id].title == "Mill"


def test_nobody_finds_by_an_address_whose_it_is(hands: Hands, station: Station) -> None:
    hands.write(FORM, INITIATIVE)
    write(hands, "Mill", "mail: nadia@example.org\n")
    asked = RecordQuery("initiative", {"mail": ("nadia@example.org",)})

    assert names(station, asked) == []
    assert names(station, RecordQuery("initiative", words="nadia")) == []
    assert "mail" not in station.door.facets(ANONYMOUS, ALL)
    assert names(station, asked, MEMBER) == ["Mill"]


def test_a_record_that_is_closed_is_neither_listed_nor_counted(hands: Hands, station: Station) -> None:
    hands.write(FORM, INITIATIVE)
    write(hands, "Mill", "phase: idea\nwhere: {lat: 44.5, lon: 4.3}\n")
    assert station.door.facets(ANONYMOUS, ALL)["phase"] == [("idea", 1)]
    hands.write("annuaire/index", "---\naudience: members\n---\nWords.\n")

    door = station.door
    assert (door.records(ANONYMOUS, ALL), door.points(ANONYMOUS, ALL)) == (([], 0), [])
    assert (door.facets(ANONYMOUS, ALL)["phase"], door.letters(ANONYMOUS, ALL)) == ([], {})
    assert door.facets(MEMBER, ALL)["phase"] == [("idea", 1)]
