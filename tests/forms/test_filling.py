"""Filling a form in: conditions, required answers, private fields, places, and what one may not see."""

from collections.abc import Callable

import pytest

from app.errors import Invalid
from app.forms.filling import Filled, check, defaults, fill, is_asked
from app.forms.form import Field, Values
from app.forms.types import Typed, type_of
from tests.forms.examples import covoiturage, form_of

ANSWERS = {"depart": {"": ["Vallon"]}, "arrivee": {"": ["Ruoms"]}}
PLACE = {"commune": ["Vallon"], "address": ["3 rue du Four"], "lat": ["44.40533"], "lon": ["4.394912"]}
BLURRED = {"commune": "Vallon", "lat": "44.41", "lon": "4.39", "precision": "blurred"}


def _typed(**answers: Typed) -> Callable[[Field], Typed]:
    return lambda field: {**ANSWERS, **answers}.get(field.name, {})


def _public_only(field: Field) -> bool:
    return not field.is_private


def _nothing(field: Field) -> Typed:
    return {}


def _said(filled: Filled) -> dict[str, str]:
    return {name: str(error) for name, error in filled.errors.items()}


def test_what_is_right_is_split_between_page_and_database() -> None:
    filled = fill(covoiturage(), _typed(phone={"": ["04 75 12 34 56"]}, mail={"": ["a@b.org"]}, phase={"": ["idea"]}))

    assert filled.is_right
    assert filled.values == {"depart": "Vallon", "arrivee": "Ruoms", "phase": "idea"}
    assert filled.private == {"phone": "+33475123456", "mail": "a@b.org"}


def test_a_required_answer_that_is_missing_is_named() -> None:
    filled = fill(covoiturage(), _nothing)

    assert _said(filled) == {"depart": "Answer this question.", "arrivee": "Answer this question."}


def test_what_cannot_be_read_is_named_and_the_rest_is_kept() -> None:
    filled = fill(covoiturage(), _typed(phone={"": ["12"]}, phase={"": ["gone"]}, place={"lat": ["1"]}))

    assert list(filled.errors) == ["phase", "place", "phone"]
    assert filled.values == {"depart": "Vallon", "arrivee": "Ruoms"}


def test_a_question_that_is_not_asked_has_no_answer_and_no_fault() -> None:
    filled = fill(covoiturage(), _typed(phase={"": ["idea"]}, needs={"": ["gone"]}))

    assert filled.is_right and "needs" not in filled.values


def test_a_question_is_asked_when_its_condition_is_met() -> None:
    filled = fill(covoiturage(), _typed(phase={"": ["running"]}, needs={"": ["du-temps"]}))

    assert filled.values["needs"] == ["du-temps"]


def test_a_question_behind_one_that_is_not_asked_is_not_asked() -> None:
    form = form_of("name: a", "name: b, only_if: {field: a, is: x}", "name: c, only_if: b, required: yes")

    assert [
        is_asked(form, form.find("c"), values) for values in ({"a": "x", "b": "y"}, {"a": "z", "b": "y"}, {"a": "x"})
    ] == [True, False, False]
    assert check(form, {"a": "z"}).is_right


def test_a_condition_on_a_choice_holds_for_those_below_it() -> None:
    form = form_of(
        "name: a, type: choice, choices: [{key: up, choices: [down]}]", "name: b, only_if: {field: a, is: up}"
    )

    assert is_asked(form, form.find("b"), {"a": "down"})


def test_fields_that_one_may_not_see_stay_as_they_are() -> None:
    old = {"phone": "+33475123456", "mail": "a@b.org"}
    filled = fill(covoiturage(), _typed(phone={"": ["04 00 00 00 00"]}), may_see=_public_only, old=old)

    assert filled.private.keys() & {"phone", "mail"} == set()


def test_a_private_answer_that_was_emptied_is_to_be_removed() -> None:
    assert fill(covoiturage(), _typed(phone={"": [""]}), old={"phone": "+33475123456"}).private["phone"] is None


def test_a_place_that_is_blurred_leaves_the_exact_one_to_the_database() -> None:
    filled = fill(covoiturage(), _typed(place={**PLACE, "precision": ["blurred"]}))

    assert filled.values["place"] == BLURRED
    assert filled.private["place.exact"]["address"] == "3 rue du Four"


def test_who_sees_only_the_blurred_place_does_not_wipe_the_exact_one() -> None:
    again = type_of(covoiturage().find("place")).type_again(covoiturage().find("place"), BLURRED)
    filled = fill(covoiturage(), _typed(place=again), may_see=_public_only, old={"place": BLURRED})

    assert filled.values["place"] == BLURRED
    assert "place.exact" not in filled.private


def test_a_place_that_is_made_public_leaves_nothing_in_the_database() -> None:
    filled = fill(covoiturage(), _typed(place={**PLACE, "precision": ["exact"]}), old={"place": BLURRED})

    assert filled.private["place.exact"] is None
    assert filled.values["place"]["lat"] == "44.40533"


@pytest.mark.parametrize("old", ["gone", "Idea of old"])
def test_an_answer_that_was_not_touched_stays_even_if_it_fits_no_more(old: str) -> None:
    assert fill(covoiturage(), _typed(phase={"": [f" {old}"]}), old={"phase": old}).values["phase"] == old
    assert check(covoiturage(), {"depart": "a", "arrivee": "b", "phase": old}, old={"phase": old}).is_right


def test_values_from_a_file_are_checked_the_same_way() -> None:
    values: Values = {"depart": "Vallon", "arrivee": ["x"], "phase": "Idée", "phone": "04 75 12 34 56", "unknown": "x"}
    filled = check(covoiturage(), values)

    assert filled.values == {"depart": "Vallon", "phase": "idea"}
    assert filled.private["phone"] == "+33475123456"
    assert _said(filled) == {"arrivee": "This answer does not fit the question. Type it anew."}


def test_defaults_are_for_new_records_only() -> None:
    form = form_of(
        "name: a, default: x",
        "name: b, type: choices, choices: [p, q], default: [p, q]",
        "name: c, type: date, default: someday",
    )

    assert defaults(form) == {"a": "x", "b": ["p", "q"]}
    assert check(form, {}).values == {"a": "x", "b": ["p", "q"]}
    assert check(form, {}, old={"a": "y"}).values == {}
    assert fill(form, _nothing).values == {}


def test_all_answers_together_fit_into_a_page() -> None:
    form = form_of("name: a", *(f"name: t{number}, type: long_text" for number in range(5)))
    filled = check(form, {"a": "x"} | {f"t{number}": "é" * (9000 + number) for number in range(5)})

    assert _said(filled) == {"t4": "All answers together are too long. Shorten this one."}


def test_a_type_that_is_gone_reads_as_a_line_of_text() -> None:
    assert type_of(Field("a", "of the future", {})).check(Field("a", "of the future", {}), " x ") == "x"
    with pytest.raises(Invalid):
        type_of(Field("a", "of the future", {})).check(Field("a", "of the future", {}), {"x": "y"})
