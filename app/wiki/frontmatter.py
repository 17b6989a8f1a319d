"""The block of `name: value` lines at the top of a page, between two `---` lines: read it, change single keys.

Whatever is not changed stays byte-identical: comments, order, spacing, quotes. Nothing is ever dumped anew.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.errors import Invalid
from app.wiki import yaml_text
from app.wiki.yaml_text import Fault, Value

_OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSING = re.compile(r"\n---[ \t]*\r?(?:\n|\Z)")
_LINE = re.compile(r"[^\n]*\n")  # str.splitlines knows eight more line ends than a file has

__all__ = ["Fault", "FrontMatter", "Value", "parse", "rewrite", "split"]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block says; every scalar is text as written. With a `fault` there are no values."""

    values: dict[str, Value] = field(default_factory=dict)
    fault: Fault | None = None

    def text(self, key: str) -> str:
        """Give the value of a key; `""` where it is absent or no plain text."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def words(self, key: str) -> tuple[str, ...]:
        """Give the words of a key, written as a list or separated by commas; empty ones are left out."""
        value = self.values.get(key, "")
        if isinstance(value, dict):
            return ()
        items = value.split(",") if isinstance(value, str) else [item for item in value if isinstance(item, str)]
        return tuple(word for item in items if (word := item.strip()))


def split(text: str) -> tuple[str, str]:
    """Split a page into its block, with both `---` lines and their newlines, and its body; the block may be `""`."""
    opening = _OPENING.match(text)
    closing = opening and _CLOSING.search(text, opening.end() - 1)
    return (text[: closing.end()], text[closing.end() :]) if closing else ("", text)


def parse(text: str) -> FrontMatter:
    """Read the block of a whole page. Never raises: a block that cannot be read gives a `fault`."""
    try:
        return FrontMatter(_read(_inside(split(text)[0])[1]).values)
    except yaml_text.Broken as broken:
        return FrontMatter(fault=broken.fault)


def rewrite(text: str, changes: Mapping[str, Value | None]) -> str:
    """Set top-level keys, or remove them where the change is None; a new key comes last.

    Only the lines of keys whose value differs are replaced. A block is made where there is none. Raises Invalid where
    the block cannot be read, or a value cannot be written.
    """
    block, body = split(text)
    opening, inside, closing = _inside(block)
    try:
        old = _read(inside)
        differing = {key: value for key, value in changes.items() if old.values.get(key) != value}
        if not differing:
            return text
        return opening + _changed(inside, old, differing) + closing + body
    except yaml_text.Broken as broken:
        msgid, values = broken.fault
        raise Invalid(msgid, **values) from broken


def _inside(block: str) -> tuple[str, str, str]:
    """Split a block into its opening line, the lines inside and its closing line."""
    if not block:
        return "---\n", "", "---\n"
    start = block.index("\n") + 1
    end = block.rfind("\n", 0, len(block) - 1) + 1
    return block[:start], block[start:end], block[end:]


def _read(inside: str) -> yaml_text.Mapping:
    return yaml_text.read(inside, first_line=2)


def _changed(inside: str, old: yaml_text.Mapping, changes: Mapping[str, Value | None]) -> str:
    wanted = {key: value for key, value in {**old.values, **changes}.items() if value is not None}
    if old.values and not old.starts:  # all in braces, on lines shared by the keys: these lines are the change
        inside, old = "", yaml_text.Mapping({}, {}, 0)
        changes = wanted
    for drops_blank_lines in (False, True):
        new = _replace_lines(inside, old, changes, drops_blank_lines=drops_blank_lines)
        if yaml_text.read(new, first_line=2).values == wanted:
            return new
    raise yaml_text.Broken(yaml_text.UNWRITABLE, key=next(iter(changes)))


def _replace_lines(
    inside: str, old: yaml_text.Mapping, changes: Mapping[str, Value | None], *, drops_blank_lines: bool
) -> str:
    """Replace the lines of the changed keys, and add the new ones.

    A blank line after a removed key would join a literal block (`|+`) that stands before the key; the caller compares,
    and asks to drop blank lines where that happened.
    """
    parts, done = [], 0
    starts = [*old.starts.values(), len(inside)]
    for key, start, limit in zip(old.starts, starts, starts[1:], strict=False):
        if key not in changes:
            continue
        value, end = changes[key], _end_of_value(inside, start, limit, old.indent)
        parts.append(inside[done:start])
        if value is not None:
            parts.append(yaml_text.write(key, value, old.indent))
        elif drops_blank_lines:
            end = limit - len(inside[end:limit].lstrip("\n"))
        done = end
    added = [
        yaml_text.write(key, value, old.indent)
        for key, value in changes.items()
        if value is not None and key not in old.values
    ]
    return "".join([*parts, inside[done:], *added])


def _end_of_value(inside: str, start: int, limit: int, indent: int) -> int:
    """Find where the lines of a key end: blank lines and comments before the next key belong to nobody."""
    lines = _LINE.findall(inside, start, limit)
    while len(lines) > 1 and _is_between_keys(lines[-1], indent):
        limit -= len(lines.pop())
    return limit


def _is_between_keys(line: str, indent: int) -> bool:
    bare = line.strip()
    return not bare or (bare.startswith("#") and len(line) - len(line.lstrip(" ")) <= indent)
