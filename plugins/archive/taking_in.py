"""Messages taken in: kept as they came, read, placed in threads and counted; for imports and live mail alike."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, select, text

from app.errors import N_
from plugins.archive import known, moving
from plugins.archive.batches import batches
from plugins.archive.counting import count_months, count_threads
from plugins.archive.lists import content_mark, hash_of
from plugins.archive.message.identity import code_of
from plugins.archive.message.read import read
from plugins.archive.message.record import Message, Person
from plugins.archive.message.subjects import base_of
from plugins.archive.packs import Again, Kept, name_of
from plugins.archive.rows import attachments, people, queue, texts
from plugins.archive.sources.raw import Raw, Skipped
from plugins.archive.tables import marks
from plugins.archive.threads import Threading

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

_MOST_NOTES = 1000
OTHER_VERSION = N_("Another message has the same identifier. This one is kept, and hidden.")


@dataclass(slots=True)
class Counts:
    """What became of the messages; `notes` are places and why (English msgids), not more than 1,000."""

    read: int = 0
    new: int = 0
    already_there: int = 0
    other_version: int = 0
    kept_away: int = 0
    repaired: int = 0
    unreadable: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    months: dict[int, int] = field(default_factory=dict)  # of what is new, in UTC

    def count(self, one: "Arrived", *, is_other: bool = False) -> None:
        """Count one that is new; `is_other`: its Message-ID is that of another one."""
        self.new += 1
        arrived = datetime.fromtimestamp(one.message.at, UTC)
        month = arrived.year * 100 + arrived.month
        self.months[month] = self.months.get(month, 0) + 1
        if is_other:
            self.other_version += 1
            self.note(one.kept.place, OTHER_VERSION)

    def note(self, place: str, why: str) -> None:
        """Remember why a message is not as it should be."""
        if len(self.notes) < _MOST_NOTES:
            self.notes.append((place, why))


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message, as it is kept and as it was read."""

    kept: Kept
    message: Message
    version: int = 0
    is_hidden: bool = False


def take_in(
    archive: "Archive",
    list_: "MailList",
    raws: Iterable[Raw | Skipped],
    *,
    now: int,
    run_id: int = 0,
    is_dry: bool = False,
    tell: Callable[[Counts], None] | None = None,
) -> Counts:
    """Take messages in; what is there already, or must not come back, is left out. Raises StorageFull, Unavailable."""
    counts = Counts()
    for some in batches(raws, _size):
        with archive.writing(list_):
            take_batch(archive, list_, list(_arrived(list_, some, run_id, now, counts)), counts, is_dry=is_dry)
        if tell is not None:
            tell(counts)
    return counts


def live(archive: "Archive", list_: "MailList", raw: Raw, *, now: int) -> str:
    """Take one message in as it comes, and give its code."""
    take_in(archive, list_, [raw], now=now)
    return code_of(read(raw.content, received_at=raw.received_at, own_address=list_.address, now=now).key)


def _size(raw: Raw | Skipped) -> int:
    return len(raw.content) + sum(len(content) for _, content in raw.files) if isinstance(raw, Raw) else 0


def _arrived(
    list_: "MailList", raws: Sequence[Raw | Skipped], run_id: int, now: int, counts: Counts
) -> Iterator[Arrived]:
    for raw in raws:
        counts.read += 1
        if isinstance(raw, Skipped):
            counts.unreadable += 1
            counts.note(raw.place, raw.why)
            continue
        found = read(raw.content, received_at=raw.received_at, own_address=list_.address, now=now, files=raw.files)
        counts.repaired += bool(found.faults)
        for fault in found.faults:
            counts.note(raw.place, fault)
        if list_.obeys_no_archive and not found.is_archivable:
            counts.kept_away += 1
            continue
        at = found.at if raw.received_at is None else raw.received_at
        year = min(max(datetime.fromtimestamp(min(max(at, 0), 253_402_300_799), UTC).year, 1970), 9999)
        files = tuple(part.content for part in found.parts)
        beside = tuple(raw.files)
        yield Arrived(Kept(year, name_of(raw.content), raw.content, at, run_id, raw.place, files, beside), found)


def take_batch(
    archive: "Archive",
    list_: "MailList",
    some: list[Arrived],
    counts: Counts,
    *,
    is_dry: bool = False,
    is_kept: bool = False,
) -> int:
    """Take in what is new of some messages, of which `is_kept` those of a pack; whoever calls is the one writer."""
    keys = [one.message.key for one in some]
    decided = _decided(archive, list_, [*keys, *(content_mark(one.message.content_hash) for one in some)])
    with archive.rows.connect() as connection:
        there = known.there(connection, list_, some)
    new, again = list[Arrived](), list[Again]()
    for one in some:
        _sort(list_, one, decided, there, counts, new, None if is_kept else again)
    if not is_dry:
        archive.packs(list_).came_again(again)
    if is_dry or not new:
        return len(new)
    _put_files(archive, new)  # what a row names is there before it
    if not is_kept:
        archive.packs(list_).add([one.kept for one in new])
        _put_files(archive, new)  # one that was removed meanwhile: from now on the pack keeps it
    decided_moves = () if is_kept else moving.of_messages(archive.truth, list_, keys)
    with archive.changing() as connection:
        _write(archive, connection, list_, new)
        moving.apply(connection, list_, decided_moves)
    return len(new)


def _put_files(archive: "Archive", new: Sequence[Arrived]) -> None:
    for one in new:
        for part in one.message.parts:
            if part.content and not archive.files.has(name_of(part.content)):
                archive.files.put(part.content)


