"""Erase from a film where it was taken: phones write it beside the sound and the images (ISO/IEC 14496-12)."""

import struct
from collections.abc import Iterator

_HEAD = struct.Struct(">I4s")
_LONG = struct.Struct(">Q")
_CONTAINERS = frozenset({b"moov", b"trak"})
_NOTES = frozenset({b"udta", b"meta", b"uuid"})
_MAX_BOXES = 10_000


def without_places(content: bytes) -> bytes:
    """Blank the boxes that hold notes (`udta`, `meta`, `uuid`) in an MP4 or QuickTime film; images and sound stay.

    The length stays, so that no offset is wrong. Films of other formats come back as they are.
    """
    if content[4:8] != b"ftyp":
        return content
    film = bytearray(content)
    for start, end in list(_list_notes(film)):
        film[start:end] = _HEAD.pack(end - start, b"free") + bytes(end - start - _HEAD.size)
    return bytes(film)


def _list_notes(film: bytearray) -> Iterator[tuple[int, int]]:
    """Give start and end of every box of notes, in `moov` and its tracks as well as at the top."""
    waiting, seen = [(0, len(film))], 0
    while waiting:
        place, end = waiting.pop()
        while place + _HEAD.size <= end and seen < _MAX_BOXES:
            seen += 1
            size, kind, head = _read_head(film, place, end)
            if not head <= size <= end - place:
                break
            if kind in _NOTES:
                yield place, place + size
            elif kind in _CONTAINERS:
                waiting.append((place + head, place + size))
            place += size


def _read_head(film: bytearray, place: int, end: int) -> tuple[int, bytes, int]:
    """Give the size of a box, its kind and the length of its head; size 0 means: up to the end."""
    size, kind = _HEAD.unpack_from(film, place)
    if size == 1 and place + 16 <= end:
        return _LONG.unpack_from(film, place + 8)[0], kind, 16
    return size or end - place, kind, _HEAD.size
