"""What an import does, line by line: shown before it is done, and after."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.calendar.schedule import Schedule
from app.errors import GareError

CREATED: Final = "created"
CHANGED: Final = "changed"
UNCHANGED: Final = "unchanged"
REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes of one line. `errors` are by the label of the field, `""` for the line as a whole."""

    line: int
    what: str
    title: str = ""
    path: str = ""
    errors: Sequence[tuple[str, GareError]] = ()
    schedule: Schedule | None = None  # when it takes place, where the file is a calendar


@dataclass(frozen=True, slots=True)
class Report:
    """What becomes of all lines. `unknown` are columns that were left out, `notes` how the file was read."""

    entries: Sequence[Entry]
    unknown: Sequence[str] = ()
    notes: Sequence[tuple[str, dict[str, object]]] = ()

    def count(self, what: str) -> int:
        """Count the lines of which this becomes."""
        return Counter(entry.what for entry in self.entries)[what]

    @property
    def refused(self) -> list[Entry]:
        """List the lines that are to be mended."""
        return [entry for entry in self.entries if entry.what == REFUSED]
