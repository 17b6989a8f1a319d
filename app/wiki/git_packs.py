"""Few packs: each commit comes as a pack of its own, and git looks through all of them for each object.

That a commit stays a pack and is not taken apart into loose objects (`fastimport.unpackLimit`) halves the time of a
save; putting the small packs together costs what one more save does, once in a while.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.errors import GareError
from app.wiki.git import Git
from app.wiki.git_setup import remove_crash_reports

log = logging.getLogger(__name__)

MANY = 32
SMALL = 1_000_000  # bytes; larger packs are left to the nightly upkeep
_KEPT_BY = b"fast-import"
_VERSION_2 = b"\xfftOc\0\0\0\2"
_PARTS = (".idx", ".rev", ".pack")  # the index first: without it nobody looks for the pack


def gather(git: Git, lock: int) -> None:
    """Put small packs together into one, where there are many; the write lock must be held.

    The new pack is on the disk before the old ones go. A failure changes nothing and does not count: the commit before
    it stands, and the next one tries again.
    """
    try:
        if len(os.listdir(_folder(git.folder))) < 2 * MANY:  # noqa: PTH208 - names are wanted, not paths
            return
        release(git.folder)
        small = _list_small(_folder(git.folder))
        if len(small) >= MANY:
            _put_together(git, lock, small)
    except (GareError, OSError) as error:
        log.warning("git: packs could not be put together: %s", error)
        remove_crash_reports(git.folder)


def _list_small(folder: Path) -> list[Path]:
    packs = [index.with_suffix(".pack") for index in folder.glob("pack-*.idx")]  # one without is what a kill left
    return [
        pack for pack in packs
        if pack.exists() and pack.stat().st_size < SMALL and not pack.with_suffix(".keep").exists()
    ]  # fmt: skip


def _put_together(git: Git, lock: int, packs: Sequence[Path]) -> None:
    # The objects are named one by one: given the packs (`--stdin-packs`), git would look through the whole history.
    named = "".join(f"{oid}\n" for pack in packs for oid in _list_objects(pack.with_suffix(".idx")))
    prefix = str(_folder(git.folder) / "pack")
    made = git.check("pack-objects", "--quiet", prefix, stdin=named.encode(), lock=lock)
    for pack in packs:
        if pack.stem != f"pack-{made.decode().strip()}":
            for part in _PARTS:
                pack.with_suffix(part).unlink(missing_ok=True)


def _list_objects(index: Path) -> Iterator[str]:
    """List the objects of a pack from its index (gitformat-pack, version 2): 256 counts, then sorted names."""
    content = index.read_bytes()
    if not content.startswith(_VERSION_2):
        raise OSError(f"{index.name} is no index of version 2")
    names = len(_VERSION_2) + 256 * 4
    count = int.from_bytes(content[names - 4 : names])
    return (content[start : start + 20].hex() for start in range(names, names + 20 * count, 20))


def release(repository: Path) -> None:
    """Let go of packs that a fast-import which was killed kept from being packed again; the lock must be held."""
    for mark in _folder(repository).glob("pack-*.keep"):
        if mark.read_bytes().startswith(_KEPT_BY):
            mark.unlink(missing_ok=True)


def _folder(repository: Path) -> Path:
    return (repository / "objects" / "pack").absolute()
