"""Run what is due: the search follows the pages, the catalog is healed, pushes are noticed, git is packed at night.

`gare serve` runs `Runner.loop` in one process of its own beside the workers. Each lane is a thread, so that mail that
is slow to come never delays the search.
"""

import fcntl
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from app.catalog import rebuild as catalog_rebuild
from app.catalog import searching
from app.catalog.catalog import CatalogDamaged
from app.catalog.wiki import Wiki
from app.errors import GareError
from app.hooks import Job
from app.station import Station

log = logging.getLogger(__name__)

FILE = "jobs.json"
CATALOG_LOCK = "catalog-writer"
TICK = 0.25  # seconds
AFTER_FAILURE = 5.0  # seconds until a job that failed is tried again, at least
WRITE_EVERY = 20.0  # seconds: a sign of life in jobs.json
NIGHT = range(2, 6)  # hours
_NO_PROGRESS: catalog_rebuild.Progress = lambda _what, _done, _all: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class Result:
    """How a job ended: when (seconds since 1970), how long it took, what it said, what went wrong."""

    at: float
    seconds: float = 0.0
    said: str | None = None
    error: str | None = None


class Report:
    """The last result of each job; kept in `jobs.json` for `gare check`, the admin page and the next start."""

    def __init__(self, instance: Path) -> None:
        self._file = instance / FILE
        self._results = read_report(instance)
        self._lock = threading.Lock()
        self._written = 0.0

    def last(self, name: str) -> Result | None:
        """Give the last result of a job, from before a restart too."""
        return self._results.get(name)

    def keep(self, job: Job, result: Result) -> None:
        """Keep a result. Jobs that run every second are not written each time, but when they say something new."""
        with self._lock:
            before = self._results.get(job.name)
            self._results[job.name] = result if result.said or result.error else _quiet(before, result)
            is_news = bool(result.said) or (before.error if before else None) != result.error
            if is_news or job.every >= WRITE_EVERY or result.at - self._written > WRITE_EVERY:
                self._written = result.at
                self._write()

    def _write(self) -> None:
        """Write the report; on a full disk the old one stays, and the jobs go on."""
        draft = self._file.with_suffix(f".{os.getpid()}")
        try:
            draft.write_text(json.dumps({name: asdict(one) for name, one in self._results.items()}, indent=1))
            draft.replace(self._file)
        except OSError as error:
            log.warning("%s cannot be written: %s", self._file.name, error)
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _quiet(before: Result | None, result: Result) -> Result:
    """Keep what a job said last when it has nothing new to say."""
    return Result(result.at, result.seconds, before.said if before else None, None)


