"""ZIP archives of mails: Sympa's, Takeout's, any. Nothing is ever written, and names are only shown."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.errors import Invalid
from plugins.archive.sources import mbox
from plugins.archive.sources.limits import (
    BAD_NAME,
    BOMB,
    BROKEN,
    FREE,
    HEAD,
    LOCKED,
    MOST_MESSAGE,
    MOST_RATIO,
    MOST_UNPACKED,
    MOST_ZIPPED,
    NESTED,
    NOT_MAIL,
    TOO_LONG,
    TOO_MANY,
)  # fmt: skip
from plugins.archive.sources.raw import Raw, Skipped
from plugins.archive.sources.sniff import sniff
from plugins.archive.sources.stream import CHUNK, Gauge, Stream

SYMPA = re.compile(r"(?:^|/)(?:[^/]+_)?\d{4}-\d{2}/(?:arctxt/)?\d+(?:\.eml)?$")
MOST_LIST = 60_000_000  # bytes of the list of members: 250,000 with names of 190 letters
_MEMBER = b"PK\x01\x02"  # begins what the list says of each
_NUMBER = re.compile(r"\d{1,18}")
_TAIL = 66_000  # bytes at the end in which it is said how long that list is
_LOCAL = struct.Struct("<4s5H3L2H")


def natural(name: str) -> list[tuple[int, str]]:
    """Give what names with numbers are sorted by."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d{1,18})", name)]


def members(path: Path) -> list[zipfile.ZipInfo]:
    """List the members; by their local headers where the list at the end is missing or wrong."""
    size = _size_of_list(path)
    if size > MOST_LIST or _count(path, size) > MOST_ZIPPED:
        raise Invalid(TOO_MANY)
    try:
        with zipfile.ZipFile(path) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        found = _by_local_headers(path)
    found = [info for info in found if not info.is_dir()]
    found.sort(key=lambda info: _order(info.filename))
    return found


def _order(name: str) -> str:
    """Give what names are sorted by as `natural` does, in less memory: there may be very many."""
    return _NUMBER.sub(lambda found: f"\0{int(found[0]):018}\0", name)


def _count(path: Path, size: int) -> int:
    """Count the members by their marks, without reading what is said of them: that takes a kilobyte for each."""
    count, end = 0, path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, end - size - _TAIL))
        tail = b""
        while data := file.read(CHUNK):
            count += (tail + data).count(_MEMBER)
            tail = data[1 - len(_MEMBER) :]
    return count


