"""The truth database as lines of JSON, so that a backup comes back on any database."""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, func, insert, select, text

from app.database.truth import VERSIONS

_BATCH = 1000


def tables_of(connection: Connection) -> list[Table]:
    """List all tables, those of plugins too, in an order in which their rows may be inserted."""
    known = MetaData()
    known.reflect(connection)
    return [table for table in known.sorted_tables if not table.name.endswith(VERSIONS)]


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Write the rows of a table, one a line, in the order of their keys: a row may name one that was made before it."""
    ordered = select(table).order_by(*table.primary_key.columns)
    rows = connection.execution_options(yield_per=_BATCH).execute(ordered)
    for row in rows:
        yield (
            json.dumps({key: _plain(value) for key, value in row._mapping.items()}, ensure_ascii=False).encode() + b"\n"
        )


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return value


_READERS = {
    "bytes": base64.b64decode,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
}


def _value(plain: Any) -> Any:
    if not isinstance(plain, dict):
        return plain
    ((kind, written),) = plain.items()
    return _READERS[kind](written)


def fill(engine: Engine, folder: Path) -> None:
    """Insert all rows from `<table>.jsonl` files in one transaction."""
    with engine.begin() as connection:
        for table in tables_of(connection):
            file = folder / f"{table.name}.jsonl"
            if file.exists():
                with file.open(encoding="utf-8") as lines:
                    _insert(connection, table, lines)
                _set_sequences(connection, table)


def _insert(connection: Connection, table: Table, lines: Iterable[str]) -> None:
    batch: list[dict[str, Any]] = []
    for line in lines:
        batch.append({key: _value(plain) for key, plain in json.loads(line).items()})
        if len(batch) == _BATCH:
            connection.execute(insert(table), batch)
            batch.clear()
    if batch:
        connection.execute(insert(table), batch)


def _set_sequences(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        name = connection.execute(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
        ).scalar()
        highest = connection.execute(select(func.max(column))).scalar()
        if name and highest:
            connection.execute(text("SELECT setval(:name, :highest)"), {"name": name, "highest": highest})
