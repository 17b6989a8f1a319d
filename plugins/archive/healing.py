"""Rows brought in accord with the packs and with what was decided: after a crash, and where archive.db is made anew."""

import time
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from plugins.archive import hidden, lists, moving
from plugins.archive.archive import HEALED
from plugins.archive.batches import batches
from plugins.archive.lists import hash_of
from plugins.archive.message.read import read
from plugins.archive.packs import Kept, Name
from plugins.archive.removing import NEEDED, remove_rows
from plugins.archive.rows import attachments, facts, messages
from plugins.archive.tables import marks
from plugins.archive.taking_in import Arrived, Counts, take_batch

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

_MANY = 500


def heal_all(archive: "Archive") -> int:
    """Heal all lists; gives how many messages it was."""
    healed = sum(heal(archive, one, now=int(time.time())) for one in lists.load(archive.truth))
    mark_healed(archive)
    return healed


def is_healed(archive: "Archive") -> bool:
    """Tell whether archive.db has had all rows since it was made."""
    with archive.rows.connect() as connection:
        return connection.execute(select(facts.c.value).where(facts.c.name == HEALED)).scalar() is not None


def mark_healed(archive: "Archive") -> None:
    """Remember that it has."""
    with archive.changing() as connection:
        connection.execute(insert(facts).prefix_with("OR REPLACE"), [{"name": HEALED, "value": "1"}])


def keeps(archive: "Archive", oids: Collection[str]) -> set[str]:
    """Name those files that messages have; all of them where archive.db does not know yet."""
    if not oids or not any(archive.folder.glob("*/raw-*.sqlite")):  # nothing ever came
        return set()
    if not archive.file.exists() or not is_healed(archive):
        return set(oids)
    found: set[str] = set()
    wanted = sorted(oids)
    with archive.rows.connect() as connection:
        for at in range(0, len(wanted), _MANY):
            own = select(attachments.c.oid).where(attachments.c.oid.in_(wanted[at : at + _MANY]))
            found |= set(connection.execute(own.distinct()).scalars())
    return found.union(*(archive.packs(one).keeps(oids) for one in lists.load(archive.truth)))


def heal(archive: "Archive", list_: "MailList", *, now: int) -> int:
    """Take in what is kept and has no row, as it came; rows of what is not kept go. Others may write in between."""
    with archive.writing(list_):
        absent = _absent(archive, list_)
    healed = 0
    for some in batches(absent, lambda name: name.size):
        with archive.writing(list_):
            healed += _take(archive, list_, some, now)
    with archive.writing(list_):
        heal_rest(archive, list_, now=now)
    return healed


def heal_rest(archive: "Archive", list_: "MailList", *, now: int) -> None:
    """Take in what came meanwhile, and obey all that was decided; whoever calls is the one writer."""
    for some in batches(_absent(archive, list_), lambda name: name.size):
        _take(archive, list_, some, now)
    _erase_left(archive, list_)
    decided = moving.load(archive.truth, list_)
    if decided:
        with archive.changing() as connection:
            moving.apply(connection, list_, decided)
    hidden.put_right(archive, list_)


def _absent(archive: "Archive", list_: "MailList") -> list[Name]:
    kept = archive.packs(list_).order()
    names = {one.sha256 for one in kept}
    with archive.rows.connect() as connection:
        own = select(messages.c.raw, messages.c.id).where(messages.c.list_id == list_.id)
        there = {row.raw: row.id for row in connection.execute(own)}
    gone = [number for raw, number in there.items() if raw not in names]
    for at in range(0, len(gone), _MANY):
        with archive.changing() as connection:
            found = connection.execute(select(*NEEDED).where(messages.c.id.in_(gone[at : at + _MANY]))).all()
            remove_rows(connection, list_, found)
    return [one for one in kept if one.sha256 not in there]


def _take(archive: "Archive", list_: "MailList", some: Sequence[Name], now: int) -> int:
    return take_batch(archive, list_, list(_read_again(archive, list_, some, now)), Counts(), is_kept=True)


def _read_again(archive: "Archive", list_: "MailList", some: Sequence[Name], now: int) -> Iterator[Arrived]:
    for year, names in groupby(some, key=lambda one: one.year):
        for kept in archive.packs(list_).get(year, [one.sha256 for one in names]):
            yield _arrived(list_, kept, now)


def _arrived(list_: "MailList", kept: Kept, now: int) -> Arrived:
    said = read(
        kept.content, received_at=kept.received_at, own_address=list_.address, now=now, files=kept.beside
    )  # fmt: skip
    return Arrived(kept, said)


def _erase_left(archive: "Archive", list_: "MailList") -> None:
    """Finish what somebody began to erase: he was told that it went, and then the process ended."""
    erased = _erased(archive, list_)
    if not erased:
        return
    own = select(*NEEDED, messages.c.year, messages.c.raw).where(messages.c.list_id == list_.id)
    with archive.rows.connect() as connection:
        left = [row for row in connection.execute(own) if hash_of(list_, row.key) in erased]
    for at in range(0, len(left), _MANY):
        some = left[at : at + _MANY]
        for year in {row.year for row in some}:
            archive.packs(list_).erase(year, [row.raw for row in some if row.year == year])
        with archive.changing() as connection:
            remove_rows(connection, list_, some)


def _erased(archive: "Archive", list_: "MailList") -> set[str]:
    own = select(marks.c.hash).where(marks.c.list_id == list_.id, marks.c.what == "erased")
    with archive.truth.connect() as connection:
        return set(connection.execute(own).scalars())
