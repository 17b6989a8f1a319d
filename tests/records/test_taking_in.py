"""Tables that come in: one change for all, the same again changes nothing, each line says what became of it."""

import pytest

from app.catalog.record_rows import RecordQuery
from app.errors import Conflict, Invalid, Refused
from app.forms.reading import parse
from app.people.viewer import ANONYMOUS, signed_in
from app.records import private
from app.records.exchange import taking_in
from app.records.exchange.columns import match
from app.records.exchange.report import CHANGED, CREATED, REFUSED, UNCHANGED
from app.station import Station
from tests.records.tables import BARN, FORM, HALL, HEADER, TODAY, sheet, take, with_form


def whats(prepared: taking_in.Prepared) -> list[str]:
    return [entry.what for entry in prepared.report.entries]


def test_a_table_becomes_records_in_one_change(station: Station) -> None:
    admin = with_form(station)
    before = station.wiki.store.tip()
    prepared, revision = take(station, admin, sheet(HALL, BARN))
    rows, total = station.door.records(admin, RecordQuery("lieu"))

    assert whats(prepared) == [CREATED, CREATED] and total == 2
    assert [row.title for row in rows] == ["Grange du haut", "Salle des fêtes"]
    assert rows[1].values["uses"] == ["dance", "meet"] and rows[1].point is not None
    assert [one.revision for one in station.wiki.store.log(before, revision)] == [revision]


def test_private_answers_never_reach_git(station: Station) -> None:
    admin = with_form(station)
    take(station, admin, sheet(HALL))
    row = station.door.records(admin, RecordQuery("lieu"))[0][0]
    text = station.door.text(admin, row.path)[1]
    with station.truth.connect() as connection:
        kept = private.load(connection, [row.id])[row.id]

    assert "nadia@example.org" not in text and "chez Nadia" not in text
    assert kept == {"key": "chez Nadia", "contact": "nadia@example.org"}


def test_importing_again_changes_nothing(station: Station) -> None:
    admin = with_form(station)
    take(station, admin, sheet(HALL, BARN))
    tip = station.wiki.store.tip()
    again, revision = take(station, admin, sheet(HALL, BARN))

    assert whats(again) == [UNCHANGED, UNCHANGED] and not revision
    assert station.wiki.store.tip() == tip


def test_a_key_updates_instead_of_doubling(station: Station) -> None:
    admin = with_form(station)
    take(station, admin, sheet(HALL, BARN))
    bigger = ("Salle des fêtes", *HALL[1:2], "3", *HALL[3:])
    prepared, _ = take(station, admin, sheet(bigger), key="Nom")
    rows, total = station.door.records(admin, RecordQuery("lieu"))

    assert whats(prepared) == [CHANGED] and total == 2
    assert rows[1].values["rooms"] == "3"


def test_a_column_that_is_not_there_leaves_the_answer(station: Station) -> None:
    admin = with_form(station)
    take(station, admin, sheet(HALL))
    take(station, admin, sheet(("Salle des fêtes", "5"), header=("Nom", "Salles")), key="title")
    row = station.door.records(admin, RecordQuery("lieu"))[0][0]
    with station.truth.connect() as connection:
        kept = private.load(connection, [row.id])[row.id]

    assert row.values["rooms"] == "5" and row.values["kind"] == "hall"
    assert kept["contact"] == "nadia@example.org"
    assert "poêle" in station.door.text(admin, row.path)[1]


def test_an_empty_cell_takes_the_answer_away(station: Station) -> None:
    admin = with_form(station)
    take(station, admin, sheet(HALL))
    take(station, admin, sheet(("Salle des fêtes", "", ""), header=("Nom", "Salles", "Contact")), key="title")
    row = station.door.records(admin, RecordQuery("lieu"))[0][0]
    with station.truth.connect() as connection:
        kept = private.load(connection, [row.id])[row.id]

    assert "rooms" not in row.values and kept == {"key": "chez Nadia"}


