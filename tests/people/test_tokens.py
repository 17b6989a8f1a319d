"""Bearer tokens: shown once, of one scope, revocable by their owner only."""

import time
from datetime import datetime

import pytest
from sqlalchemy import Connection, select

from app.database.engine import BUSY_SECONDS
from app.people import accounts, tables, tokens
from app.station import Station


@pytest.fixture
def account(truth: Connection) -> accounts.Account:
    return accounts.add(truth, "Nadia", is_admin=False)


@pytest.mark.parametrize("may_write", [True, False])
def test_a_token_says_whose_it_is_and_what_it_may(
    truth: Connection, account: accounts.Account, may_write: bool
) -> None:
    secret = tokens.make(truth, account.id, "mairie", may_write=may_write)

    assert tokens.find_bearer(truth, secret) == (account, may_write)
    assert tokens.list_tokens(truth, account.id)[0].scopes == (("read", "write") if may_write else ("read",))


def test_a_revoked_token_opens_nothing(truth: Connection, account: accounts.Account) -> None:
    secret = tokens.make(truth, account.id, "mairie", may_write=True)
    tokens.revoke(truth, account.id, tokens.list_tokens(truth, account.id)[0].id)

    assert tokens.find_bearer(truth, secret) is None
    assert tokens.list_tokens(truth, account.id) == []


def test_only_its_owner_revokes_a_token(truth: Connection, account: accounts.Account) -> None:
    secret = tokens.make(truth, account.id, "mairie", may_write=True)
    other = accounts.add(truth, "Idris", is_admin=False)
    tokens.revoke(truth, other.id, tokens.list_tokens(truth, account.id)[0].id)

    assert tokens.find_bearer(truth, secret)


def test_the_database_does_not_hold_the_secret(truth: Connection, account: accounts.Account) -> None:
    secret = tokens.make(truth, account.id, "mairie", may_write=True)

    assert secret not in str(truth.execute(select(tables.tokens)).one())


def test_the_last_use_is_noted_to_the_hour(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    account, secret = _made(station)
    now = time.time()
    used = [_used_at(station, account)]
    for later in (0, 600, 7200):
        monkeypatch.setattr(time, "time", lambda later=later: now + later)
        tokens.note_use(station.truth, secret)
        used.append(_used_at(station, account))

    assert used[0] is None
    assert used[1] == used[2] != used[3]


def test_the_use_of_a_key_that_was_noted_waits_for_no_other_writer(station: Station) -> None:
    _, secret = _made(station)
    tokens.note_use(station.truth, secret)
    began = time.monotonic()
    with station.truth.begin():
        tokens.note_use(station.truth, secret)

    assert time.monotonic() - began < BUSY_SECONDS / 2


def _made(station: Station) -> tuple[accounts.Account, str]:
    with station.truth.begin() as connection:
        account = accounts.add(connection, "Nadia", is_admin=False)
        return account, tokens.make(connection, account.id, "", may_write=False)


def _used_at(station: Station, account: accounts.Account) -> datetime | None:
    with station.truth.connect() as connection:
        return tokens.list_tokens(connection, account.id)[0].used_at


def test_a_token_without_a_name_gets_one(truth: Connection, account: accounts.Account) -> None:
    tokens.make(truth, account.id, "   ", may_write=False)
    tokens.make(truth, account.id, "x" * 500, may_write=False)

    assert [len(token.name) for token in tokens.list_tokens(truth, account.id)] == [3, 80]


def test_an_invented_token_opens_nothing(truth: Connection, account: accounts.Account) -> None:
    assert [tokens.find_bearer(truth, secret) for secret in ("", "gare_", "\0", "' OR 1=1 --")] == [None] * 4


def test_the_key_of_a_feed_opens_no_api_and_a_token_of_the_api_opens_no_feed(
    truth: Connection, account: accounts.Account
) -> None:
    api = tokens.make(truth, account.id, "mairie", may_write=True)
    feed = tokens.make(truth, account.id, "news", may_write=True, scope=tokens.FEED)

    assert (tokens.find_bearer(truth, feed), tokens.find_feed_reader(truth, api)) == (None, None)
    assert tokens.find_feed_reader(truth, feed) == account
    assert [token.scopes for token in tokens.list_tokens(truth, account.id)] == [("read", "write"), ("feed",)]
