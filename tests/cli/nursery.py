"""A process that has read the program and forks a server at each line: to read it costs more than to serve.

What it forks is what `gare serve` runs, in a session and with children of its own: it dies as any other server does.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]


class Forked:
    """A process that is no child of this one, with what tests ask of a `subprocess.Popen`."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """Tell whether it has ended: 0, of whatever it died."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self, timeout: float = 60) -> int:
        """Wait until it has ended."""
        deadline = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("a forked server", timeout)
            time.sleep(0.01)
        return 0

    def terminate(self) -> None:
        """Ask it to end."""
        os.kill(self.pid, signal.SIGTERM)


class Nursery:
    """The process that forks servers."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.nursery"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env={**os.environ, "LANGUAGE": "en"},
        )  # fmt: skip

    def start(self, arguments: list[str], log: Path) -> Forked:
        """Run `gare` with such arguments."""
        _stream(self._process.stdin).write(json.dumps([arguments, str(log)]) + "\n")
        _stream(self._process.stdin).flush()
        return Forked(int(_stream(self._process.stdout).readline()))

    def close(self) -> None:
        """End; servers that still run stay."""
        self._process.communicate()


def _stream(stream: IO[str] | None) -> IO[str]:
    assert stream
    return stream


def main() -> None:
    """Fork at each line of the standard input; nobody waits for the children but the kernel."""
    from app import web  # noqa: F401 - read, so that no child has to
    from app.cli import gare, server  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        arguments, log = json.loads(line)
        child = os.fork()
        if not child:
            _become(log)
            gare.main(arguments, prog_name="gare")
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _become(log: str) -> None:
    """Be a process as one is that was started: a session, signals, standard streams of its own."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    stream = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(stream, 1)
    os.dup2(stream, 2)


if __name__ == "__main__":
    main()
