"""One at a time: locks between processes, which the kernel frees when their holder dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def is_held(file: Path) -> bool:
    """Tell whether somebody holds a lock; who asks is never taken for a holder by others who ask."""
    try:
        with file.open() as stream:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


@contextmanager
def only_one(file: Path, *, is_patient: bool = False) -> Iterator[bool]:
    """Hold a lock, if nobody else does or one can wait; the kernel frees it when the holder dies."""
    with file.open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | (0 if is_patient else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
