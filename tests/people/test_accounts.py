"""Accounts and the links that sign in: each works once, in time, and cannot be read from the database."""

from sqlalchemy import Connection, select

from app.people import accounts, tables


def test_an_account_is_found_by_number_and_name(truth: Connection) -> None:
    made = accounts.add(truth, "  Nadia  Bel ", is_admin=True)

    assert accounts.get(truth, made.id) == made == accounts.find_named(truth, "Nadia Bel")
    assert accounts.list_all(truth) == [made] and made.is_admin
    assert accounts.find(truth, made.id + 1) is None


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
