"""End the mails about an event from one of them, or all of the kind; by one press of the mail program (RFC 8058)."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.answers import recipients
from app.answers.recipients import EVERYTHING
from app.web.addresses import url
from app.web.kit import notice, render, station, uncached
from app.web.protection import ONE_CLICK

blueprint = Blueprint("answer_stops", __name__)


@blueprint.get("/-/answer/stop/<secret>")
def show(secret: str) -> Response:
    """Ask what shall end; opening the address changes nothing, because programs that look for viruses open it too."""
    found = recipients.read_stop(station().config.secret_key, secret)
    if found is None:
        return uncached(render("signin/expired.html", 410))
    page_id, who = found
    with station().truth.connect() as connection:
        is_stopped = recipients.is_stopped(connection, page_id, who)
        is_all = recipients.is_stopped(connection, EVERYTHING, who)
    return uncached(render("answers/stop.html", secret=secret, is_stopped=is_stopped, is_all=is_all))


@blueprint.post("/-/answer/stop/<secret>")
def choose(secret: str) -> Response:
    """Keep the choice; the press in a mail program is about this event."""
    found = recipients.read_stop(station().config.secret_key, secret)
    if found is None:
        return uncached(render("signin/expired.html", 410))
    page_id, who = found
    is_press = request.form.get("List-Unsubscribe") == ONE_CLICK
    deed = "this" if is_press else request.form.get("action", "")
    with station().truth.begin() as connection:
        if deed in {"this", "all"}:
            recipients.stop(connection, page_id if deed == "this" else EVERYTHING, who)
        elif deed == "again":
            recipients.resume(connection, page_id, who)
            recipients.resume(connection, EVERYTHING, who)
    if is_press:
        return show(secret)
    notice("done", gettext("Your choice is kept."))
    return redirect(url("answer_stops.show", secret=secret), 303)
