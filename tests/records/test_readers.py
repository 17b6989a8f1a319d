"""Who reads which private field: the audience that the form names, who made the record, administrators."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.catalog.record_rows import RecordRow
from app.forms.form import Field, Form
from app.people.viewer import ANONYMOUS, signed_in
from app.records import readers

NOW = datetime(2026, 3, 12, tzinfo=UTC)
ROW = RecordRow(
    "gens/n/nadine", "k7q2m9x4", "person", "Nadine", {}, "", None, "members", "", "m-maker", "", NOW, NOW, "", ""
)
FIELDS = tuple(
    Field(name, kind, {"": name}, readers=said)
    for name, kind, said in (
        ("open", "text", ""), ("phone", "phone", "members"), ("keys", "text", "group:caves"),
        ("note", "text", "admins"), ("strange", "text", "members, admins"), ("contact", "contact", ""),
        ("place", "place", ""), ("weather", "text", "spaces"),
    )
)  # fmt: skip
FORM = Form("person", {"": "Person"}, {"": "People"}, FIELDS)
EVERYTHING = {field.name: "x" for field in FIELDS if field.name != "open"} | {
    "place.exact": "x",
    "weather.readers": "members",
}
MEMBER = signed_in("Idris", "m-idris", is_admin=False)


def seen(viewer: object) -> set[str]:
    return set(readers.readable(viewer, FORM, ROW, EVERYTHING))  # type: ignore[arg-type]


def test_each_reads_what_the_form_says() -> None:
    assert seen(ANONYMOUS) == set()
    assert seen(MEMBER) == {"phone", "weather"}
    assert seen(replace(MEMBER, groups=("caves",))) == {"phone", "keys", "weather"}


def test_administrators_and_who_made_it_read_all() -> None:
    everything = set(EVERYTHING) - {"place", "weather.readers"}

    assert seen(signed_in("Nadia", "m-nadia", is_admin=True)) == everything
    assert seen(signed_in("Zoé", "m-maker", is_admin=False)) == everything


def test_who_looks_after_the_folder_reads_the_exact_place_and_not_the_rest() -> None:
    assert seen(replace(MEMBER, spaces=("gens/",))) == {"phone", "place.exact", "weather"}


def test_a_reader_without_a_name_is_nobodys_maker() -> None:
    assert not readers.is_own(ANONYMOUS, replace(ROW, creator="")) and not readers.is_own(
        replace(MEMBER, pseudonym=""), replace(ROW, creator="")
    )


@pytest.mark.parametrize(
    ("audience", "groups", "is_seen"),
    [
        ("group:jardins", ("jardins",), True),
        ("group:jardins", ("four",), False),
        ("group:four, group:jardins", ("four",), True),
        ("members", (), True),
        (None, ("jardins",), False),
    ],
)
def test_an_answer_for_the_spaces_is_read_by_those_to_whom_it_was_given(
    audience: str | None, groups: tuple[str, ...], is_seen: bool
) -> None:
    known = {"weather": "soleil"} | ({"weather.readers": audience} if audience else {})
    told = readers.readable(replace(MEMBER, groups=groups), FORM, ROW, known)

    assert set(told) == ({"weather"} if is_seen else set())
    assert readers.readable(ANONYMOUS, FORM, ROW, known) == {}
