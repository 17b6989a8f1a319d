"""The child that reads spreadsheets (see `app.budget`): openpyxl on what came from outside, killed if it takes long."""

import datetime
import zipfile
from typing import Any

import openpyxl

from app.errors import N_, Invalid, TooLarge
from app.records.exchange.sheet import MOST_CELL, check_cells, check_length, check_width

MOST_MEMBERS, MOST_UNPACKED, MOST_RATIO = 2_000, 300_000_000, 200  # files, bytes, times

NO_SHEET = N_("This is no spreadsheet that can be read. Save it again as XLSX or CSV.")
BOMB = N_("This spreadsheet unpacks to far too much. Save it again as CSV.")


def read(file: str) -> list[list[Any]]:
    """Read the first sheet: for each row that is there its number and its cells as text."""
    try:
        check_archive(file)
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        return _rows(book.worksheets[0]) if book.worksheets else []
    except (Invalid, TooLarge):
        raise
    except Exception as error:  # the border: openpyxl raises anything on files that are none
        raise Invalid(NO_SHEET) from error


def check_archive(file: str) -> None:
    """Refuse an archive that says to unpack to too much, before anything of it is unpacked."""
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
    unpacked, packed = (sum(getattr(one, name) for one in members) for name in ("file_size", "compress_size"))
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 10_000):
        raise TooLarge(BOMB)


def _rows(sheet: Any) -> list[list[Any]]:
    sheet.reset_dimensions()  # what a file says of its own size is not to be believed
    count, found = 0, list[list[Any]]()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        check_length(len(found) - 1)
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        check_width(len(texts))
        check_cells(count := count + len(texts))
        if texts:
            found.append([number, texts])
    return found


def _text(cell: Any) -> str:
    """Write what a spreadsheet knows as a number or a day the way people type it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)[:MOST_CELL]
