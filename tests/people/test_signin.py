"""Signing in by mail: a link and a code, each once, in time, and nobody finds one by trying."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event, select, update

from app.errors import Invalid, TooMany
from app.people import accounts, signin, tables
from app.people.accounts import Account
from app.people.signin import Asked
from app.station import Station

HERE, THERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def nadia(truth: Connection) -> Account:
    return accounts.add(truth, "Nadia", is_admin=False, email="Nadia@example.org")


def ask(truth: Connection, email: str = "nadia@example.org", client: str = HERE) -> Asked:
    return signin.ask(truth, email, client)


def wrong(asked: Asked) -> str:
    return "000000" if asked.code != "000000" else "111111"


def test_link_and_code_sign_in(truth: Connection, nadia: Account) -> None:
    by_link, by_code = ask(truth), ask(truth)

    assert signin.use_link(truth, by_link.link) == nadia
    assert signin.use_code(truth, by_code.ask, by_code.code, HERE) == nadia


def test_a_code_may_be_typed_with_gaps(truth: Connection, nadia: Account) -> None:
    asked = ask(truth)

    assert signin.use_code(truth, asked.ask, f" {asked.code[:3]} {asked.code[3:]}\n", HERE)


def test_link_and_code_of_a_mail_work_once_together(truth: Connection, nadia: Account) -> None:
    first, second = ask(truth), ask(truth)
    signin.use_link(truth, first.link)
    signin.use_code(truth, second.ask, second.code, HERE)

    assert signin.use_link(truth, first.link) is None
    assert signin.use_code(truth, first.ask, first.code, HERE) is None
    assert signin.use_link(truth, second.link) is None
    assert signin.use_code(truth, second.ask, second.code, HERE) is None


def test_the_mail_goes_to_the_address_as_it_was_confirmed(truth: Connection, nadia: Account) -> None:
    assert ask(truth, " NADIA@EXAMPLE.ORG ").email == "Nadia@example.org"


def test_both_end_after_thirty_minutes(truth: Connection, nadia: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, now = ask(truth), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 30 * 60 + 1)

    assert signin.find_link_owner(truth, asked.link) is None
    assert signin.use_link(truth, asked.link) is None
    assert not signin.is_waiting(truth, asked.ask)
    assert signin.use_code(truth, asked.ask, asked.code, HERE) is None


def test_a_code_is_of_no_use_in_a_browser_that_did_not_ask(truth: Connection, nadia: Account) -> None:
    asked, other = ask(truth), ask(truth, "idris@example.org")

    assert signin.use_code(truth, "", asked.code, HERE) is None
    assert signin.use_code(truth, other.ask, asked.code, HERE) is None


def test_after_five_wrong_codes_the_right_one_is_refused_and_the_link_still_works(
    truth: Connection, nadia: Account
) -> None:
    asked = ask(truth)
    for _ in range(signin.TRIES):
        assert signin.use_code(truth, asked.ask, wrong(asked), HERE) is None

    assert not signin.is_waiting(truth, asked.ask)
    assert signin.use_code(truth, asked.ask, asked.code, HERE) is None
    assert signin.use_link(truth, asked.link) == nadia


def guess(truth: Connection, times: int, client: str) -> None:
    """Type wrong codes for Nadia, as somebody who asks again and again."""
    for number in range(times):
        if number % signin.TRIES == 0:
            asked = ask(truth, client=client)
        signin.use_code(truth, asked.ask, wrong(asked), client)


def test_codes_of_an_address_are_locked_after_fifteen_wrong_ones_whoever_tries(
    truth: Connection, nadia: Account
) -> None:
    guess(truth, 15, THERE)
    own = ask(truth, client=HERE)

    assert signin.use_code(truth, own.ask, own.code, HERE) is None
    assert signin.use_link(truth, own.link) == nadia, "the owner comes in by the link"


def test_who_guesses_at_many_addresses_is_locked_out(truth: Connection, nadia: Account) -> None:
    for number in range(6):
        asked = ask(truth, f"n{number}@example.org", THERE)
        for _ in range(signin.TRIES):
            signin.use_code(truth, asked.ask, wrong(asked), THERE)
    own = ask(truth, client=THERE)

    assert signin.use_code(truth, own.ask, own.code, THERE) is None
    assert signin.use_code(truth, own.ask, own.code, HERE) == nadia


def test_an_address_gets_five_mails_an_hour_known_or_not(
    truth: Connection, nadia: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    for email in ("nadia@example.org", "nobody@example.org"):
        for _ in range(5):
            ask(truth, email)
        with pytest.raises(TooMany, match="Use the last one"), truth.begin_nested():
            ask(truth, email, THERE)
    monkeypatch.setattr(time, "time", lambda: now + 3601)

    assert ask(truth).account == nadia


def test_one_place_of_the_network_asks_for_sixty_mails_an_hour(truth: Connection) -> None:
    for number in range(60):
        ask(truth, f"n{number}@example.org")

    with pytest.raises(TooMany):
        ask(truth, "other@example.org")


def test_nobody_gets_in_by_an_address_that_is_not_known(truth: Connection, nadia: Account) -> None:
    asked = ask(truth, "nobody@example.org")

    assert asked.account is None
    assert signin.find_link_owner(truth, asked.link) is None and signin.use_link(truth, asked.link) is None
    assert signin.use_code(truth, asked.ask, asked.code, HERE) is None


def test_who_was_shut_out_cannot_come_back(truth: Connection, nadia: Account) -> None:
    before, link = ask(truth), accounts.make_link(truth, nadia.id)
    accounts.block(truth, nadia, is_blocked=True)
    after = ask(truth)

    assert after.account is None
    assert signin.use_link(truth, before.link) is signin.use_link(truth, after.link) is None
    assert signin.use_link(truth, link) is signin.use_code(truth, before.ask, before.code, HERE) is None


def test_the_database_holds_neither_code_nor_link_nor_what_the_browser_holds(truth: Connection, nadia: Account) -> None:
    asked = ask(truth)
    kept = str(truth.execute(select(tables.signin_codes)).one())

    assert not any(secret in kept for secret in (asked.ask, asked.link, f"'{asked.code}'", accounts.digest(asked.code)))


@pytest.mark.parametrize(
    "typed", ["", "nadia", "a@b@c.fr", "nadia@example.org\nBcc: x@example.org", "a b@example.org", "<a@b.fr>", "\0@b.fr", "é" * 400]
)  # fmt: skip
def test_what_is_no_address_is_refused(truth: Connection, typed: str) -> None:
    with pytest.raises(Invalid):
        ask(truth, typed)


@contextmanager
def statements(station: Station) -> Iterator[list[str]]:
    """Note what is asked of the database."""
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(" ".join(statement.split()))

    event.listen(station.truth, "before_cursor_execute", hear)
    yield said
    event.remove(station.truth, "before_cursor_execute", hear)


def work(station: Station, email: str) -> tuple[list[str], list[str]]:
    """Give what the database does when somebody asks, and when a wrong code is typed."""
    with statements(station) as asking, station.truth.begin() as connection:
        asked = ask(connection, email)
    with statements(station) as guessing, station.truth.begin() as connection:
        signin.use_code(connection, asked.ask, wrong(asked), HERE)
    return asking, guessing


def test_as_much_is_done_for_an_unknown_address_as_for_a_known_one(station: Station) -> None:
    with station.truth.begin() as connection:
        accounts.add(connection, "Nadia", is_admin=False, email="nadia@example.org")
        blocked = accounts.add(connection, "Idris", is_admin=False, email="idris@example.org")
        connection.execute(update(tables.accounts).where(tables.accounts.c.id == blocked.id).values(is_blocked=True))
    known, unknown, shut_out = (work(station, f"{name}@example.org") for name in ("nadia", "nobody", "idris"))

    assert known == unknown == shut_out
