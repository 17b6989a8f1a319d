"""A signed link names one account as it is: nobody who has its number later, and nothing once the address is another."""

import pytest
from sqlalchemy import Connection

from app.errors import GareError
from app.people import accounts, invitations, sessions, signin, tokens
from app.people.accounts import Account
from app.people.signed import find_signed, name_account
from tests.people.successor import replace


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
    admin = replace(truth, "Mallory", "Nouvelle", is_admin=True)

    assert admin.id == gone.id
    assert find_signed(truth, said(gone)) is None


def test_no_session_key_code_or_invitation_passes_to_who_gets_the_number(truth: Connection) -> None:
    gone = add(truth, "Mallory", "mallory@example.org")
    session = sessions.start(truth, gone.id, is_shared=False, device="")
    key = tokens.make(truth, gone.id, "mine", may_write=True)
    feed = tokens.make(truth, gone.id, "news", may_write=False, scope=tokens.FEED)
    link, asked = accounts.make_link(truth, gone.id), signin.ask(truth, "mallory@example.org", "192.0.2.1")
    invited = invitations.make(truth, gone.id, ceiling=2)
    replace(truth, "Mallory", "Nouvelle", is_admin=True)

    assert sessions.find(truth, session) is None
    assert tokens.find_bearer(truth, key) is None and tokens.find_feed_reader(truth, feed) is None
    assert accounts.use_link(truth, link) is None
    assert signin.use_code(truth, asked.ask, asked.code, "192.0.2.1") is None
    with pytest.raises(GareError):
        invitations.accept(truth, invited, "Zoé")


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
