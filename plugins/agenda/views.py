"""The agenda by list, month, week, day and map: every state of it stands in its address."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.plugin import MapPoint, OccurrenceRow, door, encode_points, render, until_change, viewer
from plugins.agenda import calendars, dates, listing, model, paper, words
from plugins.agenda.foreign import ForeignRow
from plugins.agenda.model import Asked

blueprint = Blueprint("agenda", __name__)

MOST_POINTS = 5000


def asked_for() -> Asked:
    """Read what the address asks for."""
    return model.read(door().dated_forms(viewer()), request.args)


@blueprint.get("/")
@until_change
def show() -> Response:
    """Show the dates that are asked for."""
    asked = asked_for()
    if asked.paper:
        return paper.show(asked)
    return render("agenda/show.html", **listing.context(asked, listing.base_address()))


@blueprint.get("/points.json")
def points() -> Response:
    """Give where the dates of a map take place, as its script reads it: each event once, at its first date."""
    return calendars.until_change_packed("application/json", _points)


def _points() -> bytes:
    asked, now = asked_for(), listing.today()
    first, _ = asked.span(now)
    rows, _ = door().occurrences(viewer(), asked.query(now, limit=MOST_POINTS))
    base = f"{request.script_root}/"
    found: dict[tuple[str, str], MapPoint] = {}
    for row in dates.merged(rows, dates.elsewhere(asked, now)):
        if row.point:
            title = f"{row.title}, {words.short_day(max(row.days[0], first))}"
            found.setdefault(_event(row), MapPoint(_path(row, base), title, row.point.lat, row.point.lon))
    return encode_points(list(found.values()), base)


def _event(row: OccurrenceRow) -> tuple[str, str]:
    """Tell apart whose dates they are: other agendas give names as they like, also those of pages."""
    return row.path, row.uid if isinstance(row, ForeignRow) else ""


def _path(row: OccurrenceRow, base: str) -> str:
    """Give where a date is shown, as it stands behind `base`."""
    return row.address.removeprefix(base) if isinstance(row, ForeignRow) else row.path
