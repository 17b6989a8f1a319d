"""Take the mails of an export in: message by message, to its end, whatever happens on the way.

How far a run came is written down after every PIECE of messages. Whoever begins it again, after the process was killed,
the disk was full or the power was cut, goes on there; what was kept in between is recognised and counted as new.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.errors import N_, Conflict, GareError, StorageFull, Unavailable
from app.plugin import only_one
from plugins.archive import incoming, lists, runs, undoing
from plugins.archive.rows import messages
from plugins.archive.runs import DONE, LOOKING, OPEN, RUNNING, STOPPED, UNDOING, WAITING, Report, Run
from plugins.archive.sources.opening import Source, open_source
from plugins.archive.sources.raw import Raw, Skipped
from plugins.archive.taking_in import Counts, take_in

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

log = logging.getLogger(__name__)

PIECE = 1000  # messages
PIECE_BYTES = 50_000_000
MOST_ATTEMPTS = 3
PAUSE = 60  # seconds until a run that cannot go on is tried again
FULL = N_("The disk is full. Make room: the import then goes on by itself.")
BUSY = N_("The messages cannot be written just now. The import goes on by itself.")
ENDED = N_("The rest of the file cannot be read.")
ODD = N_("This message could not be taken in.")
AGAIN = N_("This cannot be done now: the import is at work, or over.")
Tell = Callable[[int, int], None]  # bytes done, bytes in all


def _quiet(_done: int, _all: int) -> None:
    return


def check_source(path: Path) -> None:
    """Refuse what holds no mail; raises Invalid."""
    open_source(path)


def begin(archive: "Archive", list_: "MailList", path: Path, by: str, *, is_dry: bool, name: str = "") -> Run:
    """Write an import down, for the job or `carry_out`; raises Invalid where there is no mail in `path`."""
    source = open_source(path)
    made = runs.add(archive.truth, list_.id, name or path.name, str(path), by, int(time.time()), is_dry=is_dry)
    runs.store(archive.truth, made.id, report=Report(kind=source.kind, size=source.size))
    return runs.get(archive.truth, made.id)


def go_on(archive: "Archive", run: Run) -> None:
    """Let what was only looked at be taken in; raises Conflict where there is nothing to take."""
    report = Report(kind=run.report.kind, size=run.report.size)
    if not run.is_dry or not run.file or not runs.store(
        archive.truth, run.id, before=(DONE,), state=WAITING, is_dry=False, place="", report=report, ended_at=None
    ):  # fmt: skip
        raise Conflict(AGAIN)


def stop(archive: "Archive", run: Run) -> None:
    """Give a run up; what is in stays in, until it is undone. Its source is removed."""
    if not runs.store(
        archive.truth, run.id, before=(WAITING, LOOKING, RUNNING, DONE), state=STOPPED, ended_at=int(time.time()),
        file="",
    ):  # fmt: skip
        raise Conflict(AGAIN)
    incoming.remove(archive, run.file)


def ask_to_undo(archive: "Archive", run: Run) -> None:
    """Let the job take a run back."""
    report = replace(run.report, trouble="", again_at=0)
    if run.is_dry or not runs.store(archive.truth, run.id, before=(DONE, STOPPED), state=UNDOING, report=report):
        raise Conflict(AGAIN)


def carry_out(archive: "Archive", run: Run, tell: Tell = _quiet) -> Run:
    """Do what is to do of a run, from where it stands; does nothing while another process is at it."""
    with only_one(incoming.lock_of(archive, run.id)) as is_mine:
        run = runs.get(archive.truth, run.id)
        if is_mine and run.is_open:
            _do(archive, run, tell)
    return runs.get(archive.truth, run.id)


def run_due(archive: "Archive") -> str | None:
    """Do what is waiting; gives a sentence for the log."""
    incoming.tidy(archive)
    now = time.time()
    done = [carry_out(archive, run) for run in runs.still_open(archive.truth) if run.report.again_at <= now]
    return f"{len(done)} imports of mails" if done else None


# -- doing -----------------------------------------------------------------------------------------------------------


def _do(archive: "Archive", run: Run, tell: Tell) -> None:
    list_ = next(one for one in lists.load(archive.truth) if one.id == run.list_id)
    try:
        if run.state == UNDOING:
            undoing.undo(archive, list_, run)
        else:
            _Work(archive, list_, run, tell).through()
    except (GareError, OSError, OperationalError) as error:
        trouble = _trouble(error)
        log.warning("import %s: %s", run.id, error)
        _pause(archive, run.id, trouble)
    except Exception:  # the border: what is wrong with one import must not keep the others waiting
        log.exception("import %s", run.id)
        _break_off(archive, run.id)


def _break_off(archive: "Archive", number: int) -> None:
    """Try it again later, and give it up after some times; what is in stays in."""
    run = runs.get(archive.truth, number)
    attempts = run.report.attempts + 1
    report = replace(run.report, trouble=ODD, again_at=int(time.time()) + PAUSE, attempts=attempts)
    is_over = attempts >= MOST_ATTEMPTS
    runs.store(archive.truth, number, before=OPEN, report=report, **({"state": STOPPED, "file": ""} if is_over else {}))
    if is_over:
        incoming.remove(archive, run.file)


def _trouble(error: Exception) -> str:
    return FULL if _is_full(error) else BUSY


def _is_full(error: Exception) -> bool:
    if isinstance(error, StorageFull):
        return True
    if isinstance(error, OSError):
        return incoming.is_full(error)
    return "full" in str(error) or "disk I/O error" in str(error)


def _pause(archive: "Archive", number: int, trouble: str) -> None:
    """Say what stops a run; on a full disk perhaps nothing can be said, and it goes on all the same."""
    try:
        run = runs.get(archive.truth, number)
        report = replace(run.report, trouble=trouble, again_at=int(time.time()) + PAUSE)
        runs.store(archive.truth, number, before=OPEN, report=report)
    except (GareError, OperationalError):
        log.warning("import %s: how it goes cannot be written down", number)


@dataclass
class _Work:
    """One run at work."""

    archive: "Archive"
    list_: "MailList"
    run: Run
    tell: Tell

    def through(self) -> None:
        """Read the source from where the run stands to its end."""
        source = open_source(Path(self.run.file))
        state, report = (LOOKING if self.run.is_dry else RUNNING), self._recovered()
        if not runs.store(self.archive.truth, self.run.id, before=OPEN, state=state, report=report):
            return
        report = self._look(source, report) if self.run.is_dry else self._take(source, report)
        if report is None:
            return  # somebody stopped it
        is_kept = self.run.is_dry  # until somebody decides
        is_over = runs.store(
            self.archive.truth, self.run.id, before=OPEN, state=DONE, ended_at=int(time.time()),
            report=replace(report, done=source.size), file=self.run.file if is_kept else "",
        )  # fmt: skip
        if is_over and not is_kept:
            incoming.remove(self.archive, self.run.file)

    def _recovered(self) -> Report:
        """Give the report, corrected by what was taken in but not written down before the process died."""
        report = replace(self.run.report, trouble="", again_at=0)
        if self.run.is_dry:
            return Report(kind=report.kind, size=report.size)
        kept = self._months()
        lost = sum(kept.values()) - report.new  # it will be met again, and taken for old
        return replace(report, new=report.new + lost, already_there=report.already_there - lost, months=kept)

    def _months(self) -> dict[int, int]:
        wanted = select(messages.c.month, func.count()).where(messages.c.run_id == self.run.id)
        with self.archive.rows.connect() as connection:
            return {int(month): count for month, count in connection.execute(wanted.group_by(messages.c.month))}

    def _look(self, source: Source, report: Report) -> Report | None:
        """Count what would come in; all at once, so that what stands twice in it is counted once."""
        skipped: list[Skipped] = []
        counts = take_in(
            self.archive, self.list_, self._told(self._raws(iter(source), skipped), source), now=int(time.time()),
            is_dry=True,
        )  # fmt: skip
        return _with_skipped(report.plus(counts), skipped)

    def _told(self, raws: Iterator[Raw], source: Source) -> Iterator[Raw]:
        for number, raw in enumerate(raws):
            if number % PIECE == 0:
                self.tell(source.read_bytes, source.size)
                said = Report(kind=source.kind, size=source.size, done=source.read_bytes, read=number)
                if not runs.store(self.archive.truth, self.run.id, before=(LOOKING,), report=said):
                    return
            yield raw

    def _take(self, source: Source, report: Report) -> Report | None:
        items, skipped = self._after_place(source), list[Skipped]()
        raws = self._raws(items, skipped)
        while piece := _piece(raws):
            report = _with_skipped(self._one_piece(piece, report), skipped)
            skipped.clear()
            report = replace(report, done=source.read_bytes)
            self.tell(source.read_bytes, source.size)
            if not runs.store(
                self.archive.truth, self.run.id, before=(RUNNING,), place=piece[-1].place, report=report
            ):  # fmt: skip
                return None
        return _with_skipped(report, skipped)

    def _one_piece(self, piece: list[Raw], report: Report) -> Report:
        try:
            return report.plus(self._kept(piece))
        except (GareError, OSError, OperationalError):
            raise
        except Exception:
            log.exception("import %s: one by one from %s", self.run.id, piece[0].place)
        before = report.new
        for raw in piece:
            try:
                report = report.plus(self._kept([raw]))
            except (GareError, OSError, OperationalError):
                raise
            except Exception:
                log.exception("import %s: %s", self.run.id, raw.place)
                report = replace(report, read=report.read + 1, unreadable=report.unreadable + 1)
                report = report.noting([(raw.place, ODD)])
        # what a part of the piece had kept before it failed was taken for old just now
        lost = sum(self._months().values()) - report.new if report.new >= before else 0
        return replace(report, new=report.new + lost, already_there=report.already_there - lost, months=self._months())

    def _kept(self, piece: list[Raw]) -> Counts:
        return take_in(self.archive, self.list_, piece, run_id=self.run.id, now=int(time.time()))

    def _after_place(self, source: Source) -> Iterator[Raw | Skipped]:
        """Give what comes after the place that the run has reached; all of it where that place is not met."""
        items = iter(source)
        if not self.run.place:
            return items
        for item in items:
            if item.place == self.run.place and isinstance(item, Raw):
                return items
        return iter(source)

    def _raws(self, items: Iterator[Raw | Skipped], skipped: list[Skipped]) -> Iterator[Raw]:
        """Give the messages, and put aside what is none; a source that breaks ends there."""
        last = ""
        while True:
            try:
                item = next(items, None)
            except (StorageFull, Unavailable, MemoryError):
                raise
            except Exception:
                log.exception("import %s: source", self.run.id)
                skipped.append(Skipped(last, ENDED))
                return
            if item is None:
                return
            last = item.place
            if isinstance(item, Skipped):
                skipped.append(item)
            else:
                yield item


def _piece(raws: Iterator[Raw]) -> list[Raw]:
    piece: list[Raw] = []
    size = 0
    for raw in islice(raws, PIECE):
        piece.append(raw)
        size += len(raw.content)
        if size > PIECE_BYTES:
            break
    return piece


def _with_skipped(report: Report, skipped: list[Skipped]) -> Report:
    notes = [(one.place, one.why) for one in skipped]
    return replace(report, skipped=report.skipped + len(skipped)).noting(notes)
