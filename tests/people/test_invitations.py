"""Invitations: for one person or for several, with an end and a ceiling; nobody else comes in by them."""

import time
from dataclasses import replace

import pytest
from sqlalchemy import Connection, select, update

from app.errors import Conflict, Invalid, NotFound
from app.outbox.mails import Mail, list_unsent, queue
from app.people import accounts, authors, groups, invitations, tables
from app.people.accounts import Account
from app.people.groups import Group


@pytest.fixture
def nadia(truth: Connection) -> Account:
    return accounts.add(truth, "Nadia", is_admin=True, email="nadia@example.org")


def test_who_accepts_has_an_account_with_the_address_that_was_invited(truth: Connection, nadia: Account) -> None:
    secret = invitations.make(truth, nadia.id, email="Zoe@example.org")
    account = invitations.accept(truth, secret, " Zoé  Ali ")

    assert (account.name, account.email, account.is_admin) == ("Zoé Ali", "Zoe@example.org", False)


def test_a_personal_invitation_works_once(truth: Connection, nadia: Account) -> None:
    secret = invitations.make(truth, nadia.id, email="zoe@example.org")
    invitations.accept(truth, secret, "Zoé")

    assert invitations.find(truth, secret) is None
    with pytest.raises(NotFound):
        invitations.accept(truth, secret, "Zora")


def test_a_link_for_several_works_up_to_its_ceiling(truth: Connection, nadia: Account) -> None:
    secret = invitations.make(truth, nadia.id, ceiling=2)
    made = [invitations.accept(truth, secret, name) for name in ("Zoé", "Zora")]

    assert [account.email for account in made] == [None, None]
    with pytest.raises(NotFound):
        invitations.accept(truth, secret, "Zelda")


def test_an_invitation_ends(truth: Connection, nadia: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, now = invitations.make(truth, nadia.id, days=7, ceiling=5), time.time()
    found = []
    for days in (6.9, 7.1):
        monkeypatch.setattr(time, "time", lambda days=days: now + days * 86_400)
        found.append(invitations.find(truth, secret) is not None)

    assert found == [True, False]


def test_a_withdrawn_invitation_does_nothing(truth: Connection, nadia: Account) -> None:
    secret = invitations.make(truth, nadia.id)
    invitations.withdraw(truth, invitations.list_open(truth)[0].id)

    assert invitations.find(truth, secret) is None


def test_the_invitations_of_who_was_shut_out_do_nothing(truth: Connection, nadia: Account) -> None:
    accounts.add(truth, "Idris", is_admin=True)
    secret = invitations.make(truth, nadia.id)
    accounts.block(truth, nadia, is_blocked=True)

    assert invitations.find(truth, secret) is None and invitations.list_open(truth) == []


def test_the_invitations_of_who_administers_the_site_no_more_do_nothing(truth: Connection, nadia: Account) -> None:
    secret = invitations.make(truth, nadia.id)
    truth.execute(update(tables.accounts).where(tables.accounts.c.id == nadia.id).values(is_admin=False))

    assert invitations.find(truth, secret) is None
    with pytest.raises(NotFound):
        invitations.accept(truth, secret, "Zoé")


def test_the_invitations_of_who_looks_after_a_group_hold_as_long_as_he_does(truth: Connection) -> None:
    idris = accounts.add(truth, "Idris", is_admin=False)
    numbers = [groups.add(truth, Group(0, name, name, "", is_open=True)) for name in ("jardins", "fetes")]
    for number in numbers:
        groups.enter(truth, number, idris.id)
    groups.set_referent(truth, numbers[0], idris.id, is_referent=True)
    secrets = [invitations.make(truth, idris.id, group_id=number) for number in (*numbers, None)]
    before = [invitations.find(truth, secret) is not None for secret in secrets]
    groups.leave(truth, numbers[0], idris.id)

    assert before == [True, False, False]
    assert invitations.find(truth, secrets[0]) is None and invitations.list_open(truth) == []


def test_somebody_lists_and_withdraws_what_he_made(truth: Connection, nadia: Account) -> None:
    zora = accounts.add(truth, "Zora", is_admin=True)
    for maker in (nadia, zora):
        invitations.make(truth, maker.id)
    (own,) = invitations.list_open(truth, zora.id)

    assert [invitations.withdraw(truth, own.id, whose) for whose in (nadia.id, zora.id, zora.id)] == [
        False,
        True,
        False,
    ]
    assert [one.made_by for one in invitations.list_open(truth)] == [nadia.id]


def test_an_address_in_another_spelling_is_the_same_invitation(truth: Connection, nadia: Account) -> None:
    first, second = (invitations.make(truth, nadia.id, email=email) for email in ("Zoe@Example.org", "zoe@example.ORG"))

    assert invitations.find(truth, first) is None and invitations.find(truth, second)


def test_a_second_invitation_makes_the_first_useless(truth: Connection, nadia: Account) -> None:
    first, second = (invitations.make(truth, nadia.id, email="zoe@example.org") for _ in range(2))

    assert invitations.find(truth, first) is None and invitations.find(truth, second)


def test_who_is_here_is_not_invited(truth: Connection, nadia: Account) -> None:
    with pytest.raises(Conflict):
        invitations.make(truth, nadia.id, email="NADIA@example.org")


@pytest.mark.parametrize("name", ["Nadia", "nàdia", "NADIA!"])
def test_nobody_takes_the_name_of_somebody_who_is_here(truth: Connection, nadia: Account, name: str) -> None:
    secret = invitations.make(truth, nadia.id)
    with pytest.raises(Conflict), truth.begin_nested():
        invitations.accept(truth, secret, name)

    assert invitations.find(truth, secret), "the place is not used up"


def test_a_name_typed_before_is_not_bound_to_the_account(truth: Connection, nadia: Account) -> None:
    typed = authors.author_for_name(truth, "Zoé")

    assert invitations.accept(truth, invitations.make(truth, nadia.id), "Zoé").pseudonym != typed


def test_a_name_is_asked_for(truth: Connection, nadia: Account) -> None:
    with pytest.raises(Invalid):
        invitations.accept(truth, invitations.make(truth, nadia.id), " \r\n")


@pytest.mark.parametrize("secret", ["", "x", "\0", "' OR 1=1 --"])
def test_an_invented_invitation_does_nothing(truth: Connection, nadia: Account, secret: str) -> None:
    invitations.make(truth, nadia.id)

    assert invitations.find(truth, secret) is None


def test_the_database_does_not_hold_the_secret(truth: Connection, nadia: Account) -> None:
    secret = invitations.make(truth, nadia.id)

    assert secret not in str(truth.execute(select(tables.invitations)).one())


def test_the_mail_of_an_invitation_that_was_withdrawn_does_not_go_out(truth: Connection, nadia: Account) -> None:
    invitations.make(truth, nadia.id, email="zoe@example.org")
    for kind in (invitations.MAIL_KIND, "digest"):
        queue(truth, Mail("zoe@example.org", kind, "Hello", kind=kind))
    invitations.withdraw(truth, invitations.list_open(truth)[0].id)

    assert [mail.kind for mail in list_unsent(truth, 10)] == ["digest"]


def test_who_asked_to_join_is_let_in_by_an_invitation(truth: Connection, nadia: Account) -> None:
    group = Group(0, "jardins", "Jardins", "", is_open=False)
    number = groups.add(truth, group)
    zora = accounts.add(truth, "Zora", is_admin=False)
    groups.join(truth, replace(group, id=number), zora.id)
    joined = invitations.join(truth, invitations.make(truth, nadia.id, group_id=number), zora.id)

    assert joined.id == number and groups.is_member(truth, number, zora.id)
