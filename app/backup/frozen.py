"""Hold the truths still for a moment: one state of git and database that belong together, copied at leisure after."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from app.errors import N_, Unavailable
from app.locks import only_one
from app.station import Station

LOCK_FILE = "backup-writer"
_PREFIX = ".gare-frozen-"
# What git or a dead writer keeps for the moment only.
_PASSING = ("tmp_", "incoming-", "gare-writer", "fast_import_crash_")


@dataclass(frozen=True, slots=True)
class Frozen:
    """One moment: the newest revision, the repository as it was then, a connection that sees the database so.

    Whoever has read the database lets it go at once: as long as somebody reads, what is erased stays in its log.
    """

    tip: str
    repository: Path
    database: Connection

    def let_go(self) -> None:
        """See the database so no more."""
        self.database.rollback()


@contextmanager
def frozen(station: Station) -> Iterator[Frozen]:
    """Freeze the truths; writers wait only while names are linked, about a second for 100,000 files.

    Raises Unavailable while another backup is being written: each clears away what a killed one left.
    """
    instance = station.config.instance
    with only_one(instance / LOCK_FILE) as is_mine:
        if not is_mine:
            raise Unavailable(N_("Another backup is being written. Wait for its end."))
        for left_over in instance.glob(f"{_PREFIX}*"):
            shutil.rmtree(left_over)
        with _frozen_in(station, instance / f"{_PREFIX}{secrets.token_hex(4)}") as moment:
            yield moment


@contextmanager
def _frozen_in(station: Station, folder: Path) -> Iterator[Frozen]:
    store = station.wiki.store
    try:
        with _reading(station.truth) as connection:
            with store.writing() as writer:
                tip = writer.tip or ""
                _fix(connection)
                _link_repository(store.folder, folder)
            yield Frozen(tip, folder, connection)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    """Open a connection whose every statement sees the same state."""
    level = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**level) as connection:
        yield connection


def _fix(connection: Connection) -> None:
    """Take the state of now: a transaction sees what was there when it first read."""
    is_sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql("SELECT count(*) FROM sqlite_master" if is_sqlite else "SELECT 1").scalar()


def _link_repository(source: Path, target: Path) -> None:
    """Copy a repository, its objects by hard links: they never change, and a packer may remove them from `source`.

    Refs come first: what they name is then among the objects, even while a push from outside comes in.
    """
    target.mkdir()
    for entry in sorted(source.iterdir(), key=lambda entry: entry.name == "objects"):
        if entry.name.startswith(_PASSING) or entry.name.endswith(".lock"):
            continue
        if entry.is_dir():
            shutil.copytree(entry, target / entry.name, ignore=_passing, copy_function=_link, dirs_exist_ok=True)
        else:
            shutil.copyfile(entry, target / entry.name)


def _passing(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name.startswith(_PASSING) or name.endswith(".lock")}


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:  # packed away by a push from outside: its pack is linked too
        return
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)