def read_report(instance: Path) -> dict[str, Result]:
    """Read the last results; empty where there are none yet or the file is damaged."""
    try:
        return {name: Result(**one) for name, one in json.loads((instance / FILE).read_text()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


class Runner:
    """Runs the jobs of one instance: all that are due once, or again and again."""

    def __init__(self, station: Station) -> None:
        self._report = Report(station.config.instance)
        self._lanes = lanes(station)

    def once(self) -> list[tuple[str, Result]]:
        """Run everything that is due, one after another; gives what was run."""
        return [(job.name, self._run(job)) for lane in self._lanes for job in lane if self._is_due(job)]

    def loop(self, stop: threading.Event, is_orphan: Callable[[], bool] = lambda: False) -> None:
        """Run what is due until `stop` is set, the parent process is gone, or a lane has died.

        Then the whole process ends, and `gare serve` starts another: one in which a lane is missing looks alive.
        """
        threads = [threading.Thread(target=self._follow, args=(lane, stop), daemon=True) for lane in self._lanes]
        for thread in threads:
            thread.start()
        while not stop.wait(TICK) and not is_orphan() and all(thread.is_alive() for thread in threads):
            pass
        stop.set()
        for thread in threads:
            thread.join(timeout=2)

    def _follow(self, lane: Sequence[Job], stop: threading.Event) -> None:
        while not stop.is_set():
            for job in lane:
                if not stop.is_set() and self._is_due(job):
                    self._run(job)
            stop.wait(TICK)

    def _is_due(self, job: Job) -> bool:
        last = self._report.last(job.name)
        if last is None:
            return True
        wait = max(job.every, AFTER_FAILURE) if last.error else job.every
        return not last.at <= time.time() < last.at + wait  # a clock that was set back must not stop the jobs

    def _run(self, job: Job) -> Result:
        start = time.time()
        said, error = None, None
        try:
            said = job.run()
        except GareError as failure:
            error = str(failure)
        except Exception as failure:  # the border: no job may stop the others
            error = f"{type(failure).__name__}: {failure}"[:500]
            log.exception("job %s failed", job.name)
        self._tell(job.name, said, error)
        result = Result(time.time(), round(time.time() - start, 3), said, error)
        self._report.keep(job, result)
        return result

    def _tell(self, name: str, said: str | None, error: str | None) -> None:
        last = self._report.last(name)
        if error and (last is None or last.error != error):
            log.warning("%s: %s", name, error)
        elif said:
            log.info("%s: %s", name, said)


def lanes(station: Station) -> list[Sequence[Job]]:
    """List the jobs, those of one lane one after another; lanes run side by side."""
    wiki = station.wiki
    return [
        (
            Job("catalog", 1.0, lambda: heal_catalog(wiki)),
            Job("outside", 1.0, lambda: notice_pushes(wiki)),
        ),
        (Job("search", 0.5, lambda: follow_search(wiki)),),
        (Job("upkeep", 900, lambda: maintain(wiki, station.config.instance, time.time())), *station.hooks.jobs),
    ]


def heal_catalog(wiki: Wiki) -> str | None:
    """Build the catalog anew where it is gone, damaged or of another version of the program."""
    if wiki.catalog.is_sound():
        return None
    return rebuild_catalog(wiki)


def rebuild_catalog(
    wiki: Wiki, progress: catalog_rebuild.Progress = _NO_PROGRESS, *, is_patient: bool = False
) -> str | None:
    """Build the catalog anew; where another process is at it, wait for its end or, impatient, leave it to that one."""
    with only_one(wiki.instance / CATALOG_LOCK, is_patient=is_patient) as is_mine:
        if not is_mine:
            return None
        return f"catalog rebuilt: {catalog_rebuild.rebuild(wiki, progress)} pages"


def drop_half_built(wiki: Wiki) -> None:
    """Throw away the half-built catalog of a rebuild that was stopped, so that nothing of it comes into the next."""
    with only_one(wiki.instance / CATALOG_LOCK, is_patient=True):
        catalog_rebuild.remove_database(wiki.catalog.file.with_suffix(".building"))


def notice_pushes(wiki: Wiki) -> str | None:
    """Take in what was pushed from outside."""
    try:
        wiki.catch_up()
    except CatalogDamaged:
        wiki.catalog.mark_damaged()  # then `heal_catalog` has its turn
    return None


def follow_search(wiki: Wiki) -> str | None:
    """Let the search index follow the catalog."""
    try:
        done = searching.follow(wiki)
    except CatalogDamaged:
        return None  # it follows once the catalog is back
    return f"{done} pages" if done else None


def maintain(wiki: Wiki, instance: Path, now: float) -> str | None:
    """Let git pack its objects, once a night; where the machine is off at night, every third day.

    `now` is in seconds since 1970; nights are the machine's.
    """
    mark = instance / "upkeep"
    if not mark.exists():  # a new instance has nothing to pack
        mark.touch()
        return None
    days = (now - mark.stat().st_mtime) / 86_400
    is_night = time.localtime(now).tm_hour in NIGHT
    if days < 0.8 or (not is_night and days < 3):
        return None
    wiki.store.maintain()
    mark.touch()
    return "packed"


@contextmanager
def only_one(file: Path, *, is_patient: bool = False) -> Iterator[bool]:
    """Hold a lock, if nobody else does or one can wait; the kernel frees it when the holder dies."""
    with file.open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | (0 if is_patient else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def alive_at(results: Mapping[str, Result]) -> float | None:
    """Tell when a job last ran, in seconds since 1970; None before the first."""
    return max((result.at for result in results.values()), default=None)
