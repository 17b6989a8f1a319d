"""Bytes to text, whatever they claim to be; and text made fit to keep."""

import codecs
import re
import unicodedata

from app.errors import N_

WRONG_CHARSET = N_("Its accents are not written as it says; they were read in another way.")
ENCODED_TWICE = N_("Its accents were encoded twice; they are repaired.")
_ALIASES = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso8859-15": "iso-8859-15",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
}
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_DOUBLED = re.compile(
    "[\xc2-\xf4][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
# Runs of doubled text are looked at one by one, none longer than 4096 characters.
_RUN = re.compile(
    "[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2,4096}"
)


def decode(content: bytes, declared: str = "") -> tuple[str, bool]:
    """Read bytes by the ladder declared, UTF-8, cp1252; and say whether what was declared was wrong."""
    if content.isascii() and b"\x1b" not in content and not declared.lower().startswith(("utf-16", "utf-32", "utf-7")):
        return content.decode("ascii"), False
    name = declared.strip().strip("\"'").lower()
    charset = _ALIASES.get(name, name)
    if charset == "cp1252":
        return _western(content, name)
    for candidate in (charset, "utf-8"):
        if (text := _strictly(content, candidate)) is not None:
            return text, bool(name) and candidate != charset
    return content.decode("cp1252", "replace"), True


def _western(content: bytes, name: str) -> tuple[str, bool]:
    # Text that is valid UTF-8 with letters beyond ASCII is hardly ever meant as Latin 1.
    text = _strictly(content, "utf-8")
    return (content.decode("cp1252", "replace"), False) if text is None else (text, bool(name))


def _strictly(content: bytes, charset: str) -> str | None:
    try:
        if not charset or not codecs.lookup(charset)._is_text_encoding:
            return None
        return content.decode(charset)
    except (LookupError, ValueError, UnicodeError):
        return None


def repair(text: str) -> tuple[str, bool]:
    """Undo UTF-8 that was read as cp1252 and encoded again; and say whether there was any."""
    if not _DOUBLED.search(text):
        return text, False
    repaired = _RUN.sub(lambda run: _once(run[0]), text)
    return repaired, repaired != text


def _once(run: str) -> str:
    try:
        return bytes(_as_cp1252(letter) for letter in run).decode("utf-8")
    except (UnicodeError, ValueError):
        return run


def _as_cp1252(letter: str) -> int:
    try:
        return letter.encode("cp1252")[0]
    except UnicodeError:
        return ord(letter)  # the five bytes that cp1252 leaves open; bytes() refuses what is above 255


def tidy(text: str) -> str:
    """Give text in NFC with `\\n` as line ends, without controls, marks of direction and halves of letters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return _UNFIT.sub("", text)
    return unicodedata.normalize("NFC", _UNFIT.sub("", text))


def one_line(text: str) -> str:
    """Give text tidied, on one line, with single spaces."""
    return " ".join(tidy(text).split())
