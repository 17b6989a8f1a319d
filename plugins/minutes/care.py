"""What those who look after pages should see: actions that are late, minutes that wait to be read again."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext

from app.errors import N_
from app.plugin import Concern, Concerns, day_in_words, url
from plugins.minutes import meetings
from plugins.minutes.meetings import Action, Meeting

if TYPE_CHECKING:
    from datetime import date

    from app.plugin import Station, Viewer

PATIENCE = timedelta(days=14)  # from the meeting until its minutes should have been read again
LATE, REREAD = N_("Actions that are late"), N_("Minutes that wait to be read again for two weeks")


def concerns(station: "Station", viewer: "Viewer") -> Sequence[Concerns]:
    """List both, the oldest first, as far as the viewer may change the minutes: nobody else can mend it."""
    today = station.today()
    found = [one for one in meetings.load(station.door, viewer) if station.door.may_write(viewer, one.row.path)]
    late = sorted((one for one in meetings.actions(found) if one.is_late(today)), key=lambda one: str(one.due))
    waiting = sorted((one for one in found if _waits(one, today)), key=lambda one: str(one.day))
    return (
        Concerns(LATE, tuple(map(_action, late)), url("minutes_register.actions", show="late")),
        Concerns(REREAD, tuple(map(_minutes, waiting)), url("minutes.show")),
    )


def _waits(one: Meeting, today: "date") -> bool:
    return one.state == meetings.REREAD and one.day is not None and one.day + PATIENCE < today


def _action(one: Action) -> Concern:
    said = (one.who, gettext("Late: by %(day)s", day=day_in_words(one.due)), one.meeting.row.title)
    place = url("minutes_register.actions", show="late", who=one.who or None)
    return Concern(one.what, place, " · ".join(filter(None, said)))


def _minutes(one: Meeting) -> Concern:
    return Concern(one.row.title, url("minutes_state.show", path=one.row.path), day_in_words(one.day))
