"""What was done last, for the doctor and the settings page: in small files that are whole or not written at all.

`write_json` is the one way to write them; here, too, are those of the jobs, by the job process.
"""

import json
import logging
import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from app.hooks import Job

log = logging.getLogger(__name__)

FILE = "jobs.json"
WRITE_EVERY = 20.0  # seconds: a sign of life in jobs.json


@dataclass(frozen=True, slots=True)
class Result:
    """How a job ended: when (seconds since 1970), how long it took, what it said, what went wrong.

    Where that is an error of the family, its `sentence` and `values` come too, for those who read another language.
    """

    at: float
    seconds: float = 0.0
    said: str | None = None
    error: str | None = None
    sentence: str = ""
    values: dict[str, str] = field(default_factory=dict)


class Results:
    """The last result of each job; kept in `jobs.json` for `gare check`, the admin page and the next start."""

    def __init__(self, instance: Path) -> None:
        self._file = instance / FILE
        self._results = read_results(instance)
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
                write_json(self._file, {name: asdict(one) for name, one in self._results.items()})


def write_json(file: Path, content: Mapping[str, Any]) -> None:
    """Keep an object in a file; where the disk refuses it the old one stays, and whoever keeps it goes on."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(content, indent=1), encoding="utf-8")
        draft.replace(file)
    except OSError as error:
        log.warning("%s cannot be written: %s", file.name, error)
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _quiet(before: Result | None, result: Result) -> Result:
    """Keep what a job said last when it has nothing new to say."""
    return Result(result.at, result.seconds, before.said if before else None, None)


def read_results(instance: Path) -> dict[str, Result]:
    """Read the last results; empty where there are none yet or the file is damaged."""
    try:
        return {name: Result(**one) for name, one in json.loads((instance / FILE).read_text("utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def alive_at(results: Mapping[str, Result]) -> float | None:
    """Tell when a job last ran, in seconds since 1970; None before the first."""
    return max((result.at for result in results.values()), default=None)
