"""Changes of a form in the builder: each gives a form that holds together."""

from dataclasses import replace

import pytest

from app.errors import Invalid
from app.forms import shaping
from app.forms.form import Condition, Field, Form
from app.forms.reading import parse
from app.forms.writing import write
from tests.forms.examples import covoiturage


def _names(form: Form) -> list[str]:
    return [field.name for field in form.fields]


def test_a_field_is_added_last() -> None:
    form = shaping.add(covoiturage(), Field("note", "long_text", {"fr": "Note"}))

    assert _names(form)[-1] == "note"
    assert parse("covoiturage", write(form)) == form


@pytest.mark.parametrize(
    "field",
    [
        Field("depart", "text", {}),
        Field("id", "text", {}),
        Field("A", "text", {}),
        Field("x", "y", {}),
        Field("x", "text", {}, condition=Condition("y")),
        Field("x", "text", {}, readers="members", is_facet=True),
    ],
)
def test_a_field_that_does_not_fit_is_refused(field: Field) -> None:
    with pytest.raises(Invalid):
        shaping.add(covoiturage(), field)


def test_a_form_has_an_end() -> None:
    form = replace(
        covoiturage(), fields=(*covoiturage().fields, *(Field(f"x{number}", "text", {}) for number in range(53)))
    )

    with pytest.raises(Invalid, match="at most 60 questions"):
        shaping.add(form, Field("y", "text", {}))


@pytest.mark.parametrize(
    ("name", "step", "names"),
    [
        ("arrivee", -1, "arrivee depart"),
        ("depart", 1, "arrivee depart"),
        ("depart", -1, "depart arrivee"),
        ("arrivee", -5, "arrivee depart"),
    ],
)
def test_a_field_moves_up_and_down(name: str, step: int, names: str) -> None:
    assert _names(shaping.move(covoiturage(), name, step))[:2] == names.split()
    assert _names(shaping.move(covoiturage(), "mail", 1)) == _names(covoiturage())


def test_a_field_that_goes_takes_the_conditions_on_it_along() -> None:
    form = shaping.remove(covoiturage(), "phase")

    assert form.find("phase") is None
    assert form.find("needs").condition is None


def test_a_field_that_the_title_is_made_of_cannot_go() -> None:
    with pytest.raises(Invalid, match="names “depart”"):
        shaping.remove(covoiturage(), "depart")


def test_a_field_is_changed_in_its_place() -> None:
    field = replace(covoiturage().find("arrivee"), label={"fr": "Vers"})
    form = shaping.change_field(covoiturage(), field)

    assert _names(form) == _names(covoiturage())
    assert form.find("arrivee").label == {"fr": "Vers"}


def test_a_field_that_the_title_is_made_of_cannot_become_private() -> None:
    with pytest.raises(Invalid, match="cannot stand in the title"):
        shaping.change_field(covoiturage(), replace(covoiturage().find("depart"), readers="members"))


@pytest.mark.parametrize(
    "change",
    [
        lambda form: shaping.remove(form, "gone"),
        lambda form: shaping.move(form, "gone", 1),
        lambda form: shaping.change_field(form, Field("gone", "text", {})),
    ],
)
def test_a_field_that_is_gone_is_said_to_be(change) -> None:
    with pytest.raises(Invalid, match="no question named “gone” any more"):
        change(covoiturage())
