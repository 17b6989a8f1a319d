"""How the words of a segment lie on disk: a Whoosh codec made for a few large posting lists read often.

Whoosh's own codec compresses and pickles blocks of 128 postings and walks them one by one: 14 ms for one common word
of 10,000 pages, 139 s to build. Here the numbers of a word's documents are one array, read in one go.
Terms, columns, deletions, segments and the atomic table of contents stay Whoosh's.
"""

import io
import os
import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import md5
from pathlib import Path
from typing import Any

from app.wiki.search_whoosh import columns, fields, filestore, filetables, structfile, whoosh3

NAME = "gare1"  # of the index; a change of the format or of the analysis takes the next number
# One letter before each term says where it stands. The order of the letters is the order on disk.
KEY, MARK, PATH, STEM, TITLE, SURFACE = b"k", b"m", b"p", b"s", b"t", b"w"
_ROW = struct.Struct("<IQI")  # documents, offset and length of the posting list
_LENGTHS = struct.Struct("!ii")  # of a term and its row
_POINTER = struct.Struct("!Iq")  # the hash of a term, and where it stands
_NOWHERE = bytes(_POINTER.size)
_AHEAD = 1 << 20  # bytes that are read at once where everything is


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of a term, ascending; for stems also weight, number of places, and places (word positions)."""

    ids: "array[int]" = field(default_factory=lambda: array("I"))
    weights: bytes = b""
    counts: bytes = b""
    places: "array[int]" = field(default_factory=lambda: array("H"))

    def to_bytes(self) -> bytes:
        return b"".join((self.ids.tobytes(), self.weights, self.counts, self.places.tobytes()))

    @classmethod
    def parse(cls, data: bytes, count: int) -> "Postings":
        ids, places = array("I"), array("H")
        ids.frombytes(data[: 4 * count])
        places.frombytes(data[6 * count :])
        return cls(ids, data[4 * count : 5 * count], data[5 * count : 6 * count], places)


class Storage(filestore.FileStorage):  # type: ignore[misc]
    """Files that several threads read at once, without a shared position and without mapping them into memory.

    A mapped file that somebody truncates kills the process; a short read is an error like any other.
    """

    def open_file(self, name: str, **options: Any) -> "ReadFile":
        return ReadFile(Path(self.folder) / name, **options)


class ReadFile(structfile.StructFile):  # type: ignore[misc]
    """A file read at positions; closed when nobody uses it any more."""

    def __init__(self, path: Path, **options: Any) -> None:
        self._raw = _RawFile(path)
        super().__init__(io.BufferedReader(self._raw), name=path.name, **options)

    def get(self, position: int, length: int) -> bytes:
        data = os.pread(self._raw.descriptor, length, position)
        if len(data) != length:
            raise OSError(f"{self._name} is shorter than it should be")
        return data


class _RawFile(io.RawIOBase):
    """A descriptor with a position of its own; unlike a FileIO it may be forgotten, whole states of the index are."""

    descriptor = -1  # until it is open

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = (0, self._position, os.fstat(self.descriptor).st_size)[whence]
        self._position = start + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
        data = os.pread(self.descriptor, len(buffer), self._position)
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def close(self) -> None:
        if not self.closed and self.descriptor >= 0:
            os.close(self.descriptor)
        super().close()


class _Table(filetables.OrderedHashWriter):  # type: ignore[misc]
    """Whoosh's table, byte for byte, in a third of the time."""

    lastkey: bytes

    def add(self, key: bytes, value: bytes) -> None:
        position = self.dbfile.tell()
        if key <= self.lastkey:
            raise ValueError(f"terms must ascend: {self.lastkey!r}, {key!r}")
        self.index.append(position)
        self.lastkey = key
        self.dbfile.write(_LENGTHS.pack(len(key), len(value)) + key + value)
        number = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        self.buckets[number & 255].append((number, position))

    def _write_hashes(self) -> None:
        for entries in self.buckets:
            slots = 2 * len(entries)
            self.directory.append((self.dbfile.tell(), slots))
            table = [_NOWHERE] * slots
            for number, position in entries:
                slot = (number >> 8) % slots
                while table[slot] is not _NOWHERE:
                    slot = (slot + 1) % slots
                table[slot] = _POINTER.pack(number, position)
            self.dbfile.write(b"".join(table))


