"""Make SQLAlchemy engines: SQLite in WAL mode, or any other database by its address."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

BUSY_SECONDS = 5.0
TRACES_MS = 500
_WRITES = "gare_writes"  # among the options of a connection


def sqlite_url(file: Path, *, must_exist: bool = False) -> str:
    """Give the address of a SQLite file; with `must_exist` opening it never makes an empty one."""
    if must_exist:
        return f"sqlite:///file:{quote(str(file.absolute()))}?mode=rw&uri=true"
    return f"sqlite:///{file.absolute()}"


def make_engine(url: str, *, durable: bool = True) -> Engine:
    """Make an engine; `durable` syncs each commit to the disk, which derived data does not need."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, pool_size=8, max_overflow=8, connect_args={"timeout": BUSY_SECONDS})
    synchronous = "FULL" if durable else "NORMAL"

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        if durable:
            connection.execute("PRAGMA secure_delete = ON")  # who is erased leaves no trace in the file

    return _with_whole_transactions(engine) if durable else engine


class _Truth(Engine):  # not made by its constructor: `create_engine` offers no way to choose the class
    """Asks for the right to write when a transaction begins, not at its first write.

    Two that read before they write (is there another administrator?) then come one after the other.
    """

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a transaction that writes."""
        with self.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
            yield connection


def _with_whole_transactions(engine: Engine) -> Engine:
    """Let transactions begin where SQLAlchemy says so.

    Left to itself, Python's driver begins at the first write: what was read before is of another moment, and a
    savepoint that comes first is kept although the rest is taken back.
    """
    engine.__class__ = _Truth

    @event.listens_for(engine, "connect")
    def _by_hand(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")

    return engine


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that writes, in which tables may be copied.

    SQLite would delete what refers to the rows of a table that is dropped (https://sqlite.org/lang_altertable.html, 7);
    whether it does can be said between transactions only.
    """
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with engine.connect().execution_options(**{_WRITES: True}) as connection:
        plain = connection.connection.cursor()
        plain.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            plain.execute("PRAGMA foreign_keys = ON")
            plain.close()


def forget_traces(engine: Engine) -> None:
    """Let SQLite bring its log into the file and empty it: what was just deleted may still stand there.

    Where somebody reads for longer than it waits, the job `forget` does it; nobody can write while it waits.
    """
    if engine.dialect.name != "sqlite":
        return
    with suppress(OperationalError), engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {TRACES_MS}")
        try:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
