"""One writer at a time: a lock of the kernel, and what is left of writers that were killed."""

import fcntl
import logging
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import N_, Unavailable
from app.wiki.disk import refusing_when_full
from app.wiki.git import WRITING_FAILED

log = logging.getLogger(__name__)

LOCK_FILE = "gare-writer"  # not `*.lock`: git's own of that name may be removed, this one must not
STALE_SECONDS = 5.0
_POLL_SECONDS = 0.001, 0.004
_PLACES = (".", "refs", "refs/heads", "objects/info", "objects/info/commit-graphs")


@contextmanager
def hold(folder: Path, seconds: float) -> Iterator[int]:
    """Hold the write lock of a repository; gives its descriptor, for git to inherit.

    The kernel frees the lock when the last process that has the descriptor ends or closes it. Raises Unavailable
    when somebody else holds it for longer than `seconds`.
    """
    descriptor = _open(folder / LOCK_FILE)
    try:
        _acquire(descriptor, time.monotonic() + seconds)
        yield descriptor
    finally:
        os.close(descriptor)  # no LOCK_UN: a git that outlives an error here still writes, and keeps the lock


def _open(file: Path) -> int:
    try:
        with refusing_when_full():
            return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        log.error("the repository cannot be locked: %s", error)
        raise Unavailable(WRITING_FAILED) from error


def _acquire(descriptor: int, deadline: float) -> None:
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise Unavailable(N_("Many people are saving. Keep your text and try again.")) from error
            time.sleep(random.uniform(*_POLL_SECONDS))


def remove_stale_locks(folder: Path, seconds: float = STALE_SECONDS) -> None:
    """Remove git's own `*.lock` files that a killed writer left; the write lock must be held.

    Our writers hold the write lock, so a lock file met here is a dead writer's, or that of a push from outside, which
    has one for milliseconds. Taking a living one's lock away could publish half a change: so wait until it is gone,
    or `seconds` old. Raises StorageFull or Unavailable where it cannot be removed.
    """
    deadline = time.monotonic() + seconds
    while locks := _list_locks(folder):
        for lock in locks:
            if time.monotonic() >= deadline or _age(lock) > seconds:
                _remove(lock)
        time.sleep(0.005)


def _list_locks(folder: Path) -> list[Path]:
    locks: list[Path] = []
    for place in _PLACES:
        try:
            names = os.listdir(folder / place)  # noqa: PTH208 - names are wanted, not paths
        except FileNotFoundError:
            continue
        locks += [folder / place / name for name in names if name.endswith(".lock")]
    return locks


def _age(lock: Path) -> float:
    try:
        return time.time() - lock.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _remove(lock: Path) -> None:
    try:
        with refusing_when_full():
            lock.unlink(missing_ok=True)
    except OSError as error:
        log.error("a stale lock file cannot be removed: %s", error)
        raise Unavailable(WRITING_FAILED) from error
    log.warning("removed the lock file of a writer that was killed: %s", lock)
