"""Messages changed where they are kept: the pack first, then everything that is derived of them."""

import time
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, insert, select, text, update

from app.errors import NotFound
from app.plugin import forget_traces, remove_files
from plugins.archive import file_texts
from plugins.archive.counting import count_threads
from plugins.archive.lists import hash_of
from plugins.archive.message import html_text
from plugins.archive.message.read import read
from plugins.archive.message.subjects import base_of
from plugins.archive.packs import Kept, name_of
from plugins.archive.phrases import Address, Phrases
from plugins.archive.rewriting import rewrite
from plugins.archive.rows import attachments, messages, queue, texts
from plugins.archive.tables import marks

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList
    from plugins.archive.message.record import Message, Part

_MANY = 500
MOST_HEAD = 64_000  # bytes of a message that are searched for an address
ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class _New:
    row: Row[Any]
    content: bytes
    beside: tuple[tuple[str, bytes], ...] = ()

    def read(self, own_address: str) -> "Message":
        """Read it, with the files that came beside it."""
        at = self.row.arrived_at
        return read(self.content, received_at=at, own_address=own_address, now=at, files=self.beside)


def find(archive: "Archive", list_: "MailList", phrases: Sequence[Phrases]) -> list[int]:
    """Find the messages of a list in whose texts, subjects or names something of this stands; reads every text once.

    An address is looked for in all that stands above a text, too.
    """
    found, last = list[int](), 0
    with_heads = any(isinstance(one, Address) for one in phrases)
    own = select(messages, texts.c.text)
    own = own.join(texts, texts.c.message_id == messages.c.id).where(messages.c.list_id == list_.id)
    while True:
        with archive.rows.connect() as connection:
            some = connection.execute(own.where(messages.c.id > last).order_by(messages.c.id).limit(_MANY)).all()
        if not some:
            return found
        for row in some:
            said = _said(archive, list_, row, with_heads=with_heads)
            if any(one.may_stand_in(said) for one in phrases):
                found.append(row.id)
        last = some[-1].id


def _said(archive: "Archive", list_: "MailList", row: Row[Any], *, with_heads: bool) -> str:
    """Give all that a message says: of one with HTML beside its text, or that could not be read, the bytes too."""
    text = zlib.decompress(row.text).decode()
    said = [row.subject, row.author, text]
    is_plain = bool(text.strip()) and (row.is_from_html or not row.has_html)
    if is_plain and not with_heads:
        return "\n".join(said)
    try:
        raw = archive.packs(list_).read(row.year, row.raw)
    except NotFound:
        return "\n".join(said)
    if is_plain:
        return "\n".join((*said, raw[:MOST_HEAD].decode("utf-8", "replace")))
    return "\n".join((*said, html_text.text_of(read(raw, now=row.arrived_at).html), raw.decode("utf-8", "replace")))


def alter(
    archive: "Archive",
    list_: "MailList",
    ids: Iterable[int],
    phrases: Sequence[Phrases],
    without: Collection[str] = (),
) -> int:
    """Take phrases, and the files whose SHA-256 stand in `without`, out of messages; gives how many have changed."""
    done, wanted = 0, list(ids)
    for at in range(0, len(wanted), _MANY):
        with archive.writing(list_):
            new = list(_new(archive, list_, wanted[at : at + _MANY], phrases, without))
            _keep(archive, list_, new)
        done += len(new)
    remove_files(archive.station, without)
    return done


def _new(
    archive: "Archive", list_: "MailList", ids: Sequence[int], phrases: Sequence[Phrases], without: Collection[str]
) -> Iterable[_New]:
    with archive.rows.connect() as connection:
        own = select(messages).where(messages.c.list_id == list_.id, messages.c.id.in_(ids))
        found = connection.execute(own).all()

    def change(said: str) -> str:
        for one in phrases:
            said = one.change(said)
        return said

    def is_file(content: bytes) -> bool:
        return name_of(content) in without

    for row in found:
        kept = next(archive.packs(list_).get(row.year, [row.raw]), None)
        if kept is None:
            continue
        parts = read(kept.content, own_address=list_.address, now=int(time.time())).parts if without else ()
        leaves = _leaves(parts, is_file)
        content = rewrite(kept.content, row.key, change, leaves, is_file if without else None)
        beside = tuple(one for one in kept.beside if not is_file(one[1]))
        if content is not None or beside != kept.beside:
            yield _New(row, kept.content if content is None else content, beside)


