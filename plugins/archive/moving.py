"""Messages that moderators put elsewhere: under another message, or at the beginning of a thread of their own."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, delete, insert, select, text, update

from app.errors import N_, Invalid
from plugins.archive.counting import count_threads
from plugins.archive.lists import hash_of
from plugins.archive.rows import apart, ghosts, messages, old_threads, queue, threads
from plugins.archive.tables import moves

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

_MANY = 500
_CIRCLE = N_("A message cannot stand under its own answer. Choose another one.")
Moves = Sequence[tuple[str, str]]  # hash of a message, hash of that under which it stands or empty; the oldest first


def load(truth: Engine, list_: "MailList") -> Moves:
    """Give all that was decided of a list."""
    own = select(moves.c.hash, moves.c.under).where(moves.c.list_id == list_.id).order_by(moves.c.at, moves.c.id)
    with truth.connect() as connection:
        return [(row.hash, row.under) for row in connection.execute(own)]


def of_messages(truth: Engine, list_: "MailList", keys: Iterable[str]) -> Moves:
    """Give what was decided of a list, if something of it is about these messages."""
    if not (decided := load(truth, list_)):
        return ()
    named = {one for pair in decided for one in pair}
    return decided if any(hash_of(list_, key) in named for key in keys) else ()


def move(archive: "Archive", list_: "MailList", number: int, above: int | None, by: str, *, now: int) -> None:
    """Put a message, with its answers, under another one or into a thread of its own, for good; raises Invalid."""
    with archive.writing(list_):
        with archive.changing() as connection:
            keys = _keys(connection, list_, [number, above or number])
            if above is not None and above in _below(_thread(connection, number)[1], number):
                raise Invalid(_CIRCLE)
            _put(connection, list_, number, above)
        named, under = hash_of(list_, keys[number]), hash_of(list_, keys[above]) if above is not None else ""
        with archive.truth.begin() as connection:
            connection.execute(delete(moves).where(moves.c.list_id == list_.id, moves.c.hash == named))
            values = {"list_id": list_.id, "hash": named, "under": under, "by": by, "at": now}
            connection.execute(insert(moves).values(values))


def _keys(connection: Connection, list_: "MailList", ids: Collection[int]) -> dict[int, str]:
    own = select(messages.c.id, messages.c.key).where(messages.c.list_id == list_.id, messages.c.id.in_(ids))
    return {row.id: row.key for row in connection.execute(own)}


def apply(connection: Connection, list_: "MailList", decided: Moves) -> None:
    """Put messages where moderators put them; what is not here is passed over until it comes."""
    if not decided:
        return
    wanted = {one for pair in decided for one in pair}
    own = select(messages.c.id, messages.c.key).where(messages.c.list_id == list_.id)
    there: dict[str, int] = {}
    for row in connection.execute(own.order_by(messages.c.version.desc())):
        if (named := hash_of(list_, row.key)) in wanted:
            there[named] = row.id
    for named, under in decided:
        if named in there and (not under or under in there):
            _put(connection, list_, there[named], there[under] if under else None)


def _put(connection: Connection, list_: "MailList", number: int, above: int | None) -> None:
    run = connection.execute
    old, parents = _thread(connection, number)
    below = _below(parents, number)
    if above in below or (above is not None and parents[number] == above):
        return
    if above is not None:
        new = run(select(messages.c.thread_id).where(messages.c.id == above)).scalar_one()
    elif len(below) == len(parents) and parents[number] is None:
        new = old
    else:
        new = 1 + (run(text("SELECT seq FROM sqlite_sequence WHERE name = 'threads'")).scalar() or 0)
    run(update(messages).where(messages.c.id == number).values(parent_id=above, wants=""))
    run(insert(apart).prefix_with("OR IGNORE").values(list_id=list_.id, thread_id=new))
    if new != old:
        _carry(connection, list_, sorted(below), new)
        if len(below) == len(parents):
            _lead_on(connection, list_, old, new)
    count_threads(connection, list_.id, {old, new})


def _carry(connection: Connection, list_: "MailList", ids: Sequence[int], thread: int) -> None:
    for at in range(0, len(ids), _MANY):
        some = ids[at : at + _MANY]
        connection.execute(update(messages).where(messages.c.id.in_(some)).values(thread_id=thread))
        waiting = [{"message_id": one, "list_id": list_.id} for one in some]
        connection.execute(insert(queue).prefix_with("OR REPLACE"), waiting)


def _lead_on(connection: Connection, list_: "MailList", lost: int, kept: int) -> None:
    """Let the address of a thread that has gone into another lead there."""
    code = connection.execute(select(threads.c.code).where(threads.c.id == lost)).scalar()
    for table in (ghosts, old_threads):
        connection.execute(update(table).where(table.c.thread_id == lost).values(thread_id=kept))
    if code:
        row = {"list_id": list_.id, "code": code, "thread_id": kept}
        connection.execute(insert(old_threads).prefix_with("OR REPLACE"), [row])


def _thread(connection: Connection, number: int) -> tuple[int, dict[int, int | None]]:
    """Give the thread of a message, and what answers what in it."""
    c = messages.c
    thread = connection.execute(select(c.thread_id).where(c.id == number)).scalar_one()
    rows = connection.execute(select(c.id, c.parent_id).where(c.thread_id == thread))
    return thread, {row.id: row.parent_id for row in rows}


def _below(parents: dict[int, int | None], number: int) -> set[int]:
    answers: dict[int | None, list[int]] = {}
    for child, parent in parents.items():
        answers.setdefault(parent, []).append(child)
    found, open_ = set[int](), [number]
    while open_:
        one = open_.pop()
        if one not in found:
            found.add(one)
            open_ += answers.get(one, ())
    return found
