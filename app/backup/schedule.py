"""Backups by themselves: each night, kept 7 daily and 4 weekly, copied elsewhere; and when somebody presses the button.

`run` is asked every few seconds and is nearly always done at once. What became of the last attempt stands in a file,
for the doctor and the settings page.
"""

import json
import shutil
import time
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.exc import DBAPIError

from app.backup.copying import copies_in, copy
from app.backup.reading import FOLDERS
from app.backup.series import is_of_another, series_of
from app.backup.writing import write
from app.config import SECRET_FILE, Config
from app.errors import N_, GareError, Invalid, NotFound, StorageFull, Unavailable
from app.locks import is_held, only_one
from app.results import write_json
from app.station import Station
from app.wiki.disk import refusing_when_full

FILE = "backup-attempt.json"
ASKED_FILE = "backup-asked"
LOCK_FILE = "backup-schedule"
DEFAULT_FOLDER = "backups"
RETRY = 3600  # seconds after a failure
FAILED = N_("The backup failed (%(fault)s). Mend that, or tell who looks after the machine.")
STOPPED = N_("The last backup was stopped half-way. It is tried again within an hour.")
_DRAFT_AGE = 86_400  # seconds after which a half-written backup is nobody's any more
_SPARE = 50_000_000  # bytes that must stay free for the site
_INSIDE = ("content.git", "files", *FOLDERS)


@dataclass(frozen=True, slots=True)
class Attempt:
    """The last attempt: when (seconds since 1970), what failed, which backup lies elsewhere and since when.

    `sentence` is English, translated where it is shown; empty when all went well.
    """

    at: float
    sentence: str = ""
    values: dict[str, str] = field(default_factory=dict)
    copied: str = ""
    copied_to: str = ""
    copied_at: float = 0.0


def run(station: Station, now: float) -> str | None:
    """Make a backup if the hour has struck or somebody asked; else repeat a copy that failed. Says what it did."""
    instance = station.config.instance
    with only_one(instance / LOCK_FILE) as is_mine:
        if not is_mine:
            return None
        last = last_attempt(instance)
        is_resting = last is not None and bool(last.sentence) and 0 <= now - last.at < RETRY
        is_asked = (instance / ASKED_FILE).exists()
        (instance / ASKED_FILE).unlink(missing_ok=True)
        today = _today(station.config, now)
        if is_asked or (not is_resting and is_due(today, station.config.backup_hour, _days(station.config))):
            return _told(station, now, last, make=True)
        if not is_resting and _lacks_copy(station.config, last, today.date()):
            return _told(station, now, last, make=False)
        return None


def is_due(now: datetime, hour: int, days: list[date]) -> bool:
    """Tell whether the hour has struck since the last of these days; -1 never strikes. Pure."""
    if hour < 0:
        return False
    struck = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    day = now.date() if struck.timestamp() <= now.timestamp() else now.date() - timedelta(days=1)
    return not any(day <= one <= now.date() for one in days)


def ask(instance: Path) -> None:
    """Ask for a backup; the job process makes it within seconds. Raises StorageFull."""
    with refusing_when_full():
        (instance / ASKED_FILE).touch()


def is_under_way(instance: Path) -> bool:
    """Tell whether a backup was asked for, or is being made or copied."""
    return is_held(instance / LOCK_FILE) or (instance / ASKED_FILE).exists()


