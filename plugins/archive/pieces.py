"""Files of messages kept beside their packs: cut out where they stand in base64, and put back byte by byte."""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

FEWEST_BYTES = 4096  # of a file that is cut out: it lies in `files/` anyway, to be shown
_LINE = re.compile(rb"([A-Za-z0-9+/]{20,1000})(\r?\n)")
_START = 60  # bytes of a file by which its place is found: 80 letters, but the first line may be shorter


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a file stood: the place in what is left, its SHA-256, letters in a line, what ends the lines."""

    place: int
    oid: str
    line: int
    ending: str


@dataclass(frozen=True, slots=True)
class _Found:
    begin: int
    end: int
    oid: str
    line: int
    ending: bytes


def cut(raw: bytes, files: Iterable[bytes]) -> tuple[bytes, tuple[Cut, ...]]:
    """Cut big files out of a message; one whose bytes would not come back exactly stays in it."""
    found: list[_Found] = []
    for content in {one for one in files if len(one) >= FEWEST_BYTES}:
        found += _places(raw, content)
    found.sort(key=lambda one: one.begin)
    if not found or any(after.begin < before.end for before, after in pairwise(found)):
        return raw, ()
    left, cuts, at = bytearray(), [], 0
    for one in found:
        left += raw[at : one.begin]
        cuts.append(Cut(len(left), one.oid, one.line, one.ending.decode()))
        at = one.end
    left += raw[at:]
    return bytes(left), tuple(cuts)


def _places(raw: bytes, content: bytes) -> list[_Found]:
    start = b64encode(content[:_START])[:20]
    found, at = [], raw.find(start)
    while at >= 0:
        line = _LINE.match(raw, at)
        body = _written(content, len(line[1]), line[2]) if line else b""
        if line and raw.startswith(body, at):
            found.append(_Found(at, at + len(body), sha256(content).hexdigest(), len(line[1]), line[2]))
        at = raw.find(start, at + max(len(body), 1))
    return found


def _written(content: bytes, line: int, ending: bytes) -> bytes:
    letters = b64encode(content)
    return ending.join([letters[at : at + line] for at in range(0, len(letters), line)])


def put_back(left: bytes, cuts: Sequence[Cut], read: Callable[[str], bytes]) -> bytes:
    """Give the message as it came; `read` gives the bytes of a file."""
    made, at = bytearray(), 0
    for one in cuts:
        made += left[at : one.place]
        made += _written(read(one.oid), one.line, one.ending.encode())
        at = one.place
    made += left[at:]
    return bytes(made)


def to_text(cuts: Sequence[Cut]) -> str:
    """Write cuts for a pack; empty where there are none."""
    return json.dumps([[one.place, one.oid, one.line, one.ending] for one in cuts]) if cuts else ""


def of_text(text: str) -> tuple[Cut, ...]:
    """Read what `to_text` wrote."""
    return tuple(Cut(*one) for one in json.loads(text)) if text else ()
