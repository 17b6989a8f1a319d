"""Which backups still hold what is erased today, and until when."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.backup.retention import last_day
from app.backup.schedule import folder_of, list_backups
from app.backup.series import series_of
from app.backup.writing import last_backup
from app.config import Config


@dataclass(frozen=True, slots=True)
class Holding:
    """The backups that there are: those on schedule go by themselves by a day, `others` when somebody deletes them."""

    until: date | None
    others: tuple[str, ...]


def holding(config: Config, now: float) -> Holding:
    """Tell what the backups of this moment hold, and until when; copies elsewhere are kept by the same rule."""
    series, today = series_of(config), datetime.fromtimestamp(now, ZoneInfo(config.timezone)).date()
    others = [name for name in list_holding(config) if config.backup_hour < 0 or not series.day_of(Path(name).name)]
    until = last_day(series.list_days(folder_of(config)), today) if config.backup_hour >= 0 else None
    return Holding(until, tuple(name for name in others if name != config.backup_copy))


def list_holding(config: Config) -> list[str]:
    """List the backups that this machine knows of, the last one made by hand too: they hold what is erased now."""
    known, last = list_backups(config), last_backup(config.instance)
    return known if last is None or str(last.file) in known or not last.file.exists() else [*known, str(last.file)]
