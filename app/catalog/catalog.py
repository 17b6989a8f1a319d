"""Open the catalog's database, notice when its file was replaced or damaged, keep its few facts."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError, OperationalError

from app.catalog import tables
from app.database.engine import make_engine, sqlite_url
from app.errors import N_, GareError, StorageFull, Unavailable
from app.wiki.markup import RENDERER

log = logging.getLogger(__name__)
VERSION = f"{tables.SCHEMA}, {RENDERER}"
SETTLED = 2_000_000_000  # nanoseconds
_Written = tuple[tuple[int, int, int], ...]


class CatalogDamaged(Unavailable):
    """The catalog cannot be read; pages are read from git until the job process has built it anew."""

    def __init__(self) -> None:
        super().__init__(N_("The lists are being put in order. Pages can be read; come back in a minute."))


class Catalog:
    """The catalog of one instance. Connections follow the file: a rebuilt catalog is taken up without a restart."""

    def __init__(self, file: Path, changed_by: Callable[[], str] = str) -> None:
        """Open the file when it is first asked for; `changed_by` names the plugins that change what pages look like."""
        self.file = file
        self._changed_by = changed_by
        self._engine: Engine | None = None
        self._opened: tuple[int, int, int] | None = None
        self._lock = threading.Lock()
        self._known: tuple[_Written, str] | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection for reading; raises CatalogDamaged when the file cannot be used."""
        try:
            with self._current_engine().connect() as connection:
                yield connection
        except DatabaseError as error:
            raise self._judge(error) from error

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """Open one transaction; it is undone when the block raises."""
        try:
            with self._current_engine().begin() as connection:
                yield connection
        except DatabaseError as error:
            raise self._judge(error) from error

    def generation(self) -> str:
        """Give a mark that is another one after every change; the database is asked only if it was written since.

        What was just written may be written again under the same time, and others see it a moment after it is written:
        so it must have been left alone for a while.
        """
        written, known = self._written(), self._known
        if known is not None and known[0] == written:
            return known[1]
        with self.reading() as connection:
            generation = get_fact(connection, "generation") or ""
        if written and time.time_ns() - max(when for _, _, when in written) > SETTLED:
            self._known = (written, generation)
        return generation

    def _written(self) -> "_Written":
        """Tell by inode, size and time (ns) of the database and its log what was written; nothing where one is gone."""
        try:
            found = [os.stat(name) for name in (self.file, f"{self.file}-wal")]  # noqa: PTH116 - at every page view
        except FileNotFoundError:
            return ()
        return tuple((one.st_ino, one.st_size, one.st_mtime_ns) for one in found)

    def _judge(self, error: DatabaseError) -> GareError:
        """Tell a catalog that is damaged from one that is busy or has no room: these need no rebuild."""
        said = str(error.orig)
        if isinstance(error, OperationalError) and ("locked" in said or "busy" in said):
            return Unavailable(N_("The site is very busy. Try again in a moment."))
        if isinstance(error, OperationalError) and ("full" in said or "readonly" in said):
            return StorageFull(N_("The disk of this site is full. Nothing was changed. Tell an administrator."))
        log.error("catalog cannot be read: %s", said)
        self.mark_damaged()
        return CatalogDamaged()

    def _current_engine(self) -> Engine:
        """Give the engine of this process for the file as it stands now.

        A deleted file keeps its open connections, so that readers go on until the new one is there.
        """
        try:
            stat = os.stat(self.file)  # noqa: PTH116 - two microseconds, on the path of every page view
            now = (os.getpid(), stat.st_dev, stat.st_ino)
        except FileNotFoundError:
            if self._engine is None or self._opened is None or self._opened[0] != os.getpid():
                raise CatalogDamaged from None
            return self._engine
        if now != self._opened:
            self._reopen(now)
        assert self._engine is not None
        return self._engine

    def _reopen(self, now: tuple[int, int, int]) -> None:
        with self._lock:
            if now == self._opened:
                return
            if self._engine is not None:  # connections of a parent process must not be closed from here
                self._engine.dispose(close=self._opened is not None and self._opened[0] == now[0])
            self._engine, self._opened = make_engine(sqlite_url(self.file, must_exist=True), durable=False), now

    def close(self) -> None:
        """Close the connections of this process."""
        if self._engine is not None and self._opened is not None and self._opened[0] == os.getpid():
            self._engine.dispose()
        self._engine = self._opened = None

    @property
    def version(self) -> str:
        """What it must be of: one of other tables, or rendered otherwise, is built anew by the job process."""
        return f"{VERSION}{self._changed_by()}"

    def create(self) -> None:
        """Make an empty catalog where there is no file."""
        engine = make_engine(sqlite_url(self.file), durable=False)
        tables.metadata.create_all(engine)
        with engine.begin() as connection:
            set_fact(connection, "schema", self.version)
        engine.dispose()

    @property
    def damage_mark(self) -> Path:
        """The file by which one process tells the job process that the catalog must be rebuilt."""
        return self.file.with_suffix(".damaged")

    def mark_damaged(self) -> None:
        """Ask for a rebuild."""
        with suppress(OSError):  # a full disk; whoever reads next asks again
            self.damage_mark.touch()

    def is_sound(self) -> bool:
        """Tell whether the catalog is there, of this program's schema, and not marked as damaged. Cheap.

        One that is busy, or has no room, is sound: building it anew would cure nothing.
        """
        if self.damage_mark.exists() or not self.file.exists():
            return False
        try:
            with self.reading() as connection:
                return get_fact(connection, "schema") == self.version
        except CatalogDamaged:
            return False
        except (Unavailable, StorageFull):
            return True

    def check(self) -> list[str]:
        """Look through the whole file; gives the faults that SQLite finds."""
        with self.reading() as connection:
            found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
        return [] if found == ["ok"] else found


def get_fact(connection: Connection, key: str) -> str | None:
    """Read one fact (`tip`, `schema`, `generation`, `render_key`)."""
    return connection.execute(select(tables.facts.c.value).where(tables.facts.c.key == key)).scalar()


_FACT = insert(tables.facts)
_SET_FACT = _FACT.on_conflict_do_update(index_elements=["key"], set_={"value": _FACT.excluded.value})


def set_fact(connection: Connection, key: str, value: str) -> None:
    """Write one fact."""
    set_facts(connection, **{key: value})


def set_facts(connection: Connection, **values: str) -> None:
    """Write facts."""
    connection.execute(_SET_FACT, [{"key": key, "value": value} for key, value in values.items()])
