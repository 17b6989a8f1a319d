"""What is known of a message once it was read."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a message names him: `name` without quotes, `address` folded to lower case; either may be empty."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part that is a file. `name` is safe to show and to save; `kind` the declared type, such as `image/png`.

    `position` is its number among the leaves of the message, in the order in which they stand; -1 for what lies inside
    a leaf (uuencode, a TNEF container) and has no leaf of its own; `inside` is then the number of that leaf, and -1 for
    what came beside the message. `cid` is its Content-ID without brackets, or `""`.
    """

    name: str
    kind: str
    content: bytes
    position: int
    cid: str = ""
    is_inline: bool = False
    inside: int = -1


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the archive knows it. Every text is NFC, without controls; a subject or name has no line breaks.

    `key` is its canonical Message-ID, or `sha256-` and hex of its bytes without transport headers where it has none.
    `content_hash` (hex) is of who wrote it, when, the subject, the references and the text: the same for two
    deliveries of one message. `references` are keys, the oldest first, In-Reply-To last where it is not among them.
    `dated` is the Date header with its offset, None where it has none that can be read; `at` decides order and months
    (seconds since 1970). `text` is what people read: the plain text, else that of the HTML. `html` is the HTML as it
    came, never cleaned, and empty where there is none. `is_archivable` is False with X-No-Archive and its like.
    `faults` says what was repaired or could not be read, each an English msgid.
    """

    key: str
    content_hash: str
    author: Person
    subject: str
    references: tuple[str, ...]
    dated: datetime | None
    at: int
    text: str
    html: str = ""
    is_from_html: bool = False
    parts: tuple[Part, ...] = ()
    is_archivable: bool = True
    list_id: str = ""
    faults: tuple[str, ...] = ()
