"""Read the history: what each commit did to which file, oldest first, in constant memory."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import cast

from app.wiki.commit import Commit, FileChange, Status
from app.wiki.git import Git
from app.wiki.git_renames import read_renames, with_renames

# First parents only: the line of history that `main` itself went through, whatever else was merged into it.
# Renames are looked for in commits from outside; -l bounds what that may cost.
_ARGUMENTS = (
    "log", "-z", "--reverse", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev",
    "--find-renames", "-l200", "--no-show-signature", "--encoding=UTF-8", "--no-color", "--no-ext-diff",
    "--format=%H%x00%P%x00%an%x00%ct%x00%B",
)  # fmt: skip
_TOUCHES = ("log", "-z", "--reverse", "-m", "--root", "--raw", "--no-abbrev", "--no-renames", "--format=%H")
_FIELDS = 5
_YEAR_9999 = 253_402_300_799
_RAW = re.compile(r"\n?:(\d{6}) (\d{6}) [0-9a-f]+ ([0-9a-f]+) ([A-Z])\d*")
_SUBMODULE = "160000"


@dataclass(frozen=True, slots=True)
class Touch:
    """One file in one commit, as git stores it: `mode` is 100644, 100755, 120000 (link) or 160000 (repository)."""

    revision: str
    mode: str
    blob: str
    file: str
    is_new: bool
    is_gone: bool


def read_log(git: Git, since: str | None, until: str) -> Iterator[Commit]:
    """Give the commits after `since` (None: all) up to `until`; both are checked revisions."""
    limits = [until, *([f"^{since}"] if since else []), "--"]
    tokens = split_tokens(git.stream(*_ARGUMENTS, *limits))
    token = next(tokens, "")
    while token:
        revision, parents, author, time, message = (token, *islice(tokens, _FIELDS - 1))
        files: list[FileChange] = []
        token = next(tokens, "")
        while raw := _RAW.fullmatch(token):
            files += _file_change(raw, tokens)
            token = next(tokens, "")
        at = datetime.fromtimestamp(min(int(time), _YEAR_9999), UTC)
        done = with_renames(files, read_renames(message, files))
        yield Commit(revision, parents[:40] or None, author, at, message.partition("\n")[0], done)


def read_touches(git: Git, since: str | None, until: str) -> Iterator[Touch]:
    """Give every file that the commits after `since` write or delete, whichever way they hang together."""
    limits = [until, *([f"^{since}"] if since else []), "--"]
    tokens = split_tokens(git.stream(*_TOUCHES, *limits))
    revision = ""
    for token in tokens:
        if raw := _RAW.fullmatch(token):
            yield Touch(revision, raw[2], raw[3], next(tokens), is_new=raw[4] == "A", is_gone=raw[4] == "D")
        else:
            revision = token


def split_tokens(chunks: Iterable[bytes]) -> Iterator[str]:
    """Split a stream at its NULs; what is no UTF-8 is shown as such."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\0")
        for token in whole:
            yield token.decode(errors="replace")
    if rest:
        yield rest.decode(errors="replace")


def _file_change(raw: re.Match[str], tokens: Iterator[str]) -> Iterator[FileChange]:
    old_mode, mode, blob, letter = raw.groups()
    old = next(tokens)
    new = next(tokens) if letter == "R" else old
    if _SUBMODULE in (old_mode, mode):  # another repository: no file of this one
        return
    status = cast(Status, letter if letter in "ADR" else "M")  # also what changed from a file to a link
    yield FileChange(status, new, old if letter == "R" else None, None if letter == "D" else blob)