def _decided(archive: "Archive", list_: "MailList", keys: Sequence[str]) -> set[tuple[str, str]]:
    hashes = [hash_of(list_, key) for key in keys]
    with archive.truth.connect() as connection:
        own = select(marks.c.hash, marks.c.what).where(marks.c.list_id == list_.id, marks.c.hash.in_(hashes))
        return {(row.hash, row.what) for row in connection.execute(own)}


def _sort(
    list_: "MailList",
    one: Arrived,
    decided: set[tuple[str, str]],
    there: known.There,
    counts: Counts,
    new: list[Arrived],
    again: list[Again] | None,
) -> None:
    """Put a mail among what is new, or remember that it came again; `again` None: it comes from a pack."""
    key, named = one.message.key, hash_of(list_, one.message.key)
    same_words = hash_of(list_, content_mark(one.message.content_hash))
    is_altered = again is not None and (named, "altered") in decided
    is_erased = bool({(named, "erased"), (same_words, "erased")} & decided)
    mine = known.of(one)
    # Of a pack, each mail gets a row, so that whoever erases it finds it.
    first = there.find_raw(key, mine.raw) if again is None else there.find(key, mine, is_altered=is_altered)
    if first is not None and again is not None and first.run_id not in (0, mine.run_id):
        again.append(Again(first.year, first.raw, mine.run_id))
    if is_erased or is_altered:
        counts.kept_away += 1
        return
    if first is not None:
        counts.already_there += 1
        return
    version = max((other.version for other in there.versions.get(key, ())), default=-1) + 1
    counts.count(one, is_other=version > 0)
    is_hidden = (named, "hidden") in decided or (version > 0 and (same_words, "shown") not in decided)
    new.append(replace(one, version=version, is_hidden=is_hidden))
    there.add(key, replace(mine, version=version))


def _write(archive: "Archive", connection: Connection, list_: "MailList", new: Sequence[Arrived]) -> None:
    zone = ZoneInfo(archive.station.config.timezone)
    threading = Threading(connection, list_.id, _last(connection, "threads"))
    threading.learn(key for one in new for key in (one.message.key, *one.message.references))
    who = _people(connection, list_, [one.message.author for one in new])
    first, files, packed = _last(connection, "messages") + 1, list[dict[str, Any]](), []
    for number, one in enumerate(new, first):
        row = _row(list_, one, number, who, zone)
        threading.place(row, one.message.references)
        packed.append({"message_id": number, "text": zlib.compress(one.message.text.encode("utf-8", "replace"))})
        files += _files(list_, one, number)
    touched = threading.flush()
    connection.execute(insert(texts), packed)
    if files:
        connection.execute(insert(attachments), files)
    waiting = [{"message_id": one["message_id"], "list_id": list_.id} for one in packed]
    connection.execute(insert(queue).prefix_with("OR REPLACE"), waiting)
    count_threads(connection, list_.id, touched)
    count_months(connection, list_.id, {row["month"] for row in threading.pending.values()})


def _last(connection: Connection, table: str) -> int:
    return connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table}).scalar() or 0


def _people(connection: Connection, list_: "MailList", authors: Sequence[Person]) -> dict[str, int]:
    named = {one.address or f"?{one.name}": one.name for one in authors}
    own = select(people.c.address, people.c.id).where(people.c.list_id == list_.id, people.c.address.in_(list(named)))
    there = {row.address: row.id for row in connection.execute(own)}
    absent = [(address, name) for address, name in named.items() if address not in there]
    if absent:
        last = connection.execute(select(func.max(people.c.id))).scalar() or 0
        rows = [
            {"id": n, "list_id": list_.id, "code": hash_of(list_, f"person:{a}")[:32], "address": a, "name": name}
            for n, (a, name) in enumerate(absent, last + 1)
        ]
        connection.execute(insert(people), rows)
        there |= {row["address"]: row["id"] for row in rows}
    return there


def _row(list_: "MailList", one: Arrived, number: int, who: dict[str, int], zone: ZoneInfo) -> dict[str, Any]:
    said, (base, is_reply) = one.message, base_of(one.message.subject)
    local = datetime.fromtimestamp(said.at, zone)
    return {
        "id": number,
        "list_id": list_.id,
        "key": said.key,
        "version": one.version,
        "code": code_of(said.key, one.version),
        "content_hash": said.content_hash,
        "raw": one.kept.sha256,
        "year": one.kept.year,
        "run_id": one.kept.run_id,
        "person_id": who[said.author.address or f"?{said.author.name}"],
        "author": said.author.name,
        "subject": said.subject,
        "base_subject": base,
        "is_reply": is_reply,
        "at": said.at,
        "dated": said.dated.isoformat() if said.dated else "",
        "month": local.year * 100 + local.month,
        "arrived_at": one.kept.received_at,
        "size": len(one.kept.content),
        "files": len(said.parts),
        "is_from_html": said.is_from_html,
        "has_html": bool(said.html),
        "is_hidden": one.is_hidden,
    }


def _files(list_: "MailList", one: Arrived, number: int) -> Iterator[dict[str, Any]]:
    for place, part in enumerate(one.message.parts):
        yield {
            "list_id": list_.id,
            "message_id": number,
            "number": place,
            "oid": name_of(part.content),
            "name": part.name,
            "kind": part.kind[:120],
            "size": len(part.content),
            "cid": part.cid,
            "is_inline": part.is_inline,
            "at": one.message.at,
        }
