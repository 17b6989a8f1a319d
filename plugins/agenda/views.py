"""The agenda by list, month, week, day and map: every state of it stands in its address."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.plugin import (
    MapPoint,
    absolute,
    cached,
    door,
    encode_points,
    etag_of,
    generation,
    not_modified,
    render,
    spoken,
    station,
    until_change,
    viewer,
)
from plugins.agenda import listing, model, paper, words
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
    """Give where the dates of a map take place, as its script reads it: each record once, at its first date."""
    etag = etag_of(
        generation(), station().stamp.read(), station().settings.get(), viewer(), listing.today(), spoken(),
        absolute(request.full_path),
    )  # fmt: skip
    return not_modified(etag) or cached(Response(_points(), content_type="application/json"), etag)


def _points() -> bytes:
    asked, now = asked_for(), listing.today()
    rows, _ = door().occurrences(viewer(), asked.query(now, limit=MOST_POINTS))
    found: dict[str, MapPoint] = {}
    for row in rows:
        if row.point and row.path not in found:
            title = f"{row.title}, {words.short_day(max(row.days[0], asked.span(now)[0]))}"
            found[row.path] = MapPoint(row.path, title, row.point.lat, row.point.lon)
    return encode_points(list(found.values()), f"{request.script_root}/")
