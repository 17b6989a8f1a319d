"""YAML whose every scalar stays text, exactly as it is written: `07150` is no number and `20:00` no time.

Made for hostile input: nothing is ever constructed from a tag, and anchors, aliases, merge keys, keys that are not
plain text, doubled keys, depth and size are refused while the events come in, before they can cost anything.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from app.errors import N_, Invalid

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]
Fault: TypeAlias = tuple[str, dict[str, object]]

MAX_BYTES = 64 * 1024
MAX_DEPTH = 20
MAX_NODES = 5_000
MAX_LINE = 120

# libyaml reads a block in a tenth of the time; PyYAML's own parser gives the same events where it is missing.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# Texts that read back whatever stands around them: most of them, and reading back is what writing costs.
_PLAIN = re.compile(r"[A-Za-z0-9À-ÿ](?:[A-Za-z0-9À-ÿ _.’/()+°-]{0,150}[A-Za-z0-9À-ÿ)])?")
# What YAML does not count as printable, and the three signs besides LF and CR that it takes for the end of a line.
_UNPRINTABLE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

TOO_LONG = N_("The lines between “---” are longer than %(size)d kB.")
TOO_MANY = N_("There are too many lines between the “---” lines.")
TOO_DEEP = N_("The lines between “---” are nested too deeply.")
UNREADABLE = N_("The lines between “---” cannot be read near line %(line)d.")
SPECIAL_SIGNS = N_("Near line %(line)d, between “---”: the signs & * ! << need quotes.")
NOT_A_LIST_OF_NAMES = N_("Between the “---” lines, write one “name: value” per line (line %(line)d).")
DOUBLED = N_("“%(key)s” stands twice between the “---” lines.")
UNWRITABLE = N_("“%(key)s” holds signs that cannot be kept.")


class Broken(Exception):
    """The text is not what this page accepts; `fault` is an English msgid and its values."""

    def __init__(self, msgid: str, **values: object) -> None:
        super().__init__(msgid)
        self.fault: Fault = (msgid, values)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A top-level mapping: its values, and for each key the offset (characters) of the line that it begins.

    `starts` is empty where the mapping is written in braces: its keys have no lines of their own.
    """

    values: dict[str, Value]
    starts: dict[str, int]
    indent: int


def read(text: str, *, first_line: int = 1) -> Mapping:
    """Read a mapping; `first_line` is the number of the text's first line in faults. Raises Broken."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise Broken(TOO_LONG, size=MAX_BYTES // 1024)
    if text.startswith("\ufeff"):  # the parser skips it without counting it
        raise Broken(UNREADABLE, line=first_line)
    try:
        return _Reader(text, first_line).read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Broken(UNREADABLE, line=first_line + (mark.line if mark else 0)) from error
    except (yaml.YAMLError, ValueError) as error:  # signs that are no text: NUL, lone surrogates
        raise Broken(UNREADABLE, line=first_line) from error


class _Reader:
    def __init__(self, text: str, first_line: int) -> None:
        self._text, self._first_line, self._nodes = text, first_line, 0
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self._starts: dict[str, int] = {}

    def read(self) -> Mapping:
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return Mapping({}, {}, 0)
        event = next(self._events)
        if not isinstance(event, yaml.MappingStartEvent):
            raise self._broken(NOT_A_LIST_OF_NAMES, event)
        self._check(event, 1)
        values = self._read_pairs(1, has_lines=not event.flow_style)
        next(self._events)  # the end of the document: there must be no second one
        if not isinstance(event := next(self._events), yaml.StreamEndEvent):
            raise self._broken(NOT_A_LIST_OF_NAMES, event)
        first = next(iter(self._starts.values()), 0)
        indent = len(self._text[first:]) - len(self._text[first:].lstrip(" ")) if self._starts else 0
        return Mapping(values, self._starts, indent)

    def _read_pairs(self, depth: int, *, has_lines: bool = False) -> dict[str, Value]:
        pairs: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._read_key(event, depth)
            if key in pairs:
                raise Broken(DOUBLED, key=key[:60])
            if has_lines:
                self._starts[key] = self._line_start(event)
            pairs[key] = self._read_value(next(self._events), depth + 1)
        return pairs

    def _read_key(self, event: Any, depth: int) -> str:
        self._check(event, depth)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._broken(NOT_A_LIST_OF_NAMES, event)
        if event.value == "<<" and event.style in (None, ""):
            raise self._broken(SPECIAL_SIGNS, event)
        return str(event.value)

    def _read_value(self, event: Any, depth: int) -> Value:
        self._check(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if isinstance(event, yaml.MappingStartEvent):
            return self._read_pairs(depth)
        items: list[Value] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._read_value(event, depth + 1))
        return items

    def _check(self, event: Any, depth: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise Broken(TOO_MANY)
        if depth > MAX_DEPTH and not isinstance(event, yaml.ScalarEvent):
            raise Broken(TOO_DEEP)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None or event.tag is not None:
            raise self._broken(SPECIAL_SIGNS, event)

    def _line_start(self, event: Any) -> int:
        """Find where the key's line begins; nothing but spaces may stand before the key (no `? ` either)."""
        offset = int(event.start_mark.index)
        start = self._text.rfind("\n", 0, offset) + 1
        if self._text[start:offset].strip(" "):
            raise self._broken(NOT_A_LIST_OF_NAMES, event)
        return start

    def _broken(self, msgid: str, event: Any) -> Broken:
        return Broken(msgid, line=self._first_line + event.start_mark.line)


