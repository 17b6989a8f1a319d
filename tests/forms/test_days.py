"""Days and ranges of days: read as people, browsers and spreadsheets write them."""

import pytest

from app.errors import Invalid
from app.forms.types import TYPES
from app.forms.types.base import Key
from tests.forms.examples import field

DAY, RANGE = TYPES["date"], TYPES["date_range"]


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-12",
        "12/03/2026",
        "12.3.2026",
        "12 mars 2026",
        "jeudi 12 mars 2026",
        "12 March 2026",
        "March 12, 2026",
        "2026-03-12T20:00",
    ],
)
def test_a_day_is_read_as_it_is_written(typed: str) -> None:
    assert DAY.read(field("date"), {"": [typed]}) == "2026-03-12"


@pytest.mark.parametrize(
    "typed",
    ["2026-02-30", "31/04/2026", "12 brumaire 2026", "0000-01-01", "12/03", "tomorrow", "9999999-1-1", "03/13/2026"],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="This is no date"):
        DAY.read(field("date"), {"": [typed]})


def test_a_day_is_said_in_words_and_sorted_by_its_number() -> None:
    assert DAY.plain(field("date"), "2026-03-12", "fr") == "12 mars 2026"
    assert DAY.plain(field("date"), "2026-03-12", "en") == "12 March 2026"
    assert DAY.plain(field("date"), "one day", "fr") == "one day"
    assert DAY.keys(field("date"), "0001-01-02") == (Key("0001-01-02", 2),)


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        ({"start": "2026-03-12", "end": "2026-03-14"}, "du 12 au 14 mars 2026", "12 to 14 March 2026"),
        ({"start": "2026-03-30", "end": "2026-04-02"}, "du 30 mars au 2 avril 2026", "30 March to 2 April 2026"),
        (
            {"start": "2025-12-30", "end": "2026-01-02"},
            "du 30 décembre 2025 au 2 janvier 2026",
            "30 December 2025 to 2 January 2026",
        ),
        ({"start": "2026-03-12", "end": "2026-03-12"}, "12 mars 2026", "12 March 2026"),
        ({"start": "2026-03-12"}, "à partir du 12 mars 2026", "from 12 March 2026"),
        ({"end": "2026-03-12"}, "jusqu’au 12 mars 2026", "until 12 March 2026"),
    ],
)
def test_a_range_is_said_in_words(value: dict[str, str], french: str, english: str) -> None:
    assert RANGE.plain(field("date_range"), value, "fr") == french
    assert RANGE.plain(field("date_range"), value, "en") == english


def test_a_range_cannot_end_before_it_begins() -> None:
    with pytest.raises(Invalid, match="The end is before the beginning"):
        RANGE.read(field("date_range"), {"start": ["2026-03-12"], "end": ["2026-03-11"]})


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2026-03-12/2026-03-14", {"start": "2026-03-12", "end": "2026-03-14"}),
        ("2026-03-12/..", {"start": "2026-03-12"}),
        ("../2026-03-12", {"end": "2026-03-12"}),
        ("12/03/2026", {"start": "2026-03-12", "end": "2026-03-12"}),
    ],
)
def test_a_range_is_one_cell(cell: str, value: dict[str, str]) -> None:
    assert RANGE.read_cell(field("date_range"), cell) == value
