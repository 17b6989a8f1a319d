"""Looks for words in every byte below an instance: unpacked, decoded, in rows of databases and their logs."""

import gzip
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from email import message_from_bytes
from pathlib import Path


def traces(folder: Path, words: Iterable[str]) -> set[str]:
    """Name the files in which one of the words stands, in whatever case."""
    wanted = [word.casefold().encode() for word in words]
    return {
        f"{file.relative_to(folder)}: {word.decode()}"
        for file in folder.rglob("*")
        if file.is_file()
        for content in _contents(file)
        for word in wanted
        if word in content.lower()
    }


def _contents(file: Path) -> Iterator[bytes]:
    raw = file.read_bytes()
    yield from _unpacked(raw)
    if raw.startswith(b"SQLite format 3"):
        with closing(sqlite3.connect(file)) as database:
            names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for name in names:
                for row in database.execute(f'SELECT * FROM "{name}"'):
                    for value in row:
                        yield from _unpacked(value if isinstance(value, bytes) else str(value).encode())


def _unpacked(raw: bytes) -> Iterator[bytes]:
    yield raw
    inner = [raw]
    for unpack in (zlib.decompress, gzip.decompress):
        with suppress(zlib.error, OSError, EOFError):
            inner.append(unpack(raw))
    yield from inner[1:]
    for one in inner:
        if b"message-id:" in one[:20_000].lower():
            for part in message_from_bytes(one).walk():
                content = part.get_payload(decode=True)
                yield content if isinstance(content, bytes) else b""