def write(key: str, value: Value, indent: int = 0) -> str:
    """Write one `key: value` entry, ending with a newline, that reads back as the same text.

    Text stands as it is where that is safe, else as a literal block, else in double quotes; a list of short words in
    one line. Raises Invalid for text that YAML cannot hold.
    """
    try:
        return _entry(key, value, " " * indent)
    except UnicodeEncodeError as error:
        raise Invalid(UNWRITABLE, key=key[:60].encode("utf-8", "replace").decode()) from error


def _entry(key: str, value: Value, margin: str) -> str:
    head = f"{margin}{_key(key)}:"
    deeper = margin + "  "
    if isinstance(value, str):
        return f"{head} {_scalar(value, deeper)}\n"
    if not value:
        return f"{head} {'[]' if isinstance(value, list) else '{}'}\n"
    if isinstance(value, dict):
        return f"{head}\n" + "".join(_entry(name, item, deeper) for name, item in value.items())
    line = f"{head} [{', '.join(_word(item) for item in value if isinstance(item, str))}]\n"
    if all(isinstance(item, str) for item in value) and len(line) <= MAX_LINE:
        return line
    return f"{head}\n" + "".join(_item(item, deeper) for item in value)


def _item(value: Value, margin: str) -> str:
    deeper = margin + "  "
    if isinstance(value, str):
        return f"{margin}- {_scalar(value, deeper)}\n"
    if not value:
        return f"{margin}- {'[]' if isinstance(value, list) else '{}'}\n"
    if isinstance(value, dict):
        lines = "".join(_entry(name, item, deeper) for name, item in value.items())
    else:
        lines = "".join(_item(item, deeper) for item in value)
    return f"{margin}- {lines[len(deeper) :]}"  # the first line moves up beside the hyphen


def _key(text: str) -> str:
    return text if _PLAIN.fullmatch(text) or _reads_back(text, f"{text}: x", {text: "x"}) else _quoted(text)


def _word(text: str) -> str:
    return text if _PLAIN.fullmatch(text) or _reads_back(text, f"k: [{text}, x]", {"k": [text, "x"]}) else _quoted(text)


def _scalar(text: str, margin: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    if _reads_back(text, f"k: {text}", {"k": text}):
        return text
    if "\n" in text and _reads_back(text.replace("\n", ""), f"k: {_literal(text, '  ')}\n", {"k": text}):
        return _literal(text, margin)
    return _quoted(text)


def _literal(text: str, margin: str) -> str:
    lines = text.removesuffix("\n").split("\n")
    head = "|" if text.endswith("\n") else "|-"
    return "\n".join([head, *(margin + line if line else "" for line in lines)])


def _reads_back(signs: str, written: str, values: dict[str, Value]) -> bool:
    if not signs or _UNPRINTABLE.search(signs):
        return False
    try:
        return read(written).values == values
    except Broken:
        return False


def _quoted(text: str) -> str:
    text.encode()  # raises for lone surrogates, which no file can hold
    return _UNPRINTABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))
