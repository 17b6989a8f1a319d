"""Write records as tables: what comes out may be changed in a spreadsheet and taken in again."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from app.records.exchange.columns import BODY, ID, TOLD, Column, labels, of_field
from app.records.exchange.neutral import neutralise
from app.records.exchange.outgoing import Batch, Outgoing
from app.records.exchange.xlsx import write_xlsx

BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for something else
SEPARATOR = {"fr": ";"}  # what spreadsheets of that language expect


def columns_out(batch: Batch) -> tuple[Column, ...]:
    """Give the columns of an export: those that an import takes, and what else is known of a record."""
    fields = [column for one in batch.fields for column in of_field(one)]
    body = [Column(BODY)] if batch.form.has_body else []
    return (Column(ID), *fields, *body, *(Column(name) for name in TOLD))


def write_table(batch: Batch, bodies: Iterable[str]) -> tuple[list[str], Iterator[list[str]]]:
    """Give the header, and the rows as text."""
    columns = columns_out(batch)
    rows = (_cells(columns, one, body) for one, body in zip(batch.records, bodies, strict=False))
    return labels(columns, batch.language), rows


def _cells(columns: Sequence[Column], one: Outgoing, body: str) -> list[str]:
    row = one.row
    own = {ID: row.id, BODY: body, "state": row.state, "verified": row.verified, "expires": row.expires,
           "edited": row.edited_at.date().isoformat(), "address_of_page": one.address}  # fmt: skip
    return [
        column.cell(one.own.get(column.field.name)) if column.field else own.get(column.name, "") for column in columns
    ]


def to_csv(batch: Batch, bodies: Iterable[str]) -> bytes:
    """Write CSV (RFC 4180) in UTF-8."""
    return csv_of(*write_table(batch, bodies), batch.language)


def csv_of(header: Sequence[str], rows: Iterable[Sequence[str]], language: str) -> bytes:
    """Write a table as the spreadsheets of a language read it."""
    stream = io.StringIO()
    stream.write(BOM)
    table = csv.writer(stream, delimiter=SEPARATOR.get(language, ","), lineterminator="\r\n")
    table.writerow([neutralise(cell) for cell in header])
    table.writerows([neutralise(cell) for cell in cells] for cells in rows)
    return stream.getvalue().encode()


def to_xlsx(batch: Batch, bodies: Iterable[str]) -> bytes:
    """Write a book of one sheet."""
    return write_xlsx(*write_table(batch, bodies))
