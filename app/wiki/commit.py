"""What a commit is made of: the changes that are asked for, and what the history says about them afterwards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["A", "M", "D", "R"]


@dataclass(frozen=True, slots=True)
class Change:
    """Write a file of the repository, or delete it where `content` is None."""

    file: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Move:
    """Move a file, or a whole folder with all that is in it; a Change on the new name may follow."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file in one commit: added, modified, deleted or renamed (then from `old_file`); `blob` as it is now.

    The renames of one commit happen at the same time: two files may have swapped their names. A file that is written
    where another one was moved away counts as added.
    """

    status: Status
    file: str
    old_file: str | None
    blob: str | None


@dataclass(frozen=True, slots=True)
class Commit:
    """One step of the history: `parent` is None for the first; `at` is aware and in UTC; `author` is a pseudonym."""

    revision: str
    parent: str | None
    author: str
    at: datetime
    summary: str
    files: tuple[FileChange, ...]