class TermsWriter:
    """Write terms in ascending order, each with its postings; the field writer of a segment for Whoosh."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._table = _Table(segment.create_file(storage, ".trm"))
        self._lists = segment.create_file(storage, ".pst")
        self._vocabulary = segment.create_file(storage, ".voc")
        self._offset = 0
        self.is_closed = False

    def add_postings(self, _schema: Any, _lengths: Any, items: Iterable[tuple[bytes, Postings]]) -> None:
        for term, postings in items:
            data = postings.to_bytes()
            self._table.add(term, _ROW.pack(len(postings.ids), self._offset, len(data)))
            self._lists.write(data)
            self._offset += len(data)
            if term.startswith(SURFACE):
                self._vocabulary.write(term[1:] + b"\n")

    def close(self) -> None:
        for file in (self._table, self._lists, self._vocabulary):
            file.close()
        self.is_closed = True


class TermsReader:
    """Look terms up; safe to share between threads."""

    def __init__(self, storage: Storage, segment: Any) -> None:
        name = segment.make_filename(".trm")
        self._table = filetables.OrderedHashReader(storage.open_file(name), storage.file_length(name))
        self._lists = segment.open_file(storage, ".pst")
        self._lists_size = storage.file_length(segment.make_filename(".pst"))

    def count(self, term: bytes) -> int:
        """Count the documents of a term, deleted ones too."""
        row = self._table.get(term)
        return _ROW.unpack(row)[0] if row else 0

    def get(self, term: bytes) -> Postings:
        """Read the postings of a term; empty when there is none."""
        row = self._table.get(term)
        return self._read(row) if row else Postings()

    def starting(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Yield the terms that begin with `prefix`, each with a row for `ids`."""
        for term, row in self._table.items_from(prefix):
            if not term.startswith(prefix):
                return
            yield term, row

    def ids(self, row: bytes) -> "array[int]":
        """Read the documents of a row, without weights and places."""
        count, offset, _ = _ROW.unpack(row)
        numbers = array("I")
        numbers.frombytes(self._lists.get(offset, 4 * count))
        return numbers

    def items(self) -> Iterator[tuple[bytes, Postings]]:
        """Yield everything, in the order of the terms."""
        rows = _Ahead(self._table.dbfile, self._table.endofdata)
        lists = _Ahead(self._lists, self._lists_size)
        place = self._table.startofdata
        while place < self._table.endofdata:
            of_term, of_row = _LENGTHS.unpack(rows.get(place, _LENGTHS.size))
            place += _LENGTHS.size + of_term + of_row
            count, offset, length = _ROW.unpack(rows.get(place - of_row, of_row))
            yield rows.get(place - of_row - of_term, of_term), Postings.parse(lists.get(offset, length), count)

    def _read(self, row: bytes) -> Postings:
        count, offset, length = _ROW.unpack(row)
        return Postings.parse(self._lists.get(offset, length), count)


class _Ahead:
    """Read a file from its beginning to its end, much at a time."""

    def __init__(self, file: ReadFile, end: int) -> None:
        self._file, self._end = file, end
        self._start, self._data = 0, b""

    def get(self, position: int, length: int) -> bytes:
        at = position - self._start
        if not 0 <= at <= len(self._data) - length:
            self._data = self._file.get(position, max(length, min(_AHEAD, self._end - position)))
            self._start, at = position, 0
        return self._data[at : at + length]


class Segment(whoosh3.W3Segment):  # type: ignore[misc]
    """A part of the index; knows the size and checksum of each of its files."""

    sums: dict[str, tuple[int, int]]

    def seal(self, storage: Storage) -> None:
        """Note what the finished files hold."""
        self.sums = {name: _sum_of(storage, name) for name in self.list_files(storage)}

    def has_its_files(self, storage: Storage) -> bool:
        """Ask whether all files are there in full length; cheap."""
        try:
            return all(storage.file_length(name) == size for name, (size, _) in self.sums.items())
        except OSError:
            return False

    def is_intact(self, storage: Storage) -> bool:
        """Ask whether every byte is as it was written; reads everything (1 ms a MB)."""
        return self.has_its_files(storage) and all(_sum_of(storage, name) == kept for name, kept in self.sums.items())


def _sum_of(storage: Storage, name: str) -> tuple[int, int]:
    size = checksum = 0
    with (Path(storage.folder) / name).open("rb") as stream:
        while part := stream.read(1 << 20):
            size += len(part)
            checksum = zlib.crc32(part, checksum)
    return size, checksum


class Codec(whoosh3.W3Codec):  # type: ignore[misc]
    """What Whoosh asks for files by."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> TermsWriter:
        return TermsWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> TermsReader:
        return TermsReader(storage, segment)

    def new_segment(self, _storage: Any, indexname: str) -> Segment:
        return Segment(self, indexname)


# The facts of a document stand in one column; its words are given to the writer's pool directly.
FACTS = columns.VarBytesColumn()
SCHEMA = fields.Schema(facts=fields.COLUMN(FACTS))
