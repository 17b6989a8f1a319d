"""Compare one line with another, word by word."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.wiki.align import Effort, Pair, align, common_items
from app.wiki.tokens import has_word, tokens, words_of

_ISLAND = 3  # unchanged marks of at most this length between two changes are shown as changed


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line; `changed` where the other version has something else."""

    text: str
    changed: bool


def compare_words(old: str, new: str, effort: Effort) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Cut both lines into what they share and what differs; by words, or where effort is spent, from both ends."""
    if not effort.spend(len(old) + len(new)):
        start, end = common_ends(old, new)
        return _cut(old, start, end), _cut(new, start, end)
    pieces, new_pieces = tokens(old), tokens(new)
    pairs = _without_islands(align(pieces, new_pieces, effort, common_items), pieces, new_pieces)
    return _spans(pieces, {i for i, _ in pairs}), _spans(new_pieces, {j for _, j in pairs})


def count_words(old: str, new: str, effort: Effort) -> tuple[int, int]:
    """Count the words added and removed; where effort is spent, all of them."""
    if not effort.spend(len(old) + len(new)):
        return len(new.split()), len(old.split())
    before, after = words_of(old), words_of(new)
    kept = len(align(before, after, effort, common_items))
    return len(after) - kept, len(before) - kept


def common_ends(old: str, new: str) -> tuple[int, int]:
    """Count the characters that both texts begin with, and those of the rest that both end with."""
    most = min(len(old), len(new))
    start = _bisect(most, lambda size: old[:size] == new[:size])
    end = _bisect(most - start, lambda size: old[len(old) - size :] == new[len(new) - size :])
    return start, end


def _bisect(most: int, fits: Callable[[int], bool]) -> int:
    """Find the greatest size up to `most` that fits; comparing slices runs in C, comparing characters does not."""
    return bisect_left(range(1, most + 1), True, key=lambda size: not fits(size))


def _cut(text: str, start: int, end: int) -> tuple[Span, ...]:
    places = ((0, start, False), (start, len(text) - end, True), (len(text) - end, len(text), False))
    return tuple(Span(text[first:last], changed) for first, last, changed in places if first < last)


def _spans(pieces: Sequence[str], kept: set[int]) -> tuple[Span, ...]:
    runs = groupby(range(len(pieces)), key=lambda place: place not in kept)
    return tuple(Span("".join(pieces[place] for place in run), changed) for changed, run in runs)


def _without_islands(pairs: list[Pair], old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Leave out blanks and marks that stand alone between two replaced words: they only make the eye stumble."""
    runs = [[pair for _, pair in run] for _, run in groupby(enumerate(pairs), key=_diagonal)]
    befores = [(-1, -1), *(run[-1] for run in runs)]
    afters = [*(run[0] for run in runs), (len(old), len(new))]
    kept: list[Pair] = []
    for number, run in enumerate(runs):
        before, (i, j), (last, new_last), after = befores[number], run[0], run[-1], afters[number + 1]
        is_between = min(i - before[0], j - before[1], after[0] - last, after[1] - new_last) > 1
        pieces = old[i : last + 1]
        if not is_between or sum(map(len, pieces)) > _ISLAND or has_word(pieces):
            kept += run
    return kept


def _diagonal(numbered: tuple[int, Pair]) -> Pair:
    """Give the same key to pairs that follow each other without a gap in both sequences."""
    number, (i, j) = numbered
    return i - number, j - number
