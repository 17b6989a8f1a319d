"""Messages some at a time: enough to be fast, few enough to be held in memory."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_One = TypeVar("_One")
MOST, MOST_BYTES = 200, 40_000_000


def batches(some: Iterable[_One], size_of: Callable[[_One], int]) -> Iterator[list[_One]]:
    """Give 200 at a time, or as many as 40 MB hold, one at least: their files are all in memory at once."""
    batch, size = list[_One](), 0
    for one in some:
        own = size_of(one)
        if batch and (len(batch) == MOST or size + own > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += own
    if batch:
        yield batch
