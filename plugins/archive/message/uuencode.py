"""Files that stand in the text, as programs wrote them before MIME (uuencode)."""

import binascii
import re
from itertools import islice

_BEGIN = re.compile(r"^begin [0-7]{3,4} ([^\n]{1,300})$", re.MULTILINE)
_END = "\nend"
_MOST_FILES = 100  # that are tried


def taken_out(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Give the text without the files that stand in it, and these with their names."""
    if "begin " not in text or _END not in text:
        return text, []
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    position = 0
    for found in islice(_BEGIN.finditer(text), _MOST_FILES):
        if found.start() < position:
            continue
        end = text.find(_END, found.end())
        if end < 0:
            break
        content = _content(text[found.end() : end])
        if content:
            kept.append(text[position : found.start()])
            files.append((found[1].strip(), content))
            position = end + len(_END)
    return ("".join(kept) + text[position:], files) if files else (text, [])


def _content(lines: str) -> bytes:
    pieces = []
    for line in lines.strip("\n").split("\n"):
        try:
            pieces.append(binascii.a2b_uu(line.encode("ascii", "replace")))
        except binascii.Error:
            return b""
    return b"".join(pieces)
