"""What this machine can do by itself, to compare runs of different days and machines."""

import os
import platform
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.control import WORD
from tests.bench.load import Request, load, tool
from tests.bench.run import Run, median
from tests.bench.table import Row

_LOOPS = 200_000
_REPEAT = 15


class Others:
    """How much of the processors other programs take meanwhile: what was measured beside them is worth less."""

    def __init__(self) -> None:
        self._start, self._busy, self._own = time.monotonic(), _busy_seconds(), _own_seconds()

    def share(self) -> float:
        """Give their share since the start, from 0 to 1; to be asked when all that was started has ended."""
        elapsed = (time.monotonic() - self._start) * (os.cpu_count() or 1)
        taken = _busy_seconds() - self._busy - (_own_seconds() - self._own)
        return max(0.0, min(1.0, taken / elapsed))


def _busy_seconds() -> float:
    """Give the seconds that all processors worked since the machine started, what its host took away included."""
    user, nice, system, _idle, _waiting, *others = Path("/proc/stat").read_text().splitlines()[0].split()[1:9]
    return sum(map(int, (user, nice, system, *others))) / os.sysconf("SC_CLK_TCK")


def _own_seconds() -> float:
    return sum(os.times()[:4])


def describe() -> str:
    """Name machine and programs."""
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    return (
        f"{platform.system()} {platform.machine()}, {len(os.sched_getaffinity(0))} processors, "
        f"Python {platform.python_version()}, git {git}, asked by {tool()}"
    )


def measure_machine(run: Run) -> Iterator[Row]:
    """Measure the processor, the disk, the start of a process, Flask with nothing to do."""
    yield Row("machine: loop of 200,000 in Python", 0, _fastest(_loop), "ms")
    yield Row("machine: pack 1 MB (zlib)", 0, _fastest(_pack), "ms")
    with tempfile.TemporaryFile(dir=run.instance(run.largest)) as file:
        yield Row("machine: write 4 kB and sync", 0, _typical(lambda: _sync(file.fileno())), "ms")
    yield Row("machine: start git", 0, _typical(_start), "ms")
    word = load(run.control(run.largest).port, [Request(WORD)], run.effort.seconds).rate
    yield Row("machine: Flask says one word, behind gunicorn", 0, word, "/s")


def _loop() -> None:
    total = 0
    for number in range(_LOOPS):
        total += number & 7


def _pack() -> None:
    zlib.compress(b"Gare Centrale " * 75_000)


def _sync(file: int) -> None:
    os.pwrite(file, os.urandom(4096), 0)
    os.fsync(file)


def _start() -> None:
    subprocess.run(["git", "--version"], cwd=Path(__file__).parent, capture_output=True, check=True)


def _times(task: Callable[[], None]) -> list[float]:
    found = []
    for _ in range(_REPEAT):
        start = time.perf_counter()
        task()
        found.append((time.perf_counter() - start) * 1000)
    return found


def _fastest(task: Callable[[], None]) -> float:
    return min(_times(task))


def _typical(task: Callable[[], None]) -> float:
    return median(_times(task))
