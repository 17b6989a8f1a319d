"""Files as they come: any encoding and separator; what is broken or far too large is refused with the cure."""

import io
import json
import zipfile

import openpyxl
import pytest

from app.errors import GareError, Invalid, TooLarge
from app.forms.reading import parse
from app.records.exchange import csv_in, sheet
from app.records.exchange.csv_in import read_csv
from app.records.exchange.geo_in import read_geojson, read_gogocarto
from app.records.exchange.xlsx import read_xlsx
from tests.records.tables import FORM

LINES = [["Nom", "Commune"], ["Épicerie d’été", "Aubrives"], ["Four", "Là-bas"]]
TERRITORY = (44.0, 4.0, 45.0, 5.0)
PLACES = parse("lieu", FORM)


def cells(content: bytes) -> list[list[str]]:
    table = read_csv(content)
    return [list(table.header), *(list(row.cells) for row in table.rows)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_encoding_and_the_separator_are_recognised(encoding: str, separator: str) -> None:
    text = "\r\n".join(separator.join(line) for line in LINES)

    assert cells(text.encode(encoding)) == LINES


def test_a_comma_in_quotes_does_not_make_the_separator() -> None:
    assert cells(b'Nom;Texte\nA;"a, b, c, d"\nB;"e, f, g"\n') == [
        ["Nom", "Texte"],
        ["A", "a, b, c, d"],
        ["B", "e, f, g"],
    ]


def test_lines_of_other_encodings_are_read_and_said() -> None:
    table = read_csv("Nom\nÉté\n".encode() + "Forêt\n".encode("cp1252"))

    assert [row.cells for row in table.rows] == [["Été"], ["Forêt"]]
    assert [msgid for msgid, _ in table.notes] == [csv_in.MIXED]


def test_nul_signs_are_left_out_and_said() -> None:
    table = read_csv(b"Nom;Lieu\nFo\0ur;la\n")

    assert table.rows[0].cells == ["Four", "la"] and table.notes[0][0] == csv_in.NULS


def test_the_number_of_a_line_is_that_of_the_file_whatever_stands_in_quotes() -> None:
    table = read_csv(b'Nom;Texte\nA;"un\ndeux\ntrois"\n\nB;x\n')

    assert [row.line for row in table.rows] == [2, 6]


def test_a_quote_that_never_ends_is_refused_or_read_and_never_hangs() -> None:
    endless = b'Nom;Texte\nA;"' + b"x" * 100_000
    with pytest.raises(Invalid, match="quotes"):
        read_csv(endless)
    assert cells(b'Nom;Texte\nA;b"c\n')[1] == ["A", 'b"c']


def test_a_table_that_is_too_wide_is_refused() -> None:
    with pytest.raises(TooLarge, match="200"):
        read_csv(";".join(["a"] * 201).encode())


def test_a_million_rows_are_refused() -> None:
    with pytest.raises(TooLarge, match="100000"):
        read_csv(b"Nom\n" + b"x\n" * 1_000_000)


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge):
        read_csv(b"\n" * (sheet.MOST_BYTES + 1))


@pytest.mark.parametrize("content", [b"", b"\n\n", b";;\n;;"])
def test_an_empty_table_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match="empty"):
        read_csv(content)


def book(rows: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_spreadsheet_gives_days_numbers_and_words_as_people_type_them() -> None:
    import datetime

    table = read_xlsx(
        book(
            [
                ["Nom", "Depuis", "Salles", "Ouvert"],
                ["Four", datetime.datetime(2026, 3, 12), 2.0, True],
                [None],
                ["Moulin"],
            ]
        )
    )

    assert [(row.line, list(row.cells)) for row in table.rows] == [
        (2, ["Four", "2026-03-12", "2", "yes"]),
        (4, ["Moulin"]),
    ]


def test_a_formula_is_read_as_what_it_last_gave() -> None:
    table = read_xlsx(book([["Nom"], ["=1+1"]]))

    assert table.rows == []  # nobody has worked it out


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 400_000_000)
    with pytest.raises(TooLarge):
        read_xlsx(stream.getvalue())


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "&a;"}{"&a" + str(n - 1) + ";" if n else "&a;"}">'
        for n in range(30)
    )
    + "]><workbook>&a29;</workbook>"
)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Nom;Lieu\n", b"\xd0\xcf\x11\xe0" + b"x" * 500])
def test_what_is_no_spreadsheet_is_refused_with_the_cure(content: bytes) -> None:
    with pytest.raises(Invalid, match="XLSX"):
        read_xlsx(content)


