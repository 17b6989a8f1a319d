"""Say it in one sentence when the disk is full or read-only."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import N_, StorageFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


@contextmanager
def refusing_when_full() -> Iterator[None]:
    """Turn the operating system's errors for a full, limited or read-only disk into StorageFull; others pass."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise StorageFull(N_("The disk of this site is full. Nothing was changed. Tell an administrator.")) from error