def _size_of_list(path: Path) -> int:
    """Read how long the list of members is (APPNOTE 4.3.16, 4.3.14): zipfile would read all of it at once."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    # A comment or a name may hold such a mark too: the largest counts. 0xFFFFFFFF means “see the wide one”.
    said = [_number(tail[found.start() + 12 : found.start() + 16]) for found in re.finditer(rb"PK\x05\x06", tail)]
    wide = [_number(tail[found.start() + 40 : found.start() + 48]) for found in re.finditer(rb"PK\x06\x06", tail)]
    return max([0, *(size for size in said if size != 0xFFFFFFFF), *wide])


def _number(content: bytes) -> int:
    return int.from_bytes(content, "little")


def walk(path: Path, gauge: Gauge) -> Iterator[Raw | Skipped]:
    """Give the mails of an archive, in the order of their names."""
    found = members(path)
    with path.open("rb") as file:
        for info in found[:MOST_ZIPPED]:
            yield from _member(file, info, gauge)
            gauge.done += info.compress_size
    if len(found) > MOST_ZIPPED:
        yield Skipped(path.name, BOMB)
    if not zipfile.is_zipfile(path):
        yield Skipped(path.name, BROKEN)


def head_of(path: Path, info: zipfile.ZipInfo) -> bytes:
    """Give the first bytes of a member, unpacked."""
    with path.open("rb") as file:
        return Stream(_chunks(file, info, Gauge())).peek(HEAD)


def _member(file: BinaryIO, info: zipfile.ZipInfo, gauge: Gauge) -> Iterator[Raw | Skipped]:
    name = info.orig_filename.replace("\\", "/")
    shown = name.replace("\0", "")
    if "\0" in name or name.startswith("/") or ".." in name.split("/"):
        yield Skipped(shown, BAD_NAME)
        return
    if "deleted" in name.split("/")[:-1]:  # what Sympa's owners removed
        return
    if info.flag_bits & 1:
        yield Skipped(shown, LOCKED)
        return
    stream = Stream(_chunks(file, info, gauge))
    kind = sniff(stream.peek(HEAD))
    if kind == "mbox":
        yield from mbox.walk(stream, shown)
    elif kind in ("zip", "gzip"):
        yield Skipped(shown, NESTED)
    else:
        yield from _single(stream, shown, is_mail=kind == "mail")


def _single(stream: Stream, place: str, *, is_mail: bool) -> Iterator[Raw | Skipped]:
    content = stream.peek(MOST_MESSAGE + 1) if is_mail else b""
    if stream.fault == BOMB or len(content) > MOST_MESSAGE:
        yield Skipped(place, stream.fault or TOO_LONG)
    elif not is_mail:
        yield Skipped(place, stream.fault or NOT_MAIL)
    else:
        yield Raw(content, place)
        if stream.fault:
            yield Skipped(place, stream.fault)


def _chunks(file: BinaryIO, info: zipfile.ZipInfo, gauge: Gauge) -> Iterator[bytes | str]:
    """Unpack one member by its local header; what the list says of its size is not believed."""
    file.seek(info.header_offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04" or info.compress_type not in (0, 8):
        yield BROKEN
        return
    fields = _LOCAL.unpack(header)
    file.seek(fields[9] + fields[10], 1)
    engine = zlib.decompressobj(-15) if info.compress_type else None
    left, total = info.compress_size, 0
    while left > 0:
        data = file.read(min(CHUNK, left))
        if not data:
            yield BROKEN
            return
        left -= len(data)
        while data:
            try:
                piece = engine.decompress(data, CHUNK * 16) if engine else data
            except zlib.error:
                yield BROKEN
                return
            data = engine.unconsumed_tail if engine else b""
            total += len(piece)
            gauge.unpacked += len(piece)
            if total > FREE + (info.compress_size - left) * MOST_RATIO or gauge.unpacked > MOST_UNPACKED:
                yield BOMB
                return
            if piece:
                yield piece


def _by_local_headers(path: Path) -> list[zipfile.ZipInfo]:
    """Find the members of an archive that was cut off."""
    found, size = list[zipfile.ZipInfo](), path.stat().st_size
    with path.open("rb") as file:
        while len(found) <= MOST_ZIPPED and len(header := file.read(_LOCAL.size)) == _LOCAL.size:
            mark, _, flags, method, _, _, _, packed, full, name_size, extra_size = _LOCAL.unpack(header)
            if mark != b"PK\x03\x04":
                break
            start = file.tell() - _LOCAL.size
            name = file.read(name_size).decode("utf-8" if flags & 0x800 else "cp437", "replace")
            body = file.seek(extra_size, 1)
            if flags & 8 and not packed:  # its size stands behind it: unpack to find its end
                packed = _measure(file, size - body)
            info = zipfile.ZipInfo(name or "?")
            info.flag_bits, info.compress_type, info.header_offset = flags, method, start
            info.compress_size, info.file_size = packed, full
            found.append(info)
            file.seek(body + packed)
            if flags & 8:
                _past_descriptor(file)
    return found


def _measure(file: BinaryIO, most: int) -> int:
    engine, used = zlib.decompressobj(-15), 0
    while not engine.eof and used < most and (data := file.read(CHUNK)):
        used += len(data)
        try:
            while data and not engine.eof:
                engine.decompress(data, CHUNK * 16)
                data = engine.unconsumed_tail
        except zlib.error:
            break
    return used - len(engine.unused_data)


def _past_descriptor(file: BinaryIO) -> None:
    """Go past the sizes behind a member (APPNOTE 4.3.9): with or without a mark."""
    file.seek(12 if file.read(4) == b"PK\x07\x08" else 8, 1)
