"""The totals of threads and months, counted anew for those that a change has touched."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from plugins.archive.rows import messages, months, old_threads, threads

_MANY = 500


def count_threads(connection: Connection, list_id: int, touched: Iterable[int]) -> None:
    """Write the rows of threads anew; a thread without messages goes. Its code is that of its first message."""
    wanted = sorted(touched)
    for at in range(0, len(wanted), _MANY):
        _count(connection, list_id, wanted[at : at + _MANY])


def _count(connection: Connection, list_id: int, wanted: Sequence[int]) -> None:
    c = messages.c
    own = select(c.thread_id, c.id, c.code, c.subject, c.at, c.is_hidden, c.person_id, c.files)
    found = connection.execute(own.where(c.thread_id.in_(wanted)).order_by(c.thread_id, c.at, c.id)).all()
    codes = select(threads.c.id, threads.c.code).where(threads.c.id.in_(wanted))
    before = {row.id: row.code for row in connection.execute(codes)}
    new = [_row(list_id, number, list(some)) for number, some in groupby(found, key=lambda one: one.thread_id)]
    connection.execute(delete(threads).where(threads.c.id.in_(wanted)))
    if new:
        connection.execute(insert(threads), new)
    old = [
        {"list_id": list_id, "code": before[one["id"]], "thread_id": one["id"]}
        for one in new
        if before.get(one["id"], one["code"]) != one["code"]
    ]
    if old:
        connection.execute(insert(old_threads).prefix_with("OR REPLACE"), old)


def _row(list_id: int, number: int, some: list[Any]) -> dict[str, Any]:
    shown = [one for one in some if not one.is_hidden]
    ends = shown or some
    return {
        "id": number,
        "list_id": list_id,
        "code": some[0].code,
        "subject": ends[0].subject,
        "begun_at": ends[0].at,
        "last_at": ends[-1].at,
        "messages": len(shown),
        "people": len({one.person_id for one in shown}),
        "files": sum(one.files for one in shown),
    }


def count_months(connection: Connection, list_id: int, touched: Iterable[int]) -> None:
    """Count the shown messages of months anew."""
    wanted = sorted(touched)
    connection.execute(delete(months).where(months.c.list_id == list_id, months.c.month.in_(wanted)))
    c = messages.c
    own = select(c.list_id, c.month, func.count().label("messages"))
    own = own.where(c.list_id == list_id, c.month.in_(wanted), c.is_hidden.is_(False)).group_by(c.list_id, c.month)
    if found := [dict(row._mapping) for row in connection.execute(own)]:
        connection.execute(insert(months), found)
