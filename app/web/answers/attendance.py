"""Note afterwards who was there: tick the names, for reports and for next time."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.answers import attendance, reading
from app.answers.attendance import AWAY, THERE
from app.web.answers import managed
from app.web.answers.sheet import entry
from app.web.kit import notice, render, station, uncached

blueprint = Blueprint("answer_attendance", __name__)


@blueprint.get("/-/answer/attendance/<path:path>")
def show(path: str) -> Response:
    """List everybody, with a box to tick."""
    found = managed.find(path)
    with station().truth.connect() as connection:
        listed = reading.list_at(connection, found.about)
    rows = [entry(one, found.thing.settings) for one in listed]
    there = [one for one in rows if one.attended == THERE]
    return uncached(render(
        "answers/attendance.html", **managed.head(found, "answer_attendance.show"), people=rows,
        count=sum(one.people for one in there), is_noted=any(one.attended for one in rows),
    ))  # fmt: skip


@blueprint.post("/-/answer/attendance/<path:path>")
def keep(path: str) -> Response:
    """Keep who is ticked; of those whom the page did not show, nothing is noted."""
    found = managed.find(path)
    shown, ticked = (_numbers(name) for name in ("shown", "there"))
    with station().truth.begin() as connection:
        attendance.note(connection, found.about, shown & ticked, THERE)
        attendance.note(connection, found.about, shown - ticked, AWAY)
    notice("done", gettext("It is noted who was there."))
    return redirect(managed.at("answer_attendance.show", found), 303)


def _numbers(name: str) -> set[int]:
    return {int(one) for one in request.form.getlist(name) if one.isascii() and one.isdecimal() and len(one) < 10}
