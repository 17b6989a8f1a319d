"""Folders of mail: Maildir, Sympa's tree, months of pipermail, loose EML files. Links are not followed."""

import os
from collections.abc import Iterator
from pathlib import Path

from plugins.archive.sources import files
from plugins.archive.sources.limits import DELETED, MOST_MEMBERS
from plugins.archive.sources.pipermail import FOLDER
from plugins.archive.sources.raw import Raw, Skipped
from plugins.archive.sources.stream import Gauge
from plugins.archive.sources.zipped import natural

_LEFT_OUT = {"deleted", "tmp", FOLDER}  # what was removed, what was never delivered, what belongs to other mails


def paths(root: Path) -> list[Path]:
    """List the files of a folder in the order in which they are read."""
    found = list[Path]()
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if name not in _LEFT_OUT]
        found += [path for name in names if not (path := Path(folder, name)).is_symlink() and path.is_file()]
        if len(found) > MOST_MEMBERS:
            break
    return sorted(found, key=lambda path: natural(path.relative_to(root).as_posix()))


def is_maildir(root: Path) -> bool:
    """Say whether a folder is a Maildir."""
    return (root / "cur").is_dir() and (root / "new").is_dir()


def walk(root: Path, gauge: Gauge) -> Iterator[Raw | Skipped]:
    """Give the mails of all files of a folder."""
    for path in paths(root):
        place = path.relative_to(root).as_posix().encode("utf-8", "replace").decode()
        if path.parent.name == "cur" and "T" in path.name.partition(":2,")[2]:
            yield Skipped(place, DELETED)
        elif path.parent.name == "arctxt" and not path.name.isdecimal():
            continue  # Sympa's own notes
        else:
            yield from files.walk(path, gauge, place)
