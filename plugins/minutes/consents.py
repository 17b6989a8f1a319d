"""Decisions taken by consent between two meetings: polls of the site that were adopted, beside those of minutes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.plugin import list_polls
from plugins.minutes import meetings
from plugins.minutes.meetings import Decision, Meeting

if TYPE_CHECKING:
    from app.plugin import Viewer

ADOPTED, CONSENT = "adopted", "consent"


def load(door: Any, viewer: "Viewer", where: Mapping[str, tuple[str, ...]] | None = None) -> list[Decision]:
    """List what was adopted, as far as somebody may read it; none where the site asks nothing."""
    found = []
    for row, poll in list_polls(door, viewer, where):
        if poll.outcome and poll.outcome.kind == ADOPTED:
            meeting = Meeting(row, poll.outcome.day, meetings.VALID)
            found.append(Decision(meeting, "", poll.outcome.words or row.title, "", CONSENT, poll.outcome.review))
    return found


def latest_first(decisions: list[Decision]) -> list[Decision]:
    """Sort decisions of minutes and of polls by their day."""
    return sorted(decisions, key=lambda one: str(one.meeting.day or ""), reverse=True)
