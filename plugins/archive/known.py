"""What is there already of the mails that arrive: one and the same mail comes by exports and live, and is one message.

Lists add a footer, put a `[tag]` before the subject and their own address into From; exports lose the Message-ID.
"""

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, select

from plugins.archive.message import dates
from plugins.archive.message.authors import without_list
from plugins.archive.message.subjects import base_of
from plugins.archive.phrases import GONE
from plugins.archive.rows import messages, people, texts

if TYPE_CHECKING:
    from plugins.archive.lists import MailList
    from plugins.archive.taking_in import Arrived

_NAMELESS = "sha256-"  # before the key of a mail without Message-ID
_START = 200  # letters by which two texts are compared
_c = messages.c
_NAMES = (_c.key, _c.version, _c.year, _c.raw, _c.run_id, _c.content_hash)


@dataclass(frozen=True, slots=True)
class Likeness:
    """By what two mails are compared: its Date in seconds, the bare subject, who wrote it, how its text begins."""

    moment: int | None = None
    subject: str = ""
    author: str = ""
    start: str = ""

    def begins_as(self, other: "Likeness") -> bool:
        """Tell whether one text is the beginning of the other, footers and all."""
        both = self.start, other.start
        return all(both) and (both[0].startswith(both[1]) or both[1].startswith(both[0]))


@dataclass(frozen=True, slots=True)
class Known:
    """A message that is there, or comes: `raw` is its name in the pack of its year."""

    version: int
    year: int
    raw: str
    run_id: int
    content_hash: str
    like: Callable[[], Likeness] = Likeness  # seldom asked, and dear

    def is_just(self, other: "Known") -> bool:
        """Tell whether two mails say the same to the letter."""
        return self.raw == other.raw or self.content_hash == other.content_hash

    def is_same(self, other: "Known") -> bool:
        """Tell whether two mails of one Message-ID are one mail; what says something else is not lost for it.

        Mail programs that use a Message-ID twice write another date; whoever forges a mail writes other words.
        """
        if self.is_just(other):
            return True
        mine, others = self.like(), other.like()
        is_then = mine.moment == others.moment or None in (mine.moment, others.moment)
        is_bare = (mine.start, mine.subject) == ("", others.subject) and not others.start and mine.moment is not None
        return is_then and (is_bare or mine.begins_as(others))


@dataclass(slots=True)
class There:
    """What is there of a batch: versions by key, and by subject and second what mails without Message-ID may be."""

    versions: dict[str, list[Known]] = field(default_factory=dict)
    near: dict[tuple[str, int], list[tuple[Known, Likeness]]] = field(default_factory=dict)
    has_nameless: bool = False

    def find(self, key: str, one: Known, *, is_altered: bool = False) -> Known | None:
        """Find the message that a mail is; of what was altered, nothing but its key is as it came."""
        same = (known for known in self.versions.get(key, ()) if is_altered or known.is_same(one))
        found = next(same, None)
        return self._like(one) if found is None and key.startswith(_NAMELESS) else found

    def _like(self, one: Known) -> Known | None:
        mine = one.like()
        near = self.near.get((mine.subject, mine.moment), ()) if mine.moment is not None else ()
        return next((known for known, other in near if other.author == mine.author and other.begins_as(mine)), None)

    def find_raw(self, key: str, raw: str) -> Known | None:
        """Find the message of a pack by its name there."""
        return next((known for known in self.versions.get(key, ()) if known.raw == raw), None)

    def add(self, key: str, one: Known) -> None:
        """Remember one more."""
        self.versions.setdefault(key, []).append(one)
        if self.has_nameless:
            self.add_near(one)

    def add_near(self, one: Known) -> None:
        """Remember one as what a mail without Message-ID may be."""
        like = one.like()
        if like.moment is not None:
            self.near.setdefault((like.subject, like.moment), []).append((one, like))


def there(connection: Connection, list_: "MailList", some: Sequence["Arrived"]) -> There:
    """Ask what is there of a batch."""
    found, arriving = There(), [(one.message.key, of(one)) for one in some]
    for row in connection.execute(_of_list(list_, select(*_NAMES), _c.key.in_([key for key, _ in arriving]))):
        found.add(row.key, _known(row))
    odd = [(key, one) for key, one in arriving if not any(known.is_just(one) for known in found.versions.get(key, ()))]
    if unsure := [key for key, _ in odd if key in found.versions]:
        for key in unsure:
            found.versions.pop(key, None)
        for row in _rows(connection, list_, _c.key.in_(unsure)):
            found.add(row.key, _known(row, _likeness(row)))
    _ask_for_nameless(connection, list_, found, [one.like() for key, one in odd if key.startswith(_NAMELESS)])
    return found


def _ask_for_nameless(connection: Connection, list_: "MailList", found: There, some: Sequence[Likeness]) -> None:
    found.has_nameless = bool(some)
    moments = {one.moment for one in some if one.moment is not None}
    if moments:
        like = _c.base_subject.in_({one.subject for one in some}) & _c.at.in_(moments)
        for row in _rows(connection, list_, like):
            found.add_near(_known(row, _likeness(row)))


def of(one: "Arrived") -> Known:
    """Give what is compared of a mail that arrives."""
    said, kept = one.message, one.kept

    def like() -> Likeness:
        author = _who(said.author.name, said.author.address)
        return Likeness(dates.seconds(said.dated), base_of(said.subject)[0], author, _start(said.text))

    return Known(one.version, kept.year, kept.sha256, kept.run_id, said.content_hash, like)


def _rows(connection: Connection, list_: "MailList", which: ColumnElement[bool]) -> Iterable[Row[Any]]:
    own = select(*_NAMES, _c.dated, _c.base_subject, _c.author, people.c.address, texts.c.text)
    own = own.join(texts, texts.c.message_id == _c.id).join(people, people.c.id == _c.person_id, isouter=True)
    return connection.execute(_of_list(list_, own, which))


def _of_list(list_: "MailList", own: Any, which: ColumnElement[bool]) -> Any:
    return own.where(_c.list_id == list_.id, which).order_by(_c.version)


def _known(row: Row[Any], like: Callable[[], Likeness] = Likeness) -> Known:
    return Known(row.version, row.year, row.raw, row.run_id, row.content_hash, like)


def _likeness(row: Row[Any]) -> Callable[[], Likeness]:
    dated = datetime.fromisoformat(row.dated) if row.dated else None
    start = _start(zlib.decompress(row.text).decode())
    like = Likeness(dates.seconds(dated), row.base_subject, _who(row.author, row.address or ""), start)
    return lambda: like


def _who(name: str, address: str) -> str:
    return without_list(name).casefold() or address


def _start(text: str) -> str:
    said = text[: 10 * _START].partition(GONE)[0]  # up to words that were taken out
    return " ".join(said.split()).casefold()[:_START]
