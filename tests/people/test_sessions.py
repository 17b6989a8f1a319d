"""Sessions: one a browser, ended one by one or all at once, of no use to who reads the database."""

import time

import pytest
from sqlalchemy import Connection, select

from app.people import accounts, forgetting, sessions, tables
from app.people.accounts import Account

DAY = 86_400


@pytest.fixture
def nadia(truth: Connection) -> Account:
    return accounts.add(truth, "Nadia", is_admin=False)


def start(truth: Connection, account: Account, *, is_shared: bool = False) -> str:
    return sessions.start(truth, account.id, is_shared=is_shared, device="Firefox · Linux")


def test_a_secret_finds_its_session(truth: Connection, nadia: Account) -> None:
    found = sessions.find(truth, start(truth, nadia))

    assert found and (found.account, found.device, found.is_shared) == (nadia, "Firefox · Linux", False)


@pytest.mark.parametrize("secret", ["", "x", "\0", "' OR 1=1 --"])
def test_an_invented_secret_finds_none(truth: Connection, nadia: Account, secret: str) -> None:
    start(truth, nadia)

    assert sessions.find(truth, secret) is None


def test_the_database_does_not_hold_the_secret(truth: Connection, nadia: Account) -> None:
    secret = start(truth, nadia)
    digest = truth.execute(select(tables.sessions.c.digest)).scalar_one()

    assert digest != secret and sessions.find(truth, digest) is None


@pytest.mark.parametrize(("is_shared", "seconds"), [(False, 180 * DAY), (True, 2 * 3600)])
def test_a_session_ends_by_itself(
    truth: Connection, nadia: Account, monkeypatch: pytest.MonkeyPatch, is_shared: bool, seconds: int
) -> None:
    secret, now = start(truth, nadia, is_shared=is_shared), time.time()
    alive = []
    for later in (seconds - 10, seconds + 10):
        monkeypatch.setattr(time, "time", lambda later=later: now + later)
        alive.append(sessions.find(truth, secret) is not None)

    assert alive == [True, False]
    assert sessions.list_sessions(truth, nadia.id) == []


def test_saying_whose_device_it_is_changes_how_long_it_lasts(truth: Connection, nadia: Account) -> None:
    secret = start(truth, nadia, is_shared=True)
    lasts = []
    for is_shared in (False, True):
        session = sessions.find(truth, secret)
        assert session
        sessions.set_device(truth, session, is_shared=is_shared)
        changed = sessions.find(truth, secret)
        lasts.append(changed and (changed.expires_at - changed.created_at).total_seconds())

    assert lasts == [180 * DAY, 2 * 3600]


def test_one_session_ends_and_the_others_stay(truth: Connection, nadia: Account) -> None:
    secrets = [start(truth, nadia) for _ in range(3)]
    sessions.end(truth, nadia.id, accounts.digest(secrets[1]))

    assert [sessions.find(truth, secret) is not None for secret in secrets] == [True, False, True]


def test_nobody_ends_the_session_of_another(truth: Connection, nadia: Account) -> None:
    secret, idris = start(truth, nadia), accounts.add(truth, "Idris", is_admin=True)
    sessions.end(truth, idris.id, accounts.digest(secret))
    accounts.shut_doors(truth, idris.id)

    assert sessions.find(truth, secret)


def test_all_end_at_once_but_the_one_in_hand(truth: Connection, nadia: Account) -> None:
    secrets = [start(truth, nadia) for _ in range(3)]
    accounts.shut_doors(truth, nadia.id, but=accounts.digest(secrets[0]))
    left = [sessions.find(truth, secret) is not None for secret in secrets]
    accounts.shut_doors(truth, nadia.id)

    assert left == [True, False, False]
    assert sessions.find(truth, secrets[0]) is None


def test_who_is_shut_out_is_signed_out_everywhere(truth: Connection, nadia: Account) -> None:
    secret = start(truth, nadia)
    accounts.block(truth, nadia, is_blocked=True)
    accounts.block(truth, nadia, is_blocked=False)

    assert sessions.find(truth, secret) is None


def test_the_last_use_is_noted_to_the_hour(truth: Connection, nadia: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, now = start(truth, nadia), time.time()
    stale = []
    for later in (600, 3700, 3710):
        monkeypatch.setattr(time, "time", lambda later=later: now + later)
        session = sessions.find(truth, secret)
        assert session
        stale.append(session.is_stale)
        if session.is_stale:
            sessions.see(truth, session)

    assert stale == [False, True, False]
    assert accounts.get(truth, nadia.id).seen_at


def test_what_has_had_its_time_is_forgotten(truth: Connection, nadia: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    start(truth, nadia, is_shared=True)
    kept, now = start(truth, nadia), time.time()
    accounts.make_link(truth, nadia.id)
    monkeypatch.setattr(time, "time", lambda: now + 2 * DAY)
    forgetting.forget_expired(truth)

    assert truth.execute(select(tables.sessions.c.digest)).scalars().all() == [accounts.digest(kept)]
    assert truth.execute(select(tables.login_links)).first() is None