def test_entities_of_xml_are_not_unfolded() -> None:
    stream, bomb = io.BytesIO(), io.BytesIO(book([["Nom"], ["x"]]))
    with zipfile.ZipFile(bomb) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, ENTITIES if one == "xl/workbook.xml" else old.read(one))
    with pytest.raises(GareError):
        read_xlsx(stream.getvalue())


def features(*geometries: object) -> bytes:
    found = [
        {"type": "Feature", "geometry": one, "properties": {"Nom": f"Lieu {n}"}} for n, one in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", "features": found}).encode()


def positions(content: bytes) -> list[list[str]]:
    table = read_geojson(content, PLACES, TERRITORY)
    at = [list(table.header).index(f"where.{part}") for part in ("lat", "lon")]
    return [[row.cells[one] for one in at] for row in table.rows]


def test_positions_that_are_none_leave_the_place_empty() -> None:
    content = features(None, {"type": "Point", "coordinates": [float("nan"), 44.5]}, {"type": "Point", "coordinates": "x"},
                       {"type": "Point", "coordinates": [1e309, 2]}, {"type": "Point", "coordinates": [4.5, 944.5]})  # fmt: skip

    assert positions(content) == [["", ""]] * 5


def test_north_and_east_that_are_swapped_are_turned_round_and_said() -> None:
    content = features({"type": "Point", "coordinates": [44.5, 4.5]}, {"type": "Point", "coordinates": [4.5, 44.5]})
    table = read_geojson(content, PLACES, TERRITORY)

    assert positions(content) == [["44.5", "4.5"], ["44.5", "4.5"]]
    assert [values for _, values in table.notes] == [{"count": 1}]


def test_a_field_gives_its_middle() -> None:
    square = {"type": "Polygon", "coordinates": [[[4, 44], [5, 44], [5, 45], [4, 45], [4, 44]]]}

    assert positions(features(square)) == [["44.5", "4.5"]]


def test_a_geometry_without_end_is_no_position() -> None:
    deep: object = [4.5, 44.5]
    for _ in range(50):
        deep = [deep]

    assert positions(features({"type": "Polygon", "coordinates": deep})) == [["", ""]]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"features": {}}', b"[" * 100_000, b"\xff\xfe\x00"])
def test_what_is_no_geojson_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        read_geojson(content, PLACES, TERRITORY)


def test_elements_of_gogocarto_bring_name_address_and_position() -> None:
    element = {"name": "Four", "geo": {"latitude": 44.5, "longitude": 4.5}, "address": {"addressLocality": "Aubrives"}}
    table = read_gogocarto(json.dumps({"data": [element, 7, {"name": None}]}).encode(), PLACES)
    first = dict(zip(table.header, table.rows[0].cells, strict=True))

    assert first == {"title": "Four", "where.commune": "Aubrives", "where.lat": "44.5", "where.lon": "4.5"}


def test_a_position_of_hundreds_of_digits_is_none() -> None:
    geometry = {"type": "Point", "coordinates": [int("9" * 400), 4]}
    content = json.dumps({"features": [{"geometry": geometry, "properties": {"title": "Four"}}]}).encode()

    assert read_geojson(content, PLACES).rows[0].cells == ["Four", "", ""]


def test_a_file_of_too_many_cells_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_CELLS", 20)
    with pytest.raises(TooLarge, match="cells"):
        read_csv(b"a;b;c;d;e\n" * 5)
    with pytest.raises(TooLarge, match="cells"):
        read_geojson(b'{"features": [' + b"{}," * 30 + b"{}]}", PLACES)
