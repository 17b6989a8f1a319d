"""The truth database: what the migrations make is what the tables say, on SQLite and on PostgreSQL."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import BigInteger, Engine, create_engine, inspect

from app.database import truth
from app.database.engine import make_engine, sqlite_url
from app.people import accounts, authors, tokens

FAR = 4_000_000_000  # seconds since 1970: the year 2096, after 32 bits have ended


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Give an empty database."""
    made = make_engine(sqlite_url(tmp_path / "truth.db") if request.param == "sqlite"
                       else request.getfixturevalue("postgresql"))  # fmt: skip
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """Give the socket folder of a PostgreSQL that ends with the tests; skip without one."""
    pytest.importorskip("psycopg")
    if not all(shutil.which(name) for name in ("initdb", "pg_ctl")):
        pytest.skip("PostgreSQL is not here")
    with tempfile.TemporaryDirectory(prefix="gare-pg-") as name:
        folder = Path(name)
        if os.geteuid() == 0:  # it refuses to run as root
            shutil.chown(folder, "postgres")
        _pg("initdb", "-D", folder / "data", "-A", "trust", "-U", "gare", "-N", "-E", "UTF8")
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        _pg("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
        yield folder
        _pg("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")


def _pg(*command: str | Path) -> None:
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=user, cwd="/")


@pytest.fixture
def postgresql(server: Path) -> str:
    """Give the address of an empty database."""
    home = create_engine(f"postgresql+psycopg://gare@/postgres?host={server}", isolation_level="AUTOCOMMIT")
    with home.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS gare")
        connection.exec_driver_sql("CREATE DATABASE gare")
    home.dispose()
    return f"postgresql+psycopg://gare@/gare?host={server}"


def test_the_newest_migration_is_the_one_that_the_program_asks_for() -> None:
    files = sorted(file.name for file in (truth.MIGRATIONS / "versions").glob("[0-9]*.py"))

    assert files[-1].startswith(f"{truth.HEAD}_")


def test_the_migrations_make_the_tables_that_the_program_knows(engine: Engine) -> None:
    truth.migrate(engine)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), truth.metadata)

    assert differences == []


def test_the_migrations_name_constraints_by_the_convention(engine: Engine) -> None:
    truth.migrate(engine)
    seen = inspect(engine)
    made = {
        *(seen.get_pk_constraint(table)["name"] for table in truth.metadata.tables),
        *(key["name"] for table in truth.metadata.tables for key in seen.get_foreign_keys(table)),
        *(key["name"] for table in truth.metadata.tables for key in seen.get_unique_constraints(table)),
    }

    assert made == {
        str(rule.name)
        for table in truth.metadata.tables.values()
        for rule in table.constraints
        if not rule.__visit_name__.startswith("check")
    }


def test_moments_are_kept_beyond_32_bits(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    truth.migrate(engine)
    monkeypatch.setattr("time.time", lambda: FAR)
    with engine.begin() as connection:
        account = accounts.add(connection, "Nadia", is_admin=True)
        secret = accounts.make_link(connection, account.id)
        used = accounts.use_link(connection, secret)

    assert used == account
    narrow = [
        f"{table.name}.{column.name}"
        for table in truth.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_at") and not isinstance(column.type, BigInteger)
    ]
    assert narrow == []


def test_what_is_typed_fits_its_columns_whatever_it_is(engine: Engine) -> None:
    truth.migrate(engine)
    long = "\ufdfa" * 60  # each folds to eighteen letters
    with engine.begin() as connection:
        author = authors.author_for_name(connection, long)
        account = accounts.add(connection, "Na\0dia", is_admin=True)
        secret = tokens.make(connection, account.id, "mai\0rie" + "x" * 100, may_write=False)
        found = authors.find_by_name(connection, long)

        assert found == (author,)
        assert tokens.list_tokens(connection, account.id)[0].name == ("mairie" + "x" * 100)[:80]
        assert tokens.find_bearer(connection, secret) == (account, False)
