"""Authors: git knows pseudonyms, the truth database their names."""

import re

import pytest
from sqlalchemy import Connection, delete

from app.errors import Invalid
from app.people import accounts, authors, tables
from app.people.viewer import ANONYMOUS, signed_in
from app.station import Station


def test_a_pseudonym_is_one_that_a_push_may_bear(truth: Connection) -> None:
    assert re.fullmatch(r"m-[a-z2-7]{8}", authors.author_for_name(truth, "Nadia"))


def test_the_same_typed_name_is_the_same_author(truth: Connection) -> None:
    assert authors.author_for_name(truth, "Nadia") == authors.author_for_name(truth, "  Nadia\t")


def test_other_names_are_other_authors(truth: Connection) -> None:
    assert len({authors.author_for_name(truth, name) for name in ("Nadia", "nadia", "Nadía", "Idris")}) == 4


def test_an_account_never_takes_over_what_was_signed_with_its_name(truth: Connection) -> None:
    typed = authors.author_for_name(truth, "Nadia")

    assert accounts.add(truth, "Nadia", is_admin=False).pseudonym != typed


def test_a_name_loses_what_cannot_be_seen() -> None:
    assert authors.clean_name(" Na\u200bdia\u202e \n Bel\0 Ha\x07dj ") == "Nadia Bel Hadj"


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "…", "-", "\0"])
def test_a_name_needs_a_letter(name: str) -> None:
    with pytest.raises(Invalid, match="Type your name"):
        authors.clean_name(name)


def test_a_name_has_a_length() -> None:
    assert authors.clean_name("é" * 60)
    with pytest.raises(Invalid, match="60"):
        authors.clean_name("é" * 61)


def test_names_are_found_without_case_and_accents(truth: Connection) -> None:
    pseudonym = authors.author_for_name(truth, "Élodie Œuvrard")

    assert authors.find_by_name(truth, "elodie oeuvrard") == (pseudonym,)
    assert authors.names_of(truth, [pseudonym, "m-unknown2"]) == {pseudonym: "Élodie Œuvrard"}


def test_an_erased_name_is_gone_everywhere(station: Station) -> None:
    with station.truth.begin() as connection:
        pseudonym = authors.author_for_name(connection, "Nadia")
    assert station.door.author_names([pseudonym]) == {pseudonym: "Nadia"}
    with station.truth.begin() as connection:
        connection.execute(delete(tables.authors).where(tables.authors.c.pseudonym == pseudonym))
    station.stamp.touch()

    assert station.door.author_names([pseudonym]) == {}


def test_the_door_signs_with_the_account_of_somebody_signed_in(station: Station) -> None:
    viewer = signed_in("Nadia", "m-nadiabcd", is_admin=False)

    assert station.door.author_of(viewer, "Somebody else") == "m-nadiabcd"
    assert station.door.author_of(ANONYMOUS, "Somebody else") != "m-nadiabcd"