def _leaves(parts: Sequence["Part"], is_file: Callable[[bytes], bool]) -> set[int]:
    """Number the leaves that go: files, and files that hold one of these (TNEF), which cannot be written anew."""
    whole = {part.position for part in parts if part.position >= 0}
    gone = [part for part in parts if is_file(part.content)]
    return {number for part in gone for number in (part.position, part.inside) if number in whole}


def _keep(archive: "Archive", list_: "MailList", new: Sequence[_New]) -> None:
    if not new:
        return
    packs = archive.packs(list_)
    now = int(time.time())
    with archive.truth.begin() as connection:
        for one in new:
            mark(connection, list_, one.row.key, ALTERED, now)
    for year in {one.row.year for one in new}:  # each in the place of the one that it was
        packs.replace(year, [(one.row.raw, _kept(list_, one)) for one in new if one.row.year == year])
    with archive.changing() as connection:
        for one in new:
            _derive(archive, connection, list_, one)
        count_threads(connection, list_.id, {one.row.thread_id for one in new})
        waiting = [{"message_id": one.row.id, "list_id": list_.id} for one in new]
        connection.execute(insert(queue).prefix_with("OR REPLACE"), waiting)


def _kept(list_: "MailList", one: _New) -> Kept:
    row = one.row
    files = tuple(part.content for part in one.read(list_.address).parts)
    return Kept(row.year, name_of(one.content), one.content, row.arrived_at, row.run_id, "", files, one.beside)


def _derive(archive: "Archive", connection: Connection, list_: "MailList", one: _New) -> None:
    said = one.read(list_.address)
    base, is_reply = base_of(said.subject)
    values = {
        "content_hash": said.content_hash, "raw": name_of(one.content), "subject": said.subject, "base_subject": base,
        "is_reply": is_reply, "author": said.author.name, "size": len(one.content), "files": len(said.parts),
        "is_from_html": said.is_from_html, "has_html": bool(said.html),
    }  # fmt: skip
    connection.execute(update(messages).where(messages.c.id == one.row.id).values(values))
    packed = zlib.compress(said.text.encode("utf-8", "replace"))
    connection.execute(update(texts).where(texts.c.message_id == one.row.id).values(text=packed))
    of_it = attachments.c.message_id == one.row.id
    before = set(connection.execute(select(attachments.c.oid).where(of_it)).scalars())
    connection.execute(delete(attachments).where(of_it))
    rows = [
        {"list_id": list_.id, "message_id": one.row.id, "number": number, "oid": name_of(part.content),
         "name": part.name, "kind": part.kind, "size": len(part.content), "cid": part.cid,
         "is_inline": part.is_inline, "at": said.at}
        for number, part in enumerate(said.parts)
    ]  # fmt: skip
    if rows:
        connection.execute(insert(attachments), rows)
    file_texts.forget(connection, before)
    for part in said.parts:
        if part.content:
            archive.files.put(part.content)


def mark(connection: Connection, list_: "MailList", key: str, what: str, now: int) -> None:
    """Write down, in the truth, what was decided of a message."""
    named = hash_of(list_, key)
    place = (marks.c.list_id == list_.id, marks.c.hash == named, marks.c.what == what)
    connection.execute(delete(marks).where(*place))
    connection.execute(insert(marks).values(list_id=list_.id, hash=named, what=what, at=now))


def wipe(archive: "Archive") -> None:
    """Let nothing that was deleted stay in the files of the databases."""
    with archive.rows.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM"))
    forget_traces(archive.rows)
    forget_traces(archive.truth)
