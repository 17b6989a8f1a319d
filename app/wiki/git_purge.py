"""Rewrite history without some files, for a legal erasure, so that their bytes are really gone.

`git fast-export` tells the whole history, a filter leaves the files out, `git fast-import` writes it beside the old
one, and `main` moves over by compare-and-swap. Then, and here alone, unreachable objects are pruned at once: beside a
live writer that corrupts a repository, but here the write lock is held, and a push that is under way is refused
because `main` has moved.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from app.wiki.disk import refusing_when_full
from app.wiki.git import WRITING_FAILED, Answer, Git, end
from app.wiki.git_log import read_log
from app.wiki.git_objects import PURGED_FILE
from app.wiki.git_packs import release
from app.wiki.git_renames import write_message
from app.wiki.git_tip import BRANCH

_REWRITTEN = "refs/gare/purge"
_ESCAPES = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


def purge(git: Git, tip: str, lock: int, files: Iterable[str]) -> str:
    """Rewrite the history of `tip` without these files and erase their bytes; gives the new tip.

    The write lock must be held. Rerunnable: killed at any moment, it has rewritten everything or nothing.
    """
    victims = _find_victims(git, tip, tuple(files))
    git.check("update-ref", "-d", _REWRITTEN, lock=lock)
    new = _rewrite(git, victims, lock) if victims.touches else tip
    git.check("update-ref", BRANCH, new, tip, lock=lock)
    git.check("update-ref", "-d", _REWRITTEN, lock=lock)
    _erase(git, lock)
    return new


@dataclass(slots=True)
class _Victims:
    """What is to go: (revision, file) pairs, the commits that are about nothing else, and the renames that stay."""

    touches: set[tuple[str, str]] = field(default_factory=set)
    only: set[str] = field(default_factory=set)
    renames: dict[str, dict[str, str]] = field(default_factory=dict)


def _find_victims(git: Git, tip: str, files: tuple[str, ...]) -> _Victims:
    """Follow every file through its renames, and take those that ended under one of the names."""
    lives: dict[str, set[tuple[str, str]]] = {}
    sizes: dict[str, int] = {}
    renames: dict[str, dict[str, str]] = {}
    for commit in read_log(git, None, tip):
        sizes[commit.revision] = len(commit.files)
        moves = {change.file: change.old_file for change in commit.files if change.old_file}
        moved = {new: lives.pop(old, set()) for new, old in moves.items()}  # all at once: names may be swapped
        lives.update(moved)
        for change in commit.files:
            lives.setdefault(change.file, set()).add((commit.revision, change.file))
        if moves:
            renames[commit.revision] = moves
    folders = tuple(file for file in files if file.endswith("/"))
    chosen = (life for file, life in lives.items() if file in files or file.startswith(folders))
    touches = set().union(*chosen)
    return _settle(touches, sizes, renames)


def _settle(touches: set[tuple[str, str]], sizes: dict[str, int], renames: dict[str, dict[str, str]]) -> _Victims:
    hits: dict[str, int] = {}
    for revision, _ in touches:
        hits[revision] = hits.get(revision, 0) + 1
    return _Victims(
        touches,
        {revision for revision, count in hits.items() if count == sizes[revision]},
        {
            revision: {new: old for new, old in renames[revision].items() if (revision, new) not in touches}
            for revision in hits.keys() & renames.keys()
        },
    )


def _rewrite(git: Git, victims: _Victims, lock: int) -> str:
    told = git.stream(
        "-c", "core.quotePath=false", "fast-export", "--no-data", "--reencode=no", "--show-original-ids",
        "--use-done-feature", f"--refspec={BRANCH}:{_REWRITTEN}", BRANCH,
    )  # fmt: skip
    process = git.start("fast-import", "--quiet", "--done", "--force", has_stdin=True, lock=lock)
    importer = cast(BinaryIO, process.stdin)
    try:
        with suppress(BrokenPipeError):  # what it died of stands in its last words
            for piece in _filter(_Lines(told), victims):
                importer.write(piece)
        _, errors = process.communicate()
    finally:
        end(process)
    if process.returncode:
        raise Answer(process.returncode, b"", errors.decode(errors="replace")).failure(WRITING_FAILED)
    return git.check("rev-parse", "--verify", _REWRITTEN, lock=lock).decode().strip()


def _filter(lines: "_Lines", victims: _Victims) -> Iterator[bytes]:
    revision = ""
    while line := lines.read_line():
        if line.startswith(b"original-oid "):
            revision = line[13:53].decode()
        elif line.startswith(b"data "):
            message = lines.read(int(line[5:])).decode("utf-8", "surrogateescape")
            changed = _message(message, revision, victims).encode("utf-8", "surrogateescape")
            yield b"data %d\n%b" % (len(changed), changed)
        elif (revision, _file_of(line)) not in victims.touches:
            yield line


def _message(message: str, revision: str, victims: _Victims) -> str:
    """Take the names of victims out of a commit's message, and a summary that was about them alone."""
    if revision in victims.only:
        return "\n"
    if revision in victims.renames:
        return write_message(message.partition("\n")[0], victims.renames[revision])
    return message


def _file_of(line: bytes) -> str:
    """Give the file that a line changes (`M mode id name`, `D name`), or `""`."""
    if line.startswith(b"M "):
        name = line.split(b" ", 3)[3]
    elif line.startswith(b"D "):
        name = line[2:]
    else:
        return ""
    name = name.removesuffix(b"\n")
    if name.startswith(b'"'):
        name = re.sub(rb"\\([0-7]{3}|.)", _unescape, name[1:-1], flags=re.DOTALL)
    return name.decode(errors="replace")


def _unescape(escape: re.Match[bytes]) -> bytes:
    sign = escape[1]
    return bytes([int(sign, 8)]) if len(sign) == 3 else _ESCAPES.get(sign, sign)


class _Lines:
    """Read lines and counted bytes from a stream that comes in pieces."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._rest = chunks, b""

    def read_line(self) -> bytes:
        while (end := self._rest.find(b"\n") + 1) == 0 and self._more():
            pass
        return self._take(end or len(self._rest))

    def read(self, size: int) -> bytes:
        while len(self._rest) < size and self._more():
            pass
        return self._take(size)

    def _more(self) -> bool:
        chunk = next(self._chunks, b"")
        self._rest += chunk
        return bool(chunk)

    def _take(self, size: int) -> bytes:
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken


def _erase(git: Git, lock: int) -> None:
    """Drop every object that no commit names any more, on the disk and in the git processes that are open."""
    git.check("reflog", "expire", "--expire=now", "--all", lock=lock)
    release(git.folder)  # a pack that is kept would keep what is erased
    git.check("repack", "-a", "-d", "-q", lock=lock)
    git.check("prune", "--expire=now", lock=lock)
    git.check("commit-graph", "write", "--reachable", "--split=replace", "--changed-paths", "--no-progress", lock=lock)
    with refusing_when_full():
        (git.folder / PURGED_FILE).touch()
