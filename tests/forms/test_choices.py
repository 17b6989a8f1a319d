"""Choices: held by key, found by label too, counted with those above them in a tree."""

import pytest

from app.errors import Invalid
from app.forms.types import TYPES
from app.forms.types.base import Key
from tests.forms.examples import field

ONE, SEVERAL = TYPES["choice"], TYPES["choices"]


@pytest.mark.parametrize("typed", ["idea", "Idée", "IDEE", " idea "])
def test_a_choice_is_found_by_key_or_label(typed: str) -> None:
    assert ONE.read(field("choice"), {"": [typed]}) == "idea"


def test_what_is_not_in_the_list_is_refused() -> None:
    with pytest.raises(Invalid, match="“gone” is not one of the answers"):
        ONE.read(field("choice"), {"": ["gone"]})
    with pytest.raises(Invalid, match="“gone” is not one of the answers"):
        SEVERAL.read(field("choices"), {"": ["idea", "gone"]})


def test_a_choice_that_is_gone_is_shown_by_its_key() -> None:
    assert ONE.plain(field("choice"), "gone", "fr") == "gone"
    assert SEVERAL.plain(field("choices"), ["idea", "gone"], "fr") == "Idée, gone"
    assert ONE.keys(field("choice"), "gone") == (Key("gone"),)


def test_a_choice_of_a_tree_counts_for_those_above_it() -> None:
    assert ONE.keys(field("choice"), "fast") == (Key("fast"), Key("running"))
    assert SEVERAL.keys(field("choices"), ["fast", "slow"]) == (Key("fast"), Key("running"), Key("slow"))


def test_several_choices_stand_in_one_cell() -> None:
    assert SEVERAL.cell(field("choices"), ["idea", "fast"]) == "idea, fast"
    assert SEVERAL.read_cell(field("choices"), "Vite; Idée") == ["fast", "idea"]


def test_choices_from_other_records_are_identities() -> None:
    of_people = field("choice", choices=(), options={"form": "person"})

    assert ONE.read(of_people, {"": ["k7q2m9x4"]}) == "k7q2m9x4"
    with pytest.raises(Invalid, match="names no record"):
        ONE.read(of_people, {"": ["../x"]})


def test_records_are_a_list_of_identities_in_their_order() -> None:
    records = TYPES["records"]

    assert records.read(field("records"), {"": ["k7q2m9x4", "abcd2345", "k7q2m9x4"]}) == ["k7q2m9x4", "abcd2345"]
    assert records.keys(field("records"), ["abcd2345"]) == (Key("abcd2345"),)
    with pytest.raises(Invalid, match="names no record"):
        records.read(field("records"), {"": ["K7Q2"]})


def test_two_fields_with_other_choices_do_not_mix() -> None:
    for number in range(1200):
        other = field("choice", choices=(*field("choice").choices[:1],))
        assert ONE.read(other, {"": ["idea"]}) == "idea", number

    assert ONE.plain(field("choice"), "fast", "fr") == "Vite"
