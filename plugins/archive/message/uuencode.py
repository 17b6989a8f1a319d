"""Files that stand in the text, as programs wrote them before MIME (uuencode)."""

import binascii
import re
from collections.abc import Callable, Iterator
from itertools import islice

_BEGIN = re.compile(r"^begin [0-7]{3,4} ([^\n]{1,300})$", re.MULTILINE)
_END = "\nend"
_MOST_FILES = 100  # that are tried


def taken_out(
    text: str, is_wanted: Callable[[bytes], bool] = lambda _: True, note: str = ""
) -> tuple[str, list[tuple[str, bytes]]]:
    """Give the text without the files that stand in it, and these with their names.

    With `is_wanted`, only those go whose contents it accepts; `note` stands in the place of each.
    """
    if "begin " not in text or _END not in text:
        return text, []
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    position = 0
    for begin, end, name, content in _blocks(text):
        if is_wanted(content):
            kept += [text[position:begin], note]
            files.append((name, content))
            position = end
    return ("".join(kept) + text[position:], files) if files else (text, [])


def _blocks(text: str) -> Iterator[tuple[int, int, str, bytes]]:
    """Find where files begin and end, with their names and contents."""
    position = 0
    for found in islice(_BEGIN.finditer(text), _MOST_FILES):
        if found.start() < position:
            continue
        end = text.find(_END, found.end())
        if end < 0:
            return
        content = _content(text[found.end() : end])
        if content:
            position = end + len(_END)
            yield found.start(), position, found[1].strip(), content


def _content(lines: str) -> bytes:
    pieces = []
    for line in lines.strip("\n").split("\n"):
        try:
            pieces.append(binascii.a2b_uu(line.encode("ascii", "replace")))
        except binascii.Error:
            return b""
    return b"".join(pieces)
