"""Start git: the only module that imports GitPython, and the one place that says how git runs here.

Git sees the settings of its repository and no others: not those of the machine, of the person who started the server,
or of a hook that this process may stand in.
"""

import logging
import os
import selectors
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from git.cmd import Git as GitCommand
from git.exc import GitCommandNotFound

from app.errors import N_, GareError, StorageFull, Unavailable

log = logging.getLogger(__name__)

Process: TypeAlias = GitCommand.AutoInterrupt

SECONDS = 3600.0
_CHUNK = 65_536
_SETTINGS = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
}
# Where git keeps what is being pushed until the hook has said yes: the only part of a hook's surroundings that counts.
_QUARANTINE = {"GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"}
_FULL = (
    "No space left on device",
    "Out of diskspace",
    "Disk quota exceeded",
    "Read-only file system",
    "File too large",
)
_SIGXFSZ = -25

STORAGE_FULL = N_("The disk of this site is full. Nothing was changed. Tell an administrator.")
WRITING_FAILED = N_("This could not be saved right now. Keep your text and try again.")
READING_FAILED = N_("The pages cannot be read right now. Try again in a minute.")
NO_GIT = N_("The program git is missing on the server. Install it.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a git process left: its exit status, standard output and standard error."""

    status: int
    output: bytes
    errors: str

    def failure(self, msgid: str) -> GareError:
        """Give the error for a process that failed; what git said about it goes to the log."""
        if self.status == _SIGXFSZ or any(words in self.errors for words in _FULL):
            log.error("git: the disk is full or read-only: %s", self.errors[-500:])
            return StorageFull(STORAGE_FULL)
        log.error("git ended with %d: %s", self.status, self.errors[-1000:])
        return Unavailable(msgid)


def end(process: Process) -> None:
    """End a process, if it has not, and close its pipes now, not when the garbage collector comes by."""
    popen = process.proc
    if popen is None:
        return
    if popen.poll() is None:
        popen.kill()
        popen.wait()
    for pipe in (popen.stdin, popen.stdout, popen.stderr):
        if pipe is not None:
            with suppress(OSError):  # what a dead git did not read cannot be flushed
                pipe.close()


def _read_both(output: BinaryIO, errors: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Read two pipes as they fill: git would wait for ever on one that nobody empties."""
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        selector.register(errors, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                chunk = os.read(key.fd, _CHUNK)
                if chunk:
                    yield chunk, key.fileobj is output
                else:
                    selector.unregister(key.fileobj)


class Git:
    """Run git for one bare repository. `in_quarantine`: also see the objects of the push that a hook checks."""

    def __init__(self, folder: Path, *, in_quarantine: bool = False) -> None:
        self.folder = folder
        self._command = GitCommand(folder)
        self._environment = {**_SETTINGS, "GIT_DIR": str(folder.absolute())}
        self._kept = {*self._environment, *(_QUARANTINE if in_quarantine else ())}

    def run(
        self, *arguments: str, stdin: bytes | None = None, lock: int | None = None, seconds: float = SECONDS
    ) -> Answer:
        """Run git to its end; a git that hangs is killed after `seconds`.

        It inherits `lock`, the descriptor of the write lock, so that the lock frees when git ends and not when this
        process is killed. Raises Unavailable where git cannot run.
        """
        process = self.start(*arguments, has_stdin=stdin is not None, lock=lock)
        try:
            output, errors = process.communicate(stdin, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise Unavailable(WRITING_FAILED if lock else READING_FAILED) from error
        finally:
            end(process)
        return Answer(process.returncode, output, errors.decode(errors="replace"))

    def check(self, *arguments: str, stdin: bytes | None = None, lock: int | None = None) -> bytes:
        """Run git to its end and give its output; raises StorageFull or Unavailable where it fails."""
        answer = self.run(*arguments, stdin=stdin, lock=lock)
        if answer.status:
            raise answer.failure(WRITING_FAILED if lock else READING_FAILED)
        return answer.output

    def stream(self, *arguments: str) -> Iterator[bytes]:
        """Run git and give its output in pieces as it comes; raises Unavailable where it fails."""
        process = self.start(*arguments)
        told = b""
        try:
            for chunk, is_output in _read_both(process.stdout, process.stderr):
                if is_output:
                    yield chunk
                else:
                    told = (told + chunk)[-10_000:]
            status = process.proc.wait() if process.proc else 1
        finally:
            end(process)
        if status:
            raise Answer(status, b"", told.decode(errors="replace")).failure(READING_FAILED)

    def start(self, *arguments: str, has_stdin: bool = False, lock: int | None = None) -> Process:
        """Start git with pipes. The process ends with the object that is returned. Raises Unavailable."""
        try:
            return self._command.execute(
                [*self._without_strays(), "git", *arguments],
                istream=subprocess.PIPE if has_stdin else None,
                as_process=True,
                env=self._environment,
                pass_fds=() if lock is None else (lock,),
            )
        except GitCommandNotFound as error:
            raise Unavailable(NO_GIT) from error
        except OSError as error:  # no memory, no process, no descriptor left
            raise Unavailable(WRITING_FAILED if lock else READING_FAILED) from error

    def _without_strays(self) -> Sequence[str]:
        """Drop variables for git that were meant for another one, as in a hook; costs nothing where there are none."""
        strays = [name for name in os.environ if name.startswith("GIT_") and name not in self._kept]
        return ["env", *(f"--unset={name}" for name in strays)] if strays else []
