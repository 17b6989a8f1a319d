"""Type a sheet of paper quickly: a code or a name on each line, all at once."""

import time
from types import SimpleNamespace

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.answers import entering, quick
from app.answers.entering import Entered, Place
from app.answers.turns import taking
from app.web.answers import managed
from app.web.answers.dates import Date
from app.web.answers.mails import tell_moved_up
from app.web.kit import UNFIT, notice, render, say, station, uncached, viewer

blueprint = Blueprint("answer_quick", __name__)


@blueprint.get("/-/answer/quick/<path:path>")
def show(path: str) -> Response:
    """Show the box to type into."""
    return _form(managed.find(path), [], "")


def _form(found: Date, done: list[Entered], text: str) -> Response:
    entries = [_entry(one) for one in done]
    return uncached(render(
        "answers/quick.html", **managed.head(found, "answer_quick.show"), text=text, has_begun=found.has_begun,
        done=[one for one in entries if not one.error], wrong=[one for one in entries if one.error],
    ))  # fmt: skip


@blueprint.post("/-/answer/quick/<path:path>")
def enter(path: str) -> Response:
    """Write the lines down; those that were not understood stay in the box, each with what is wrong."""
    found = managed.find(path)
    lines = quick.read(UNFIT.sub(" ", request.form.get("lines", "")))
    place = Place(found.about, found.thing.settings, found.has_begun, viewer().pseudonym or "")
    with taking(station().truth) as connection:
        done = entering.enter(connection, place, lines)
        if found.row is None or found.row.starts_at > time.time():
            tell_moved_up(connection, dict.fromkeys(number for one in done for number in one.moved_up))
    station().stamp.touch()
    if not done:
        notice("info", gettext("Nothing was typed."))
    return _form(found, done, "\n".join(one.line.text for one in done if one.error))


def _entry(one: Entered) -> SimpleNamespace:
    return SimpleNamespace(
        text=one.line.text, name=one.name, is_new=one.is_new, is_no=one.is_no, people=one.line.people,
        is_perhaps=one.is_perhaps,
        is_waiting=one.is_waiting, error=say(one.error) if one.error else "",
    )  # fmt: skip
