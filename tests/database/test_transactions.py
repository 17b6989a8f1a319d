"""Transactions of the truth database hold together, on SQLite too: from the first read, savepoints included."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from app.database import truth
from app.database.engine import make_engine, sqlite_url
from app.errors import Refused
from app.people import accounts, erasing
from app.people.tables import accounts as table


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = make_engine(sqlite_url(tmp_path / "truth.db"))
    truth.migrate(made)
    yield made
    made.dispose()


def names(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return [one.name for one in accounts.list_all(connection)]


def test_what_a_savepoint_kept_goes_with_its_transaction(engine: Engine) -> None:
    with suppress(KeyError), engine.begin() as connection:
        with connection.begin_nested():
            accounts.add(connection, "Nadia", is_admin=True)
        raise KeyError

    assert names(engine) == []


def test_of_two_administrators_who_leave_at_the_same_moment_one_stays(engine: Engine) -> None:
    with engine.begin() as connection:
        both = [accounts.add(connection, name, is_admin=True) for name in ("Nadia", "Idris")]
    together = threading.Barrier(2, timeout=10)

    def leave(account: accounts.Account) -> None:
        together.wait()
        with suppress(Refused), engine.begin() as connection:
            erasing.erase(connection, account)

    threads = [threading.Thread(target=leave, args=(account,)) for account in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(names(engine)) == 1


def test_nobody_writes_between_what_a_transaction_reads_and_writes(engine: Engine) -> None:
    with engine.begin() as connection:
        accounts.add(connection, "Nadia", is_admin=True)
    done: list[str] = []

    def write() -> None:
        with engine.begin() as connection:
            accounts.add(connection, "Idris", is_admin=False)
        done.append("wrote")

    with engine.begin() as connection:
        before = connection.execute(select(table.c.id)).all()
        other = threading.Thread(target=write)
        other.start()
        other.join(0.3)
        done.append("read")
        after = connection.execute(select(table.c.id)).all()
    other.join()

    assert (done, before) == (["read", "wrote"], after)


def test_who_reads_does_not_wait_for_who_writes(engine: Engine) -> None:
    with engine.begin() as connection:
        accounts.add(connection, "Nadia", is_admin=True)

        assert names(engine) == []
