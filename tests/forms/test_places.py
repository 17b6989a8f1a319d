"""Places: an address, a position, and what of it everybody may know."""

import pytest

from app.errors import Invalid
from app.forms.places import exact_field, exact_name, keeps_exact, split_place
from app.forms.types import TYPES
from app.forms.types.places import position_of
from tests.forms.examples import field

PLACE, IT = TYPES["place"], field("place")
EXACT = {"address": "3 rue du Four", "postcode": "07150", "commune": "Vallon", "lat": "44.40533", "lon": "4.394912"}


def test_a_place_is_read_from_its_parts() -> None:
    typed = {
        "address": ["3 rue du Four"],
        "postcode": ["07150"],
        "commune": ["Vallon"],
        "lat": ["44,405330"],
        "lon": ["4.3949121"],
        "precision": ["exact"],
    }

    assert PLACE.read(IT, typed) == {**EXACT, "precision": "exact"}


def test_a_place_of_which_only_the_precision_is_said_is_none() -> None:
    assert PLACE.read(IT, {"precision": ["exact"], "lat": [""]}) is None


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"lat": "44"}, "A position needs both numbers"),
        ({"lat": "91", "lon": "4"}, "This is no position"),
        ({"lat": "44", "lon": "181"}, "This is no position"),
        ({"lat": "NaN", "lon": "4"}, "This is no position"),
        ({"lat": "1e1", "lon": "4"}, "This is no position"),
        ({"lat": "9" * 400, "lon": "4"}, "This is no position"),
        ({"commune": "x", "precision": "roughly"}, "how exactly the place is shown"),
        ({"postcode": "<b>"}, "This is no postcode"),
        ({"address": "x" * 301}, "at most 300 letters"),
    ],
)
def test_a_place_that_cannot_be_is_refused(parts: dict[str, str], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        PLACE.read(IT, {name: [text] for name, text in parts.items()})


def test_a_blurred_place_is_known_to_a_kilometre_and_without_its_street() -> None:
    public, exact = split_place(IT, {**EXACT, "precision": "blurred"})

    assert public == {"postcode": "07150", "commune": "Vallon", "lat": "44.41", "lon": "4.39", "precision": "blurred"}
    assert exact == {**EXACT, "precision": "blurred"}
    assert split_place(IT, public) == (public, None)


@pytest.mark.parametrize("precision", ["hidden", "commune"])
def test_a_place_that_is_hidden_or_of_the_commune_only_has_neither_street_nor_position(precision: str) -> None:
    public, exact = split_place(IT, {**EXACT, "precision": precision})

    assert public == {"postcode": "07150", "commune": "Vallon", "precision": precision}
    assert exact == {**EXACT, "precision": precision}
    assert split_place(IT, public) == (public, None)


def test_a_place_that_is_no_secret_is_not_split() -> None:
    assert split_place(IT, {**EXACT, "precision": "exact"}) == ({**EXACT, "precision": "exact"}, None)


def test_the_exact_place_is_a_field_that_few_read() -> None:
    assert (exact_name(IT), exact_field(IT).is_private, exact_field(IT).type) == ("it.exact", True, "place")


def test_sending_back_what_is_public_keeps_the_exact_place() -> None:
    public = split_place(IT, {**EXACT, "precision": "blurred"})[0]
    hidden, commune = (split_place(IT, {**EXACT, "precision": one})[0] for one in ("hidden", "commune"))

    assert keeps_exact(public, public, sees_exact=False)
    assert keeps_exact({**hidden, "commune": "Ruoms"}, hidden, sees_exact=False)
    assert keeps_exact({**commune, "postcode": "07120"}, commune, sees_exact=False)
    assert not keeps_exact({**public, "lat": "44.5"}, public, sees_exact=False)
    assert not keeps_exact({**public, "address": "4 rue"}, public, sees_exact=False)
    assert not keeps_exact({**EXACT, "precision": "blurred"}, public, sees_exact=True)
    assert not keeps_exact(None, public, sees_exact=False)


def test_a_place_is_said_as_on_an_envelope_and_counted_by_commune() -> None:
    assert PLACE.plain(IT, EXACT, "fr") == "3 rue du Four, 07150 Vallon"
    assert PLACE.plain(IT, {"lat": "44.4", "lon": "4.3"}, "fr") == "44.4, 4.3"
    assert [key.text for key in PLACE.keys(IT, EXACT)] == ["Vallon"]


def test_a_bare_position_is_one_readable_cell() -> None:
    assert PLACE.cell(IT, {"lat": "44.4", "lon": "4.3"}) == "44.4, 4.3"
    assert PLACE.read_cell(IT, "44.4 ; 4.3") == {"lat": "44.4", "lon": "4.3"}
    assert PLACE.read_cell(IT, "3 rue du Four") == {"address": "3 rue du Four"}


@pytest.mark.parametrize(
    "value",
    [
        "44",
        ["44", "4"],
        {},
        {"lat": "44"},
        {"lat": "x", "lon": "4"},
        {"lat": ["44"], "lon": "4"},
        {"lat": "NaN", "lon": "NaN"},
    ],
)
def test_a_place_without_a_position_is_on_no_map(value: object) -> None:
    assert position_of(value) is None
