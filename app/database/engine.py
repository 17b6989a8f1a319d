"""Make SQLAlchemy engines: SQLite in WAL mode, or any other database by its address."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import OperationalError

BUSY_SECONDS = 5.0


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

    return engine


def forget_traces(engine: Engine) -> None:
    """Let SQLite bring its log into the file and empty it: what was just deleted may still stand there.

    Where somebody reads for longer than it waits, the log is emptied another time.
    """
    if engine.dialect.name == "sqlite":
        with suppress(OperationalError), engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
