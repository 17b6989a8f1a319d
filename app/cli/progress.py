"""Show how far long work is: one line that is written over, on a terminal only."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.catalog.rebuild import Progress
from app.cli.language import _
from app.errors import N_

STEPS = {"history": N_("history"), "pages": N_("pages"), "search": N_("search"), "files": N_("files")}
_EVERY = 0.1  # seconds


@contextmanager
def shown() -> Iterator[Progress]:
    """Give a callable that shows progress; it is quiet where nobody looks, as in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _all: None
        return
    line = _Line()
    try:
        yield line.show
    finally:
        line.clear()


class _Line:
    def __init__(self) -> None:
        self._last = 0.0

    def show(self, what: str, done: int, everything: int) -> None:
        now = time.monotonic()
        if now - self._last < _EVERY and done != everything:
            return
        self._last = now
        amount = f"{done} / {everything}" if everything else str(done)
        sys.stderr.write(f"\r\033[K{_(STEPS.get(what, what))}: {amount}")
        sys.stderr.flush()

    def clear(self) -> None:
        if self._last:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
