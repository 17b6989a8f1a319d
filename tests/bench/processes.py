"""What Linux says about running processes: who started them, how much memory they hold."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
_RESET_PEAK = "5"
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Memory:
    """In MB: resident pages, the same with what is shared divided by its sharers, the highest `rss` so far."""

    rss: float
    pss: float
    peak: float


def memory(pid: int) -> Memory:
    """Measure a process; one that is gone holds nothing."""
    try:
        rollup, status = _read(pid, "smaps_rollup"), _read(pid, "status")
    except (FileNotFoundError, ProcessLookupError):
        return Memory(0.0, 0.0, 0.0)
    return Memory(rollup.get("Rss", 0.0), rollup.get("Pss", 0.0), status.get("VmHWM", 0.0))


def _read(pid: int, name: str) -> dict[str, float]:
    lines = (PROC / str(pid) / name).read_text().splitlines()
    pairs = (line.split(":", 1) for line in lines if line.endswith(" kB") and ":" in line)
    return {key: int(value.split()[0]) / 1024 for key, value in pairs}


def processor_time(pids: Iterable[int]) -> float:
    """Give the seconds that processes, their descendants and those of them that have ended have had a processor."""
    found = 0.0
    for pid in family(pids):
        try:
            found += sum(map(int, _stat(pid)[11:15])) / _TICKS
        except (FileNotFoundError, ProcessLookupError):  # then it counts with its parent
            continue
    return found


def forget_peak(pid: int) -> None:
    """Let the highest `rss` count from now on."""
    (PROC / str(pid) / "clear_refs").write_text(_RESET_PEAK)


def children(pid: int) -> list[int]:
    """List the processes that a process started and that still run."""
    return [child for child, parent in _parents() if parent == pid]


def family(pids: Iterable[int]) -> list[int]:
    """List processes with their children, the children of those, and so on."""
    started: dict[int, list[int]] = {}
    for child, parent in _parents():
        started.setdefault(parent, []).append(child)
    found, waiting = [], list(pids)
    while waiting:
        found.append(waiting.pop())
        waiting += started.get(found[-1], [])
    return found


def command_of(pid: int) -> str:
    """Give the command line of a process; empty when it is gone."""
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _parents() -> Iterator[tuple[int, int]]:
    for folder in PROC.iterdir():
        if folder.name.isdecimal():
            try:
                fields = _stat(int(folder.name))
            except (FileNotFoundError, ProcessLookupError):
                continue
            if fields[0] != "Z":
                yield int(folder.name), int(fields[1])


def _stat(pid: int) -> list[str]:
    """Give the fields of `stat` after the name, which may hold anything: the first is the state."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
