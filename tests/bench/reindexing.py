"""Run `gare reindex` in a process of its own and watch it: how long catalog and search take, how much memory."""

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.processes import family, forget_peak, memory
from tests.bench.server import ROOT, command, environment

_LOOK = 0.05  # seconds
_WEIGH = 0.5  # seconds: adding up the pages of a whole family of processes costs some milliseconds


@dataclass(frozen=True, slots=True)
class Reindexed:
    """Seconds and MB. `…_peak` is that of the process itself, `family_peak` of it with its children together (PSS)."""

    catalog: float
    search: float
    catalog_peak: float
    search_peak: float
    family_peak: float


def reindex(instance: Path) -> Reindexed:
    """Rebuild the catalog, which is put in place by a rename that can be seen from outside, then the search."""
    start = time.perf_counter()
    with subprocess.Popen(command(instance, "reindex"), cwd=ROOT, env=environment()) as process:
        watch = _Watch(process.pid, instance / "catalog.db")
        while process.poll() is None:
            watch.look()
            time.sleep(_LOOK)
    end = time.perf_counter()
    if process.returncode or not watch.swapped:
        raise RuntimeError(f"gare reindex ended with {process.returncode}")
    return Reindexed(watch.swapped - start, end - watch.swapped, watch.catalog_peak, watch.search_peak, watch.family)


class _Watch:
    def __init__(self, pid: int, catalog: Path) -> None:
        self._pid, self._catalog = pid, catalog
        self._before, self._weighed = _identity(catalog), 0.0
        self.swapped = self.catalog_peak = self.search_peak = self.family = 0.0

    def look(self) -> None:
        now = time.perf_counter()
        if self.swapped:
            self.search_peak = max(self.search_peak, memory(self._pid).peak)
        elif _identity(self._catalog) != self._before:
            self.swapped, self.catalog_peak = now, memory(self._pid).peak
            forget_peak(self._pid)
        if now - self._weighed > _WEIGH:
            self._weighed = now
            self.family = max(self.family, sum(memory(one).pss for one in family([self._pid])))


def _identity(file: Path) -> int:
    try:
        return file.stat().st_ino
    except FileNotFoundError:
        return 0
