"""A signed link names one account as it is: nobody who has its number later, and nothing once the address is another."""

import pytest
from sqlalchemy import Connection

from app.people import accounts
from app.people.accounts import Account
from app.people.erasing import erase
from app.people.signed import find_signed, name_account


def add(truth: Connection, name: str, email: str | None = None) -> Account:
    return accounts.add(truth, name, is_admin=False, email=email)


def said(account: Account) -> list[object]:
    """Give what a link says, as it comes back."""
    return list(name_account(account))


def test_a_link_finds_whom_it_names(truth: Connection) -> None:
    nadia = add(truth, "Nadia")

    assert find_signed(truth, said(nadia)) == nadia


def test_who_gets_the_number_of_somebody_erased_is_not_named(truth: Connection) -> None:
    gone = add(truth, "Mallory")
    erase(truth, gone)
    admin = accounts.add(truth, "Nouvelle", is_admin=True)

    assert admin.id == gone.id, "else this proves nothing"
    assert find_signed(truth, said(gone)) is None


def test_a_link_ends_with_the_address_and_with_being_shut_out(truth: Connection) -> None:
    nadia, paul = add(truth, "Nadia", "nadia@example.org"), add(truth, "Paul", "paul@example.org")
    before, others = said(nadia), said(paul)
    accounts.set_email(truth, nadia.id, "autre@example.org")
    accounts.block(truth, paul, is_blocked=True)

    assert find_signed(truth, before) is None
    assert find_signed(truth, others) is None


@pytest.mark.parametrize("strange", [None, [], [1], ["1", "x"], {"a": 1}, "1x", [True, ""]])
def test_other_things_name_nobody(truth: Connection, strange: object) -> None:
    add(truth, "Nadia")

    assert find_signed(truth, strange) is None
