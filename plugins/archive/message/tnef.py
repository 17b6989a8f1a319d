"""The files in a `winmail.dat` (TNEF, [MS-OXTNEF]) as Outlook sends them."""

import struct
from collections.abc import Iterator

from . import charsets

_SIGNATURE = b"\x78\x9f\x3e\x22"
_RENDERING, _TITLE, _DATA = 0x00069002, 0x00018010, 0x0006800F
_MOST_FILES = 200


def files(content: bytes) -> list[tuple[str, bytes]]:
    """List the names and contents of the files inside; what is cut or is no TNEF gives those that are whole."""
    found: list[tuple[str, bytes]] = []
    title, data = "", b""
    for name, value in _attributes(content):
        if name == _RENDERING:
            found += [(title, data)] if data else []
            title, data = "", b""
        elif name == _TITLE:
            title = charsets.decode(value.rstrip(b"\0"))[0]
        elif name == _DATA:
            data = value
        if len(found) >= _MOST_FILES:
            return found
    return [*found, (title, data)] if data else found


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    if not content.startswith(_SIGNATURE):
        return
    at = 6
    while at + 11 <= len(content):
        _level, name, length = struct.unpack_from("<BII", content, at)
        at += 9
        if at + length > len(content):
            return
        yield name, content[at : at + length]
        at += length + 2
