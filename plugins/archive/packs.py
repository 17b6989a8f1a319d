"""Messages as they came: one SQLite file a list and year of arrival; big files of theirs stand beside them."""

import hashlib
import re
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from app.errors import N_, NotFound, StorageFull, Unavailable
from plugins.archive.pieces import cut, of_text, put_back, to_text

# `seq` counts the messages of a list as they came: what is derived of them in this order is the same each time.
# `cuts` says which files were cut out of the bytes; `beside` are files that came beside a message and not in it
# (pipermail). `pieces` names them all, so that nobody removes them. `again` are other imports that brought a message,
# 0 is live mail.
_TABLES = """
CREATE TABLE IF NOT EXISTS raw (
    sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL, size INTEGER NOT NULL, received_at INTEGER NOT NULL,
    run_id INTEGER NOT NULL, place TEXT NOT NULL, seq INTEGER NOT NULL, cuts TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS raw_seq ON raw (seq, size);
CREATE TABLE IF NOT EXISTS pieces (sha256 TEXT, oid TEXT, PRIMARY KEY (sha256, oid)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pieces_oid ON pieces (oid);
CREATE TABLE IF NOT EXISTS again (sha256 TEXT, run_id INTEGER, PRIMARY KEY (sha256, run_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS beside (
    sha256 TEXT, number INTEGER, name TEXT NOT NULL, oid TEXT NOT NULL, PRIMARY KEY (sha256, number)) WITHOUT ROWID;
"""
_FILE = re.compile(r"raw-(\d{4})\.sqlite")
_BUSY_SECONDS = 30
_MANY = 500
_FULL = N_("The disk of this site is full. Nothing was changed. Tell an administrator.")
_GONE = N_("This message is not kept here any more.")
_ADD = """INSERT OR IGNORE INTO raw (sha256, bytes, size, received_at, run_id, place, seq, cuts)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_ADD_AGAIN = "INSERT OR IGNORE INTO again (sha256, run_id) VALUES (?, ?)"
_GET = "SELECT sha256, bytes, cuts, received_at, run_id, place FROM raw WHERE sha256 = ?"


@dataclass(frozen=True, slots=True)
class Kept:
    """One message of a pack; of `files`, the contents of its attachments, big ones are cut out of it.

    `beside` are files that came with it and stand nowhere in it: their names and contents.
    """

    year: int
    sha256: str
    content: bytes
    received_at: int
    run_id: int
    place: str
    files: tuple[bytes, ...] = ()
    beside: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """A message of a pack that came again, by another import; 0 is live mail."""

    year: int
    sha256: str
    run_id: int


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A message of a pack by name, in the order in which they came."""

    seq: int
    year: int
    sha256: str
    size: int


