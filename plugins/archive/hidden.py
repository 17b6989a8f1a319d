"""Which messages are hidden: those that somebody hid, and the later ones of those with one Message-ID."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, exists, insert, or_, select, update

from plugins.archive.counting import count_months, count_threads
from plugins.archive.lists import content_mark, hash_of
from plugins.archive.rows import messages, queue
from plugins.archive.tables import marks

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

HIDDEN, SHOWN = "hidden", "shown"  # SHOWN: all the same, though another one came first under its Message-ID
_MANY = 500
_c = messages.c


def put_right(archive: "Archive", list_: "MailList", keys: Collection[str] | None = None) -> None:
    """Show what is wrongly hidden, hide what is wrongly shown: of some keys, or all; whoever calls is the writer."""
    decided = _marked(archive, list_, HIDDEN, SHOWN)
    with archive.rows.connect() as connection:
        wrong = _wrong(connection, list_, decided, keys)
    if wrong:
        with archive.changing() as connection:
            _turn(connection, list_, _wrong(connection, list_, decided, keys))


def _marked(archive: "Archive", list_: "MailList", *what: str) -> set[tuple[str, str]]:
    own = select(marks.c.hash, marks.c.what).where(marks.c.list_id == list_.id, marks.c.what.in_(what))
    with archive.truth.connect() as connection:
        return {(row.hash, row.what) for row in connection.execute(own)}


def _turn(connection: Connection, list_: "MailList", wrong: Sequence[int]) -> None:
    for at in range(0, len(wrong), _MANY):
        own = _c.id.in_(wrong[at : at + _MANY])
        found = connection.execute(select(_c.id, _c.thread_id, _c.month).where(own)).all()
        connection.execute(update(messages).where(own).values(is_hidden=~_c.is_hidden))
        _settle(connection, list_, found)


def _settle(connection: Connection, list_: "MailList", found: Sequence[Any]) -> None:
    count_threads(connection, list_.id, {row.thread_id for row in found})
    count_months(connection, list_.id, {row.month for row in found})
    waiting = [{"message_id": row.id, "list_id": list_.id} for row in found]
    if waiting:
        connection.execute(insert(queue).prefix_with("OR REPLACE"), waiting)


def _wrong(
    connection: Connection, list_: "MailList", decided: set[tuple[str, str]], keys: Collection[str] | None
) -> list[int]:
    above = messages.alias()
    is_later = exists().where(above.c.list_id == _c.list_id, above.c.key == _c.key, above.c.version < _c.version)
    own = select(_c.id, _c.key, _c.content_hash, _c.is_hidden, ((_c.version > 0) & is_later).label("is_later"))
    own = own.where(_c.list_id == list_.id)
    if keys is not None:
        own = own.where(_c.key.in_(keys))
    elif not any(what == HIDDEN for _, what in decided):  # what is shown needs no second look
        own = own.where(or_(_c.is_hidden.is_(True), _c.version > 0))
    return [row.id for row in connection.execute(own) if row.is_hidden != _is_hidden(list_, row, decided)]


def _is_hidden(list_: "MailList", row: Row[Any], decided: set[tuple[str, str]]) -> bool:
    if (hash_of(list_, row.key), HIDDEN) in decided:
        return True
    return row.is_later and (hash_of(list_, content_mark(row.content_hash)), SHOWN) not in decided
