"""The files below `mail/` in a backup: databases that others write meanwhile are copied as of one moment."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

MAIL = "mail"
_HEAD = b"SQLite format 3\0"
_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database: the copy holds it
_LOCK = ".lock"


def add_mail(add: Callable[[str, Path], None], instance: Path) -> None:
    """Add what lies in `mail/`; what waits first: a mail that is taken in meanwhile stands in the backup twice."""
    found = sorted(below(MAIL, instance / MAIL), key=lambda one: (_is_database(one[1]), one[0]))
    databases = {name for name, path in found if _is_database(path)}
    for name, path in found:
        if name.endswith(_LOCK) or any(name.endswith(end) and name.removesuffix(end) in databases for end in _BESIDE):
            continue
        if name in databases:
            _add_database(add, name, path)
        else:
            add(name, path)


def _add_database(add: Callable[[str, Path], None], name: str, path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=path.parents[len(Path(name).parts) - 1], prefix=".gare-mail-") as folder:
        copy = Path(folder) / "copy"
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        add(name, copy)


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(_HEAD)) == _HEAD
    except FileNotFoundError:
        return False


def below(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """Name the files of a folder, as they are called in a backup."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts:
            yield f"{name}/{path.relative_to(folder).as_posix()}", path
