"""What others had written before: a message that copies it and is erased takes none of it away from them."""

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, select

from plugins.archive.phrases import Copies, runs_of
from plugins.archive.rows import messages, texts

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

_MANY = 500


def own_subjects(archive: "Archive", list_: "MailList", found: Sequence[Row[Any]]) -> frozenset[str]:
    """Give the subjects that messages brought themselves: not those of answers, nor of others before them."""
    begun: dict[str, int] = {}
    for row in found:
        if not row.is_reply and row.base_subject:
            begun[row.base_subject] = min(row.at, begun.get(row.base_subject, row.at))
    c, gone = messages.c, {row.id for row in found}
    taken = set[str]()
    with archive.rows.connect() as connection:
        for base, at in begun.items():
            own = select(c.id).where(c.list_id == list_.id, c.base_subject == base, c.at < at)
            if set(connection.execute(own.limit(len(gone) + 1)).scalars()) - gone:
                taken.add(base)
    return frozenset(begun.keys() - taken)


def without_others(archive: "Archive", list_: "MailList", found: Sequence[Row[Any]], copies: Copies) -> Copies:
    """Leave words out that stand in messages which stay and came before; reads the texts that are older."""
    gone, first = {row.id for row in found}, min((row.at for row in found), default=0)
    known, last = set[tuple[str, ...]](), 0
    own = select(messages.c.id, texts.c.text).join(texts, texts.c.message_id == messages.c.id)
    own = own.where(messages.c.list_id == list_.id, messages.c.at < first).order_by(messages.c.id).limit(_MANY)
    while True:
        with archive.rows.connect() as connection:
            some = connection.execute(own.where(messages.c.id > last)).all()
        if not some:
            return copies.without(known)
        for row in some:
            if row.id not in gone:
                known.update(copies.runs.intersection(runs_of(zlib.decompress(row.text).decode())))
        last = some[-1].id
