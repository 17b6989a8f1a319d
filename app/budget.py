"""Run a parser in a child process that can be killed: its time, memory and output are limited.

Parent and child speak JSON, never pickle: a child that hostile input took over can only lie, not run code here.
"""

import atexit
import importlib
import json
import os
import queue
import resource
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, cast

from app import errors

_LENGTH = struct.Struct(">I")
MAX_ANSWER_BYTES = 64_000_000
WAIT_SECONDS = 10.0  # for a child that is at work for somebody else
SOON = 0.1  # seconds; for a place among those who send what takes long
BUSY = errors.N_("The site is very busy. Try again in a moment.")


class Places:
    """How many threads of this process may be in calls of several budgets at once: the others go on serving pages."""

    def __init__(self, most: int) -> None:
        self.limit(most)

    def limit(self, most: int) -> None:
        """Let so many in from now on, at least one."""
        self._free = threading.Semaphore(max(1, most))

    @contextmanager
    def take(self) -> Iterator[None]:
        """Hold a place; who finds none is told so at once, else a queue of them would keep every thread."""
        free = self._free
        if not free.acquire(timeout=SOON):
            raise errors.Unavailable(BUSY)
        try:
            yield
        finally:
            free.release()


SENT = Places(2)  # for files and texts that people send; `create_app` makes it half of the threads


class Budget:
    """A small pool of child processes that call one function, `module:name`, with JSON arguments.

    A call that takes over `seconds` or `memory` (bytes of address space) raises `OverBudget` and its child is killed;
    the next call starts a new one. A `GareError` raised in the child is raised again here. Children start at the first
    call and end with this process. Safe to share between threads; at most `size` calls run at once, others wait for
    ten seconds. With `places` a call holds one of them meanwhile: who waits keeps a thread from who only reads.
    """

    def __init__(
        self, target: str, *, seconds: float, memory: int = 1_000_000_000, size: int = 2, places: Places | None = None
    ) -> None:
        self._target, self._seconds, self._memory, self._size, self._places = target, seconds, memory, size, places
        self._children: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(size):
            self._children.put(None)
        atexit.register(self.close)

    def call(self, *arguments: Any) -> Any:
        """Call the function in a child and return what it returned, as JSON gives it back."""
        with self._places.take() if self._places else nullcontext():
            return self._call(arguments)

    def _call(self, arguments: tuple[Any, ...]) -> Any:
        request = json.dumps(arguments).encode()
        try:
            child = self._children.get(timeout=WAIT_SECONDS)
        except queue.Empty as error:
            raise errors.Unavailable(BUSY) from error
        try:
            child, answer = self._ask(child, request)
        except BaseException:
            self._children.put(None)
            raise
        self._children.put(child)
        return _open_answer(answer)

    def _ask(self, child: "_Child | None", request: bytes) -> "tuple[_Child, dict[str, Any]]":
        # A child that was started before this process was forked answers its first owner: it is left to it.
        if child is not None and child.is_mine():
            try:  # A kept child may have died in peace since the last call; a new one gets the same question.
                return child, child.ask(request, self._seconds)
            except _Dead:
                child.kill()
        child = _Child(self._target, self._memory)
        try:
            return child, child.ask(request, self._seconds)
        except BaseException as error:
            child.kill()
            if isinstance(error, _Dead):
                raise errors.OverBudget(errors.N_("This took too much memory, so it was stopped.")) from error
            raise

    def is_idle(self) -> bool:
        """Tell whether a call would begin at once, and no other one is under way."""
        return self._children.qsize() == self._size

    def close(self) -> None:
        """End the children that are not at work."""
        for _ in range(self._children.qsize()):
            child = self._children.get()
            if child is not None:
                child.kill()
            self._children.put(None)


class _Dead(Exception):
    """The child ended without an answer."""


class _Child:
    def __init__(self, target: str, memory: int) -> None:
        self._owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "app.budget", target, str(memory)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_project_root(),
        )  # fmt: skip
        self._read_answer(time.monotonic() + 60)  # it says hello once its imports are done: they cost no budget

    def ask(self, request: bytes, seconds: float) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        try:
            _write(cast(BinaryIO, self._process.stdin), request)
        except OSError as error:
            raise _Dead from error
        try:
            return self._read_answer(deadline)
        except errors.OverBudget:
            self.kill()
            raise

    def _read_answer(self, deadline: float) -> dict[str, Any]:
        size = _LENGTH.unpack(self._read(_LENGTH.size, deadline))[0]
        if size > MAX_ANSWER_BYTES:
            self.kill()
            raise errors.OverBudget(errors.N_("This is too large to be shown."))
        return cast(dict[str, Any], json.loads(self._read(size, deadline)))

    def _read(self, size: int, deadline: float) -> bytes:
        stream, parts = cast(BinaryIO, self._process.stdout).fileno(), []
        poll = select.poll()  # select() refuses descriptors over 1023
        poll.register(stream, select.POLLIN)
        while size:
            if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise errors.OverBudget(errors.N_("This took too long, so it was stopped."))
            part = os.read(stream, min(size, 1_000_000))
            if not part:
                raise _Dead
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def is_mine(self) -> bool:
        return os.getpid() == self._owner

    def kill(self) -> None:
        if not self.is_mine():
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # a half-written question cannot be flushed to a dead child
                    continue


def _project_root() -> str:
    return str(Path(__file__).resolve().parent.parent)


def _open_answer(answer: dict[str, Any]) -> Any:
    if "error" in answer:
        kind = getattr(errors, answer["error"], errors.OverBudget)
        raise kind(answer["msgid"], **answer["values"])
    return answer["value"]


def _write(stream: BinaryIO, message: bytes) -> None:
    stream.write(_LENGTH.pack(len(message)) + message)
    stream.flush()


def _serve(target: str, memory: int) -> None:
    """Be the child: answer questions from standard input until it ends."""
    module, _, name = target.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not garble the answers
    _write(answers, b"{}")
    while len(head := questions.read(_LENGTH.size)) == _LENGTH.size:
        arguments = json.loads(questions.read(_LENGTH.unpack(head)[0]))
        _write(answers, json.dumps(_answer(function, arguments)).encode())


def _answer(function: Callable[..., Any], arguments: list[Any]) -> dict[str, Any]:
    try:
        return {"value": function(*arguments)}
    except errors.GareError as error:
        return {"error": type(error).__name__, "msgid": error.msgid, "values": error.values}
    except MemoryError:
        return _refusal("This took too much memory, so it was stopped.")
    except RecursionError:
        return _refusal("This is nested too deeply.")
    except Exception as error:  # noqa: BLE001 - the border: whatever a parser raises becomes a sentence
        sys.stderr.write(f"{type(error).__name__}: {error}"[:500] + "\n")
        return _refusal("This could not be read: it is damaged or not what its name says.")


def _refusal(msgid: str) -> dict[str, Any]:
    return {"error": "OverBudget", "msgid": msgid, "values": {}}


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
