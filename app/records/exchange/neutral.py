"""Cells that a spreadsheet would run as a formula are written with an apostrophe before them, and read without.

Source: OWASP, "CSV Injection". Plain numbers stay as they are: they run nothing.
"""

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")


def neutralise(cell: str) -> str:
    """Write a cell so that no spreadsheet runs it."""
    return f"'{cell}" if _DANGEROUS.match(cell) and not _NUMBER.fullmatch(cell) else cell


def undo(cell: str) -> str:
    """Read a cell that was written so."""
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell) else cell
