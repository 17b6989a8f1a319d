"""How one takes part, as a form asks it and others read it; spaces that something concerns."""

from datetime import date

import pytest
from hypothesis import given, settings

from app.errors import Invalid
from app.forms import signup
from app.forms.signup import Role, Signup
from app.forms.types import TYPES
from app.wiki.yaml_text import Value
from tests.forms.examples import VALUES, field, form_of

SIGNUP = TYPES["signup"]
IT = field("signup")


def test_what_is_typed_is_read_by_who_counts_places() -> None:
    value = SIGNUP.read(
        IT,
        {
            "open": ("yes",),
            "places": ("30",),
            "until": ("20/03/2026",),
            "roles": ("Cuisine : 3\nMontage\nVaisselle (2)",),
            "tools": ("Bêche\nGants",),
            "meal": ("yes",),
        },
    )
    assert value is not None

    assert signup.read(value) == Signup(
        is_open=True,
        places=30,
        until=date(2026, 3, 20),
        roles=(Role("cuisine", "Cuisine", 3), Role("montage", "Montage"), Role("vaisselle", "Vaisselle", 2)),
        tools=("Bêche", "Gants"),
        asks_meal=True,
    )


def test_it_is_typed_again_as_it_was() -> None:
    value = SIGNUP.read(IT, {"open": ("yes",), "roles": ("Max 3 h\nÉquipe (2",)})
    assert value is not None

    assert SIGNUP.read(IT, SIGNUP.type_again(IT, value)) == value


def test_a_small_number_after_a_task_is_how_many_do_it() -> None:
    value = SIGNUP.read(IT, {"open": ("yes",), "roles": ("Vaisselle 1\nFour 2000\nÉtage 0\nSalle 2:",)})
    found = signup.read(value or "")

    assert found is not None
    named = {"Vaisselle": 1, "Four 2000": None, "Étage 0": None, "Salle 2": None}
    assert {role.name: role.places for role in found.roles} == named
    assert SIGNUP.read(IT, SIGNUP.type_again(IT, value or "")) == value


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ({"places": "0"}, "places"),
        ({"places": "trente"}, "places"),
        ({"until": "bientôt"}, "until"),
        ({"roles": "Cuisine\ncuisine: 2"}, "roles"),
        ({"roles": "Cuisine: 0"}, "roles"),
        ({"tools": "!!!"}, "tools"),
        ({"tools": "\n".join(str(number) for number in range(60))}, "tools"),
    ],
)
def test_what_is_wrong_names_the_input_that_it_stands_in(typed: dict[str, str], part: str) -> None:
    with pytest.raises(Invalid) as raised:
        SIGNUP.read(IT, {"open": ("yes",), **{name: (said,) for name, said in typed.items()}})

    assert raised.value.values["part"] == part


def test_what_is_not_opened_is_kept_closed() -> None:
    assert SIGNUP.read(IT, {"places": ("12",)}) == {"open": "no", "places": "12"}
    assert SIGNUP.read(IT, {}) is None


@settings(max_examples=60, deadline=None)
@given(value=VALUES)
def test_whatever_a_page_says_it_is_read(value: Value) -> None:
    found = signup.read(value)

    assert found is None or isinstance(found, Signup)


def test_a_record_says_it_by_the_first_question_of_that_kind() -> None:
    form = form_of("name: a", "name: part, type: signup")

    assert signup.of_record(form, {"part": {"open": "yes"}}) == Signup()
    assert signup.of_record(form, {}) is None
    assert signup.of_record(form_of("name: a"), {"part": {"open": "yes"}}) is None


def test_a_space_is_a_folder_at_the_top() -> None:
    spaces, it = TYPES["spaces"], field("spaces")

    assert spaces.read(it, {"": ("jardins", "cuisine")}) == ["jardins", "cuisine"]
    for word in ("a/b", "_forms", "..", "mes jardins"):
        with pytest.raises(Invalid):
            spaces.read(it, {"": (word,)})
