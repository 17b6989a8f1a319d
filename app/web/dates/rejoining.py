"""Take back that later dates got a page of their own: the series is whole again, the page of the later ones goes."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.answers import moving
from app.calendar import series
from app.catalog.editing import Edit
from app.errors import Conflict
from app.web.addresses import address
from app.web.dates.opened import CHANGED_SINCE, as_before, open_dates, typed_day
from app.web.kit import author, door, notice, station, viewer
from app.web.records import moved_answers

blueprint = Blueprint("record_rejoining", __name__)


@blueprint.post("/-/dates/rejoin/<path:path>")
def rejoin(path: str) -> Response:
    """Make one series of two again, as long as nobody has changed either of them since."""
    opened, day = open_dates(path), typed_day()
    schedule = as_before(opened)
    later = open_dates(request.args.get("later", ""))
    if later.state.revision != opened.state.revision:  # one commit made both
        raise Conflict(CHANGED_SINCE)
    by = author(is_needed=False)
    sentence = gettext("It is as before.")
    door().save(viewer(), Edit(opened.path, opened.text_with(schedule), opened.state.revision, by, sentence))
    moved_answers.redate(later.row.id, later.schedule, series.split(schedule, day)[1])
    with station().truth.begin() as connection:
        moving.move(connection, later.row.id, opened.row.id, day.isoformat())
    door().delete(viewer(), later.path, by, later.state.revision)
    station().stamp.touch()
    notice("done", sentence)
    return redirect(address(opened.path), 303)
