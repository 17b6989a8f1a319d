"""Find what two sequences have in common, in time that is bounded: patience alignment with cheap ways out.

Lines or words that stand once in both sequences are anchors (Bram Cohen, patience diff); between anchors the same is
done again, and what has no anchor is left to a function that the caller gives.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Pair = tuple[int, int]
Fill = Callable[[Sequence[str], Sequence[str], "Effort"], list[Pair]]
_SMALL_CELLS = 2_500


@dataclass(slots=True)
class Effort:
    """What one comparison may still spend: a unit is about 0.1 µs."""

    left: int

    def spend(self, cost: int) -> bool:
        """Take `cost` away; False, with nothing taken, where less is left."""
        if cost > self.left:
            return False
        self.left -= cost
        return True


def align(old: Sequence[str], new: Sequence[str], effort: Effort, fill: Fill) -> list[Pair]:
    """Pair positions of `old` with positions of `new`, rising in both; items are equal but where `fill` pairs others.

    `fill` gets stretches without anchors and gives pairs of positions within them. Where the effort is spent, the rest
    stays without pairs.
    """
    pairs: list[Pair] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        start, end, new_start, new_end = waiting.pop()
        while start < end and new_start < new_end and old[start] == new[new_start]:
            pairs.append((start, new_start))
            start, new_start = start + 1, new_start + 1
        while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
            end, new_end = end - 1, new_end - 1
            pairs.append((end, new_end))
        if start == end or new_start == new_end or not effort.spend(4 * (end - start + new_end - new_start)):
            continue
        old_part, new_part = old[start:end], new[new_start:new_end]
        anchors = _anchors(_once(old_part), _once(new_part))
        found = [(start + i, new_start + j) for i, j in anchors or fill(old_part, new_part, effort)]
        pairs += found
        if anchors:
            befores = [(start - 1, new_start - 1), *found]
            for (i, j), (i_end, j_end) in zip(befores, [*found, (end, new_end)], strict=True):
                waiting.append((i + 1, i_end, j + 1, j_end))
    pairs.sort()
    return pairs


def common_items(old: Sequence[str], new: Sequence[str], effort: Effort) -> list[Pair]:
    """Pair equal items: a longest common subsequence where that is cheap, else first with first, second with second."""
    cells = len(old) * len(new)
    if cells <= _SMALL_CELLS and effort.spend(cells):
        return _longest_common(old, new)
    return _anchors(_numbered(old), _numbered(new)) if effort.spend(10 * (len(old) + len(new))) else []


def _once(items: Sequence[str]) -> dict[object, int]:
    """Give the position of every item that stands only once; blank ones are no landmarks."""
    places: dict[str, int] = {}
    for place, item in enumerate(items):
        places[item] = -1 if item in places else place
    return {item: place for item, place in places.items() if place >= 0 and not item.isspace() and item}


def _numbered(items: Sequence[str]) -> dict[object, int]:
    """Give the position of every first, second, third … occurrence of an item."""
    seen: dict[str, int] = {}
    places: dict[object, int] = {}
    for place, item in enumerate(items):
        seen[item] = seen.get(item, 0) + 1
        places[item, seen[item]] = place
    return places


def _anchors(old: dict[object, int], new: dict[object, int]) -> list[Pair]:
    """Give the longest rising series of positions that share a key (Fredman 1975, in n log n)."""
    shared = [(place, new[key]) for key, place in old.items() if key in new]
    shared.sort()
    tops: list[int] = []  # the lowest new position that ends a series of each length …
    ends: list[int] = []  # … and which pair that is
    before: list[int] = []
    for number, (_, place) in enumerate(shared):
        length = bisect_left(tops, place)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    series = []
    number = ends[-1] if ends else -1
    while number >= 0:
        series.append(shared[number])
        number = before[number]
    return series[::-1]


def _longest_common(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Find a longest common subsequence by the table of lengths (Wagner and Fischer 1974)."""
    table = [[0] * (len(new) + 1)]
    for item in reversed(old):
        below, row, right = table[-1], [0] * (len(new) + 1), 0
        for j in range(len(new) - 1, -1, -1):
            right = below[j + 1] + 1 if new[j] == item else max(below[j], right)
            row[j] = right
        table.append(row)
    table.reverse()
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
