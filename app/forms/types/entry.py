"""What comes in, by whatever way, as clean text: composed (NFC), on one line or on several, without control signs."""

import json
import re
from collections.abc import Iterable
from typing import NoReturn

from app.errors import N_, Invalid
from app.forms.types.base import Typed
from app.wiki import nfc
from app.wiki.yaml_text import Value

UNFIT = N_("This answer does not fit the question. Type it anew.")
_TOO_LONG = N_("Write at most %(most)d letters.")
_TOO_MANY = N_("Give at most %(most)d answers.")

# Signs that no file and no line should hold: controls, half characters, marks of byte order, turners of the line.
_UNWANTED = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_BREAKS = re.compile("[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_SEPARATORS = re.compile(r"[,;\n]")


def line(text: str) -> str:
    """Give a text as one line: blanks in a row are one space, hard spaces inside stay."""
    return nfc.normalize(_BREAKS.sub(" ", _UNWANTED.sub("", text))).strip()


def lines(text: str) -> str:
    """Give a text of several lines; the space that begins its first line and those within stay (Markdown)."""
    clean = nfc.normalize(_UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))
    return clean.rstrip().lstrip("\n") if clean.strip() else ""


def whole(typed: Typed) -> str:
    """Give what was typed for the field itself."""
    return part(typed, "")


def part(typed: Typed, name: str) -> str:
    """Give what was typed for a part of the field; `""` where nothing was."""
    return next(iter(typed.get(name, ())), "")


def text_of(value: Value) -> str:
    """Take a value as one text; raises Invalid for lists and mappings."""
    return value if isinstance(value, str) else refuse()


def words_of(value: Value) -> list[str]:
    """Take a value as several short texts, written as a list or with commas between; raises Invalid."""
    items = [value] if isinstance(value, str) else value
    return split(text_of(item) for item in items) if isinstance(items, list) else refuse()


def split(texts: Iterable[str]) -> list[str]:
    """Split texts at commas, semicolons and line ends; what is empty or there before is left out."""
    found = (line(word) for text in texts for word in _SEPARATORS.split(text))
    return list(dict.fromkeys(word for word in found if word))


def parts_of(value: Value, names: Iterable[str]) -> dict[str, str]:
    """Take a value as parts that are texts; parts of other names and empty ones are left out. Raises Invalid."""
    if not isinstance(value, dict):
        refuse()
    found = {name: line(text_of(value.get(name, ""))) for name in names}
    return {name: text for name, text in found.items() if text}


def shown(value: Value) -> str:
    """Say any value on one line, whatever it is: for those that do not fit their field."""
    if isinstance(value, str):
        return line(value)
    items = value.values() if isinstance(value, dict) else value
    return ", ".join(words for item in items if (words := shown(item)))


def check_length(text: str, most: int) -> str:
    """Give the text back, unless it is too long: raises Invalid."""
    if len(text) > most:
        raise Invalid(_TOO_LONG, most=most)
    return text


def check_number(items: list[str], most: int) -> list[str]:
    """Give the list back, unless it is too long: raises Invalid."""
    if len(items) > most:
        raise Invalid(_TOO_MANY, most=most)
    return items


def refuse() -> NoReturn:
    """Refuse a value whose shape is not the one of its field."""
    raise Invalid(UNFIT)


def write_json(value: Value) -> str:
    """Write a value of several parts into one cell."""
    return json.dumps(value, ensure_ascii=False)


def read_json(cell: str) -> Value | None:
    """Read such a cell; None where it holds something else. Every number and word in it is text."""
    if not cell.startswith(("{", "[")) or len(cell) > 100_000:
        return None
    try:
        return _as_text(json.loads(cell, parse_float=str, parse_int=str, parse_constant=str), 0)
    except (ValueError, RecursionError):
        return None


def _as_text(found: object, depth: int) -> Value:
    if depth > 5:
        raise ValueError("too deep")
    if isinstance(found, dict):
        return {str(key): _as_text(item, depth + 1) for key, item in found.items()}
    if isinstance(found, list):
        return [_as_text(item, depth + 1) for item in found]
    return "" if found is None else str(found)
