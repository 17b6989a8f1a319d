"""`{{decisions}}` and `{{actions}}`: the latest decisions, and what is to be done, inside a page."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import render_template

from app.errors import N_, Invalid
from app.plugin import Arrival, MacroArguments, MacroContext, RecordQuery, address, door, station, url
from plugins.minutes import consents, meetings, registers, views

if TYPE_CHECKING:
    from datetime import date

    from app.plugin import Viewer

USUAL, MOST = 5, 50
LOOKED_AT = 4  # meetings for each line of news: those to come have no minutes yet
BAD_COUNT = N_("“count” is a number from 1 to %(most)d.")


def latest(context: MacroContext, arguments: MacroArguments) -> str:
    """Show the latest minutes; where nobody asked for it, only if there are some."""
    found = [one for one in _meetings(context, arguments) if one.state != meetings.AGENDA][: _count(arguments)]
    if not found and not context.above:
        return ""
    shown = [views.shown(one) for one in found]
    return _block("minutes.show", meetings=shown)


def decisions(context: MacroContext, arguments: MacroArguments) -> str:
    """Show the latest decisions; of one `space`, if it is named."""
    today = station().today()
    space = arguments.get("space", "")
    polls = consents.load(door(), context.viewer, {"spaces": (space,)} if space else None)
    found = consents.latest_first([*meetings.decisions(_meetings(context, arguments)), *polls])[: _count(arguments)]
    shown = [registers.shown_decision(one, today) for one in found]
    return render_template(
        "minutes/block.html", meetings=[], decisions=shown, actions=[], whole=url("minutes_register.decisions")
    )


def actions(context: MacroContext, arguments: MacroArguments) -> str:
    """Show what is still to be done, what is due first at the top; of one `space`, if it is named."""
    today = station().today()
    found = [one for one in meetings.actions(_meetings(context, arguments)) if one.done is None]
    found.sort(key=lambda one: (one.due is None, str(one.due)))
    shown = [registers.shown_action(one, today) for one in found[: _count(arguments)]]
    return render_template(
        "minutes/block.html", meetings=[], actions=shown, decisions=[], whole=url("minutes_register.actions")
    )


def news(viewer: "Viewer", limit: int) -> list[Arrival]:
    """List the latest minutes, each with what was decided behind it."""
    if door().find_form(viewer, meetings.FORM) is None:
        return []
    query = RecordQuery(meetings.FORM, order="day", is_descending=True, limit=limit * LOOKED_AT)
    held = [meetings.meeting_of(row) for row in door().records(viewer, query)[0]]
    past = [one for one in held if one.day and one.day <= station().today() and one.state != meetings.AGENDA]
    lines = [line for one in past if one.day for line in _news_of(one, one.day)]
    return lines[:limit]


def _news_of(one: meetings.Meeting, day: "date") -> Iterator[Arrival]:
    place = address(one.row.path)
    yield Arrival(one.row.title, place, day, N_("Minutes of a meeting"))
    for decision in meetings.decisions([one]):
        yield Arrival(decision.what, f"{place}#decisions-{decision.id}", day, N_("Decision"))


def _block(endpoint: str, **shown: list[Any]) -> str:
    nothing: dict[str, list[Any]] = {"meetings": [], "decisions": [], "actions": []}
    return render_template("minutes/block.html", **nothing | shown, whole=url(endpoint))


def _meetings(context: MacroContext, arguments: MacroArguments) -> list[meetings.Meeting]:
    space = arguments.get("space", "")
    return meetings.load(door(), context.viewer, {"spaces": (space,)} if space else None)


def _count(arguments: MacroArguments) -> int:
    said = arguments.get("count", str(USUAL))
    if not (said.isascii() and said.isdecimal() and len(said) < 3 and 1 <= int(said) <= MOST):
        raise Invalid(BAD_COUNT, most=MOST)
    return int(said)
