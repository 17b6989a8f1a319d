"""The date that was chosen becomes an event."""

from typing import TYPE_CHECKING

from app.errors import N_, NotFound
from app.plugin import OPERATOR, Draft, Form, RecordRow, Way, poll_of

if TYPE_CHECKING:
    from app.plugin import Poll, Station, Viewer

EVENT = "event"


def winner(poll: "Poll | None") -> str:
    """Give the chosen date, `2026-12-03T18:30` or the day alone; empty where none was chosen."""
    if poll is None or poll.kind != "dates" or poll.outcome is None:
        return ""
    return poll.outcome.winner


def draft(station: "Station", viewer: "Viewer", reference: str) -> Draft | None:
    """Begin the event: title, day, hour and spaces of the poll; None where it is not read or no date was chosen."""
    try:
        row = station.door.record(viewer, reference)
    except NotFound:
        return None
    form = station.door.find_form(viewer, row.form)
    moment = winner(poll_of(form, row.values)) if form else ""
    event = station.door.find_form(viewer, EVENT)
    if not moment or event is None:
        return None
    when = next((field.name for field in event.of_type("schedule")), "")
    fields = {"title": row.title, when: {"start": moment}}
    if spaces := row.values.get("spaces"):
        fields["spaces"] = spaces
    return Draft(row.title, "", fields={name: value for name, value in fields.items() if name})


def ways(station: "Station", form: Form, row: RecordRow) -> "list[Way]":
    """Offer the event on the page of a poll whose date was chosen, where the site has events."""
    from app.plugin import url

    if not winner(poll_of(form, row.values)) or station.door.find_form(OPERATOR, EVENT) is None:
        return []
    words = N_("Put the date into the agenda")
    return [Way(words, url("record_new.fill", name=EVENT, **{"from": f"polls:{row.path}"}), "calendar")]
