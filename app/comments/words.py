"""The words of a comment: plain text, in which only addresses of the web become links."""

import re
import unicodedata
from dataclasses import dataclass

from app.errors import N_, Invalid
from app.wiki import nfc
from app.wiki.bareurls import trim

MAX_TEXT, MAX_REASON = 5000, 300  # characters
_TOO_LONG = N_("This text is too long. Use at most %(cap)s letters.")
_ADDRESS = re.compile(r"(?<![^\W_])https?://[^\s<>\[\]`|]{1,2000}", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line; `href` is where they lead, or empty."""

    text: str
    href: str = ""


Line = tuple[Piece, ...]
Paragraph = tuple[Line, ...]


def clean_text(typed: str) -> str:
    """Bring a typed text into the form that is kept: paragraphs between empty lines; raises Invalid."""
    if len(typed) > 4 * MAX_TEXT:  # composed and without the blanks around it may still fit, but not so long
        raise Invalid(_TOO_LONG, cap=MAX_TEXT)
    nfc.check_marks(typed)
    plain = nfc.normalize(typed.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    fit = "".join(char for char in plain if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs"})
    text = _EMPTY_LINES.sub("\n\n", fit).strip()
    if not text:
        raise Invalid(N_("Write something first."))
    if len(text) > MAX_TEXT:
        raise Invalid(_TOO_LONG, cap=MAX_TEXT)
    return text


def clean_reason(typed: str) -> str:
    """Bring the reason that a moderator gives into one line; raises Invalid where there is none."""
    reason = " ".join("".join(char if char.isprintable() else " " for char in typed).split())
    if not reason:
        raise Invalid(N_("Say why in a few words. Whoever wrote it reads them."))
    return reason[:MAX_REASON]


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Take a kept text apart for a template, which escapes every piece."""
    return tuple(tuple(map(_line, block.split("\n"))) for block in text.split("\n\n")) if text else ()


def _line(line: str) -> Line:
    pieces, end = [], 0
    for found in _ADDRESS.finditer(line):
        address = trim(found[0])
        if address.endswith("://"):
            continue
        pieces += [Piece(line[end : found.start()]), Piece(address, address)]
        end = found.start() + len(address)
    return tuple(piece for piece in [*pieces, Piece(line[end:])] if piece.text)
