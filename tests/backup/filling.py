"""Rows for every table of the truth database, made from what the table says of its columns."""

import secrets
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, func, insert, select
from sqlalchemy.types import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    String,
    TypeEngine,
)

from app.backup.tables import lines_of, tables_of

FAR = 4_000_000_000  # seconds since 1970: beyond 32 bits
Rows = dict[str, list[bytes]]
Made = dict[str, list[dict[str, Any]]]  # by table, the two rows that were put in


def fill(connection: Connection) -> None:
    """Put two rows more into each table: one in which nothing is said that may be left out, one in which all is."""
    made: Made = {}
    for table in tables_of(connection):
        for is_full in (False, True):
            row = {column.name: _value(connection, column, made, is_full) for column in table.columns}
            connection.execute(insert(table), row)
            made.setdefault(table.name, []).append(row)


def rows_of(connection: Connection) -> Rows:
    """Give every row of every table, as a backup writes it."""
    return {table.name: sorted(lines_of(connection, table)) for table in tables_of(connection)}


def _value(connection: Connection, column: Column[Any], made: Made, is_full: bool) -> Any:
    if column.nullable and not is_full:
        return None
    for key in column.foreign_keys:
        return made[key.column.table.name][is_full and key.column.table is not column.table][key.column.name]
    if isinstance(column.type, Integer) and column.primary_key:
        return (connection.execute(select(func.max(column))).scalar() or 0) + 1000
    return _of_type(column.type, is_full)


def _of_type(kind: TypeEngine[Any], is_full: bool) -> Any:
    number = secrets.randbelow(1_000_000) + 1
    if isinstance(kind, Boolean):
        return is_full
    if isinstance(kind, BigInteger):
        return FAR + number
    if isinstance(kind, Integer):
        return number
    if isinstance(kind, Float):  # which is a Numeric too
        return number / 7  # has no end
    if isinstance(kind, Numeric):
        return Decimal(number)
    if isinstance(kind, DateTime):
        return datetime(2096, 10, 2, 7, 6, 40, tzinfo=UTC if kind.timezone else None)
    if isinstance(kind, Date):
        return datetime(2096, 10, 2, tzinfo=UTC).date()
    if isinstance(kind, LargeBinary):
        return secrets.token_bytes(40)
    assert isinstance(kind, String), f"say what a column of type {kind!r} may hold"
    return f"{secrets.token_hex(4)} é\u202f«\n😀"[: kind.length] if kind.length else f"{number} é «\r\n\u2028{{}}😀"
