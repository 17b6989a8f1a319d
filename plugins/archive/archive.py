"""The archive of a site: its databases, its packs, its files; one writer a list, and a mark of every change."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import DatabaseError, OperationalError

from app.errors import N_, NotFound, StorageFull, Unavailable
from app.plugin import make_engine, only_one, sqlite_url
from plugins.archive import lists, rows
from plugins.archive.packs import Packs

if TYPE_CHECKING:
    from app.plugin import Station
    from plugins.archive.lists import MailList

HEALED = "healed"  # the fact that a database has once had all rows
_FULL = N_("The disk of this site is full. Nothing was changed. Tell an administrator.")
_GONE = N_("This list was removed.")
_BUSY = N_("The messages cannot be reached just now. Try again in a moment.")


class Archive:
    """Holds what messages are kept in. `file` is archive.db, or one that is being made beside it."""

    def __init__(self, station: "Station", file: Path | None = None) -> None:
        self.station = station
        self.truth: Engine = station.truth
        self.files: Any = station.wiki.files
        self.folder = station.config.instance / "mail"
        self.file = file or station.config.instance / "archive.db"
        self._engine: tuple[int, Engine] | None = None
        self._opening = Lock()

    @property
    def rows(self) -> Engine:
        """Give archive.db; made where it is not there, is damaged or of another time, and opened anew when replaced."""
        inode = self.file.stat().st_ino if self.file.exists() else 0
        held = self._engine  # of this moment: other threads may open it anew
        if held is None or held[0] != inode:
            with self._opening:
                self.close()
                engine = self._opened()
                held = self._engine = (self.file.stat().st_ino, engine)
        return held[1]

    def _opened(self) -> Engine:
        self.folder.mkdir(parents=True, exist_ok=True)
        with only_one(self.folder / "rows.lock", is_patient=True):
            engine = make_engine(sqlite_url(self.file), durable=False)
            if not _is_sound(engine):
                engine.dispose()
                remove_database(self.file)
                engine = make_engine(sqlite_url(self.file), durable=False)
                rows.metadata.create_all(engine)
                first = [{"name": "schema", "value": rows.SCHEMA}, {"name": "generation", "value": str(time.time_ns())}]
                if not any(self.folder.glob("*/raw-*.sqlite")):  # there is nothing that rows should say
                    first.append({"name": HEALED, "value": "1"})
                with engine.begin() as connection:
                    connection.execute(insert(rows.facts), first)
            return engine

    def close(self) -> None:
        """Let go of the database."""
        held, self._engine = self._engine, None
        if held is not None:
            held[1].dispose()

    def packs(self, list_: "MailList") -> Packs:
        """Give the packs of a list."""
        return Packs(self.folder / list_.name, self.files)

    def spool(self, list_: "MailList") -> Path:
        """Say where messages of a list wait; another list of the same name has another place."""
        return self.folder / "spool" / f"{list_.name}-{list_.id}"

    @contextmanager
    def writing(self, list_: "MailList") -> Iterator[None]:
        """Be the one writer of a list; waits for another one. Raises NotFound where the list was removed meanwhile."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with only_one(self.folder / f"{list_.name}.lock", is_patient=True):
            known = lists.find(self.truth, list_.name)
            if known is None or known.id != list_.id:
                raise NotFound(_GONE)
            yield

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """Change archive.db, and its mark with it; raises StorageFull, Unavailable with nothing changed."""
        try:
            with self.rows.begin() as connection:
                # The first statement writes: who reads numbers after it reads them alone.
                mark = update(rows.facts).where(rows.facts.c.name == "generation").values(value=str(time.time_ns()))
                connection.execute(mark)
                yield connection
            self.station.stamp.touch()  # pages that show threads are kept by every process until it is told
        except OperationalError as error:
            is_full = getattr(error.orig, "sqlite_errorcode", 0) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)
            raise (StorageFull(_FULL) if is_full else Unavailable(_BUSY)) from error

    @contextmanager
    def changing_quietly(self) -> Iterator[Connection]:
        """Change what nobody is shown, such as what waits for the search: answers that are kept go on being right."""
        with self.rows.begin() as connection:
            yield connection

    def generation(self) -> str:
        """Give a mark that changes with each change, whichever process makes it."""
        with self.rows.connect() as connection:
            return str(connection.execute(select(rows.facts.c.value).where(rows.facts.c.name == "generation")).scalar())

    def forget(self, list_: "MailList") -> set[str]:
        """Remove a list with all its messages, raws and rows; the search is told. Gives the files that they named."""
        with self.writing(list_), self.changing() as connection:
            own = select(rows.messages.c.id).where(rows.messages.c.list_id == list_.id)
            connection.execute(delete(rows.texts).where(rows.texts.c.message_id.in_(own)))
            files = select(rows.attachments.c.oid).where(rows.attachments.c.list_id == list_.id)
            named = set(connection.execute(files.distinct()).scalars())
            leaving = select(rows.messages.c.id, rows.messages.c.list_id).where(rows.messages.c.list_id == list_.id)
            told = insert(rows.queue).prefix_with("OR REPLACE")
            connection.execute(told.from_select(["message_id", "list_id"], leaving))
            names = (
                "attachments",
                "messages",
                "threads",
                "old_threads",
                "ghosts",
                "apart",
                "people",
                "months",
            )
            for name in names:
                table = rows.metadata.tables[name]
                connection.execute(delete(table).where(table.c.list_id == list_.id))
            unnamed = rows.file_texts.c.oid.not_in(select(rows.attachments.c.oid))
            connection.execute(delete(rows.file_texts).where(unnamed))
            shutil.rmtree(self.folder / list_.name, ignore_errors=True)
            shutil.rmtree(self.spool(list_), ignore_errors=True)
            lists.remove(self.truth, list_)
        return named


def remove_database(file: Path) -> None:
    """Remove a database with what stands beside it."""
    for end in ("", "-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)


def _is_sound(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            own = select(rows.facts.c.value).where(rows.facts.c.name == "schema")
            return bool(connection.execute(own).scalar() == rows.SCHEMA)
    except DatabaseError:
        return False
