"""Numbers of accounts on SQLite: each is given once; making the table anew took nothing along."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, MetaData, insert, select
from sqlalchemy.exc import IntegrityError

import app.web  # noqa: F401 - so that every part has named its tables
from app.database import truth
from app.database.engine import make_engine, sqlite_url
from app.people import accounts, erasing, identities, sessions, tables, tokens
from app.people.identities import Vouched


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Give an empty database."""
    made = make_engine(sqlite_url(tmp_path / "truth.db"))
    yield made
    made.dispose()


def test_making_accounts_anew_takes_nothing_along(engine: Engine) -> None:
    truth.migrate_to(engine, "0012")
    with engine.begin() as connection:
        accounts.add(connection, "Nadia", is_admin=True, email="nadia@example.org")
        vouched = Vouched("https://nuage.example.org", "zoe-1", "Zoé", "zoe@example.org")
        zoe = identities.recognise(connection, vouched, may_make=True)
        assert zoe
        session = sessions.start(connection, zoe.id, is_shared=False, device="")
        key = tokens.make(connection, zoe.id, "mairie", may_write=True)
        before = _everything(connection)
    truth.migrate_to(engine, "0013")
    with engine.begin() as connection:
        after = _everything(connection)
        found = sessions.find(connection, session)

        assert after == before
        assert found and found.account == zoe and tokens.find_bearer(connection, key) == (zoe, True)
        with pytest.raises(IntegrityError), connection.begin_nested():
            connection.execute(insert(tables.accounts), {"pseudonym": "m-nobody0", "is_admin": False, "created_at": 1})


def _everything(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    there = MetaData()
    there.reflect(connection)
    tables = {name: table for name, table in there.tables.items() if name != "alembic_version"}
    rows = {name: connection.execute(select(table)).all() for name, table in tables.items()}
    return {name: sorted((tuple(row) for row in found), key=repr) for name, found in rows.items()}


def test_the_number_of_somebody_erased_is_given_to_nobody(engine: Engine) -> None:
    truth.migrate(engine)
    with engine.begin() as connection:
        gone = accounts.add(connection, "Mallory", is_admin=False)
        erasing.erase(connection, gone)
        assert accounts.add(connection, "Nouvelle", is_admin=True).id > gone.id


def test_who_is_erased_takes_along_what_refers_to_them_after_a_migration_too(engine: Engine) -> None:
    truth.migrate(engine)
    with engine.begin() as connection:
        zoe = accounts.add(connection, "Zoé", is_admin=False)
        session = sessions.start(connection, zoe.id, is_shared=False, device="")
        erasing.erase(connection, zoe)

        assert connection.execute(select(tables.sessions)).all() == []
        assert sessions.find(connection, session) is None
