"""Ask for pages as fast as they come, over several connections at once: with `wrk`, else with processes of Python."""

import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tests.bench.client import Client

CONNECTIONS = 8
_SCRIPT = Path(__file__).with_name("load.lua")
_FAULTS = ("connect", "read", "write", "timeout", "status")  # as load.lua writes them
_GATHER = 1.0  # seconds until all processes of Python stand at the line


@dataclass(frozen=True, slots=True)
class Request:
    """An address, the ETag that the asker has already, the cookie of somebody who is signed in."""

    target: str
    etag: str = ""
    cookie: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Give what is sent along."""
        given = {"If-None-Match": self.etag, "Cookie": self.cookie}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Load:
    """How many answers came in how many seconds."""

    count: int
    seconds: float

    @property
    def rate(self) -> float:
        """Give answers per second."""
        return self.count / self.seconds


def tool() -> str:
    """Say what asks."""
    return "wrk" if shutil.which("wrk") else "Python (wrk is not installed: the rates are too low, the ratios hold)"


def load(port: int, requests: Sequence[Request], seconds: float) -> Load:
    """Ask until the seconds are over; raises RuntimeError when any answer is an error."""
    ask = _with_wrk if shutil.which("wrk") else _with_python
    count, faults, took = ask(port, requests, seconds)
    if faults or not count:
        raise RuntimeError(f"{count} answers; wrong: {faults or 'all'}")
    return Load(count, took)


def _with_wrk(port: int, requests: Sequence[Request], seconds: float) -> tuple[int, dict[str, int], float]:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("\n".join(f"{one.target}\t{one.etag}\t{one.cookie}" for one in requests))
        listed.flush()
        # wrk knows whole seconds only; a signal ends it earlier.
        command = ["timeout", "--signal=INT", str(seconds), "wrk", "-t1", f"-c{CONNECTIONS}", "-d60", "-s", str(_SCRIPT),
                   f"http://127.0.0.1:{port}", "--", listed.name, str(random.randrange(1 << 30))]  # fmt: skip
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    result = next((line.split() for line in said.splitlines() if line.startswith("RESULT ")), None)
    if result is None:
        raise RuntimeError(f"wrk said: {said}")
    count, microseconds, *counted = map(int, result[1:])
    faults = {name: number for name, number in zip(_FAULTS, counted, strict=True) if number}
    return count, faults, microseconds / 1e6


def _with_python(port: int, requests: Sequence[Request], seconds: float) -> tuple[int, dict[str, int], float]:
    start = time.time() + _GATHER
    with ProcessPoolExecutor(CONNECTIONS, mp_context=get_context("spawn")) as pool:
        runs = [pool.submit(_hammer, port, list(requests), start, seconds, seed) for seed in range(CONNECTIONS)]
        results = [run.result() for run in runs]
    errors = sum(errors for _, errors in results)
    return sum(count for count, _ in results), {"status": errors} if errors else {}, seconds


def _hammer(port: int, requests: list[Request], start: float, seconds: float, seed: int) -> tuple[int, int]:
    client, chance = Client(port), random.Random(seed)
    count = errors = 0
    time.sleep(max(0.0, start - time.time()))
    while time.time() < start + seconds:
        request = chance.choice(requests)
        answer = client.get(request.target, request.headers)
        count, errors = count + 1, errors + (answer.status >= 400)
    return count, errors
