"""Private fields of records: kept in the database by the identity of the page, so that git never knows them.

After a change `station.stamp.touch()` is to be called: answers that are kept show some of them.
"""

import json
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from app.forms.form import Values
from app.records.tables import private_fields
from app.wiki.yaml_text import Value

BATCH = 500  # identities that are asked for at once


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives private values: an account, a visitor, or nobody who could be erased."""

    account_id: int | None = None
    visitor_id: int | None = None


NOBODY = Giver()


def load(connection: Connection, page_ids: Collection[str]) -> dict[str, Values]:
    """Give the private values of these pages, whoever may read them; a page without any is left out."""
    found: dict[str, dict[str, Value]] = {}
    columns = (private_fields.c.page_id, private_fields.c.field, private_fields.c.value)
    for batch in _batches(list(page_ids)):
        for row in connection.execute(select(*columns).where(private_fields.c.page_id.in_(batch))):
            found.setdefault(row.page_id, {})[row.field] = json.loads(row.value)
    return dict(found)


def store(connection: Connection, page_id: str, changes: Mapping[str, Value | None], giver: Giver = NOBODY) -> bool:
    """Keep private values of a page; None forgets one. Tells whether anything became another.

    A value that is changed later stays with whom it was first given by.
    """
    before = load(connection, [page_id]).get(page_id, {})
    differing = {field: value for field, value in changes.items() if before.get(field) != value}
    for field, value in differing.items():
        _store_one(connection, page_id, field, value, giver, is_known=field in before)
    return bool(differing)


def _store_one(
    connection: Connection, page_id: str, field: str, value: Value | None, giver: Giver, *, is_known: bool
) -> None:
    place = (private_fields.c.page_id == page_id, private_fields.c.field == field)
    if value is None:
        connection.execute(delete(private_fields).where(*place))
        return
    row = {"value": json.dumps(value, ensure_ascii=False), "changed_at": int(time.time())}
    if is_known:
        connection.execute(update(private_fields).where(*place).values(row))
        return
    owner = {"account_id": giver.account_id, "visitor_id": giver.visitor_id}
    connection.execute(insert(private_fields), {"page_id": page_id, "field": field} | row | owner)


def forget(connection: Connection, page_id: str) -> None:
    """Erase all private values of a page."""
    connection.execute(delete(private_fields).where(private_fields.c.page_id == page_id))


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
