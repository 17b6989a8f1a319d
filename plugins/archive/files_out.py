"""A file taken out of every message of a list, in whatever way it came."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.plugin import remove_files
from plugins.archive import altering
from plugins.archive.rows import attachments, messages

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

_MANY = 500


@dataclass(frozen=True, slots=True)
class TakenOut:
    """How many messages have changed; names of what went along with the file; codes of messages that still have it."""

    messages: int
    along: tuple[str, ...]
    left: tuple[str, ...]


def take_out(archive: "Archive", list_: "MailList", oid: str) -> TakenOut:
    """Take a file out; one that came inside another file (winmail.dat) goes with all of that."""
    own = select(attachments.c.message_id).where(attachments.c.list_id == list_.id, attachments.c.oid == oid).distinct()
    with archive.rows.connect() as connection:
        ids = list(connection.execute(own).scalars())
    before = _files(archive, ids)
    done = altering.alter(archive, list_, ids, (), {oid})
    gone = {one: name for one, name in (before - _files(archive, ids)) if one != oid}
    remove_files(archive.station, gone)
    with archive.rows.connect() as connection:
        codes = select(messages.c.code).where(messages.c.id.in_(own)).limit(_MANY)
        left = tuple(connection.execute(codes).scalars())
    return TakenOut(done, tuple(sorted(gone.values())), left)


def _files(archive: "Archive", ids: Collection[int]) -> set[tuple[str, str]]:
    """Give the files of messages, with their names."""
    found, wanted = set[tuple[str, str]](), list(ids)
    with archive.rows.connect() as connection:
        for at in range(0, len(wanted), _MANY):
            which = attachments.c.message_id.in_(wanted[at : at + _MANY])
            rows = connection.execute(select(attachments.c.oid, attachments.c.name).where(which))
            found |= {(row.oid, row.name) for row in rows}
    return found
