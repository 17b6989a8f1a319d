"""Erasing a member: nothing that the database holds names the person any more; somebody stays who administers."""

import pytest
from sqlalchemy import Connection, insert, select

import app.web  # noqa: F401 - so that every part has named its tables
from app.database.engine import forget_traces
from app.database.truth import metadata
from app.errors import Refused
from app.outbox.mails import Mail, list_unsent, queue
from app.people import accounts, authors, erasing, groups, invitations, sessions, signin, tokens, visitors
from app.people.accounts import Account
from app.people.groups import Group
from app.people.tables import identities
from app.station import Station

NAME, EMAIL = "Zénobie Untel", "Zenobie@Example.org"


@pytest.fixture
def nadia(truth: Connection) -> Account:
    return accounts.add(truth, "Nadia", is_admin=True, email="nadia@example.org")


@pytest.fixture
def zenobie(truth: Connection, nadia: Account) -> Account:
    """Give a member of whom there is a row in every table of people."""
    invitations.make(truth, nadia.id, email=EMAIL)
    signin.ask(truth, EMAIL, "192.0.2.1")  # before somebody had this address
    visitors.add(truth, "Zénobie U.", EMAIL.lower())
    account = accounts.add(truth, NAME, is_admin=False, email=EMAIL)
    groups.enter(truth, groups.add(truth, Group(0, "jardin", "Jardin", "", is_open=True)), account.id)
    sessions.start(truth, account.id, is_shared=False, device="Firefox")
    tokens.make(truth, account.id, "mairie", may_write=True)
    accounts.make_link(truth, account.id)
    signin.ask(truth, EMAIL, "192.0.2.1")
    invitations.make(truth, account.id, ceiling=5)
    truth.execute(insert(identities), {"account_id": account.id, "issuer": "x", "subject": "zenobie", "created_at": 1})
    queue(truth, Mail(EMAIL, "Bonjour", "Bonjour Zénobie"))
    return account


def everything(connection: Connection) -> str:
    return "\n".join(str(row) for table in metadata.sorted_tables for row in connection.execute(select(table)))


def test_nothing_names_the_person_any_more(truth: Connection, zenobie: Account) -> None:
    before = everything(truth).casefold()
    erasing.erase(truth, zenobie)
    after = everything(truth).casefold()

    assert before.count("zenobie") >= 4 and before.count("zénobie") >= 3
    assert [word for word in ("zenobie", "zénobie", "firefox", "mairie") if word in after] == []


def test_no_row_of_the_account_is_left(truth: Connection, nadia: Account, zenobie: Account) -> None:
    erasing.erase(truth, zenobie)
    left = {
        table.name: rows
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "accounts"
        if (rows := truth.execute(select(table).where(key.parent == zenobie.id)).all())
    }

    assert left == {}
    assert accounts.list_all(truth) == [nadia]


def test_every_table_lets_go_of_who_is_erased() -> None:
    keys = {
        f"{table.name}.{key.parent.name}": key.ondelete
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in {"accounts", "visitors", "proposals"}
    }

    assert len(keys) > 10 and {name for name, rule in keys.items() if rule != "CASCADE"} == set()


def test_the_pseudonym_has_no_name_and_is_found_by_none(truth: Connection, zenobie: Account) -> None:
    erasing.erase(truth, zenobie)

    assert authors.names_of(truth, [zenobie.pseudonym]) == {}
    assert authors.find_by_name(truth, NAME) == authors.find_by_name(truth, "") == ()


def test_the_name_may_be_taken_again_and_is_another_person(truth: Connection, zenobie: Account) -> None:
    erasing.erase(truth, zenobie)

    assert accounts.add(truth, NAME, is_admin=False, email=EMAIL).pseudonym != zenobie.pseudonym


def test_mails_and_invitations_of_others_stay(truth: Connection, nadia: Account, zenobie: Account) -> None:
    queue(truth, Mail("nadia@example.org", "Pour Nadia", ""))
    invitations.make(truth, nadia.id, email="idris@example.org")
    erasing.erase(truth, zenobie)

    assert "Pour Nadia" in everything(truth)
    assert [one.email for one in invitations.list_open(truth)] == ["idris@example.org"]


def test_the_only_administrator_is_not_erased(truth: Connection, nadia: Account, zenobie: Account) -> None:
    blocked = accounts.add(truth, "Idris", is_admin=True)
    accounts.block(truth, blocked, is_blocked=True)

    with pytest.raises(Refused):
        erasing.erase(truth, nadia)
    assert accounts.find(truth, nadia.id)


def test_one_of_two_administrators_is_erased(truth: Connection, nadia: Account) -> None:
    accounts.add(truth, "Idris", is_admin=True)
    erasing.erase(truth, nadia)

    assert [one.name for one in accounts.list_all(truth)] == ["Idris"]


def test_the_files_of_the_database_hold_no_trace(station: Station) -> None:
    with station.truth.begin() as connection:
        accounts.add(connection, "Nadia", is_admin=True)
        account = accounts.add(connection, NAME, is_admin=False, email=EMAIL)
    with station.truth.begin() as connection:
        erasing.erase(connection, account)
    forget_traces(station.truth)

    kept = b"".join(file.read_bytes() for file in station.config.instance.glob("gare.db*")).lower()
    assert b"nadia" in kept
    assert NAME.encode().lower() not in kept and b"zenobie" not in kept


def test_invitations_of_who_is_erased_do_not_go_out_any_more(truth: Connection, nadia: Account) -> None:
    idris = accounts.add(truth, "Idris", is_admin=True)
    for maker, email in ((idris, "zoe@example.org"), (nadia, "Zora@example.org")):
        invitations.make(truth, maker.id, email=email)
        queue(truth, Mail(email, f"{maker.name} invites you", "Hello", kind=invitations.MAIL_KIND))
    erasing.erase(truth, idris)

    assert [mail.to for mail in list_unsent(truth, 10)] == ["Zora@example.org"]
