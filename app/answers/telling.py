"""Tell all who come what changed about it: another time or place, cancelled, on again. Run by a job every minute.

A change is told once it has stood for a while, so that nobody hears of a mistake that is put right at once; what begins
soon is told at once. Several dates of one series make one mail.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, insert, select, update

from app.answers import change_letters, notices, reading, recipients, redating, told, unreached
from app.answers.answer import NO, About
from app.answers.change_letters import Difference
from app.answers.letters import Letterhead
from app.answers.recipients import Recipient
from app.answers.tables import answer_mails, answer_objects
from app.answers.told import Told
from app.catalog.record_rows import RecordRow
from app.people.viewer import OPERATOR
from app.station import Station

SETTLED = 300  # seconds that a change has stood before it is told
SOON = 86_400  # seconds before it begins: then it is told at once
KEPT = 30 * 86_400  # seconds after its end that what people were told of a date is kept
MOST_AT_ONCE = 500  # dates that are forgotten in one look
SEEN = "seen-"


@dataclass(frozen=True, slots=True)
class Known:
    """A date about which people answered; `text` is what they were told of it, as it is kept."""

    page_id: str
    date: str
    text: str
    said: Told


def tell_changes(station: Station, now: float) -> int:
    """Tell what has changed; gives how many mails were queued."""
    note_first(station)
    known = list(_known(station, now))
    records = station.door.records_by_id(OPERATOR, {one.page_id for one in known})
    ripe: dict[str, list[tuple[Known, Difference]]] = {}
    for one in known:
        if found := _look_at(station, one, records.get(one.page_id), now):
            ripe.setdefault(one.page_id, []).append((one, found))
    return sum(_tell_page(station, changes) for changes in ripe.values())


def note_first(station: Station) -> None:
    """Keep how dates stand of which nobody was told anything yet."""
    with station.truth.connect() as connection:
        new = connection.execute(select(answer_objects).where(answer_objects.c.told == "")).all()
    for one in new:
        if row := notices.occurrence(station, one.page_id, one.date):
            with station.truth.begin() as connection:
                told.note(connection, row)


def _known(station: Station, now: float) -> Iterator[Known]:
    """List the dates of which people were told, and that are not over."""
    with station.truth.connect() as connection:
        rows = connection.execute(select(answer_objects).where(answer_objects.c.told != "")).all()
    known = [(row, said) for row in rows if (said := told.read(row.told)) is not None]
    _forget_over(station, [row.id for row, said in known if said.ends_at < now - KEPT])
    yield from (Known(row.page_id, row.date, row.told, said) for row, said in known if said.ends_at > now)


def _forget_over(station: Station, numbers: list[int]) -> None:
    """Forget what people were told of dates that were over long ago: it is asked every minute."""
    if numbers:
        with station.truth.begin() as connection:
            connection.execute(delete(answer_objects).where(answer_objects.c.id.in_(numbers[:MOST_AT_ONCE])))


def _look_at(station: Station, known: Known, record: RecordRow | None, now: float) -> Difference | None:
    """Give what is to be told of a date now; None where nothing is, or not yet."""
    if record and record.revision == known.said.revision:
        return None
    row = notices.occurrence(station, known.page_id, known.date)
    if row is None and record and redating.follow(station, known.page_id, known.date, known.said):
        return None  # it is looked at under its new day
    row = row or told.as_cancelled(known.said, known.page_id, known.date)
    after = told.of_row(row, record.revision if record else "")
    if not known.said.differs(after):
        _settle(station, known, replace(known.said, revision=after.revision, title=after.title))
        return None
    is_soon = min(known.said.starts_at, after.starts_at) < now + SOON
    return Difference(known.said, after, row) if is_soon or _is_settled(station, known, after, now) else None


def _settle(station: Station, known: Known, said: Told) -> None:
    """Keep that a date was looked at, and is as people know it."""
    if said == known.said:
        return
    with station.truth.begin() as connection:
        _forget_seen(connection, known)
        _keep(connection, known, said)


def _is_settled(station: Station, known: Known, after: Told, now: float) -> bool:
    """Tell whether a change was seen a while ago; notes that it was seen."""
    shape = told.write(replace(after, revision="", title=""))
    what = SEEN + hashlib.sha256(shape.encode()).hexdigest()[:24]
    with station.truth.begin() as connection:
        seen = connection.execute(select(answer_mails.c.at).where(*_of(known), answer_mails.c.what == what)).scalar()
        if seen is None:
            _forget_seen(connection, known)
            row = {"page_id": known.page_id, "date": known.date, "what": what, "at": int(now)}
            connection.execute(insert(answer_mails), row)
    return seen is not None and seen <= now - SETTLED


def _of(known: Known):  # type: ignore[no-untyped-def]
    return answer_mails.c.page_id == known.page_id, answer_mails.c.date == known.date


def _forget_seen(connection: Connection, known: Known) -> None:
    connection.execute(delete(answer_mails).where(*_of(known), answer_mails.c.what.like(f"{SEEN}%")))


def _keep(connection: Connection, known: Known, after: Told) -> bool:
    """Keep what is told now; tells whether nobody else was faster."""
    mine = (answer_objects.c.page_id == known.page_id, answer_objects.c.date == known.date)
    swap = update(answer_objects).where(*mine, answer_objects.c.told == known.text).values(told=told.write(after))
    return connection.execute(swap).rowcount == 1


def _tell_page(station: Station, changes: Sequence[tuple[Known, Difference]]) -> int:
    """Queue the mails about the dates of one page, and keep that they are told: both, or neither."""
    head, page_id = Letterhead.of(station), changes[0][0].page_id
    with station.truth.begin() as connection:
        ours = {known.date: found for known, found in changes if _keep(connection, known, found.after)}
        for known, _ in changes:
            _forget_seen(connection, known)
        if not ours or not notices.may_mail(station):
            return 0
        told_here = sum(
            _tell(connection, head, to, page_id, [(date, ours[date]) for date in sorted(dates)])
            for to, dates in _concerned(connection, page_id, ours)
        )
        return told_here + unreached.tell(connection, station, page_id, ours)


def _concerned(connection: Connection, page_id: str, dates: Iterable[str]) -> Iterable[tuple[Recipient, set[str]]]:
    """Find who comes, perhaps or if a place becomes free, each once, and to which of these dates."""
    found: dict[str, tuple[Recipient, set[str]]] = {}
    for answer in [one for date in dates for one in reading.list_at(connection, About(page_id, date))]:
        to = recipients.find(connection, answer) if answer.wish.value != NO else None
        if to and not recipients.is_quiet(connection, page_id, to.email):
            found.setdefault(recipients.digest(to.email), (to, set()))[1].add(answer.about.date)
    return found.values()


def _tell(
    connection: Connection, head: Letterhead, to: Recipient, page_id: str, changes: list[tuple[str, Difference]]
) -> bool:
    readable = [(date, one) for date, one in changes if to.may_read(one.row.audience)]
    if not readable:
        return False
    date, first = readable[0]
    own = recipients.own_path(connection, to, first.row.path, date) if first.row.path else ""
    draft = change_letters.draft(head, [one for _, one in readable], own)
    return notices.send(connection, head, to, page_id, draft)