def last_attempt(instance: Path) -> Attempt | None:
    """Tell what became of the last attempt."""
    try:
        return Attempt(**json.loads((instance / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def folder_of(config: Config) -> Path:
    """Give the folder that backups lie in."""
    return config.instance / (config.backup_folder or DEFAULT_FOLDER)


def list_backups(config: Config) -> list[str]:
    """Name all backups of this wiki that this machine knows of, and where copies lie."""
    folders, series = {config.instance / DEFAULT_FOLDER, folder_of(config)}, series_of(config)
    files = [file for folder in folders for file in folder.glob("*.tar*") if not is_of_another(file.name, series)]
    return sorted(map(str, files)) + copies_in(config.backup_copy, series)


def _today(config: Config, now: float) -> datetime:
    return datetime.fromtimestamp(now, ZoneInfo(config.timezone))


def _days(config: Config) -> list[date]:
    """List the days that need no backup: those that have one, and the first, when there was nothing to keep yet."""
    born = (config.instance / SECRET_FILE).stat().st_mtime
    return [*series_of(config).list_days(folder_of(config)), _today(config, born).date()]


def _lacks_copy(config: Config, last: Attempt | None, today: date) -> bool:
    newest = _newest(config, today) if config.backup_copy else None
    there = (last.copied, last.copied_to) if last else ("", "")
    return newest is not None and there != (newest.name, config.backup_copy)


def _newest(config: Config, today: date) -> Path | None:
    folder, series = folder_of(config), series_of(config)
    day = series.newest_day(folder, today)
    return folder / series.name_of(day) if day else None


def _told(station: Station, now: float, last: Attempt | None, *, make: bool) -> str:
    """Make and copy, and note what became of it; raises what went wrong."""
    config, today = station.config, _today(station.config, now).date()
    attempt = replace(last or Attempt(now), at=now, sentence=STOPPED, values={})
    _note(config.instance, attempt)  # who is killed over it must not begin again at once
    said = []
    try:
        if make:
            said.append(_make(station, today))
            attempt = replace(attempt, copied="")  # today's may have lain elsewhere before: this one does not
        if config.backup_copy and (newest := _newest(config, today)):
            copy(newest, config.backup_copy, series_of(config), today)
            attempt = replace(attempt, copied=newest.name, copied_to=config.backup_copy, copied_at=time.time())
            said.append(f"copied to {config.backup_copy}")
        attempt = replace(attempt, sentence="")
    except (OSError, DBAPIError) as error:
        failure = Unavailable(FAILED, fault=_fault(error))
        attempt = _failed(attempt, failure)
        raise failure from error
    except GareError as error:
        attempt = _failed(attempt, error)
        raise
    finally:
        _note(config.instance, attempt)
    return ", ".join(said)


def _failed(attempt: Attempt, error: GareError) -> Attempt:
    values = {key: str(value) for key, value in error.values.items()}
    return replace(attempt, sentence=error.msgid, values=values)


def _fault(error: OSError | DBAPIError) -> str:
    """Say on one line what the system or the database says."""
    if isinstance(error, DBAPIError):
        return " ".join(str(error.orig).split())
    return f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}"


def _make(station: Station, today: date) -> str:
    folder, series = _ready_folder(station.config, today), series_of(station.config)
    made = write(station, folder / series.name_of(today), lambda _what, _done, _all: None)
    removed = series.prune(folder, today)
    return f"{made.file.name} written, {round(made.size / 1e6, 1)} MB" + (f", {removed} old removed" if removed else "")


def _ready_folder(config: Config, today: date) -> Path:
    """Give the folder, with room in it and without what a killed writer left; one of the settings is never made."""
    folder = folder_of(config)
    if any(folder.resolve().is_relative_to((config.instance / inside).resolve()) for inside in _INSIDE):
        raise Invalid(N_("The folder of backups lies in what is backed up. Change “backup_folder”."))
    if not config.backup_folder:
        folder.mkdir(mode=0o700, exist_ok=True)
    if not folder.is_dir():
        raise NotFound(N_("The folder of backups, %(folder)s, is not there. Plug its disk in."), folder=str(folder))
    for draft in folder.glob(f".gare-{series_of(config).mark}-*.tar.gz.*"):
        if time.time() - draft.stat().st_mtime > _DRAFT_AGE:
            draft.unlink()
    _check_room(folder, _newest(config, today))
    return folder


def _check_room(folder: Path, newest: Path | None) -> None:
    """Refuse early what would fail after minutes of writing: a backup is about as large as the last one."""
    free, needed = shutil.disk_usage(folder).free, _SPARE + (newest.stat().st_size if newest else 0)
    if free < needed:
        sentence = N_("No room for a backup: %(free)s MB are free, it needs %(needed)s. Make room.")
        raise StorageFull(sentence, free=free // 1_000_000, needed=needed // 1_000_000)


def _note(instance: Path, attempt: Attempt) -> None:
    """Write it down; a full disk must not hide what went wrong before."""
    write_json(instance / FILE, asdict(attempt))
