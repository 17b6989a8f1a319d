"""The polls that somebody may read: those that are open, those that wait for their outcome, those that are closed."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.plugin import Poll, list_polls

if TYPE_CHECKING:
    from app.plugin import RecordRow, Viewer

FORM = "poll"  # in which one asks from the list


@dataclass(frozen=True, slots=True)
class Asked:
    """One poll."""

    row: "RecordRow"
    poll: Poll

    def is_open(self, today: date) -> bool:
        """Tell whether it is not closed, and its last day is not over."""
        return self.poll.outcome is None and (self.poll.until is None or today <= self.poll.until)

    def waits(self, today: date) -> bool:
        """Tell whether its last day is over and nobody wrote what became of it."""
        return self.poll.outcome is None and not self.is_open(today)


def load(door: Any, viewer: "Viewer") -> list[Asked]:
    """List the polls that somebody may read, the latest first, whatever form asks them."""
    found = sorted(list_polls(door, viewer), key=lambda pair: pair[0].edited_at, reverse=True)
    return [Asked(row, poll) for row, poll in found]


def by_end(found: list[Asked]) -> list[Asked]:
    """Sort open polls: what ends first at the top."""
    return sorted(found, key=lambda one: (one.poll.until is None, str(one.poll.until)))
