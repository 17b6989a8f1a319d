"""The text inside attached documents, for the search: read in the background, after the messages themselves."""

import logging
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, exists, insert, literal, or_, select

from app.errors import Invalid, OverBudget
from app.plugin import text_of
from plugins.archive.rows import attachments, file_texts, messages, queue

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList
    from plugins.archive.phrases import Phrases

log = logging.getLogger(__name__)

KINDS = ("pdf", "docx", "odt", "ods", "odp", "txt", "md", "csv")  # what `text_of` reads
MOST_OF_ONE = 20  # attachments of one message that are looked into
MOST_AT_ONCE = 20  # documents of one turn: the next job of this lane waits for them
MOST_BYTES = 50_000_000  # of a document that is read
MOST_LETTERS = 200_000  # of all documents of one message, for the search


def read_due(archive: "Archive") -> str | None:
    """Read some documents that are not read yet, and let the search take in the messages that bring them."""
    found = _unread(archive)
    for oid, name in found.items():  # what cannot be read just now raises, and has its turn again
        _keep(archive, oid, _text_of(archive, oid, name)[:MOST_LETTERS])
    return f"{len(found)} documents read" if found else None


def _unread(archive: "Archive") -> dict[str, str]:
    c = attachments.c
    is_document = or_(*(c.name.ilike(f"%.{kind}") for kind in KINDS))
    own = select(c.oid, c.name).where(is_document, c.size <= MOST_BYTES, c.size > 0, c.number < MOST_OF_ONE)
    own = own.where(~exists().where(file_texts.c.oid == c.oid)).order_by(c.id.desc()).limit(MOST_AT_ONCE)
    with archive.rows.connect() as connection:
        return {row.oid: row.name for row in connection.execute(own)}


def _text_of(archive: "Archive", oid: str, name: str) -> str:
    try:
        return text_of(archive.files.path(oid), PurePath(name.replace("\0", "")).name)
    except (OverBudget, Invalid, FileNotFoundError) as error:  # damaged, hostile, too much, or gone
        log.info("no text from an attachment: %s", error)
        return ""


def _keep(archive: "Archive", oid: str, text: str) -> None:
    """Keep a text as long as a message names its document: one that was erased meanwhile leaves none."""
    packed = zlib.compress(text.encode("utf-8", "replace"))
    named = exists().where(attachments.c.oid == oid)
    row = select(literal(oid), literal(packed)).where(named)
    bring = select(attachments.c.message_id, attachments.c.list_id).where(attachments.c.oid == oid).distinct()
    with archive.changing_quietly() as connection:
        connection.execute(insert(file_texts).prefix_with("OR REPLACE").from_select(["oid", "text"], row))
        if text:
            into = insert(queue).prefix_with("OR REPLACE")
            connection.execute(into.from_select(["message_id", "list_id"], bring))


def of_messages(connection: Connection, ids: Sequence[int]) -> Mapping[int, str]:
    """Give the texts of the documents of messages, by the id of the message."""
    found: dict[int, str] = {}
    own = select(attachments.c.message_id, file_texts.c.text).join(file_texts, file_texts.c.oid == attachments.c.oid)
    for number, packed in connection.execute(own.where(attachments.c.message_id.in_(ids)).order_by(attachments.c.id)):
        if len(before := found.get(number, "")) < MOST_LETTERS:
            found[number] = f"{before}\n{unpacked(packed)}"[:MOST_LETTERS]
    return found


def unpacked(packed: bytes) -> str:
    """Give a text as it was."""
    return zlib.decompress(packed).decode()


def holding(archive: "Archive", list_: "MailList", phrases: Iterable["Phrases"]) -> tuple[str, ...]:
    """Give the codes of messages in whose documents something of this stands: out of a document nothing is taken."""
    wanted, found = list(phrases), dict[str, None]()
    own = select(messages.c.code, file_texts.c.text).join(attachments, attachments.c.message_id == messages.c.id)
    own = own.join(file_texts, file_texts.c.oid == attachments.c.oid).where(messages.c.list_id == list_.id)
    with archive.rows.connect() as connection:
        for code, packed in connection.execute(own):
            if any(one.may_stand_in(unpacked(packed)) for one in wanted):
                found[code] = None
    return tuple(found)


def forget(connection: Connection, oids: Collection[Any]) -> None:
    """Forget the texts of documents that no message names any more."""
    gone = file_texts.c.oid.in_(list(oids)), ~exists().where(attachments.c.oid == file_texts.c.oid)
    connection.execute(delete(file_texts).where(*gone))
