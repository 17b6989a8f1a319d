"""Read CSV as people's programs write it: any usual encoding and separator (RFC 4180, and less than it)."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from app.errors import N_, Invalid
from app.records.exchange.neutral import undo
from app.records.exchange.sheet import (
    MOST_CELL,
    Row,
    Sheet,
    check_cells,
    check_length,
    check_size,
    check_width,
    sheet_of,
)

SEPARATORS = ";,\t|"
_SAMPLE = 64_000  # characters by which the separator is told
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

OLD_ENCODING = N_("The file was read as Windows text. Look at the accents.")
MIXED = N_("Some lines were written by another program than the others. Look at the accents.")
NULS = N_("The file holds signs that are no text. They were left out.")
UNREADABLE = N_("Near line %(line)s the quotes are wrong. Save the table again as CSV.")


def read_csv(content: bytes) -> Sheet:
    """Read a table; raises Invalid, TooLarge."""
    check_size(content)
    text, notes = decode(content)
    return sheet_of(list(_rows(text, separator_of(text))), notes)


def decode(content: bytes) -> tuple[str, list[tuple[str, dict[str, object]]]]:
    """Turn bytes into text, whatever they were; says what was not sure."""
    notes: list[tuple[str, dict[str, object]]] = []
    text, how = _decoded(content)
    if how:
        notes.append((how, {}))
    if "\0" in text:
        text = text.replace("\0", "")
        notes.append((NULS, {}))
    return text, notes


def _decoded(content: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, "replace"), ""
    if len(content) > 3 and content[1::2].count(0) > len(content) // 4:  # UTF-16 that does not say so
        return content.decode("utf-16-le", "replace"), ""
    try:
        return content.decode(), ""
    except UnicodeDecodeError:
        lines = [_line(line) for line in content.splitlines(keepends=True)]
    is_mixed = any(is_new for _, is_new in lines)
    return "".join(text for text, _ in lines), MIXED if is_mixed else OLD_ENCODING


def _line(line: bytes) -> tuple[str, bool]:
    """Decode a line by itself; tells whether it holds UTF-8 beyond ASCII."""
    try:
        return line.decode(), not line.isascii()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace"), False


def separator_of(text: str) -> str:
    """Tell the separator: the sign that stands equally often in most lines, outside quotes."""
    outside = "".join(text[:_SAMPLE].split('"')[::2])
    lines = [line for line in outside.splitlines()[:50] if line.strip()]
    return max(SEPARATORS, key=lambda sign: _evenness(lines, sign)) if lines else ";"


def _evenness(lines: list[str], sign: str) -> tuple[int, int]:
    """Say how many lines have the same number of a sign, as the header has it if they agree."""
    counts = Counter(line.count(sign) for line in lines)
    usual, times = max(((count, times) for count, times in counts.items() if count), default=(0, 0),
                       key=lambda pair: (pair[1], pair[0]))  # fmt: skip
    return (times if usual else 0, lines[0].count(sign))


def _rows(text: str, separator: str) -> Iterator[Row]:
    csv.field_size_limit(MOST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line, count = 1, 0
    try:
        for number, cells in enumerate(reader):
            count += len(cells)
            check_length(number - 1)
            check_width(len(cells))
            check_cells(count)
            yield Row(line, [undo(cell) for cell in cells])
            line = reader.line_num + 1
    except csv.Error as error:
        raise Invalid(UNREADABLE, line=line) from error
