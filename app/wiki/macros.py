"""`{{name key=value key="two words"}}`: finds the calls in a page; what they show is made when the page is served."""

import re
from dataclasses import dataclass
from re import Match

from mistune import BlockParser, BlockState, InlineParser, InlineState, Markdown

MAX_MACROS = 50  # a page; further calls are shown as they were typed
MAX_SOURCE = 2_000  # characters of one call

_NAME = r"[^\W\d][\w-]{0,60}"
_CALL = r"\{\{[ \t]*(?P<%(part)s_name>" + _NAME + r")(?P<%(part)s_args>(?:[^\"{}\n]|\"(?:\\.|[^\"\\\n])*\")*)\}\}"
_INLINE = _CALL % {"part": "macro"}
_BLOCK = r"^ {0,3}" + _CALL % {"part": "block_macro"} + r"[ \t]*$"
# Telephones turn quotes into “ ” or « »: they mean the same.
_QUOTED = r"\"(?:\\.|[^\"\\])*\"|'[^']*'(?=\s|$)|“[^”]*”|«[^»]*»"
_KEY = rf"(?P<key>{_NAME})[ \t]*=(?:[ \t]*(?!{_NAME}[ \t]*=))?"
_ARGUMENT = re.compile(rf"\s*(?:{_KEY})?(?P<value>{_QUOTED}|[^\s\"“”«»]*)(?=\s|$)")


@dataclass(frozen=True, slots=True)
class MacroCall:
    """The `n`-th call of a page; `arguments` in the order typed, words without a key under `""`; `source` as typed."""

    n: int
    name: str
    arguments: dict[str, str]
    source: str


def parse_arguments(text: str) -> dict[str, str] | None:
    """Read `key=value key="two words" word`; None where quotes or signs do not fit together.

    Keys and names count without regard to case; the last of two equal keys wins. A value may be empty.
    """
    arguments: dict[str, str] = {}
    position, end = 0, len(text.rstrip())
    while position < end:
        found = _ARGUMENT.match(text, position, end)
        if found is None or found.end() == position:
            return None
        key, value = (found["key"] or "").lower(), _unquote(found["value"] or "")
        arguments[key] = f"{arguments[key]} {value}" if not key and key in arguments else value
        position = found.end()
    return arguments


def _unquote(value: str) -> str:
    if value[:1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value[1:-1].strip() if value[:1] in ("'", "“", "«") and len(value) > 1 else value


def macros(md: Markdown) -> None:
    """Teach mistune the calls: a line of its own makes a block, anything else a part of its line."""
    md.inline.register("macro", _INLINE, _parse_inline, before="link", start_chars="{")
    md.block.register("block_macro", _BLOCK, _parse_block, before="list")
    md.block.insert_rule(md.block.list_rules, "block_macro", before="list")
    md.block.insert_rule(md.block.block_quote_rules, "block_macro", before="list")


def _parse_inline(inline: InlineParser, found: Match[str], state: InlineState) -> int | None:  # noqa: ARG001
    number = _take(found[0], found["macro_name"], found["macro_args"], state)
    if number is None:
        return None
    state.append_token({"type": "inline_macro", "raw": "", "attrs": {"number": number}})
    return found.end()


def _parse_block(block: BlockParser, found: Match[str], state: BlockState) -> int | None:  # noqa: ARG001
    number = _take(found[0].strip(), found["block_macro_name"], found["block_macro_args"], state)
    if number is None:
        return None
    state.append_token({"type": "block_macro", "raw": "", "attrs": {"number": number}})
    return found.end() + 1


def _take(source: str, name: str, text: str, state: BlockState | InlineState) -> int | None:
    calls: list[MacroCall] = state.env.setdefault("macros", [])
    if len(calls) >= MAX_MACROS or len(source) > MAX_SOURCE:
        return None
    arguments = parse_arguments(text)
    if arguments is None:
        return None
    calls.append(MacroCall(len(calls), name.lower(), arguments, source))
    return len(calls) - 1
