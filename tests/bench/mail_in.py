"""Take an mbox in, in a process of its own, and say as JSON what it took.

`python -m tests.bench.mail_in INSTANCE LIST FILE [once]`: `once` leaves out the search and the second time. Seconds are those of the processor; the peak is that of this process alone.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app import create_app
from app.catalog import searching
from app.station import Station
from plugins.archive import importing, lists
from plugins.archive.archive import Archive
from plugins.archive.door import door_of
from plugins.archive.lists import MailList
from tests.bench.processes import forget_peak, memory

T = TypeVar("T")
_ROUNDS = 10_000  # of following the search; far more than there are


def main(instance: Path, name: str, file: Path, *, is_once: bool) -> None:
    """Import, follow with the search, import again."""
    site = create_app(instance)
    station: Station = site.extensions["gare"]
    archive = door_of(station).archive
    list_ = lists.make(
        archive.truth, name, "Liste de mesure", now=int(time.time()), address="liste@vallee.example", audience="public",
        is_shown=True,
    )  # fmt: skip
    before = memory(os.getpid()).rss
    forget_peak(os.getpid())
    found: dict[str, float] = {"before": before}
    found["import"], report = _worked(lambda: _import(archive, list_, file))
    found["import_peak"] = memory(os.getpid()).peak
    found |= {"there": report["already_there"], "added": 0}
    if not is_once:
        found["search"], found["indexed"] = _worked(lambda: _index(station))
        found["again"], second = _worked(lambda: _import(archive, list_, file))
        found |= {"added": second["new"], "peak": memory(os.getpid()).peak}
    site.extensions["gare"].close()
    sys.stdout.write(json.dumps(found))


def _import(archive: Archive, list_: MailList, file: Path) -> dict[str, int]:
    run = importing.carry_out(archive, importing.begin(archive, list_, file, "", is_dry=False))
    return {name: getattr(run.report, name) for name in ("new", "already_there")}


def _index(station: Station) -> int:
    """Bring the search up to the messages; gives how many it took."""
    done = 0
    for _ in range(_ROUNDS):
        if not (more := searching.follow(station.wiki)):
            break
        done += more
    return done


def _worked(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    done = work()
    return time.process_time() - start, done


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), is_once="once" in sys.argv[4:])
