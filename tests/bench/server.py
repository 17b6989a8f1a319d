"""Start and stop what is measured: the site as `gare serve` runs it, and the control beside it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.client import Client
from tests.bench.processes import children, command_of, processor_time

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
_LOOK = 0.005  # seconds
_START_SECONDS = 60.0
_END_SECONDS = 20.0
_UNLIMITED = "1000000 per second"


def command(instance: Path, *words: str) -> list[str]:
    """Write a command line of `gare`."""
    return [sys.executable, "-m", "app.cli", "--instance", str(instance), *words]


def environment() -> dict[str, str]:
    """Give the environment of what is measured: no settings of whoever runs it, no limits to how often one may ask."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GARE_")}
    return {**kept, "GARE_REQUEST_RATE": _UNLIMITED, "GARE_WRITE_RATE": _UNLIMITED}


class Server:
    """A server in processes of its own. `seconds`: from its start to its first answer; `reader` is a client of it."""

    def __init__(self, start: Sequence[str], port: int, log: Path) -> None:
        self.port, self._log = port, log
        self._clients: list[Client] = []
        self.reader = self.client()
        begin = time.perf_counter()
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                start, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        self.seconds = time.perf_counter() - begin

    def _wait(self) -> None:
        deadline = time.perf_counter() + _START_SECONDS
        while True:
            try:
                status = self.reader.get("/").status
            except OSError:
                if self._process.poll() is not None or time.perf_counter() > deadline:
                    raise RuntimeError(f"the server does not answer: {self._log.read_text()[-2000:]}") from None
                time.sleep(_LOOK)
                continue
            if status != 200:
                raise RuntimeError(f"the home page is answered with {status}: {self._log.read_text()[-2000:]}")
            return

    def client(self) -> Client:
        """Make a client with a connection of its own, which is closed when the server stops."""
        self._clients.append(Client(self.port))
        return self._clients[-1]

    def workers(self) -> list[int]:
        """List gunicorn's worker processes; the job process, which is started beside them, is none."""
        return [pid for pid in children(self._process.pid) if " jobs " not in command_of(pid)]

    def processor_time(self) -> float:
        """Give the seconds that the workers and the programs that they start have had a processor."""
        return processor_time(self.workers())

    def stop(self) -> None:
        """End it, and whatever it started."""
        for client in self._clients:
            client.close()
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def serve(instance: Path) -> Server:
    """Start the site."""
    port = free_port()
    bind = f"127.0.0.1:{port}"
    start = command(instance, "serve", "--bind", bind, "--workers", str(WORKERS))
    return Server(start, port, instance / "bench-serve.log")


def serve_control(instance: Path, addresses: Sequence[str]) -> Server:
    """Start the control, which has the pages of these addresses in memory."""
    port, listed = free_port(), instance / "bench-addresses"
    listed.write_text("\n".join(addresses), encoding="utf-8")
    start = [sys.executable, "-m", "tests.bench.control", str(instance), f"127.0.0.1:{port}", str(WORKERS), str(listed)]
    return Server(start, port, instance / "bench-control.log")


def free_port() -> int:
    """Find a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
