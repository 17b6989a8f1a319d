"""Find which line of one version became which line of the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.wiki.align import Effort, Pair, align, common_items
from app.wiki.tokens import words_of

_ALIKE = 0.4  # share of common words from which two lines count as one line that changed
# What a pair of equal lines is worth beside pairs that are merely alike, which are worth their share.
_CALL = 100  # effort of pairing even one line with one
_EQUAL, _EQUAL_WITHOUT_WORDS = 1.5, 0.1


@dataclass(frozen=True, slots=True)
class Step:
    """Lines `old_start` to `old_end` became lines `new_start` to `new_end`, both from 0, ends excluded.

    A changed step is one line on either side; replaced lines are not alike, and one side may be empty.
    """

    kind: Literal["same", "changed", "replaced"]
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def list_steps(old: Sequence[str], new: Sequence[str], effort: Effort) -> list[Step]:
    """Lead from the lines of one version to those of the other; alike ones are paired while effort is left."""
    pairs = align(old, new, effort, _pair_lines)
    end = (len(old), len(new))
    steps: list[Step] = []
    i = j = run = 0
    for pair in [*pairs, end]:
        is_same = pair != end and old[pair[0]] == new[pair[1]]
        if run and not (is_same and pair == (i, j)):
            steps.append(Step("same", i - run, i, j - run, j))
            run = 0
        if pair != (i, j):
            steps.append(Step("replaced", i, pair[0], j, pair[1]))
        i, j = pair[0] + 1, pair[1] + 1
        if is_same:
            run += 1
        elif pair != end:
            steps.append(Step("changed", i - 1, i, j - 1, j))
    return steps


def _pair_lines(old: Sequence[str], new: Sequence[str], effort: Effort) -> list[Pair]:
    """Pair the lines of a stretch so that the pairs are as much alike as can be, in the order of both."""
    if not effort.spend(_CALL + sum(map(len, old)) + sum(map(len, new))):
        return common_items(old, new, effort)
    bags, new_bags = [frozenset(words_of(line)) for line in old], [frozenset(words_of(line)) for line in new]
    compared = min(len(new) * sum(map(len, bags)), len(old) * sum(map(len, new_bags)))
    if not effort.spend(8 * len(old) * len(new) + compared // 3):
        return common_items(old, new, effort)
    worth = {
        (i, j): value
        for i, bag in enumerate(bags)
        for j, new_bag in enumerate(new_bags)
        if (value := _compare(bag, new_bag, is_equal=old[i] == new[j]))
    }
    return _best_pairs(worth, len(old), len(new))


def _compare(bag: frozenset[str], new_bag: frozenset[str], *, is_equal: bool) -> float:
    """Say what a pair is worth; 0 forbids it (Dice 1945, on the words)."""
    if is_equal:
        return _EQUAL if bag else _EQUAL_WITHOUT_WORDS
    both = len(bag) + len(new_bag)
    if 2 * min(len(bag), len(new_bag)) < _ALIKE * both or not both:
        return 0.0
    share = 2 * len(bag & new_bag) / both
    return share if share >= _ALIKE else 0.0


def _best_pairs(worth: dict[Pair, float], height: int, width: int) -> list[Pair]:
    """Choose rising pairs of the highest sum of worth (Needleman and Wunsch 1970)."""
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(width - 1, -1, -1):
            without = max(below[j], row[j + 1])
            value = worth.get((i, j))
            row[j] = max(without, value + below[j + 1]) if value else without
    pairs, i, j = [], 0, 0
    while i < height and j < width:
        value = worth.get((i, j))
        if value and best[i][j] == value + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
