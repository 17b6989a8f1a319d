"""Headers as they came: stray bytes, encoded words (RFC 2047), folded lines."""

import base64
import binascii
import re
from email.message import Message as Mail

from . import charsets

_MOST_HEADER = 64_000  # characters of one header that are looked at
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"\?=[ \t\r\n]+=\?")


class Headers:
    """The headers of a message by their name in lower case, undecoded, in the order in which they stand."""

    def __init__(self, mail: Mail) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in mail.raw_items():
            self._values.setdefault(name.lower(), []).append(str(value)[:_MOST_HEADER])

    def raw(self, name: str) -> str:
        """Give the first value of a header as it came, or `""`; stray bytes stand in it as halves of letters."""
        values = self._values.get(name)
        return values[0] if values else ""

    def all(self, name: str) -> list[str]:
        """Give all values of a header as they came."""
        return self._values.get(name, [])

    def text(self, name: str) -> str:
        """Give the first value of a header, decoded, on one line."""
        return decode(self.raw(name))

    def plain(self, name: str) -> str:
        """Give the first value of a header on one line with its encoded words as they are."""
        return charsets.one_line(stray(self.raw(name)))


def stray(value: str) -> str:
    """Read the bytes beyond ASCII that stand in a header: UTF-8, else cp1252."""
    if value.isascii():
        return value
    return charsets.decode(value.encode("utf-8", "surrogateescape"))[0]


def decode(value: str) -> str:
    """Decode a header: stray bytes first, then encoded words; neighbours of one charset are joined as bytes."""
    value = stray(value)
    if "=?" not in value:
        return charsets.one_line(charsets.repair(value)[0])
    pieces: list[str] = []
    kept, charset, end = b"", "", 0
    value = _BETWEEN.sub("?==?", value)
    for word in _WORD.finditer(value):
        own = word[1].partition("*")[0].lower()
        if kept and (word.start() != end or own != charset):
            pieces.append(charsets.decode(kept, charset)[0])
            kept = b""
        pieces.append(value[end : word.start()])
        kept, charset, end = kept + _bytes_of(word[2], word[3]), own, word.end()
    pieces += [charsets.decode(kept, charset)[0], value[end:]]
    return charsets.one_line(charsets.repair("".join(pieces))[0])


def _bytes_of(way: str, text: str) -> bytes:
    content = text.encode("utf-8", "replace")
    if way in "qQ":
        return binascii.a2b_qp(content.replace(b"_", b" "))
    return from_base64(content)


def from_base64(content: bytes) -> bytes:
    """Decode Base64, also where it is cut or has foreign letters in it."""
    try:
        return binascii.a2b_base64(content)
    except binascii.Error:
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        return base64.b64decode(letters + b"=" * (-len(letters) % 4))
