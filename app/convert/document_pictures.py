"""The pictures inside a document: only what a browser shows, each once, by what they hold and not by what they say."""

import base64
import binascii
import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from bs4 import Tag

from app.errors import N_, TooLarge

MAX_PICTURES = 100
MAX_BYTES = 30_000_000  # of all pictures of one document
MOST_READ = MAX_BYTES + 1  # of one picture: enough to see that it is too large
SCHEME = "picture:"
_DATA = re.compile(r"data:[^,]{0,200}?(?P<base64>;base64)?,", re.IGNORECASE)
_KINDS = (
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("jpg", re.compile(rb"\xff\xd8\xff")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
)


class Pictures:
    """Collects pictures while a document is read; each gets an address `picture:N` that stands in the HTML."""

    def __init__(self) -> None:
        self._contents: list[bytes] = []
        self._numbers: dict[bytes, int] = {}

    def keep(self, content: bytes) -> str:
        """Give the address of a picture, `""` for what is none. Raises TooLarge above 100 pictures or 30 MB."""
        if not _suffix_of(content):
            return ""
        if content not in self._numbers:
            if len(content) + sum(map(len, self._contents)) > MAX_BYTES:
                raise TooLarge(N_("The pictures of this document are over 30 MB. Make them smaller first."))
            if len(self._contents) >= MAX_PICTURES:
                raise TooLarge(N_("This document has over 100 pictures. Split it in parts."))
            self._numbers[content] = len(self._contents)
            self._contents.append(content)
        return f"{SCHEME}{self._numbers[content]}"

    def keep_data(self, address: str) -> str:
        """Keep the picture that a `data:` address holds (RFC 2397)."""
        head = _DATA.match(address)
        if head is None:
            return ""
        data = unquote_to_bytes(address[head.end() :])
        try:
            return self.keep(base64.b64decode(data) if head["base64"] else data)
        except binascii.Error:
            return ""

    def has(self, address: str) -> bool:
        """Ask whether an address is one that was given out."""
        return address in {f"{SCHEME}{number}" for number in range(len(self._contents))}

    def name(self, images: Iterable[Tag]) -> list[tuple[str, bytes, str]]:
        """Name the pictures in the order in which they stand; give name, content and words of each."""
        named: dict[str, tuple[str, bytes, str]] = {}
        for image in images:
            address = str(image["src"])
            if address not in named:
                content = self._contents[int(address.removeprefix(SCHEME))]
                name = f"image-{len(named) + 1}.{_suffix_of(content)}"
                named[address] = (name, content, str(image.get("alt", "")))
            image["src"] = named[address][0]
        return list(named.values())


def _suffix_of(content: bytes) -> str:
    return next((suffix for suffix, pattern in _KINDS if pattern.match(content)), "")
