"""Backups by themselves: each night, kept 7 daily and 4 weekly, copied elsewhere; and when somebody presses the button.

`run` is asked every few seconds and is nearly always done at once. What became of the last attempt stands in a file,
for the doctor and the settings page.
"""

import json
import os
import shutil
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.backup.copying import copies_in, copy
from app.backup.retention import list_days, name_of, prune
from app.backup.writing import FOLDERS, write
from app.config import SECRET_FILE, Config
from app.errors import N_, GareError, Invalid, NotFound, StorageFull
from app.locks import only_one
from app.station import Station
from app.wiki.disk import refusing_when_full

FILE = "backup-attempt.json"
ASKED_FILE = "backup-asked"
LOCK_FILE = "backup-schedule"
DEFAULT_FOLDER = "backups"
RETRY = 3600  # seconds after a failure
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
        if not is_resting and _lacks_copy(station.config, last):
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
    try:
        with only_one(instance / LOCK_FILE) as is_free:
            return not is_free or (instance / ASKED_FILE).exists()
    except OSError:  # a disk that cannot be written any more: then least of all
        return False


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
    """Name all backups that this machine knows of, and where copies lie."""
    folders = {config.instance / DEFAULT_FOLDER, folder_of(config)}
    return sorted(str(file) for folder in folders for file in folder.glob("*.tar*")) + copies_in(config.backup_copy)


def _today(config: Config, now: float) -> datetime:
    return datetime.fromtimestamp(now, ZoneInfo(config.timezone))


def _days(config: Config) -> list[date]:
    """List the days that need no backup: those that have one, and the first, when there was nothing to keep yet."""
    born = (config.instance / SECRET_FILE).stat().st_mtime
    return [*list_days(folder_of(config)), _today(config, born).date()]


def _lacks_copy(config: Config, last: Attempt | None) -> bool:
    days = list_days(folder_of(config)) if config.backup_copy else []
    there = (last.copied, last.copied_to) if last else ("", "")
    return bool(days) and there != (name_of(days[-1]), config.backup_copy)


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
        if config.backup_copy:
            name = name_of(list_days(folder_of(config))[-1])
            copy(folder_of(config) / name, config.backup_copy, today)
            attempt = replace(attempt, copied=name, copied_to=config.backup_copy, copied_at=time.time())
            said.append(f"copied to {config.backup_copy}")
        attempt = replace(attempt, sentence="")
    except GareError as error:
        values = {key: str(value) for key, value in error.values.items()}
        attempt = replace(attempt, sentence=error.msgid, values=values)
        raise
    finally:
        _note(config.instance, attempt)
    return ", ".join(said)


def _make(station: Station, today: date) -> str:
    folder = _ready_folder(station.config)
    made = write(station, folder / name_of(today), lambda _what, _done, _all: None)
    removed = prune(folder, today)
    return f"{made.file.name} written, {round(made.size / 1e6, 1)} MB" + (f", {removed} old removed" if removed else "")


def _ready_folder(config: Config) -> Path:
    """Give the folder, with room in it and without what a killed writer left; one of the settings is never made."""
    folder = folder_of(config)
    if any(folder.resolve().is_relative_to((config.instance / inside).resolve()) for inside in _INSIDE):
        raise Invalid(N_("The folder of backups lies in what is backed up. Change “backup_folder”."))
    if not config.backup_folder:
        folder.mkdir(mode=0o700, exist_ok=True)
    if not folder.is_dir():
        raise NotFound(N_("The folder of backups, %(folder)s, is not there. Plug its disk in."), folder=str(folder))
    for draft in folder.glob(".gare-*.tar.gz.*"):
        if time.time() - draft.stat().st_mtime > _DRAFT_AGE:
            draft.unlink()
    _check_room(folder)
    return folder


def _check_room(folder: Path) -> None:
    """Refuse early what would fail after minutes of writing: a backup is about as large as the last one."""
    days, free = list_days(folder), shutil.disk_usage(folder).free
    needed = _SPARE + ((folder / name_of(days[-1])).stat().st_size if days else 0)
    if free < needed:
        sentence = N_("No room for a backup: %(free)s MB are free, it needs %(needed)s. Make room.")
        raise StorageFull(sentence, free=free // 1_000_000, needed=needed // 1_000_000)


def _note(instance: Path, attempt: Attempt) -> None:
    """Write it down; a full disk must not hide what went wrong before."""
    draft = instance / f"{FILE}.{os.getpid()}"
    with suppress(OSError):
        draft.write_text(json.dumps(asdict(attempt), indent=1), encoding="utf-8")
        draft.replace(instance / FILE)
