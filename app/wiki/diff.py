"""Compare two versions of a page: line by line, then word by word inside the lines that changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.wiki.align import Effort
from app.wiki.linepairs import Step, list_steps
from app.wiki.spans import Span, common_ends, compare_words, count_words

__all__ = ["Row", "Span", "count", "words"]

CONTEXT_LINES = 3
MAX_CHARACTERS = 2_500_000  # of both texts together; what is over one of these limits is shown as one block
MAX_LINES = 60_000
MAX_STEPS = 2_000
MAX_CHANGED_LINES = 2_000  # more become one row per block
_EFFORT = 400_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison; numbers count from 1. A skipped row stands for `lines` unchanged lines, without text.

    In huge comparisons an added or removed row holds several lines, parted by line feeds.
    """

    kind: Literal["same", "added", "removed", "changed", "skipped"]
    old: tuple[Span, ...] = ()
    new: tuple[Span, ...] = ()
    old_number: int | None = None
    new_number: int | None = None
    lines: int = 1


def words(old: str, new: str, *, context: int = CONTEXT_LINES) -> tuple[Row, ...]:
    """Compare two texts. Unchanged stretches are skipped but for `context` lines beside a change; equal texts: no rows.

    A line feed at the very end is no difference.
    """
    if _is_huge(old, new):
        return tuple(_whole_rows(old, new))
    old_lines, new_lines, effort = _split(old), _split(new), Effort(_EFFORT)
    steps = list_steps(old_lines, new_lines, effort)
    if all(step.kind == "same" for step in steps):
        return ()
    if len(steps) > MAX_STEPS:
        return tuple(_whole_rows(old, new))
    rows: list[Row] = []
    in_blocks = _count_changed(steps) > MAX_CHANGED_LINES
    for number, step in enumerate(steps):
        if step.kind == "same":
            rows += _same_rows(step, old_lines, context * (number > 0), context * (number < len(steps) - 1))
        elif step.kind == "changed":
            spans = compare_words(old_lines[step.old_start], new_lines[step.new_start], effort)
            rows.append(Row("changed", *spans, step.old_start + 1, step.new_start + 1))
        else:
            rows += _replaced_rows(step, old_lines, new_lines, in_blocks=in_blocks)
    return tuple(rows)


def count(old: str, new: str) -> tuple[int, int]:
    """Count the words that were added and those that were removed.

    In huge texts, every word between the first and the last difference counts.
    """
    if _is_huge(old, new):
        start, end = common_ends(old, new)
        return len(new[start : len(new) - end].split()), len(old[start : len(old) - end].split())
    old_lines, new_lines, effort = _split(old), _split(new), Effort(_EFFORT)
    added = removed = 0
    for step in list_steps(old_lines, new_lines, effort):
        if step.kind != "same":
            before = "\n".join(old_lines[step.old_start : step.old_end])
            after = "\n".join(new_lines[step.new_start : step.new_end])
            more, fewer = count_words(before, after, effort)
            added, removed = added + more, removed + fewer
    return added, removed


def _is_huge(old: str, new: str) -> bool:
    return len(old) + len(new) > MAX_CHARACTERS or old.count("\n") + new.count("\n") > MAX_LINES


def _split(text: str) -> list[str]:
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]


def _count_changed(steps: Iterable[Step]) -> int:
    return sum(step.old_end - step.old_start + step.new_end - step.new_start for step in steps if step.kind != "same")


def _same_rows(step: Step, lines: Sequence[str], head: int, tail: int) -> Iterator[Row]:
    """Show the first `head` and the last `tail` lines of an unchanged run, and skip the rest if it is two or more."""
    length = step.old_end - step.old_start
    hidden = length - head - tail
    for offset in range(length):
        old_number, new_number = step.old_start + offset + 1, step.new_start + offset + 1
        if hidden < 2 or offset < head or offset >= head + hidden:
            spans = (Span(lines[old_number - 1], False),)
            yield Row("same", spans, spans, old_number, new_number)
        elif offset == head:
            yield Row("skipped", (), (), old_number, new_number, hidden)


def _replaced_rows(step: Step, old: Sequence[str], new: Sequence[str], *, in_blocks: bool) -> Iterator[Row]:
    for number, text, lines in _pieces(old, step.old_start, step.old_end, in_blocks):
        yield Row("removed", (Span(text, True),), (), number, None, lines)
    for number, text, lines in _pieces(new, step.new_start, step.new_end, in_blocks):
        yield Row("added", (), (Span(text, True),), None, number, lines)


def _pieces(lines: Sequence[str], start: int, end: int, in_blocks: bool) -> Iterator[tuple[int, str, int]]:
    if in_blocks and start < end:
        yield start + 1, "\n".join(lines[start:end]), end - start
        return
    for place in range(start, end):
        yield place + 1, lines[place], 1


def _whole_rows(old: str, new: str) -> Iterator[Row]:
    """Show what stands between the first and the last line that differ as one removed and one added row."""
    old, new = (text if text.endswith("\n") or not text else f"{text}\n" for text in (old, new))
    same = common_ends(old, new)[0]
    start = old.rfind("\n", 0, same) + 1
    end = _whole_lines(old, common_ends(old[start:], new[start:])[1])
    if start == len(old) == len(new):
        return
    above, below = old.count("\n", 0, start), old.count("\n", len(old) - end)
    gone, came = old[start : len(old) - end], new[start : len(new) - end]
    if above:
        yield Row("skipped", (), (), 1, 1, above)
    if gone:
        yield Row("removed", (Span(gone[:-1], True),), (), above + 1, None, gone.count("\n"))
    if came:
        yield Row("added", (), (Span(came[:-1], True),), None, above + 1, came.count("\n"))
    if below:
        yield Row("skipped", (), (), above + gone.count("\n") + 1, above + came.count("\n") + 1, below)


def _whole_lines(text: str, end: int) -> int:
    """Shorten an end of `end` characters so that it begins with a line."""
    feed = text.find("\n", len(text) - end)
    return len(text) - feed - 1 if feed >= 0 else 0
