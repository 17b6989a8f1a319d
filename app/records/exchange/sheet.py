"""A table as it came in, whatever its file was: a header, and rows of text with the number of their line."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import N_, Invalid, TooLarge

MOST_COLUMNS, MOST_ROWS, MOST_CELL = 200, 100_000, 40_000  # the last in characters
MOST_BYTES = 60_000_000
MOST_CELLS = 3_000_000  # of a whole table: each takes the memory of the process that answers

TOO_WIDE = N_("This table has more than %(most)s columns. Keep those of the form.")
TOO_LONG = N_("This table has more than %(most)s rows. Send it in several parts.")
TOO_FULL = N_("This table has more than %(most)s cells. Send it in several parts.")
TOO_BIG = N_("This file is larger than %(most)s MB. Send it in several parts.")
EMPTY = N_("This table is empty. Its first line names the columns.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `line` is where it stands in the file, for whoever mends it there."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table. `notes` are sentences about how it was read: English msgids and their values."""

    header: Sequence[str]
    rows: Sequence[Row]
    notes: Sequence[tuple[str, dict[str, object]]] = ()


def check_size(content: bytes) -> None:
    """Refuse a file before it is looked into."""
    if len(content) > MOST_BYTES:
        raise TooLarge(TOO_BIG, most=MOST_BYTES // 1_000_000)


def sheet_of(rows: Sequence[Row], notes: Sequence[tuple[str, dict[str, object]]] = ()) -> Sheet:
    """Take the first row that says something as the header; rows that say nothing are left out."""
    said = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not said:
        raise Invalid(EMPTY)
    check_width(max(len(row.cells) for row in said))
    header = [cell.strip() for cell in said[0].cells]
    while header and not header[-1]:
        header.pop()
    return Sheet(header, [Row(row.line, row.cells[: len(header)]) for row in said[1:]], notes)


def check_width(count: int) -> None:
    """Refuse a table of too many columns; raises TooLarge."""
    if count > MOST_COLUMNS:
        raise TooLarge(TOO_WIDE, most=MOST_COLUMNS)


def check_cells(count: int) -> None:
    """Refuse a table of too many cells; raises TooLarge."""
    if count > MOST_CELLS:
        raise TooLarge(TOO_FULL, most=MOST_CELLS)


def check_length(count: int) -> None:
    """Refuse a table of too many rows; raises TooLarge."""
    if count > MOST_ROWS:
        raise TooLarge(TOO_LONG, most=MOST_ROWS)
