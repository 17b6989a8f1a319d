"""Imports as they stand in the table: what was given, how far it came, what became of it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, Row, delete, insert, select, update

from app.errors import N_, NotFound
from plugins.archive.tables import runs

if TYPE_CHECKING:
    from plugins.archive.taking_in import Counts

WAITING, LOOKING, RUNNING, DONE, STOPPED = "waiting", "looking", "running", "done", "stopped"
UNDOING, UNDONE = "undoing", "undone"
OPEN = (WAITING, LOOKING, RUNNING, UNDOING)  # what the job has still to do
MOST_NOTES = 500
GONE = N_("There is no such import here any more.")
_COUNTED = ("read", "new", "already_there", "other_version", "kept_away", "repaired", "unreadable")


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an import: `size` and `done` in bytes, `months` by numbers such as 202603.

    A note is a place in the source and an English msgid. `trouble` is what stops it just now (English msgid, `""`:
    nothing), `again_at` when it goes on by itself (seconds since 1970), `attempts` how often it broke off unforeseen.
    """

    kind: str = ""
    size: int = 0
    done: int = 0
    read: int = 0
    new: int = 0
    already_there: int = 0
    other_version: int = 0
    kept_away: int = 0
    repaired: int = 0
    unreadable: int = 0
    skipped: int = 0
    months: dict[int, int] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()
    trouble: str = ""
    again_at: int = 0
    attempts: int = 0

    def plus(self, counts: "Counts") -> "Report":
        """Add what became of some more messages."""
        sums = {name: getattr(self, name) + getattr(counts, name) for name in _COUNTED}
        months = dict(self.months)
        for month, count in counts.months.items():
            months[month] = months.get(month, 0) + count
        return replace(self, **sums, months=months).noting(counts.notes)

    def noting(self, notes: Sequence[tuple[str, str]]) -> "Report":
        """Add notes, as many as are kept."""
        return replace(self, notes=(*self.notes, *notes)[:MOST_NOTES])

    def to_json(self) -> str:
        """Write it down."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Report":
        """Read what was written down."""
        said: dict[str, Any] = json.loads(text)
        known = {name: said[name] for name in cls.__slots__ if name in said}
        known["months"] = {int(month): count for month, count in known.get("months", {}).items()}
        known["notes"] = tuple((place, why) for place, why in known.get("notes", ()))
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Run:
    """One import; the words are those of `tables.runs`."""

    id: int
    list_id: int
    source: str
    file: str
    state: str
    is_dry: bool
    made_by: str
    begun_at: int
    ended_at: int | None
    place: str
    report: Report

    @property
    def is_open(self) -> bool:
        """Tell whether something of it has still to be done."""
        return self.state in OPEN

    @property
    def may_be_undone(self) -> bool:
        """Tell whether something came in with it, and it is over."""
        return not self.is_dry and self.state in (DONE, STOPPED)


def _run(row: Row[Any]) -> Run:
    return Run(**{**row._mapping, "report": Report.from_json(row.report)})


def add(truth: Engine, list_id: int, source: str, file: str, by: str, now: int, *, is_dry: bool) -> Run:
    """Write a new import down; it waits."""
    values = {
        "list_id": list_id, "source": source, "file": file, "state": WAITING, "is_dry": is_dry, "made_by": by,
        "begun_at": now,
    }  # fmt: skip
    with truth.begin() as connection:
        made = connection.execute(insert(runs).values(values).returning(runs.c.id)).scalar_one()
    return get(truth, made)


def get(truth: Engine, number: int) -> Run:
    """Give one; raises NotFound."""
    with truth.connect() as connection:
        row = connection.execute(select(runs).where(runs.c.id == number)).first()
    if row is None:
        raise NotFound(GONE)
    return _run(row)


def of_list(truth: Engine, list_id: int) -> list[Run]:
    """Give those of a list, the latest first."""
    with truth.connect() as connection:
        found = connection.execute(select(runs).where(runs.c.list_id == list_id).order_by(runs.c.id.desc()))
        return [_run(row) for row in found]


def still_open(truth: Engine) -> list[Run]:
    """Give those of which something has still to be done, in their order."""
    with truth.connect() as connection:
        return [_run(row) for row in connection.execute(select(runs).where(runs.c.state.in_(OPEN)).order_by(runs.c.id))]


def with_file(truth: Engine) -> list[Run]:
    """Give those whose source is still named."""
    with truth.connect() as connection:
        return [_run(row) for row in connection.execute(select(runs).where(runs.c.file != ""))]


def store(truth: Engine, number: int, *, before: Sequence[str] = (), **values: Any) -> bool:
    """Keep new values; with `before`, only if its state is still one of these: somebody may have stopped it."""
    if "report" in values:
        values["report"] = values["report"].to_json()
    change = update(runs).where(runs.c.id == number)
    if before:
        change = change.where(runs.c.state.in_(before))
    with truth.begin() as connection:
        return connection.execute(change.values(values)).rowcount == 1


def forget(truth: Engine, number: int) -> None:
    """Let an import be written down nowhere."""
    with truth.begin() as connection:
        connection.execute(delete(runs).where(runs.c.id == number))
