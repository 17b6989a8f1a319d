"""What a page says as a record: nothing is refused, nothing lost, nothing shown that is private."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.forms import record
from app.forms.types.base import Key
from app.wiki.yaml_text import Value
from tests.forms.examples import VALUES, covoiturage, field

FRONT = {
    "id": "k7q2m9x4", "form": "covoiturage", "title": "x", "depart": " Vallon ", "phase": "Idée", "needs": "Du temps, gone",
    "place": {"commune": "Saint-Andéol", "lat": "44,4", "lon": "4,3"}, "phone": "+33475123456", "colour_of_old": "red",
}  # fmt: skip
NAMES = st.sampled_from([field.name for field in covoiturage().fields])


def test_values_are_brought_into_their_stored_form() -> None:
    assert record.values_of(covoiturage(), FRONT) == {
        "depart": "Vallon", "phase": "idea", "needs": "Du temps, gone",
        "place": {"commune": "Saint-Andéol", "lat": "44.4", "lon": "4.3"},
    }  # fmt: skip


def test_what_the_form_does_not_ask_is_a_stray() -> None:
    assert record.strays(covoiturage(), FRONT) == {"colour_of_old": "red"}


def test_private_answers_of_a_page_are_no_values_and_named_as_leaks() -> None:
    assert "phone" not in record.values_of(covoiturage(), FRONT)
    assert record.leaks(covoiturage(), FRONT) == ("phone",)
    assert record.leaks(covoiturage(), {"place.exact": {}, "depart": "x"}) == ("place.exact",)


def test_a_page_that_tells_more_of_a_place_than_it_says_shows_no_more() -> None:
    place: Value = {"address": "3 rue", "commune": "Vallon", "lat": "44.40533", "lon": "4.3949", "precision": "blurred"}

    assert record.values_of(covoiturage(), {"place": place})["place"] == {
        "commune": "Vallon",
        "lat": "44.41",
        "lon": "4.39",
        "precision": "blurred",
    }
    assert record.leaks(covoiturage(), {"place": place}) == ("place",)


def test_keys_are_those_of_the_public_fields() -> None:
    keys = record.keys_of(covoiturage(), {**record.values_of(covoiturage(), FRONT), "phone": "+33475123456"})

    assert [(field.name, key) for field, key in keys] == [
        ("depart", Key("Vallon")), ("phase", Key("idea")), ("needs", Key("Du temps")), ("needs", Key("gone")), ("place", Key("Saint-Andéol")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("type", "key", "label"),
    [
        ("choice", "running", "En cours"),
        ("choices", "slow", "Doucement"),
        ("yes_no", "yes", "Oui"),
        ("period", "18", "XVIIIe siècle"),
        ("period", "x", "x"),
        ("place", "Saint-Andéol", "Saint-Andéol"),
        ("date", "2026-03-12", "12 mars 2026"),
        ("tags", "eau potable", "eau potable"),
        ("number", "12.5", "12,5"),
    ],
)
def test_a_key_is_said_as_a_filter_shows_it(type: str, key: str, label: str) -> None:
    assert record.label_of_key(field(type), key, "fr") == label


def test_words_are_folded_each_once_and_never_private() -> None:
    values = {**record.values_of(covoiturage(), FRONT), "phone": "+33475123456", "mail": "nadia@exemple.org"}

    assert (
        record.words_of(covoiturage(), values, "L’Été, été à Vallon", "fr")
        == "vallon idee du temps gone saint andeol l ete a"
    )


def test_a_record_stands_on_the_map_by_its_first_place_with_a_position() -> None:
    assert record.point_of(covoiturage(), record.values_of(covoiturage(), FRONT)) == (44.4, 4.3)
    assert record.point_of(covoiturage(), {"place": {"commune": "Vallon"}}) is None
    assert record.point_of(covoiturage(), {}) is None


@settings(max_examples=30, deadline=None)
@given(front=st.dictionaries(NAMES, VALUES, max_size=5))
def test_a_page_may_say_anything(front: dict[str, Value]) -> None:
    form = covoiturage()
    values = record.values_of(form, front)

    assert record.values_of(form, values) == values
    assert all(key.text for _, key in record.keys_of(form, values))
    assert record.words_of(form, values, "", "fr").isprintable()
    assert record.point_of(form, values) is None or len(record.point_of(form, values)) == 2
