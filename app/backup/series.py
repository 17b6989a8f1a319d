"""The backups that one wiki makes on schedule: told by their names from those of others in the same folder."""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path

from app.backup.retention import too_old
from app.config import Config

_NAME = re.compile(r"gare-([0-9a-f]{8})-(\d{4}-\d{2}-\d{2})\.tar\.gz")
_PART = re.compile(r"\.(gare-.+\.tar\.gz)(\.[0-9a-f]+)?\.part")  # a copy under way, or what is left of one


@dataclass(frozen=True, slots=True)
class Series:
    """The names of one wiki's backups; `mark` is 8 signs that no other wiki has. Files of others are nobody's here."""

    mark: str

    def name_of(self, day: date) -> str:
        """Name the backup of a day."""
        return f"gare-{self.mark}-{day.isoformat()}.tar.gz"

    def day_of(self, name: str) -> date | None:
        """Tell the day of a backup of this wiki that was made on schedule; None of every other file."""
        found = _NAME.fullmatch(name)
        try:
            return date.fromisoformat(found[2]) if found and found[1] == self.mark else None
        except ValueError:
            return None

    def is_part(self, name: str) -> bool:
        """Tell whether this is a copy of this wiki that is not whole."""
        found = _PART.fullmatch(name)
        return found is not None and self.day_of(found[1]) is not None

    def list_days(self, folder: Path) -> list[date]:
        """List the days of which there is a backup, oldest first."""
        return sorted(day for file in folder.glob("gare-*.tar.gz") if (day := self.day_of(file.name)))

    def newest_day(self, folder: Path, today: date) -> date | None:
        """Tell the newest day of which there is a backup; days to come were left by a clock that was wrong."""
        return max((day for day in self.list_days(folder) if day <= today), default=None)

    def prune(self, folder: Path, today: date) -> int:
        """Remove what is too old; gives the number."""
        gone = too_old(self.list_days(folder), today)
        for day in gone:
            (folder / self.name_of(day)).unlink(missing_ok=True)
        return len(gone)


def series_of(config: Config) -> Series:
    """Give the series of a wiki, by its key: the key comes back with a backup, and the wiki goes on with its series."""
    return Series(blake2b(config.secret_key.encode(), digest_size=4, person=b"backup").hexdigest())


def is_of_another(name: str, series: Series) -> bool:
    """Tell whether another wiki made this backup on its schedule."""
    return _NAME.fullmatch(name) is not None and series.day_of(name) is None
