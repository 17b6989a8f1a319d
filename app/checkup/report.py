"""What the doctor found last, kept in a file by the job process: to look at everything is too dear for a web page."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from app.checkup.examination import examine
from app.checkup.finding import Finding
from app.results import write_json
from app.station import Station
from app.wiki.disk import refusing_when_full

FILE = "health.json"
ASKED_FILE = "health-asked"
EVERY = 600.0  # seconds
SHARE = 50  # a doctor who takes a minute rests for fifty
MISSED = 3  # times
_PAUSE = 2.0  # seconds until what needs care is looked at again


@dataclass(frozen=True, slots=True)
class Report:
    """All findings; when they were made (seconds since 1970), how long it took."""

    at: float
    seconds: float
    findings: tuple[Finding, ...]

    @property
    def rest(self) -> float:
        """Seconds until the next one is due."""
        return max(EVERY, SHARE * self.seconds)

    @property
    def care(self) -> list[Finding]:
        """The findings that somebody must see to."""
        return [one for one in self.findings if not one.is_good]

    def is_stale(self, now: float) -> bool:
        """Tell whether the next one should have come long ago."""
        return now - self.at > MISSED * self.rest


def keep_report(station: Station, now: float, pause: Callable[[], None] = lambda: time.sleep(_PAUSE)) -> str | None:
    """Examine the instance if it is time or somebody asked, and keep the findings; says what is new."""
    instance = station.config.instance
    last = read_report(instance)
    asked = instance / ASKED_FILE
    if last and 0 <= now - last.at < last.rest and not asked.exists():
        return None
    asked.unlink(missing_ok=True)
    start = time.monotonic()
    findings = tuple(examine(station, pause))
    report = Report(now, round(time.monotonic() - start, 3), findings)
    write_json(instance / FILE, asdict(report))
    subjects = [one.subject for one in report.care]
    is_news = subjects != [one.subject for one in (last.care if last else [])]
    return (f"needs care: {', '.join(subjects)}" if subjects else "all is well again") if is_news else None


def ask(instance: Path) -> None:
    """Ask for an examination; the job process makes it within seconds. Raises StorageFull."""
    with refusing_when_full():
        (instance / ASKED_FILE).touch()


def is_asked(instance: Path) -> bool:
    """Tell whether somebody asked and the job process has not begun yet."""
    return (instance / ASKED_FILE).exists()


def read_report(instance: Path) -> Report | None:
    """Read the last findings; None where there are none yet or the file is damaged."""
    try:
        kept = json.loads((instance / FILE).read_text(encoding="utf-8"))
        return Report(kept["at"], kept["seconds"], tuple(Finding(**one) for one in kept["findings"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
