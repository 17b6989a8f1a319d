"""What goes out comes in again unchanged: in every kind of table, with every type of field, for who may see all."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.catalog.record_rows import RecordQuery
from app.errors import NotFound
from app.people.viewer import ANONYMOUS, Viewer, signed_in
from app.records.exchange.csv_in import read_csv
from app.records.exchange.export import KINDS, export
from app.records.exchange.geo_in import read_geojson, read_gogocarto
from app.records.exchange.neutral import neutralise, undo
from app.records.exchange.report import CREATED, UNCHANGED
from app.records.exchange.sheet import Sheet
from app.records.exchange.vcard import escaped, fold
from app.records.exchange.xlsx import read_xlsx
from app.station import Station
from tests.records.tables import sheet, take, with_form

BASE = "https://example.org"
RICH = {
    "Nom": "=cmd|' /C calc'!A0", "Description": "-deux\n\n* lignes; \"citées\", avec\ttab", "Salles": "-2.5",
    "Ouvert": "oui", "Depuis": "12/03/2020", "Période – début": "2026-03-01", "Période – fin": "2026-04-01",
    "Construit": "vers 1850", "Genre": "Grange", "Usages": "Danse", "Mots": "bal, fête",
    "Site": "https://example.org/a?b=1&c=2", "Courriel": "nadia@example.org", "Téléphone": "04 75 00 00 00",
    "Lieu – adresse": "1, place de l’Église", "Lieu – code postal": "07150", "Lieu – commune": "Aubrives",
    "Lieu – latitude": "44.7123", "Lieu – longitude": "4.1234", "Lieu – précision": "blurred",
    "Quand": '{"start": "2026-03-25T08:00", "end": "2026-03-25T12:00", "rule": "FREQ=WEEKLY", "except": ["public"]}',
    "Inscriptions": '{"open": "yes", "roles": [{"name": "Cuisine", "places": 3}]}', "Espaces": "jardins, cuisine",
    "Heures": "Mo-Fr 09:00-12:00", "Photos": "a.jpg", "Clef": "+33 chez Nadia", "Contact": "idris@example.org",
    "texte libre": "# Titre\n\n'=un texte'",
}  # fmt: skip


def rich(station: Station) -> Viewer:
    admin = with_form(station)
    prepared, _ = take(station, admin, sheet(tuple(RICH.values()), HALL_AS_RICH, header=tuple(RICH)))
    assert [entry.what for entry in prepared.report.entries] == [CREATED, CREATED], prepared.report.refused
    return admin


HALL_AS_RICH = tuple({"Nom": "Salle", "Salles": "2"}.get(name, "") for name in RICH)


def out(station: Station, viewer: Viewer, kind: str, language: str = "fr") -> bytes:
    return export(station, viewer, RecordQuery("lieu"), kind, language, BASE)


def read(kind: str, content: bytes, station: Station, viewer: Viewer) -> Sheet:
    form = station.door.form(viewer, "lieu")
    readers = {"csv": read_csv, "xlsx": read_xlsx}
    if kind in readers:
        return readers[kind](content)
    return read_geojson(content, form) if kind == "geojson" else read_gogocarto(content, form)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson"])
def test_what_goes_out_and_comes_in_changes_nothing(station: Station, kind: str, language: str) -> None:
    admin = rich(station)
    tip = station.wiki.store.tip()
    again, revision = take(station, admin, read(kind, out(station, admin, kind, language), station, admin))

    assert [entry.what for entry in again.report.entries] == [UNCHANGED, UNCHANGED]
    assert not again.report.unknown and not revision and station.wiki.store.tip() == tip


def test_a_true_position_is_told_in_tables_to_who_may_see_it_and_nowhere_else(station: Station) -> None:
    admin = rich(station)
    member = signed_in("Idris", "m-bbbbbbbb", is_admin=False)

    assert b"44.7123" in out(station, admin, "csv") and b"44.7123" not in out(station, member, "csv")
    for kind in ("geojson", "gogocarto.json", "jsonld", "vcf", "json"):
        assert b"44.7123" not in out(station, admin, kind)
        assert b"glise" not in out(station, admin, kind)


def test_other_programs_read_when_it_takes_place(station: Station) -> None:
    things = json.loads(out(station, rich(station), "jsonld"))["@graph"]

    assert ("2026-03-25T08:00", "2026-03-25T12:00") in [(one.get("startDate"), one.get("endDate")) for one in things]


def test_addresses_and_private_answers_go_to_nobody_who_may_not_read_them(station: Station) -> None:
    rich(station)
    member = signed_in("Idris", "m-bbbbbbbb", is_admin=False)
    for kind in set(KINDS) - {"xlsx"}:
        public, inside = out(station, ANONYMOUS, kind), out(station, member, kind)

        assert b"@example.org" not in public and b"chez Nadia" not in public
        assert b"idris@example.org" not in inside and (b"chez Nadia" in inside) == (kind in {"csv", "json", "geojson",
                                                                                          "gogocarto.json", "jsonld"})  # fmt: skip


def test_no_cell_of_a_table_can_be_run(station: Station) -> None:
    admin = rich(station)
    text = out(station, admin, "csv").decode("utf-8-sig")

    assert "'=cmd|" in text and ";=cmd" not in text and "\n=cmd" not in text and "'+33 chez Nadia" in text


@given(st.text(max_size=40) | st.from_regex(r"'*[=+@\-\t\r]?.*", fullmatch=True))
def test_a_neutralised_cell_reads_back_as_it_was(cell: str) -> None:
    written = neutralise(cell)

    assert undo(written) == cell
    assert (
        not written
        or written[0] not in "=+-@\t\r"
        or written.replace(",", ".").lstrip("+-").replace(".", "").isdecimal()
    )


def test_other_programs_read_what_is_written(station: Station) -> None:
    admin = rich(station)
    features = json.loads(out(station, admin, "geojson"))["features"]
    elements = json.loads(out(station, admin, "gogocarto.json"))["data"]
    graph = json.loads(out(station, admin, "jsonld"))["@graph"]

    placed = next(one for one in features if one["geometry"])
    assert placed["geometry"]["coordinates"] == [4.12, 44.71]
    assert elements[0]["geo"] == {"latitude": 44.71, "longitude": 4.12} and elements[0]["sourceKey"] == "Essai"
    assert {one["@type"] for one in graph} == {"Place"} and all(one["@id"].startswith(BASE) for one in graph)


def test_a_card_holds_what_a_telephone_needs(station: Station) -> None:
    admin = rich(station)
    text = out(station, admin, "vcf").decode()

    assert text.count("BEGIN:VCARD\r\nVERSION:4.0") == 2 and "TEL;VALUE=uri:tel:+33475000000" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@given(st.text(max_size=200))
def test_nothing_in_a_card_can_end_its_line(text: str) -> None:
    line = fold(f"NOTE:{escaped(text)}")

    assert line.endswith(b"\r\n") and all(piece.startswith(b" ") for piece in line.split(b"\r\n")[1:-1])
    assert all(len(piece) <= 75 for piece in line.split(b"\r\n"))


def test_an_unknown_kind_names_those_that_there_are(station: Station) -> None:
    admin = with_form(station)
    with pytest.raises(NotFound, match="geojson"):
        out(station, admin, "pdf")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(about=st.text(max_size=60), body=st.text(max_size=60), name=st.text(min_size=1, max_size=30))
def test_any_text_survives_the_way_through_a_table(station: Station, about: str, body: str, name: str) -> None:
    if not station.door.all_forms(signed_in("x", "m-aaaaaaaa", is_admin=True)):
        with_form(station)
    admin = signed_in("Nadia", "m-aaaaaaaa", is_admin=True)
    take(station, admin, sheet((name, about, body), header=("Nom", "Description", "texte libre")))
    for kind in ("csv", "geojson"):
        again, revision = take(station, admin, read(kind, out(station, admin, kind), station, admin))

        assert {entry.what for entry in again.report.entries} <= {UNCHANGED} and not revision
