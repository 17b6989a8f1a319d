"""How the tests of reading make a message."""

from plugins.archive.message.read import read
from plugins.archive.message.record import Message

NOW = 1_700_000_000
HEAD = b"From: Ana <ana@example.org>\nSubject: s\nMessage-ID: <k@example.org>\nDate: Thu, 16 Sep 2021 13:12:00 +0200"
UNREADABLE = "It could not be read; it is kept as it came."


def opened(head: bytes, body: bytes = b"x", own_address: str = "", received_at: int | None = None) -> Message:
    """Read a message made of headers and a body."""
    return read(head + b"\n\n" + body, now=NOW, own_address=own_address, received_at=received_at)


def nested(levels: int, inside: bytes) -> bytes:
    """Put a part into as many parts as asked for."""
    for level in range(levels):
        head = b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level)
        inside = head + inside + b"\n--b%d--\n" % level
    return inside
