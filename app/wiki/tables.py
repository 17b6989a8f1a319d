"""Tables as people type them: a bar inside `[[page|words]]` ends no cell, and a row may have too few or too many cells.

The grammar is that of mistune's plugin, which takes a table only when every row has as many cells as the head, and
bars at both ends or at none; here the lines are completed before it reads them, as GitHub Flavored Markdown allows.
"""

import re
from re import Match

from mistune import BlockParser, BlockState, Markdown
from mistune.plugins.table import NP_TABLE_PATTERN, TABLE_PATTERN, parse_table, table, table_in_list, table_in_quote

_FRAMED = re.compile(TABLE_PATTERN, re.M)
_LINKED_BAR = re.compile(r"(\[\[[^\[\]|\n]{1,300})(?<!\\)\|(?=[^\[\]|\n]{0,300}\]\])")
_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")
_LAST_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|$")


def tables(md: Markdown) -> None:
    """Teach mistune tables, also in lists and quotes."""
    table(md)
    md.block.register("table", TABLE_PATTERN, _parse)
    md.block.register("nptable", NP_TABLE_PATTERN, _parse)
    table_in_quote(md)
    table_in_list(md)


def _parse(block: BlockParser, found: Match[str], state: BlockState) -> int | None:  # noqa: ARG001
    lines = _list_lines(state.src, state.cursor)
    completed = _complete(lines) if lines else ""
    framed = _FRAMED.match(completed)
    if framed is None:
        return None
    inner = BlockState()
    inner.process(completed)
    end = parse_table(block, framed, inner)
    if not end:
        return None
    for token in inner.tokens:
        _open_bars(token)
        state.append_token(token)
    return state.cursor + sum(map(len, lines[: completed.count("\n", 0, end)]))


def _list_lines(text: str, start: int) -> list[str]:
    """List the lines of the table that begins at `start`, none where the second line is no rule of dashes."""
    rule_start = text.find("\n", start) + 1
    rule = text[rule_start : text.find("\n", rule_start) + 1 or len(text)]
    if not rule_start or "-" not in rule or rule.strip(" \t\n|:-"):
        return []
    lines, position = [], start
    while position < len(text):
        end = text.find("\n", position) + 1 or len(text)
        if "|" not in text[position:end]:
            break
        lines.append(text[position:end])
        position = end
    return lines if len(lines) > 1 else []


def _complete(lines: list[str]) -> str:
    """Give every line its bars at both ends, every row the cells of the head; `""` where head and rule differ."""
    framed = [_frame(_LINKED_BAR.sub(r"\1\\|", line.strip())) for line in lines]
    bars = len(_BAR.findall(framed[0]))
    if len(_BAR.findall(framed[1])) != bars:
        return ""
    return "".join(f"{line}\n" for line in [*framed[:2], *(_complete_row(line, bars) for line in framed[2:])])


def _frame(line: str) -> str:
    line = line if line.startswith("|") else f"|{line}"
    return line if len(line) > 1 and _LAST_BAR.search(line) else f"{line}|"


def _complete_row(line: str, wanted: int) -> str:
    bars = [found.end() - 1 for found in _BAR.finditer(line)]
    if len(bars) < wanted:
        return line + " |" * (wanted - len(bars))
    if len(bars) == wanted:
        return line
    start = bars[wanted - 2] + 1  # what is too much stays readable, in the last cell
    return line[:start] + _BAR.sub(lambda bar: f"{bar[0][:-1]}\\|", line[start : bars[-1]]) + line[bars[-1] :]


def _open_bars(token: dict[str, object]) -> None:
    """Take the backslash from `\\|` in every cell: it has done its work, also inside code."""
    if isinstance(token.get("text"), str):
        token["text"] = str(token["text"]).replace("\\|", "|")
    children = token.get("children")
    for child in children if isinstance(children, list) else ():
        _open_bars(child)
