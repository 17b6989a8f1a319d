"""Whether the site is being served: a lock that `gare serve` holds and the kernel frees, whichever way it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "serving"


@contextmanager
def marked(instance: Path) -> Iterator[None]:
    """Say that the site is being served, while the block runs; several servers may say so at once."""
    with (instance / FILE).open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_SH)
        (instance / FILE).touch()
        yield


def served_since(instance: Path) -> float | None:
    """Tell when the last server started, in seconds since 1970; None while none is running."""
    try:
        with (instance / FILE).open("r") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return (instance / FILE).stat().st_mtime
    return None
