"""What the weekly mail says of meetings: minutes that came, what is to be done; for the check-up, what is late."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from app.errors import N_
from app.plugin import OPERATOR, Line, Section
from plugins.minutes import consents, meetings

if TYPE_CHECKING:
    from app.plugin import Station, Viewer

MOST = 10  # lines of each part
AHEAD = timedelta(days=14)


def sections(station: "Station", viewer: "Viewer", since: int, until: int) -> Sequence[Section]:
    """List the minutes that were changed in a time (seconds UTC), and the actions that are due or late."""
    found = meetings.load(station.door, viewer)
    new = [one for one in found if since < one.row.edited_at.timestamp() <= until and one.state != meetings.AGENDA]
    limit = station.today() + AHEAD
    due = [one for one in meetings.actions(found) if one.done is None and one.due is not None and one.due <= limit]
    due.sort(key=lambda one: str(one.due))
    return (
        Section(N_("Minutes"), tuple(_meeting(one) for one in new[:MOST])),
        Section(N_("Who does what"), tuple(_action(one) for one in due[:MOST])),
    )


def _meeting(one: meetings.Meeting) -> Line:
    decided = "; ".join(row.get("what", "") for row in one.rows("decisions")[:3])
    return Line(" · ".join(filter(None, (one.row.title, decided)))[:300], one.row.path, (one.row.author,))


def _action(one: meetings.Action) -> Line:
    day = one.due.isoformat() if one.due else ""
    return Line(" · ".join(filter(None, (day, one.who, one.what)))[:300], one.meeting.row.path)


def checkup(station: "Station") -> Sequence[tuple[str, Mapping[str, str]]]:
    """Say how many actions are late, and decisions to be reviewed."""
    found, today = meetings.load(station.door, OPERATOR), station.today()
    late = sum(one.is_late(today) for one in meetings.actions(found))
    decided = [*meetings.decisions(found), *consents.load(station.door, OPERATOR)]
    review = sum(one.review is not None and one.review <= today for one in decided)
    said: list[tuple[str, Mapping[str, str]]] = []
    if late:
        said.append((N_("Actions that are late: %(count)s. Look at the list of actions."), {"count": str(late)}))
    if review:
        said.append((N_("Decisions to be reviewed: %(count)s. Look at the register."), {"count": str(review)}))
    return said
