"""Passwords: optional, hashed slowly, refused after ten tries, as much work where nobody has the address."""

import pytest
from sqlalchemy import Connection, select

from app.errors import Invalid, TooMany
from app.people import accounts, passwords, tables
from app.people.accounts import Account
from app.station import Station

EMAIL, RIGHT = "nadia@example.org", "quatre mots bien connus"


@pytest.fixture
def nadia(truth: Connection) -> Account:
    account = accounts.add(truth, "Nadia", is_admin=False, email=EMAIL)
    passwords.set_password(truth, account.id, RIGHT)
    return accounts.get(truth, account.id)


def test_address_and_password_find_the_account(truth: Connection, nadia: Account) -> None:
    assert passwords.check(truth, EMAIL.upper(), RIGHT) == nadia


@pytest.mark.parametrize("typed", ["", RIGHT + " ", RIGHT.upper(), "\0", "x" * 10_000])
def test_another_password_finds_nobody(truth: Connection, nadia: Account, typed: str) -> None:
    assert passwords.check(truth, EMAIL, typed) is None


def test_who_has_no_password_cannot_sign_in_with_one(truth: Connection, nadia: Account) -> None:
    passwords.remove_password(truth, nadia.id)

    assert [passwords.check(truth, EMAIL, typed) for typed in ("", RIGHT)] == [None, None]


def test_who_was_shut_out_cannot_sign_in_with_it(truth: Connection, nadia: Account) -> None:
    accounts.add(truth, "Idris", is_admin=True)
    accounts.block(truth, nadia, is_blocked=True)

    assert passwords.check(truth, EMAIL, RIGHT) is None


def test_the_database_holds_argon2(truth: Connection, nadia: Account) -> None:
    kept = truth.execute(select(tables.accounts.c.password)).scalar_one()

    assert kept.startswith("$argon2id$") and RIGHT not in kept


@pytest.mark.parametrize("typed", ["", "neuf.....", "x" * 201])
def test_a_password_has_ten_letters_at_least_and_no_other_rule(truth: Connection, nadia: Account, typed: str) -> None:
    with pytest.raises(Invalid, match="10 to 200"):
        passwords.set_password(truth, nadia.id, typed)
    passwords.set_password(truth, nadia.id, "aaaaaaaaaa")


def test_one_address_may_be_tried_ten_times_an_hour_whoever_tries(truth: Connection) -> None:
    for number in range(10):
        passwords.count_try(truth, EMAIL, f"192.0.2.{number}")

    with pytest.raises(TooMany):
        passwords.count_try(truth, EMAIL.upper(), "198.51.100.1")


def test_as_much_is_hashed_for_an_unknown_address_as_for_a_known_one(
    truth: Connection, nadia: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.add(truth, "Idris", is_admin=False, email="idris@example.org")
    verified: list[str] = []
    verify = passwords._verify
    monkeypatch.setattr(passwords, "_verify", lambda hashed, typed: (verified.append(hashed), verify(hashed, typed))[1])
    for email in (EMAIL, "idris@example.org", "nobody@example.org"):
        passwords.check(truth, email, "wrong")

    assert len(verified) == 3
    assert len({hashed.split("$")[3] for hashed in verified}) == 1, "the same memory, passes and lanes"


def test_a_password_is_looked_at_while_others_write(station: Station) -> None:
    with station.truth.begin() as connection:
        idris = accounts.add(connection, "Idris", is_admin=False, email="idris@example.org")
        passwords.set_password(connection, idris.id, RIGHT)
    with station.truth.begin(), station.truth.connect() as connection:
        found = passwords.check(connection, "idris@example.org", RIGHT)

    assert found
    assert found.id == idris.id
