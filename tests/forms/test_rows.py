"""A table in a record: rows of short answers under the columns that the form names."""

import pytest

from app.errors import Invalid
from app.forms.reading import parse
from app.forms.types import TYPES
from app.forms.types.rows import columns_of, list_rows, say_beside
from app.forms.writing import write
from app.wiki.yaml_text import Value

ROWS = TYPES["rows"]
FORM = """\
title: Réunion
fields:
  - name: title
  - name: points
    type: rows
    columns:
      - {name: what, label: {fr: Sujet, en: Subject}}
      - {name: minutes, type: number}
      - {name: day, type: date}
      - {name: aim, type: choice, choices: {info: {fr: Pour information, en: To tell}, decision: {fr: Décider, en: Decide}}}
"""
IT = parse("it", FORM).fields[1]


def test_rows_are_read_by_their_columns_and_get_names() -> None:
    value = ROWS.read(IT, {
        "id": ("", "b2", ""), "what": ("Le four", "Le lavoir", ""), "minutes": ("15", "", ""),
        "day": ("12/03/2026", "", ""), "aim": ("decision", "", ""),
    })  # fmt: skip
    first, second = list_rows(value or "")

    assert (first["what"], first["minutes"], first["day"], first["aim"]) == ("Le four", "15", "2026-03-12", "decision")
    assert (second, len(first["id"])) == ({"id": "b2", "what": "Le lavoir"}, 8)


def test_nothing_typed_is_no_value() -> None:
    assert ROWS.read(IT, {"id": ("", ""), "what": ("", " ")}) is None


@pytest.mark.parametrize(
    "typed", [{"minutes": ("many",)}, {"day": ("31/02/2026",)}, {"aim": ("dance",)}, {"what": ("x" * 501,)}]
)
def test_what_does_not_fit_its_column_is_refused(typed: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(Invalid):
        ROWS.read(IT, {"what": ("Le four",), **typed})


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(Invalid):
        ROWS.read(IT, {"what": tuple(str(number) for number in range(101))})


def test_it_is_typed_again_said_and_written_into_a_cell() -> None:
    value: Value = [
        {"id": "a1", "what": "Le four", "aim": "decision", "day": "2026-03-12"},
        {"id": "b2", "what": "Lavoir"},
    ]

    assert ROWS.read(IT, ROWS.type_again(IT, value)) == value
    assert ROWS.read_cell(IT, ROWS.cell(IT, value)) == value
    assert ROWS.plain(IT, value, "fr") == "Le four, 12 mars 2026, Décider; Lavoir"


def test_columns_of_other_names_are_left_out() -> None:
    assert ROWS.check(IT, [{"what": "Le four", "who": "Nadia"}]) == [{"what": "Le four"}]


def test_a_form_with_a_table_is_written_as_it_was_read() -> None:
    assert parse("it", write(parse("it", FORM))) == parse("it", FORM)


@pytest.mark.parametrize("columns", [
    "[]", "what", "[{name: id}]", "[{name: Two words}]", "[{name: a}, {name: a}]", "[{name: a, type: choice}]",
    "[{name: a, type: place}]",
])  # fmt: skip
def test_a_table_without_good_columns_is_refused(columns: str) -> None:
    with pytest.raises(Invalid):
        parse("it", f"title: It\nfields:\n  - name: title\n  - {{name: points, type: rows, columns: {columns}}}\n")


def test_at_most_eight_columns_are_shown() -> None:
    assert [one.kind for one in columns_of(IT)] == ["text", "number", "date", "choice"]


def test_beside_the_first_column_a_day_and_a_number_say_what_they_are() -> None:
    text = FORM.replace("{name: minutes, type: number}", "{name: minutes, type: number, label: {fr: Minutes}}").replace(
        "{name: day, type: date}", "{name: day, type: date, label: {fr: Pour le}}"
    )
    _, minutes, day, aim = columns_of(parse("it", text).fields[1])
    row = {"minutes": "15", "day": "2026-03-12", "aim": "info"}

    assert [say_beside(one, row, "fr") for one in (minutes, day, aim)] == [
        "15 minutes", "pour le 12 mars 2026", "Pour information",
    ]  # fmt: skip
    assert [say_beside(one, {}, "fr") for one in (minutes, day, aim)] == ["", "", ""]
