"""Keep small answers of the catalog as long as it does not change: the menu, the titles of folders."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")
MAX_KEPT = 2000


class Memo:
    """Answers by key, for one generation of the catalog; a new generation forgets them all.

    Each process has its own: the generation is read from the catalog, so no process needs to tell another.
    """

    def __init__(self) -> None:
        self._kept: tuple[str, dict[Hashable, object]] = ("", {})

    def get(self, generation: str, key: Hashable, compute: Callable[[], T]) -> T:
        """Give the kept answer, or compute and keep it."""
        if self._kept[0] != generation or len(self._kept[1]) > MAX_KEPT:
            self._kept = (generation, {})
        kept = self._kept[1]
        if key not in kept:
            kept[key] = compute()
        return cast(T, kept[key])
