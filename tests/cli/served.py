"""A server in processes of its own, as `gare serve` starts it, for tests that kill."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

from tests.cli.nursery import Nursery

ROOT = Path(__file__).parents[2]


class Served:
    """A running site; `output` is what it printed so far."""

    def __init__(self, instance: Path, port: int, log: Path, nursery: Nursery | None = None) -> None:
        self.instance, self.port, self._log = instance, port, log
        self.address = f"http://127.0.0.1:{port}"
        arguments = ["serve", "--bind", f"127.0.0.1:{port}", "--instance", str(instance)]
        self.process = nursery.start(arguments, log) if nursery else _start(arguments, log)

    @property
    def output(self) -> str:
        return self._log.read_text()

    def get(self, path: str) -> tuple[int, str]:
        """Fetch a page; status 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except (OSError, HTTPException):  # the second: killed in the middle of an answer
            return 0, ""

    def save(self, path: str, text: str) -> bool:
        """Write a new page as a browser does; tells whether it was acknowledged."""
        form = urllib.parse.urlencode({"text": text, "author": "Nadia", "base": ""}).encode()
        try:
            with urllib.request.urlopen(f"{self.address}/-/edit/{path}", form, timeout=10) as answer:
                return bool(answer.status == 200)
        except (OSError, HTTPException):
            return False

    def wait_until_up(self) -> None:
        wait(lambda: self.get("/-/health")[0] == 200, self)

    def processes(self) -> list[int]:
        """List the processes of this site: master, workers, jobs and their children."""
        return [
            int(folder.name)
            for folder in Path("/proc").iterdir()
            if folder.name.isdigit() and self._is_of_it(_read(folder / "stat"))
        ]

    def _is_of_it(self, stat: bytes) -> bool:
        """Tell it by the session, which outlives its first process; the dead whom nobody has fetched do not count."""
        state, _parent, _group, session = (stat.rpartition(b")")[2].split() + [b"X"] * 4)[:4]
        return state not in b"ZX" and int(session) == self.process.pid

    def jobs(self) -> list[int]:
        return [pid for pid in self.processes() if b"\0jobs\0" in _read(Path(f"/proc/{pid}/cmdline"))]

    def kill(self, *, group: bool) -> None:
        """Kill the server as a power cut would, or only its first process."""
        (os.killpg if group else os.kill)(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> int:
        """End it in peace; gives the exit status."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(timeout=30)


def _start(arguments: list[str], log: Path) -> "subprocess.Popen[bytes]":
    with log.open("wb") as stream:
        return subprocess.Popen(
            [sys.executable, "-m", "app.cli", *arguments], cwd=ROOT, stdout=stream, stderr=subprocess.STDOUT,
            start_new_session=True, env={**os.environ, "LANGUAGE": "en"},
        )  # fmt: skip


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def wait(is_true: Callable[[], object], served: Served, seconds: float = 30) -> None:
    """Wait until something is true; fails with what the server printed."""
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, f"it did not come about: {served.output}"
        time.sleep(0.05)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(instance: Path, log: Path, port: int | None = None, nursery: Nursery | None = None) -> Iterator[Served]:
    """Serve an instance, wait until it is up, and leave no process behind."""
    served = Served(instance, port or free_port(), log, nursery)
    try:
        served.wait_until_up()
        yield served
    finally:
        if served.process.poll() is None:
            os.killpg(served.process.pid, signal.SIGKILL)
            served.process.wait()


def link_in(output: str) -> str:
    """Find the path of the set-up link in what was printed."""
    found = re.search(r"https?://[^/]+(/-/signin\?token=\S+)", output)
    return found[1] if found else ""
