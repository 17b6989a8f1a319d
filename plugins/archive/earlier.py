"""What others wrote, too: a message that is erased takes none of it away from them."""

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
    """Leave words out that are not theirs alone: others had written them before, or two others wrote them since.

    One who wrote them since may have copied them, in a way that is not seen as a quote. Reads every text once.
    """
    gone, first = {row.id for row in found}, min((row.at for row in found), default=0)
    before, since = set[tuple[str, ...]](), dict[tuple[str, ...], set[int]]()
    c, last = messages.c, 0
    own = select(c.id, c.at, c.person_id, texts.c.text).join(texts, texts.c.message_id == c.id)
    own = own.where(c.list_id == list_.id).order_by(c.id).limit(_MANY)
    while True:
        with archive.rows.connect() as connection:
            some = connection.execute(own.where(c.id > last)).all()
        if not some:
            return copies.without(before | {run for run, who in since.items() if len(who) > 1})
        for row in some:
            if row.id in gone:
                continue
            for run in copies.runs.intersection(runs_of(zlib.decompress(row.text).decode())):
                if row.at < first:
                    before.add(run)
                else:
                    since.setdefault(run, set()).add(row.person_id)
        last = some[-1].id
