"""Spreadsheets (XLSX, ECMA-376) in and out."""

import io
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache

from app.budget import SENT, Budget
from app.records.exchange.neutral import neutralise, undo
from app.records.exchange.sheet import Row, Sheet, check_size, sheet_of

SECONDS = 60.0
MEMORY = 1_500_000_000  # bytes of address space


@cache
def _child() -> Budget:
    return Budget("app.records.exchange.xlsx_child:read", seconds=SECONDS, memory=MEMORY, size=1, places=SENT)


def read_xlsx(content: bytes) -> Sheet:
    """Read the first sheet of a book; raises Invalid, TooLarge, OverBudget."""
    check_size(content)
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        rows = _child().call(file.name)
    return sheet_of([Row(number, [undo(cell) for cell in cells]) for number, cells in rows])


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a book of one sheet; every cell is text, so that nothing of it is run or read as a day."""
    import openpyxl  # slow to import
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for cells in (header, *rows):
        line = []
        for text in cells:
            cell = WriteOnlyCell(sheet)
            cell.data_type = "s"
            cell._value = ILLEGAL_CHARACTERS_RE.sub("", neutralise(text))[:32_000]  # the most that a cell may hold
            line.append(cell)
        sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
