"""Read objects through one `git cat-file` that is kept open: 0.1 ms instead of a process each."""

import hashlib
import logging
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import Unavailable
from app.wiki.git import READING_FAILED, Git, Process, end

_FEW = 30

log = logging.getLogger(__name__)

PURGED_FILE = "gare-purged"  # touched when history was rewritten: an open git still sees the files that are gone


@dataclass(frozen=True, slots=True)
class Info:
    """What an object is: its id, type (`blob`, `tree`, `commit`) and size in bytes."""

    oid: str
    kind: str
    size: int


def blob_id(content: bytes) -> str:
    """Compute the id that git gives to a file's content (SHA-1)."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


class Objects:
    """Ask for objects by name: an id, or `revision:file` with both parts checked by the caller.

    Safe to share between threads and to carry through a fork; a git that died is started again. Raises Unavailable
    when git cannot be started.
    """

    def __init__(self, git: Git) -> None:
        self._git = git
        self._readers: dict[int, _Reader] = {}

    def info(self, name: str) -> Info | None:
        """Give what an object is, or None."""
        return self._ask("info", name)[0]

    def content(self, name: str) -> tuple[Info, bytes] | None:
        """Give an object with its bytes, or None."""
        info, content = self._ask("contents", name)
        return (info, content) if info else None

    def walk(self, tree: str, prefix: str = "") -> Iterator[tuple[str, str]]:
        """List the files below a tree, as (name, blob)."""
        found = self.content(tree)
        for mode, name, oid in _parse_tree(found[1]) if found and found[0].kind == "tree" else ():
            if mode == b"40000":
                yield from self.walk(oid, f"{prefix}{name}/")
            elif mode != b"160000":  # another repository, which a push cannot bring
                yield prefix + name, oid

    def sizes(self, oids: Sequence[str]) -> dict[str, int]:
        """Give the size in bytes of each object that there is."""
        if len(oids) <= _FEW:
            return {oid: info.size for oid in oids if (info := self.info(oid))}
        lines = self._git.check(
            "cat-file", "--batch-check=%(objectname) %(objectsize)", stdin="".join(f"{oid}\n" for oid in oids).encode()
        )
        answers = (line.split() for line in lines.decode().splitlines())
        return {oid: int(size) for oid, size in answers if size != "missing"}

    def close(self) -> None:
        """End this process's git."""
        reader = self._readers.pop(os.getpid(), None)
        if reader is not None:
            reader.close()

    def _ask(self, command: str, name: str) -> tuple[Info | None, bytes]:
        pid = os.getpid()  # a forked child must not share the pipes of its parent
        reader = self._readers.get(pid) or self._readers.setdefault(pid, _Reader(self._git))
        request = f"{command} {name}\n".encode()
        try:
            return reader.ask(request)
        except _Died:
            pass
        try:
            return reader.ask(request)
        except _Died as error:
            log.error("git cat-file ended twice: %s", error)
            raise Unavailable(READING_FAILED) from error


class _Died(Exception):
    """Git ended before its answer was complete."""


class _Reader:
    def __init__(self, git: Git) -> None:
        self._git, self._lock = git, threading.Lock()
        self._process: Process | None = None
        self._stamp = 0

    def ask(self, request: bytes) -> tuple[Info | None, bytes]:
        with self._lock:
            try:
                return self._exchange(self._running(), request)
            except (OSError, ValueError) as error:
                self._stop()
                raise _Died(request) from error
            except BaseException:  # cut off in the middle of an answer: its rest must not be taken for the next one
                self._stop()
                raise

    def _exchange(self, process: Process, request: bytes) -> tuple[Info | None, bytes]:
        os.write(process.stdin.fileno(), request)  # no buffer, which a fork would double
        output: BinaryIO = process.stdout
        head = output.readline()
        if head.endswith(b" missing\n"):
            return None, b""
        oid, kind, size = head.decode().split()
        info = Info(oid, kind, int(size))
        if request.startswith(b"info "):
            return info, b""
        content = output.read(info.size + 1)
        if len(content) != info.size + 1:
            raise _Died(request)
        return info, content[:-1]

    def _running(self) -> Process:
        stamp = _stamp_of(self._git.folder)
        if self._process is not None and stamp == self._stamp:
            _drain(self._process)
            return self._process
        self._stop()
        self._process, self._stamp = self._git.start("cat-file", "--batch-command", has_stdin=True), stamp
        os.set_blocking(self._process.stderr.fileno(), False)
        return self._process

    def _stop(self) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None

    def close(self) -> None:
        with self._lock:
            self._stop()


def _stamp_of(folder: Path) -> int:
    try:
        return (folder / PURGED_FILE).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _drain(process: Process) -> None:
    """Take away what git said about damaged objects, before it fills the pipe and git waits for ever."""
    try:
        told = os.read(process.stderr.fileno(), 65_536)
    except BlockingIOError:
        return
    if told:
        log.error("git cat-file: %s", told.decode(errors="replace"))


def _parse_tree(content: bytes) -> Iterator[tuple[bytes, str, str]]:
    """Give (mode, name, id) of each entry of a tree object."""
    start = 0
    while start < len(content):
        space, end = content.index(b" ", start), content.index(b"\0", start)
        yield content[start:space], content[space + 1 : end].decode(errors="replace"), content[end + 1 : end + 21].hex()
        start = end + 21