def test_a_line_that_is_wrong_is_refused_with_its_number_and_the_others_come_in(station: Station) -> None:
    admin = with_form(station)
    wrong = ("Four à pain", "", "beaucoup", "Château", *[""] * 7)
    prepared, _ = take(station, admin, sheet(wrong, HALL))
    refused = prepared.report.refused

    assert whats(prepared) == [REFUSED, CREATED]
    assert [(entry.line, [label for label, _ in entry.errors]) for entry in refused] == [(2, ["Salles", "Genre"])]


def test_a_required_answer_that_is_missing_refuses_the_line(station: Station) -> None:
    admin = with_form(station)
    prepared, _ = take(station, admin, sheet(("", "Sans nom", *[""] * 9)))

    assert [label for label, _ in prepared.report.refused[0].errors] == ["Nom"]


def test_two_lines_of_one_name_get_two_pages(station: Station) -> None:
    admin = with_form(station)
    other = ("Salle des fêtes", "Une autre", *[""] * 9)
    prepared, _ = take(station, admin, sheet(HALL, other))
    paths = [entry.path for entry in prepared.report.entries]

    assert paths == ["annuaire/lieu/s/salle-des-fetes", "annuaire/lieu/s/salle-des-fetes-2"]
    assert station.door.records(admin, RecordQuery("lieu"))[1] == 2


def test_two_lines_that_mean_one_record_are_not_both_taken(station: Station) -> None:
    admin = with_form(station)
    take(station, admin, sheet(HALL))
    prepared, _ = take(station, admin, sheet(("Salle des fêtes", "4"), ("salle des fêtes", "5"), header=("Nom", "Salles")),
                       key="Nom")  # fmt: skip

    assert whats(prepared) == [CHANGED, REFUSED]


def test_a_record_that_changed_meanwhile_stops_the_import_and_nothing_of_it_is_there(station: Station) -> None:
    admin = with_form(station)
    take(station, admin, sheet(HALL))
    form = station.door.form(admin, "lieu")
    table = sheet(("Salle des fêtes", "4"), ("Moulin", "1"), header=("Nom", "Salles"))
    prepared = taking_in.prepare(station, admin, form, table, TODAY, "Nom")
    take(station, admin, sheet(("Salle des fêtes", "9"), header=("Nom", "Salles")), key="Nom")
    with pytest.raises(Conflict):
        taking_in.carry_out(station, admin, prepared, admin.pseudonym or "", "Import")
    rows, total = station.door.records(admin, RecordQuery("lieu"))

    assert total == 1 and rows[0].values["rooms"] == "9"


def test_only_who_looks_after_the_records_imports(station: Station) -> None:
    admin = with_form(station)
    form = station.door.form(admin, "lieu")
    member = signed_in("Idris", "m-bbbbbbbb", is_admin=False)
    for viewer in (ANONYMOUS, member):
        with pytest.raises(Refused):
            taking_in.prepare(station, viewer, form, sheet(HALL), TODAY)


def test_unknown_columns_are_named_and_left_out(station: Station) -> None:
    admin = with_form(station)
    prepared, _ = take(station, admin, sheet((*HALL, "x"), header=(*HEADER, "Surface")))

    assert prepared.report.unknown == ["Surface"] and whats(prepared) == [CREATED]


def test_a_column_called_name_is_the_title_whatever_the_form_calls_it() -> None:
    form = parse("lieu", FORM.replace("{fr: Nom, en: Name}", "{fr: Appellation, en: Title of the site}"))

    assert [column and column.name for column in match(form, ["Nom", "Salles"])] == ["title", "rooms"]
    assert [column and column.name for column in match(form, ["Nom", "Appellation"])] == [None, "title"]


def test_a_table_without_a_known_column_is_refused(station: Station) -> None:
    admin = with_form(station)
    with pytest.raises(Invalid):
        take(station, admin, sheet(("x",), header=("Surface",)))


def test_markup_in_a_cell_cannot_reach_the_keys_of_the_page(station: Station) -> None:
    admin = with_form(station)
    evil = ("X\n---\naudience: public", "a\n---\neditors: all\n", *[""] * 8, "---\naudience: admins\n---\n<script>")
    prepared, _ = take(station, admin, sheet(evil))
    row = station.door.records(admin, RecordQuery("lieu"))[0][0]

    assert whats(prepared) == [CREATED] and row.audience == "public"
    assert row.title == "X --- audience: public"
