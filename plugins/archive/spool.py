"""What has arrived and is not read yet: on the disk before anything else, and there until it is in the archive."""

import hashlib
import logging
import os
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import N_, GareError, NotFound
from app.plugin import only_one
from plugins.archive import lists
from plugins.archive.message.read import read
from plugins.archive.sources.raw import Raw
from plugins.archive.taking_in import live

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

log = logging.getLogger(__name__)

PAUSE = 60  # seconds until what could not be taken in is tried again
MOST_BYTES = 100_000_000  # of one message
MOST_DEATHS = 3  # processes that a message may take with it before it is set aside
_END, _FAULT, _TRYING, _ASIDE, _LOCK = ".eml", ".fault", ".trying", ".aside", ".lock"
KILLS = N_("It broke off the program each time it was read. It stays on the disk, unread.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that waits; `fault` says why it could not be taken in the last time, `tried_at` when that was."""

    path: Path
    arrived_at: int
    fault: str = ""
    tried_at: float = 0.0


def folder(archive: "Archive", list_: "MailList") -> Path:
    """Say where the messages of a list wait."""
    return archive.spool(list_)


def put(archive: "Archive", list_: "MailList", content: bytes, arrived_at: int | None = None) -> Path:
    """Write a message so that no loss of power takes it away.

    Raises OSError where that cannot be done, NotFound where the list was removed.
    """
    known = lists.find(archive.truth, list_.name)
    if known is None or known.id != list_.id:
        raise NotFound(N_("This list was removed."))
    where = folder(archive, list_)
    if not where.is_dir():
        where.mkdir(parents=True, exist_ok=True)
        _sync(where.parent)
    at = int(time.time()) if arrived_at is None else arrived_at
    target = where / f"{at:012d}-{hashlib.sha256(content).hexdigest()}{_END}"
    draft = where / f"{secrets.token_hex(8)}.draft"
    try:
        with draft.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    _sync(where)
    return target


def tidy(archive: "Archive") -> int:
    """Remove what waits for lists that are there no more: nobody will ever take it in. Gives how many lists it was."""
    root = archive.folder / "spool"
    found = sorted(root.iterdir()) if root.is_dir() else []  # before the lists: one that is made now is not among them
    known = {folder(archive, one) for one in lists.load(archive.truth)}
    gone = [path for path in found if path not in known and path.is_dir()]
    for path in gone:
        shutil.rmtree(path, ignore_errors=True)
    return len(gone)


def waiting(archive: "Archive", list_: "MailList") -> list[Kept]:
    """List what is not in the archive yet, the oldest first."""
    return [_kept(path) for path in sorted(folder(archive, list_).glob(f"*{_END}"))]


def aside(archive: "Archive", list_: "MailList") -> list[Kept]:
    """List what is not tried any more."""
    paths = sorted(folder(archive, list_).glob(f"*{_ASIDE}"))
    return [Kept(path, _arrival(path), KILLS, path.stat().st_mtime) for path in paths]


def take_waiting(archive: "Archive", list_: "MailList", pause: int | None = None) -> int:
    """Take in what waits; what failed in the last `pause` seconds has its turn later. Gives how many were taken in."""
    least = PAUSE if pause is None else pause
    due = [one for one in waiting(archive, list_) if time.time() - one.tried_at >= least]
    return sum(take(archive, list_, one.path) for one in due)


def take(archive: "Archive", list_: "MailList", path: Path) -> bool:
    """Take one message in and remove it from here; where that fails it stays, with the reason beside it."""
    with suppress(FileNotFoundError), only_one(path.with_suffix(_LOCK)) as is_mine:
        try:
            return is_mine and path.exists() and _take(archive, list_, path)
        finally:
            if is_mine:
                path.with_suffix(_LOCK).unlink(missing_ok=True)
    return False


def _take(archive: "Archive", list_: "MailList", path: Path) -> bool:
    try:
        raw = Raw(path.read_bytes(), path.name, _arrival(path))
        if not _is_harmless(path, raw):
            return False
        live(archive, list_, raw, now=int(time.time()))
    except FileNotFoundError:
        return False  # another process was faster
    except GareError as error:
        _note(path, error.msgid)
        return False
    except Exception as error:  # the border: one message must not keep back those that follow
        log.exception("a message of %s could not be taken in", list_.name)
        _note(path, type(error).__name__)
        return False
    path.unlink(missing_ok=True)
    path.with_suffix(_FAULT).unlink(missing_ok=True)
    return True


def _is_harmless(path: Path, raw: Raw) -> bool:
    """Read a message once for nothing: one that takes its readers with it is set aside, so that others get through."""
    trying = path.with_suffix(_TRYING)
    deaths = trying.stat().st_size if trying.exists() else 0
    if deaths >= MOST_DEATHS:
        log.error("%s is set aside: it broke off %s processes", path.name, deaths)
        path.rename(path.with_suffix(_ASIDE))
        return False
    with trying.open("ab") as stream:
        stream.write(b".")
    read(raw.content, received_at=raw.received_at, now=int(time.time()))
    trying.unlink(missing_ok=True)
    return True


def _kept(path: Path) -> Kept:
    fault = path.with_suffix(_FAULT)
    try:
        return Kept(path, _arrival(path), fault.read_text(encoding="utf-8"), fault.stat().st_mtime)
    except FileNotFoundError:
        return Kept(path, _arrival(path))


def _arrival(path: Path) -> int:
    said = path.name.partition("-")[0]
    return int(said) if said.isdecimal() else int(path.stat().st_mtime)


def _note(path: Path, why: str) -> None:
    try:
        path.with_suffix(_FAULT).write_text(why, encoding="utf-8")
    except OSError:  # a full disk: the message itself stands
        log.warning("%s waits: %s", path.name, why)


def _sync(where: Path) -> None:
    descriptor = os.open(where, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
