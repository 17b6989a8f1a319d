"""Decisions taken by consent between two meetings: polls of the site that were adopted, beside those of minutes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.plugin import RecordQuery, poll_of
from plugins.minutes import meetings
from plugins.minutes.meetings import Decision, Meeting

if TYPE_CHECKING:
    from app.plugin import Viewer

FORM = "poll"
ADOPTED, CONSENT = "adopted", "consent"


def load(
    door: Any, viewer: "Viewer", where: Mapping[str, tuple[str, ...]] | None = None, words: str = ""
) -> list[Decision]:
    """List what was adopted, as far as somebody may read it; none where the site asks nothing."""
    form = door.find_form(viewer, FORM)
    if form is None:
        return []
    rows, _ = door.records(viewer, RecordQuery(FORM, where or {}, words, limit=meetings.MOST))
    found = []
    for row in rows:
        poll = poll_of(form, row.values)
        if poll and poll.outcome and poll.outcome.kind == ADOPTED:
            meeting = Meeting(row, poll.outcome.day, meetings.VALID)
            found.append(Decision(meeting, "", poll.outcome.words or row.title, "", CONSENT, poll.outcome.review))
    return found


def latest_first(decisions: list[Decision]) -> list[Decision]:
    """Sort decisions of minutes and of polls by their day."""
    return sorted(decisions, key=lambda one: str(one.meeting.day or ""), reverse=True)
