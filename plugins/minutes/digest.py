"""What the weekly mail says of meetings: minutes that came, what is to be done; for the check-up, what is late."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from app.errors import N_
from app.plugin import OPERATOR, Line, Section, say_day
from plugins.minutes import consents, meetings

if TYPE_CHECKING:
    from datetime import date

    from app.plugin import Station, Viewer

MOST = 10  # lines of each part
AHEAD, BEHIND = timedelta(days=14), timedelta(days=30)  # of today; what is later or older stands in the list
RECENT = timedelta(days=60)


def sections(station: "Station", viewer: "Viewer", since: int, until: int) -> Sequence[Section]:
    """List the minutes of late that were changed in a time (seconds UTC), and what is to be done soon or is late."""
    found, today = meetings.load(station.door, viewer), station.today()
    new = [one for one in found if since < one.row.edited_at.timestamp() <= until and _is_news(one, today)]
    due = [one for one in meetings.actions(found) if one.done is None and one.due is not None]
    near = [one for one in due if one.due and today - BEHIND <= one.due <= today + AHEAD]
    near.sort(key=lambda one: (one.is_late(today), str(one.due)))
    language = station.settings.get().language
    return (
        Section(N_("Minutes"), tuple(_meeting(one) for one in new[:MOST])),
        Section(N_("Who does what"), tuple(_action(one, language) for one in near[:MOST])),
    )


def _is_news(one: meetings.Meeting, today: "date") -> bool:
    """Tell whether it is no agenda any more, and no correction of old minutes."""
    return one.state != meetings.AGENDA and (one.day is None or one.day >= today - RECENT)


def _meeting(one: meetings.Meeting) -> Line:
    decided = "; ".join(row.get("what", "") for row in one.rows("decisions")[:3])
    return Line(" · ".join(filter(None, (one.row.title, decided)))[:300], one.row.path, (one.row.author,))


def _action(one: meetings.Action, language: str) -> Line:
    day = say_day(one.due, language) if one.due else ""
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
