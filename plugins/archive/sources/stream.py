"""Bytes that come in pieces, read as lines; what is damaged ends them early and is said."""

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from plugins.archive.sources.limits import BOMB, BROKEN, FREE, MOST_RATIO, MOST_UNPACKED

CHUNK = 1 << 16
LONGEST_LINE = 1 << 20
AHEAD = 1 << 20  # bytes that are read at once where somebody looks far ahead: what was read is not copied each time


class Gauge:
    """How many bytes of a source were read so far."""

    def __init__(self) -> None:
        self.done = 0
        self.unpacked = 0


class Stream:
    """Lines of pieces of bytes. `place` counts bytes; `fault` says why it ended early (English msgid)."""

    def __init__(self, chunks: Iterator[bytes | str]) -> None:
        """Read `chunks`; a str among them is the fault that ends it."""
        self._chunks, self._buffer, self._from = chunks, b"", 0
        self.place, self.fault = 0, ""

    def line(self) -> bytes:
        """Give the next line with its end, or at most a megabyte of it; empty at the end."""
        while (end := self._buffer.find(b"\n", self._from)) < 0 and len(self._buffer) - self._from < LONGEST_LINE:
            if not self._more():
                break
        stop = min(end + 1 if end >= 0 else len(self._buffer), self._from + LONGEST_LINE)
        line = self._buffer[self._from : stop]
        self._from = stop
        self.place += len(line)
        return line

    def peek(self, count: int) -> bytes:
        """Give the next bytes, `count` at most, and stay where it is."""
        if (lacking := count - (len(self._buffer) - self._from)) > 0:
            self._fill(lacking)
        return self._buffer[self._from : self._from + count]

    def peek_at(self, offset: int, count: int) -> bytes:
        """Give bytes that come `offset` later, and stay where it is."""
        if (lacking := offset + count - (len(self._buffer) - self._from)) > 0:
            self._fill(max(lacking, AHEAD))
        start = self._from + offset
        return self._buffer[start : start + count]

    def before(self, line: bytes) -> bytes:
        """Give bytes up to where a line begins with `line`, or as many as are at hand; empty at the end."""
        mark = b"\n" + line
        while True:
            end = self._buffer.find(mark, self._from)
            stop = end + 1 if end >= 0 else len(self._buffer) - len(mark) + 1
            if stop > self._from:
                break
            if not self._more():
                stop = len(self._buffer)
                break
        piece = self._buffer[self._from : stop]
        self._from = stop
        self.place += len(piece)
        return piece

    def skip(self, count: int) -> None:
        """Go on by so many bytes that were seen."""
        self._from += count
        self.place += count

    def _fill(self, lacking: int) -> None:
        pieces = [self._buffer[self._from :]]
        while lacking > 0 and (piece := self._next()):
            pieces.append(piece)
            lacking -= len(piece)
        self._buffer, self._from = b"".join(pieces), 0

    def _more(self) -> bool:
        piece = self._next()
        self._buffer, self._from = self._buffer[self._from :] + piece, 0
        return bool(piece)

    def _next(self) -> bytes:
        piece = next(self._chunks, b"")
        if isinstance(piece, str):
            self.fault = piece
            return b""
        return piece


def plain(file: BinaryIO, gauge: Gauge) -> Iterator[bytes | str]:
    """Give the pieces of a file as it is."""
    while piece := file.read(CHUNK):
        gauge.done += len(piece)
        yield piece


def inflated(file: BinaryIO, gauge: Gauge) -> Iterator[bytes | str]:
    """Give the pieces of a gzip file (RFC 1952), of one member or several."""
    engine, total, packed = zlib.decompressobj(31), 0, 0
    while data := file.read(CHUNK):
        gauge.done += len(data)
        packed += len(data)
        while data:
            if engine.eof:
                engine = zlib.decompressobj(31)
            try:
                piece = engine.decompress(data, CHUNK * 16)
            except zlib.error:
                yield BROKEN
                return
            data = engine.unused_data if engine.eof else engine.unconsumed_tail
            total += len(piece)
            if total > MOST_UNPACKED or total > FREE + packed * MOST_RATIO:
                yield BOMB
                return
            if piece:
                yield piece
            if engine.eof and not data.strip(b"\0"):
                break
    if not engine.eof:
        yield BROKEN


def of_bytes(data: bytes) -> Stream:
    """Read bytes that are there already."""
    return Stream(plain(io.BytesIO(data), Gauge()))
