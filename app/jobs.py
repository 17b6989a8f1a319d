"""Run what is due: the search follows the pages, the catalog is healed, pushes are noticed, backups are made.

`gare serve` runs `Runner.loop` in one process of its own beside the workers. Each lane is a thread, so that mail that
is slow to come never delays the search.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from app.answers import erasing as answers
from app.answers import looking
from app.backup import schedule
from app.catalog import rebuild as catalog_rebuild
from app.catalog import rolling, searching
from app.catalog.catalog import CatalogDamaged
from app.catalog.wiki import Wiki
from app.checkup import report as checkup
from app.comments import senders, writing
from app.database.engine import forget_traces
from app.errors import GareError
from app.follow.telling import tell_due
from app.hooks import Job
from app.locks import only_one
from app.outbox import sending
from app.people import forgetting
from app.proposals import erasing, waiting
from app.records import asking
from app.records import erasing as life
from app.records.exchange import kept
from app.results import Result, Results
from app.shipped import beginning
from app.station import Station

log = logging.getLogger(__name__)

CATALOG_LOCK = "catalog-writer"
TICK = 0.25  # seconds
AFTER_FAILURE = 5.0  # seconds until a job that failed is tried again, at least
PLUGINS_LANE = "plugins"  # of plugins' jobs that ask for none
NIGHT = range(2, 6)  # hours
_NO_PROGRESS: catalog_rebuild.Progress = lambda _what, _done, _all: None  # noqa: E731


class Runner:
    """Runs the jobs of one instance: all that are due once, or again and again."""

    def __init__(self, station: Station) -> None:
        self._results = Results(station.config.instance)
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
        last = self._results.last(job.name)
        if last is None:
            return True
        wait = max(job.every, AFTER_FAILURE) if last.error else job.every
        return not last.at <= time.time() < last.at + wait  # a clock that was set back must not stop the jobs

    def _run(self, job: Job) -> Result:
        start = time.time()
        said, error, sentence, values = None, None, "", {}
        try:
            said = job.run()
        except GareError as failure:
            error, sentence = str(failure), failure.msgid
            values = {key: str(value) for key, value in failure.values.items()}
        except Exception as failure:  # the border: no job may stop the others
            error = f"{type(failure).__name__}: {failure}"[:500]
            log.exception("job %s failed", job.name)
        self._tell(job.name, said, error)
        result = Result(time.time(), round(time.time() - start, 3), said, error, sentence, values)
        self._results.keep(job, result)
        return result

    def _tell(self, name: str, said: str | None, error: str | None) -> None:
        last = self._results.last(name)
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
        (
            Job("mail", 5.0, lambda: sending.send_due(station.truth, station.mail_config, station.settings.get())),
            Job("mail-tidy", 3600, lambda: sending.tidy(station.truth)),
        ),
        (
            Job("follow", 60, lambda: tell(station)),
            Job("answers", looking.EVERY, lambda: looking.look_after(station)),
            Job("records", asking.EVERY, lambda: asking.look_after(station)),
        ),
        (Job("backup", 5, lambda: back_up(station)),),
        (Job("health", 5, lambda: checkup.keep_report(station, time.time())),),
        (
            Job("forget", forgetting.EVERY, lambda: forget_expired(station)),
            Job("waiting-files", waiting.EVERY, lambda: waiting.remove_over(station)),
        ),
        (
            Job("plugins", 60, lambda: begin_plugins(station)),
            Job("occurrences", rolling.EVERY, lambda: roll_dates(station)),
            Job("upkeep", 900, lambda: maintain(wiki, station.config.instance, time.time())),
            *(job for job in station.hooks.jobs if job.lane == PLUGINS_LANE),
        ),
        *_lanes_of_plugins(station.hooks.jobs),
    ]


def _lanes_of_plugins(jobs: Sequence[Job]) -> list[Sequence[Job]]:
    """Group the jobs of plugins that asked for a lane of their own."""
    names = dict.fromkeys(job.lane for job in jobs if job.lane != PLUGINS_LANE)
    return [[job for job in jobs if job.lane == name] for name in names]


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


def forget_in_search(station: Station) -> None:
    """Let no trace stay in the search of what was removed, neither of pages nor of things of plugins."""
    searching.forget(station.wiki)


def tell(station: Station) -> str | None:
    """Queue the mails that tell people what happened."""
    try:
        return tell_due(station)
    except CatalogDamaged:
        return None  # they are told once the catalog is back


def back_up(station: Station) -> str | None:
    """Make a backup if it is time or somebody asked; what became of it is looked at next."""
    instance = station.config.instance
    before = schedule.last_attempt(instance)
    try:
        return schedule.run(station, time.time())
    finally:
        if schedule.last_attempt(instance) != before:
            checkup.ask(instance)


def forget_expired(station: Station) -> None:
    """Forget links, codes and sessions that have had their time, what was taken back, and who sent what is decided."""
    with station.truth.begin() as connection:
        forgetting.forget_expired(connection)
        writing.erase_ended(connection)
        senders.forget_senders(connection)
        erasing.forget_decided(connection)
        answers.forget_over(connection)
        life.forget_old(connection)
    kept.clean(station.config.instance)
    forget_traces(station.truth)  # also those of somebody who was erased while a backup was being made


def begin_plugins(station: Station) -> str | None:
    """Bring the ready forms of plugins that are on for the first time: of a newer program, of one that was added."""
    try:
        return beginning.begin(station)
    except CatalogDamaged:
        return None  # once it is back


def roll_dates(station: Station) -> str | None:
    """Work out the dates of series for the month that has begun."""
    try:
        return rolling.roll(station.wiki, station.today())
    except CatalogDamaged:
        return None  # a rebuild works them out


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
