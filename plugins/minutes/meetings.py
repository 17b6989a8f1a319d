"""Meetings as their records say them: state, day, agenda items, decisions, actions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.plugin import RecordQuery

if TYPE_CHECKING:
    from app.plugin import RecordRow, Viewer

FORM = "minutes"
AGENDA, RUNNING, REREAD, VALID = "agenda", "running", "reread", "valid"
STATES = (AGENDA, RUNNING, REREAD, VALID)
MOST = 5000  # meetings of which registers are made
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; `day` is None where it says none that there is."""

    row: "RecordRow"
    day: date | None
    state: str

    def rows(self, name: str) -> list[dict[str, str]]:
        """List the rows of one of its tables: points, decisions, actions."""
        return rows_of(self.row.values.get(name))

    def text(self, name: str) -> str:
        """Give one of its answers that is a text."""
        said = self.row.values.get(name, "")
        return said if isinstance(said, str) else ""

    def names(self, name: str) -> list[str]:
        """Give one of its answers that are several words."""
        said = self.row.values.get(name, [])
        return [one for one in (said if isinstance(said, list) else [said]) if isinstance(one, str) and one]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided in a meeting; `how` is a key of the form, `review` the day to look at it again."""

    meeting: Meeting
    id: str
    what: str
    number: str
    how: str
    review: date | None


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody does; `done` is the day on which it was."""

    meeting: Meeting
    id: str
    what: str
    who: str
    due: date | None
    done: date | None

    def is_late(self, today: date) -> bool:
        """Tell whether it should be done by now."""
        return self.done is None and self.due is not None and self.due < today


def rows_of(said: Any) -> list[dict[str, str]]:
    """Take the rows of a table out of what a record says, whatever its shape."""
    items = said if isinstance(said, list) else [said]
    return [
        {name: text for name, text in item.items() if isinstance(text, str)} for item in items if isinstance(item, dict)
    ]


def day_of(text: str) -> date | None:
    """Read a day as records hold it; the library knows other ways to write one, such as 2026-W12-1."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def meeting_of(row: "RecordRow") -> Meeting:
    """Read the record of a meeting."""
    said, state = row.values.get("day", ""), row.values.get("step", "")
    return Meeting(row, day_of(said) if isinstance(said, str) else None, state if state in STATES else AGENDA)


def load(door: Any, viewer: "Viewer", where: Mapping[str, tuple[str, ...]] | None = None) -> list[Meeting]:
    """List the meetings that somebody may read, the latest first; none where their form is gone."""
    if door.find_form(viewer, FORM) is None:
        return []
    rows, _ = door.records(viewer, RecordQuery(FORM, where=where or {}, order="day", is_descending=True, limit=MOST))
    return [meeting_of(row) for row in rows]


def of_event(door: Any, viewer: "Viewer", event_id: str) -> list[Meeting]:
    """List the meetings that an event was or will be, the latest first."""
    return [one for one in load(door, viewer, {"event": (event_id,)}) if one.text("event") == event_id]


def decisions(meetings: list[Meeting]) -> Iterator[Decision]:
    """List what meetings decided."""
    for one in meetings:
        for row in one.rows("decisions"):
            yield Decision(
                one, row.get("id", ""), row.get("what", ""), row.get("number", ""), row.get("how", ""),
                day_of(row.get("review", "")),
            )  # fmt: skip


def actions(meetings: list[Meeting]) -> Iterator[Action]:
    """List what meetings ask somebody to do."""
    for one in meetings:
        for row in one.rows("actions"):
            yield Action(
                one, row.get("id", ""), row.get("what", ""), row.get("who", ""), day_of(row.get("due", "")),
                day_of(row.get("done", "")),
            )  # fmt: skip