def name_of(content: bytes) -> str:
    """Give the name of a message in its pack."""
    return hashlib.sha256(content).hexdigest()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE):
            raise StorageFull(_FULL) from error
        raise Unavailable(N_("The messages cannot be reached just now. Try again in a moment.")) from error


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs of one list; `files` is the store of what is cut out of them."""

    folder: Path
    files: Any

    def _file(self, year: int) -> Path:
        return self.folder / f"raw-{year:04}.sqlite"

    def _open(self, year: int, *, to_write: bool = False) -> sqlite3.Connection:
        if to_write:
            self.folder.mkdir(parents=True, exist_ok=True)
        elif not self._file(year).exists():
            raise NotFound(_GONE)
        found = sqlite3.connect(self._file(year), timeout=_BUSY_SECONDS)
        found.execute("PRAGMA secure_delete = ON")  # what is erased leaves no trace in the file
        found.execute("PRAGMA synchronous = FULL")
        if to_write:
            found.executescript(_TABLES)
        return found

    def years(self) -> list[int]:
        """List the years of which something is kept."""
        found = (_FILE.fullmatch(one.name) for one in self.folder.glob("raw-*.sqlite"))
        return sorted(int(one[1]) for one in found if one)

    # -- written -----------------------------------------------------------------------------------------------------

    def add(self, kept: Sequence[Kept]) -> None:
        """Keep messages, all of a year in one transaction; what is there already stays as it is."""
        seqs = {one.sha256: seq for seq, one in enumerate(kept, self._last() + 1)}
        for year, of_year in groupby(sorted(kept, key=lambda one: one.year), key=lambda one: one.year):
            some = list(of_year)
            rows, beside = [self._row(one, seqs[one.sha256]) for one in some], self._beside(some)
            with _told(), closing(self._open(year, to_write=True)) as pack, pack:
                _insert(pack, rows, beside)

    def replace(self, year: int, new: Iterable[tuple[str, Kept]]) -> None:
        """Put messages in the places of others, which leave the file; all or none."""
        last = self._last()
        with _told(), closing(self._open(year, to_write=True)) as pack:
            with pack:
                for old, one in new:
                    seq = pack.execute("SELECT seq FROM raw WHERE sha256 = ?", (old,)).fetchone()
                    again = pack.execute("SELECT run_id FROM again WHERE sha256 = ?", (old,)).fetchall()
                    _delete(pack, [old])
                    pack.executemany(_ADD_AGAIN, [(one.sha256, run_id) for (run_id,) in again])
                    _insert(pack, [self._row(one, seq[0] if seq else last + 1)], self._beside([one]))
            pack.execute("VACUUM")

    def came_again(self, some: Sequence[Again]) -> None:
        """Remember which other imports brought messages: who takes the first of them back leaves these."""
        for year, of_year in groupby(sorted(some, key=lambda one: one.year), key=lambda one: one.year):
            rows = [(one.sha256, one.run_id) for one in of_year]
            with _told(), closing(self._open(year, to_write=True)) as pack, pack:
                pack.executemany(_ADD_AGAIN, rows)

    def brought_again(self, year: int, run_id: int) -> dict[str, int]:
        """Name the messages of an import that came again, and by which other; of several, live mail is first."""
        own = """SELECT raw.sha256, min(again.run_id) FROM raw JOIN again ON again.sha256 = raw.sha256
            WHERE raw.run_id = ? AND again.run_id != raw.run_id GROUP BY raw.sha256"""
        with _told(), closing(self._open(year, to_write=True)) as pack:
            return dict(pack.execute(own, (run_id,)).fetchall())

    def brought_by_others(self, year: int, run_id: int) -> set[str]:
        """Name the messages that came again by anything but this import; faster than `brought_again`."""
        with _told(), closing(self._open(year, to_write=True)) as pack:
            return {row[0] for row in pack.execute("SELECT sha256 FROM again WHERE run_id != ?", (run_id,))}

    def hand_over(self, year: int, run_id: int) -> None:
        """Let messages of an import be those of another that brought them, too; it brought nothing any more."""
        rows = [(to, sha256) for sha256, to in self.brought_again(year, run_id).items()]
        with _told(), closing(self._open(year, to_write=True)) as pack, pack:
            pack.executemany("UPDATE raw SET run_id = ? WHERE sha256 = ?", rows)
            pack.execute("DELETE FROM again WHERE run_id = ?", (run_id,))

    def erase(self, year: int, names: Collection[str]) -> None:
        """Take messages away for good: their bytes leave the file; what was cut out of them stays for its owner."""
        with _told(), closing(self._open(year, to_write=True)) as pack:
            with pack:
                _delete(pack, names)
            pack.execute("VACUUM")

    def _row(self, one: Kept, seq: int) -> tuple[Any, ...]:
        left, cuts = cut(one.content, one.files)
        for content in one.files if cuts else ():
            if any(piece.oid == name_of(content) for piece in cuts) and not self.files.has(name_of(content)):
                self.files.put(content)
        if cuts and name_of(put_back(left, cuts, self._piece)) != one.sha256:
            left, cuts = one.content, ()
        packed = zlib.compress(left, 6)
        return one.sha256, packed, len(one.content), one.received_at, one.run_id, one.place, seq, to_text(cuts)

    def _beside(self, kept: Iterable[Kept]) -> list[tuple[str, int, str, str]]:
        found = []
        for one in kept:
            for number, (name, content) in enumerate(one.beside):
                if not self.files.has(name_of(content)):
                    self.files.put(content)
                found.append((one.sha256, number, name, name_of(content)))
        return found

    def _last(self) -> int:
        return max((self._most(year) for year in self.years()), default=0)

    def _most(self, year: int) -> int:
        with _told(), closing(self._open(year)) as pack:
            try:
                return pack.execute("SELECT max(seq) FROM raw").fetchone()[0] or 0
            except sqlite3.OperationalError:  # made and not filled by one who was killed
                return 0

    # -- read --------------------------------------------------------------------------------------------------------

    def read(self, year: int, sha256: str) -> bytes:
        """Give a message as it came; raises NotFound."""
        found = next(self.get(year, [sha256]), None)
        if found is None:
            raise NotFound(_GONE)
        return found.content

    def order(self) -> list[Name]:
        """Name all messages as they came."""
        found: list[Name] = []
        for year in self.years():
            with _told(), closing(self._open(year, to_write=True)) as pack:
                rows = pack.execute("SELECT seq, sha256, size FROM raw INDEXED BY raw_seq")
                found += [Name(seq, year, sha256, size) for seq, sha256, size in rows]
        return sorted(found)

    def names_of_run(self, year: int, run_id: int) -> set[str]:
        """Name the messages of a year that an import brought."""
        with _told(), closing(self._open(year)) as pack:
            return {row[0] for row in pack.execute("SELECT sha256 FROM raw WHERE run_id = ?", (run_id,))}

    def walk(self) -> Iterator[Kept]:
        """Give all messages as they came; one at a time."""
        for year, some in groupby(self.order(), key=lambda one: one.year):
            yield from self.get(year, [one.sha256 for one in some])

    def get(self, year: int, names: Iterable[str]) -> Iterator[Kept]:
        """Give messages by name; what is not there any more is left out."""
        with _told(), closing(self._open(year)) as pack:
            for name in names:
                for sha256, packed, cuts, *rest in pack.execute(_GET, (name,)):
                    try:
                        content = put_back(zlib.decompress(packed), of_text(cuts), self._piece)
                    except FileNotFoundError:  # a file that was lost takes no other message with it
                        continue
                    yield Kept(year, sha256, content, *rest, beside=self._found_beside(pack, sha256))

    def _found_beside(self, pack: sqlite3.Connection, sha256: str) -> tuple[tuple[str, bytes], ...]:
        own = "SELECT name, oid FROM beside WHERE sha256 = ? ORDER BY number"
        try:
            rows = pack.execute(own, (sha256,)).fetchall()
        except sqlite3.OperationalError:  # a pack of before there were any
            return ()
        return tuple((name, self._piece(oid)) for name, oid in rows if self.files.has(oid))

    def _piece(self, oid: str) -> bytes:
        return self.files.path(oid).read_bytes()  # type: ignore[no-any-return]

    def keeps(self, oids: Collection[str]) -> set[str]:
        """Name those files that are pieces of a message."""
        found: set[str] = set()
        wanted = sorted(oids)
        for year in self.years():
            with _told(), closing(self._open(year, to_write=True)) as pack:
                for at in range(0, len(wanted), _MANY):
                    some = wanted[at : at + _MANY]
                    marks = ",".join("?" * len(some))
                    own = f"SELECT DISTINCT oid FROM pieces WHERE oid IN ({marks})"  # noqa: S608 - question marks
                    found |= {row[0] for row in pack.execute(own, some)}
        return found


def _insert(
    pack: sqlite3.Connection, rows: Sequence[tuple[Any, ...]], beside: Sequence[tuple[str, int, str, str]]
) -> None:
    pack.executemany(_ADD, rows)
    pack.executemany("INSERT OR IGNORE INTO beside (sha256, number, name, oid) VALUES (?, ?, ?, ?)", beside)
    pieces = [(piece.oid, row[0]) for row in rows for piece in of_text(row[-1])]
    pieces += [(oid, sha256) for sha256, _, _, oid in beside]
    pack.executemany("INSERT OR IGNORE INTO pieces (oid, sha256) VALUES (?, ?)", pieces)


def _delete(pack: sqlite3.Connection, names: Iterable[str]) -> None:
    wanted = [(name,) for name in names]
    pack.executemany("DELETE FROM raw WHERE sha256 = ?", wanted)
    for table in ("pieces", "beside", "again"):
        pack.executemany(f"DELETE FROM {table} WHERE sha256 = ?", wanted)  # noqa: S608 - names of our own
