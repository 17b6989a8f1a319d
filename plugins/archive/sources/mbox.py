"""Files of messages (mbox, RFC 4155) in their dialects: mboxo, mboxrd, mboxcl, mboxcl2; with LF or CRLF."""

import re
from calendar import timegm
from collections.abc import Iterator

from plugins.archive.sources.limits import DELETED, MOST_MESSAGE, TOO_LONG
from plugins.archive.sources.raw import Raw, Skipped
from plugins.archive.sources.stream import AHEAD, Stream

MONTHS = b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_FROM = re.compile(
    rb"From .*?\b(" + b"|".join(MONTHS) + rb")\s+(\d{1,2})\s+(\d\d):(\d\d)(?::(\d\d))?"
    rb"(?:\s+([+-]\d{4}|[A-Z]{1,5}))?\s+(\d{4})(?:\s+([+-]\d{4}))?"
)
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,9})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(rb"^x-mozilla-status:[ \t]*([0-9a-f]{4})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_ERASED = 0x0008  # Mozilla's flag of what was deleted and not yet compacted
_MOST_HEADERS = 1_000_000


def is_start(line: bytes) -> bool:
    """Say whether a line begins a message: it must name a date."""
    return line.startswith(b"From ") and _FROM.match(line) is not None


def started_at(line: bytes) -> int | None:
    """Read the date of a From_ line, in seconds since 1970; it is UTC where it names no offset."""
    if not (found := _FROM.match(line)):
        return None
    month, day, hour, minute, second, zone, year, later = found.groups()
    try:
        at = timegm((int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second or 0)))
    except ValueError:
        return None
    offset = later or (zone if zone and zone[:1] in b"+-" else b"+0000")
    seconds = int(offset[1:3]) * 3600 + int(offset[3:5]) * 60
    return at + seconds if offset[:1] == b"-" else at - seconds


def walk(stream: Stream, name: str) -> Iterator[Raw | Skipped]:
    """Give the messages of an mbox one by one; a place is its name and the byte where the message begins."""
    place, line = stream.place, stream.line()
    while line and not is_start(line):  # blank lines and other things before the first message
        place, line = stream.place, stream.line()
    while line:
        at = started_at(line)
        content, following, begins = _message(stream)
        yield _judged(content, f"{name}@{place}", at)
        place, line = begins, following
    if stream.fault:
        yield Skipped(f"{name}@{stream.place}", stream.fault)


def _judged(content: bytes | None, place: str, at: int | None) -> Raw | Skipped:
    if content is None:
        return Skipped(place, TOO_LONG)
    headers = content[: _end_of_headers(content)]
    if (status := _header(_STATUS, b"x-mozilla-status:", headers)) and int(status[1], 16) & _ERASED:
        return Skipped(place, DELETED)
    return Raw(content, place, at)


def _end_of_headers(content: bytes) -> int:
    ends = [end for mark in (b"\n\n", b"\n\r\n") if (end := content.find(mark, 0, _MOST_HEADERS)) >= 0]
    return min(ends, default=len(content))


def _message(stream: Stream) -> tuple[bytes | None, bytes, int]:
    """Read up to the next From_: what stands there (None where it is too long), that line, and where it begins."""
    headers, size = [], 0
    while (line := stream.line()).strip() and size < _MOST_HEADERS:
        headers.append(line)
        size += len(line)
    headers.append(line)
    head = b"".join(headers)
    body = _measured(stream, head)
    rest, line, begins = _rest(stream, MOST_MESSAGE - size - len(body or b""))
    if rest is None:
        return None, line, begins
    if body is not None:
        return head + body, line, begins
    return head + _without_last_blank(_unescaped(rest)), line, begins


def _rest(stream: Stream, most: int) -> tuple[bytes | None, bytes, int]:
    """Read up to the next From_ after a blank line, as `_message` does; None where it is more than `most`."""
    pieces, size, tail = list[bytes](), 0, b"\n\n"
    while True:
        begins, line = stream.place, b""
        if tail.endswith(b"\n") and stream.peek(5) == b"From ":
            piece = line = stream.line()
            if tail.endswith((b"\n\n", b"\n\r\n")) and is_start(line):
                break
        elif not (piece := stream.before(b"From ")):
            break
        size, tail = size + len(piece), (tail + piece[-3:])[-3:]
        if size <= most:
            pieces.append(piece)
    return None if size > most else b"".join(pieces), line, begins


def _measured(stream: Stream, head: bytes) -> bytes | None:
    """Give the body by its Content-Length, where that lands on a From_ or the end of the file.

    A length that is far off could have all of the file looked through for each message: a long one is not believed.
    """
    if not (found := _header(_LENGTH, b"content-length:", head)) or not 0 < (length := int(found[1])) <= AHEAD:
        return None
    if not stream.peek_at(length - 1, 1):
        return None
    after = stream.peek_at(length, 300).lstrip(b"\r\n")
    if after and not is_start(after):
        return None
    body = stream.peek(length)
    stream.skip(length)
    is_escaped = not any(is_start(line) for line in re.findall(rb"^From [^\n]*", body, re.MULTILINE))
    return _unescaped(body) if is_escaped else body


def _header(pattern: re.Pattern[bytes], name: bytes, head: bytes) -> re.Match[bytes] | None:
    """Search for a header by its name in small letters; most messages do not have it, which is seen faster so."""
    return pattern.search(head) if name in head.lower() else None


def _unescaped(text: bytes) -> bytes:
    return _ESCAPED.sub(rb"\1", text) if b">From " in text else text


def _without_last_blank(text: bytes) -> bytes:
    """Take off the blank line that parts two messages."""
    for end in (b"\r\n\r\n", b"\n\n"):
        if text.endswith(end):
            return text[: -len(end) // 2]
    return text
