"""Where uploaded exports lie while they are needed: `mail/_incoming/`. They hold mails: none stays there."""

import errno
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import N_, StorageFull
from plugins.archive import runs

if TYPE_CHECKING:
    from plugins.archive.archive import Archive

FULL = N_("The disk of this site is full. Nothing was changed. Tell an administrator.")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})
_HALF = ".part"  # of files that are still coming
_HALF_SECONDS = 86_400
KEPT_SECONDS = 7 * 86_400  # a source that was looked at, and of which nobody decided


def is_full(error: OSError) -> bool:
    """Tell whether an error says that the disk takes nothing more."""
    return error.errno in _FULL


def folder(archive: "Archive") -> Path:
    """Give the folder, made where it is not there; nobody else on this machine looks into it."""
    found = archive.station.config.instance / "mail" / "_incoming"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def lock_of(archive: "Archive", number: int) -> Path:
    """Name the lock of a run."""
    return folder(archive) / f"run-{number}.lock"


class Upload:
    """A file that is coming in; gone with `close`, unless `keep` gave it a name. Raises StorageFull."""

    def __init__(self, where: Path) -> None:
        with _telling():
            self._file = tempfile.NamedTemporaryFile(dir=where, suffix=_HALF)  # noqa: SIM115 - closed with the request

    def write(self, data: bytes) -> int:
        """Add to it."""
        with _telling():
            return self._file.write(data)

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place; what was written is on the disk then."""
        with _telling():
            self._file.flush()
            return self._file.seek(place, whence)

    def keep(self) -> Path:
        """Let the file stay, and name it."""
        kept = Path(self._file.name).with_name(f"{secrets.token_hex(16)}.mail")
        with _telling():
            self._file.flush()
            os.fsync(self._file.fileno())
            os.link(self._file.name, kept)
        return kept

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if not is_full(error):
            raise
        raise StorageFull(FULL) from error


def remove(archive: "Archive", file: str) -> None:
    """Remove an uploaded source; what lies elsewhere is not ours."""
    path = Path(file)
    if file and path.parent == folder(archive):
        path.unlink(missing_ok=True)


def tidy(archive: "Archive") -> None:
    """Remove what nobody needs any more: uploads that broke off, sources of which nobody decided."""
    now = time.time()
    old = [one for one in runs.with_file(archive.truth) if not one.is_open and (one.ended_at or 0) < now - KEPT_SECONDS]
    for run in old:
        runs.store(archive.truth, run.id, file="", before=(runs.DONE, runs.STOPPED, runs.UNDONE))
        remove(archive, run.file)
    known = runs.with_file(archive.truth)
    named = {run.file for run in known} | {str(lock_of(archive, run.id)) for run in known if run.is_open}
    for path in folder(archive).iterdir():
        with suppress(FileNotFoundError):
            if (
                path.suffix in (_HALF, ".mail", ".lock")
                and str(path) not in named
                and path.stat().st_mtime < now - _HALF_SECONDS
            ):
                path.unlink()
