"""Whom another service vouches for: one account for each, never that of somebody else."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from app.errors import Refused
from app.people import accounts, identities
from app.people.authors import author_for_name, find_by_name
from app.people.identities import Vouched
from app.people.tables import accounts as table
from app.people.tables import identities as services

ISSUER = "https://nuage.example.org"


def come(truth: Connection, subject: str, *, may_make: bool = True, **said: str) -> accounts.Account | None:
    return identities.recognise(truth, Vouched(said.pop("issuer", ISSUER), subject, **said), may_make=may_make)


def test_who_comes_again_is_the_same(truth: Connection) -> None:
    first, again = come(truth, "1", name="Zoé"), come(truth, "1", name="Zoé Été", email="zoe@example.org")

    assert first and again and first.id == again.id and again.name == "Zoé" and again.email is None


def test_the_same_word_of_two_services_means_two_people(truth: Connection) -> None:
    first, other = come(truth, "1", name="Zoé"), come(truth, "1", name="Ana", issuer="header")

    assert first and other and first.id != other.id


def test_an_account_with_the_address_is_found_however_it_is_written(truth: Connection) -> None:
    idris = accounts.add(truth, "Idris", is_admin=False, email="idris@example.org")
    found = come(truth, "1", email="Idris@EXAMPLE.org", may_make=False)

    assert found and found.id == idris.id


def test_two_services_may_vouch_for_one_account(truth: Connection) -> None:
    idris = accounts.add(truth, "Idris", is_admin=False, email="idris@example.org")
    found = [come(truth, "1", email="idris@example.org", issuer=issuer) for issuer in (ISSUER, "header")]

    assert [account and account.id for account in found] == [idris.id] * 2


def test_an_address_that_a_service_gives_to_another_person_opens_nothing_and_makes_nothing(truth: Connection) -> None:
    accounts.add(truth, "Idris", is_admin=False, email="idris@example.org")
    come(truth, "1", email="idris@example.org")

    assert come(truth, "2", name="Idris", email="idris@example.org") is None
    assert len(truth.execute(select(table)).all()) == 1


def test_a_name_that_somebody_typed_before_is_not_theirs(truth: Connection) -> None:
    typed = author_for_name(truth, "Zoé")
    made = come(truth, "1", name="Zoé")

    assert made and made.pseudonym != typed and set(find_by_name(truth, "Zoé")) == {typed, made.pseudonym}


@pytest.mark.parametrize("name", ["", "   ", "!!!", "x" * 500, "\u202eevil", "a\0b", "\n"])
def test_any_name_becomes_one_that_can_be_shown(truth: Connection, name: str) -> None:
    made = [come(truth, f"subject-{number}", name=name) for number in range(3)]
    shown = [account.name for account in made if account]

    assert len(set(shown)) == 3 and all(one.isprintable() and 0 < len(one) <= 60 for one in shown)


@pytest.mark.parametrize("email", ["nonsense", "a@b\r\nBcc: x@example.org", "a" * 300 + "@example.org", "\0@x"])
def test_an_address_that_is_none_is_left_out(truth: Connection, email: str) -> None:
    made = come(truth, "1", name="Zoé", email=email)

    assert made and made.email is None


def test_who_is_blocked_is_not_signed_in(truth: Connection) -> None:
    made = come(truth, "1", name="Zoé")
    assert made
    accounts.block(truth, made, is_blocked=True)

    assert come(truth, "1", name="Zoé") is None


def test_nobody_is_made_where_nobody_may_be(truth: Connection) -> None:
    assert come(truth, "1", name="Zoé", may_make=False) is None
    assert truth.execute(select(table)).all() == []


def test_an_account_has_one_identity_of_a_service(truth: Connection) -> None:
    made = come(truth, "1", name="Zoé")
    assert made
    row = {"account_id": made.id, "issuer": ISSUER, "subject": "2", "created_at": 1}

    with pytest.raises(IntegrityError), truth.begin_nested():
        truth.execute(insert(services), row)


def test_a_service_that_is_removed_signs_nobody_in_any_more(truth: Connection) -> None:
    idris = accounts.add(truth, "Idris", is_admin=False, email="idris@example.org")
    zoe = come(truth, "zoe", name="Zoé")
    come(truth, "1", email="idris@example.org")
    (own,) = identities.list_identities(truth, idris.id)

    assert zoe and own.issuer == ISSUER
    assert not identities.remove(truth, replace(zoe, has_password=True), own.id), "of somebody else"
    assert identities.remove(truth, idris, own.id) and identities.list_identities(truth, idris.id) == []
    assert come(truth, "1", may_make=False) is None


def test_the_only_way_in_is_not_removed(truth: Connection) -> None:
    zoe = come(truth, "1", name="Zoé")
    assert zoe
    (own,) = identities.list_identities(truth, zoe.id)

    with pytest.raises(Refused, match="First choose"):
        identities.remove(truth, zoe, own.id)
    assert identities.list_identities(truth, zoe.id) == [own]
