"""One file: an mbox, packed or not, or one mail."""

from collections.abc import Iterator
from pathlib import Path

from plugins.archive.sources import mbox
from plugins.archive.sources.limits import HEAD, MOST_MESSAGE, NESTED, NOT_MAIL, TOO_LONG, UNREADABLE
from plugins.archive.sources.pipermail import with_files
from plugins.archive.sources.raw import Raw, Skipped
from plugins.archive.sources.sniff import sniff
from plugins.archive.sources.stream import Gauge, Stream, inflated, plain


def kind_of(path: Path) -> str:
    """Say what a file is, through gzip."""
    with path.open("rb") as file:
        kind = sniff(file.read(HEAD))
        if kind == "gzip":
            file.seek(0)
            kind = sniff(Stream(inflated(file, Gauge())).peek(HEAD))
    return kind


def walk(path: Path, gauge: Gauge, place: str) -> Iterator[Raw | Skipped]:
    """Give what a file holds; the files of pipermail's notes are looked for beside it."""
    try:
        with path.open("rb") as file:
            is_packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            stream = Stream((inflated if is_packed else plain)(file, gauge))
            for item in _items(stream, place):
                yield with_files(item, path.parent) if isinstance(item, Raw) else item
    except OSError:
        yield Skipped(place, UNREADABLE)


def _items(stream: Stream, place: str) -> Iterator[Raw | Skipped]:
    kind = sniff(stream.peek(HEAD))
    if kind == "mbox":
        yield from mbox.walk(stream, place)
        return
    content = stream.peek(MOST_MESSAGE + 1) if kind == "mail" else b""
    if len(content) > MOST_MESSAGE:
        yield Skipped(place, TOO_LONG)
    elif content:
        yield Raw(content, place)
    if stream.fault or not content:
        yield Skipped(place, stream.fault or (NESTED if kind in ("zip", "gzip") else NOT_MAIL))
