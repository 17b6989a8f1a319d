"""The queue of the search index: which pages it has still to follow."""

import time
from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from app.catalog.tables import search_queue


def enqueue(connection: Connection, paths: Iterable[str], *, is_narrowed: bool = False) -> None:
    """Ask the search index to look at these pages again."""
    rows = [{"path": path, "is_narrowed": int(is_narrowed), "seq": time.time_ns()} for path in paths]
    if not rows:
        return
    statement = insert(search_queue)
    newer = {"seq": statement.excluded.seq, "is_narrowed": func.max(
        search_queue.c.is_narrowed, statement.excluded.is_narrowed
    )}  # fmt: skip
    connection.execute(statement.on_conflict_do_update(index_elements=["path"], set_=newer), rows)


def waiting(connection: Connection, limit: int) -> list[tuple[str, int]]:
    """List the oldest entries: path and `seq`."""
    rows = connection.execute(select(search_queue.c.path, search_queue.c.seq).order_by(search_queue.c.seq).limit(limit))
    return [(row.path, row.seq) for row in rows]


def remove(connection: Connection, entries: Iterable[tuple[str, int]]) -> None:
    """Take out entries that were followed, but for those that were asked for again meanwhile."""
    for path, seq in entries:
        connection.execute(delete(search_queue).where(search_queue.c.path == path, search_queue.c.seq == seq))


def narrowed(connection: Connection) -> frozenset[str]:
    """Name the pages that the index still shows to people who may not read them any more."""
    return frozenset(connection.execute(select(search_queue.c.path).where(search_queue.c.is_narrowed == 1)).scalars())


def length(connection: Connection) -> int:
    """Count the entries."""
    return connection.execute(select(func.count()).select_from(search_queue)).scalar_one()
