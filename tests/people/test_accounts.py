"""Accounts and the links that sign in: each works once, in time, and cannot be read from the database."""

import pytest
from sqlalchemy import Connection, event, insert, select, update

from app.errors import Conflict
from app.outbox.mails import Mail, queue
from app.outbox.tables import mails
from app.people import accounts, erasing, sessions, signin, tables, visitors


def test_an_account_is_found_by_number_and_name(truth: Connection) -> None:
    made = accounts.add(truth, "  Nadia  Bel ", is_admin=True)

    assert accounts.get(truth, made.id) == made == accounts.find_named(truth, "Nadia Bel")
    assert accounts.list_all(truth) == [made] and made.is_admin
    assert accounts.find(truth, made.id + 1) is None


def test_another_address_leaves_nothing_of_the_one_before(truth: Connection) -> None:
    made = accounts.add(truth, "Zoé", is_admin=False, email="Old@example.org")
    queue(truth, Mail("old@example.org", "Bonjour", "Bonjour\n"))
    visitor, _ = visitors.add(truth, "Zoé d'avant", "old@example.org")
    accounts.set_email(truth, made.id, "new@example.org")
    moved = visitors.find_by_id(truth, visitor.id)
    erasing.erase(truth, accounts.get(truth, made.id))

    assert moved and moved.email == "new@example.org"
    assert visitors.find_by_id(truth, visitor.id) is None
    assert truth.execute(select(mails.c.to_address)).all() == []


def test_an_address_that_is_only_written_otherwise_keeps_its_mails(truth: Connection) -> None:
    made = accounts.add(truth, "Zoé", is_admin=False, email="Zoe@example.org")
    queue(truth, Mail("zoe@example.org", "Bonjour", "Bonjour\n"))
    accounts.set_email(truth, made.id, "zoe@example.org")

    assert len(truth.execute(select(mails.c.id)).all()) == 1


def test_a_link_signs_in_once(truth: Connection) -> None:
    made = accounts.add(truth, "Nadia", is_admin=False)
    secret = accounts.make_link(truth, made.id)

    assert accounts.use_link(truth, secret) == made
    assert accounts.use_link(truth, secret) is None


def test_looking_at_a_link_does_not_use_it_up(truth: Connection) -> None:
    secret = accounts.make_link(truth, accounts.add(truth, "Nadia", is_admin=False).id)

    assert accounts.find_link_owner(truth, secret) and accounts.find_link_owner(truth, secret)
    assert accounts.use_link(truth, secret)
    assert not accounts.find_link_owner(truth, secret)


def test_an_old_link_does_nothing(truth: Connection) -> None:
    secret = accounts.make_link(truth, accounts.add(truth, "Nadia", is_admin=False).id, seconds=-1)

    assert not accounts.find_link_owner(truth, secret)
    assert accounts.use_link(truth, secret) is None


def test_an_invented_link_does_nothing(truth: Connection) -> None:
    accounts.make_link(truth, accounts.add(truth, "Nadia", is_admin=False).id)

    for secret in ("", "x", "' OR 1=1 --", "\0", "é" * 5000):
        assert not accounts.find_link_owner(truth, secret) and accounts.use_link(truth, secret) is None


def test_the_database_does_not_hold_the_secret(truth: Connection) -> None:
    secret = accounts.make_link(truth, accounts.add(truth, "Nadia", is_admin=False).id)

    assert truth.execute(select(tables.login_links.c.digest)).scalar_one() != secret


def test_shut_doors_let_nobody_in_but_the_one_browser(truth: Connection) -> None:
    made = accounts.add(truth, "Nadia", is_admin=False, email="nadia@example.org")
    link, asked = accounts.make_link(truth, made.id), signin.ask(truth, "nadia@example.org", "::1")
    kept, ended = (sessions.start(truth, made.id, is_shared=False, device="x") for _ in range(2))
    accounts.shut_doors(truth, made.id, but=accounts.digest(kept))

    assert accounts.use_link(truth, link) is None
    assert signin.use_link(truth, asked.link) is signin.use_code(truth, asked.ask, asked.code, "::1") is None
    assert sessions.find(truth, kept) and sessions.find(truth, ended) is None


def test_of_two_who_get_an_address_at_the_same_moment_one_is_told_that_it_is_taken(truth: Connection) -> None:
    first, second = (accounts.add(truth, name, is_admin=False) for name in ("Nadia", "Idris"))
    taken = {"email": "x@example.org", "email_key": "x@example.org"}
    faster = update(tables.accounts).where(tables.accounts.c.id == first.id).values(**taken)
    event.listen(truth, "savepoint", lambda *_: truth.execute(faster), once=True)

    with pytest.raises(Conflict):
        accounts.set_email(truth, second.id, "x@example.org")


def test_of_two_accounts_with_one_address_made_at_the_same_moment_one_is_told(truth: Connection) -> None:
    accounts.add(truth, "Nadia", is_admin=False)
    row = {"pseudonym": "m-bbbbbbbb", "is_admin": False, "created_at": 0, "email": "x@x", "email_key": "x@example.org"}
    author = {"pseudonym": "m-bbbbbbbb", "name": "Z", "name_key": "z", "is_typed": False, "created_at": 0}

    def faster(*_: object) -> None:
        truth.execute(insert(tables.authors), author)
        truth.execute(insert(tables.accounts), row)

    event.listen(truth, "savepoint", faster, once=True)
    with pytest.raises(Conflict):
        accounts.add(truth, "Idris", is_admin=False, email="x@example.org")
