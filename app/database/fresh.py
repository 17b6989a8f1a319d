"""Keep what was read from the truth database until it changes, so that a page view need not ask for it again."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")
MAX_AGE = 10.0  # seconds; other machines on the same database see a change after this long, this one at once


class Stamp:
    """A file that is touched when settings, names or comments change: each process of this machine sees it for 2 µs."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def touch(self) -> None:
        """Say that something changed."""
        self._file.write_text(str(time.time_ns()))

    def read(self) -> int:
        """Give a number that changes with every touch."""
        try:
            return self._file.stat().st_mtime_ns
        except FileNotFoundError:
            return 0


class Fresh(Generic[T]):
    """A value that `load` reads; kept while the stamp stands, ten seconds at most. Threads may load it twice."""

    def __init__(self, stamp: Stamp, load: Callable[[], T]) -> None:
        self._stamp, self._load = stamp, load
        self._kept: tuple[int, float, T] | None = None

    def get(self) -> T:
        """Give the value as it is now."""
        mark, now = self._stamp.read(), time.monotonic()
        kept = self._kept
        if kept is None or kept[0] != mark or now - kept[1] > MAX_AGE:
            kept = (mark, now, self._load())
            self._kept = kept
        return kept[2]
