"""Rows of messages taken away, with all that is counted of them; what answered them waits for them to come again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, select, update

from plugins.archive import file_texts
from plugins.archive.counting import count_months, count_threads
from plugins.archive.rows import attachments, ghosts, messages, old_threads, people, queue, texts, threads

if TYPE_CHECKING:
    from plugins.archive.lists import MailList

NEEDED = (messages.c.id, messages.c.key, messages.c.thread_id, messages.c.person_id, messages.c.month)


def remove_rows(connection: Connection, list_: "MailList", found: Sequence[Any]) -> None:
    """Take messages away, some hundreds at most; `found` has the columns `NEEDED` of each."""
    gone = [one.id for one in found]
    _leave_children(connection, list_, {one.id: (one.key, one.thread_id) for one in found})
    named = set(connection.execute(select(attachments.c.oid).where(attachments.c.message_id.in_(gone))).scalars())
    for table in (texts, attachments):
        connection.execute(delete(table).where(table.c.message_id.in_(gone)))
    file_texts.forget(connection, named)
    connection.execute(delete(messages).where(messages.c.id.in_(gone)))
    waiting = [{"message_id": one, "list_id": list_.id} for one in gone]
    connection.execute(insert(queue).prefix_with("OR REPLACE"), waiting)
    _recount(connection, list_, {one.thread_id for one in found}, {one.month for one in found})
    _forget_people(connection, {one.person_id for one in found})


def _leave_children(connection: Connection, list_: "MailList", gone: dict[int, tuple[str, int]]) -> None:
    """Let answers that stay wait for what they answer, should it come again."""
    c = messages.c
    children = connection.execute(select(c.id, c.parent_id).where(c.parent_id.in_(list(gone)), c.id.not_in(list(gone))))
    for child in children.all():
        key, thread = gone[child.parent_id]
        connection.execute(update(messages).where(c.id == child.id).values(parent_id=None, wants=key))
        row = {"list_id": list_.id, "key": key, "thread_id": thread}
        connection.execute(insert(ghosts).prefix_with("OR REPLACE"), [row])


def _recount(connection: Connection, list_: "MailList", touched: set[int], months: set[int]) -> None:
    count_threads(connection, list_.id, touched)
    count_months(connection, list_.id, months)
    left = set(connection.execute(select(threads.c.id).where(threads.c.id.in_(touched))).scalars())
    for table in (ghosts, old_threads):
        connection.execute(delete(table).where(table.c.thread_id.in_(touched - left)))


def _forget_people(connection: Connection, touched: set[int]) -> None:
    writes = select(messages.c.person_id).where(messages.c.person_id.in_(touched))
    left = set(connection.execute(writes).scalars())
    connection.execute(delete(people).where(people.c.id.in_(touched - left)))
