"""The links in the mails that ask whether a record is right still: one press, without signing in."""

from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.record_rows import RecordRow
from app.errors import Invalid, Refused
from app.forms.form import ARCHIVED
from app.people.viewer import OPERATOR
from app.records import life
from app.records.life import DEEDS, changes_of, days_of, is_put_away
from app.web.addresses import address, url
from app.web.kit import UNKNOWN_BUTTON, door, render, station, uncached, viewer
from app.web.life.states import NOT_YOURS, day_words, keep

blueprint = Blueprint("record_answers", __name__)


@blueprint.get("/-/record/answer/<secret>")
def show(secret: str) -> Response:
    """Show one button, another one below it; opening the link changes nothing, programs that look for viruses do."""
    row = _find(secret)
    if row is None:
        return uncached(render("signin/expired.html", 410))
    asked = request.args.get("deed", "")
    offered = [] if _is_put_away(row) else _deeds(row)
    ordered = sorted(offered, key=lambda deed: deed != asked)
    return uncached(render(
        "life/answer.html", secret=secret, record=row, deeds=[_said(row, deed) for deed in ordered],
        expires=day_words(row.expires), verified=day_words(row.verified), is_archived=row.state == ARCHIVED,
        page=address(row.path) if door().find_record(viewer(), row.path) else "",
    ))  # fmt: skip


def _find(secret: str) -> RecordRow | None:
    page_id = life.read_ask(station().config.secret_key, secret)
    return door().records_by_id(OPERATOR, [page_id]).get(page_id) if page_id else None


def _is_put_away(row: RecordRow) -> bool:
    return is_put_away(row, station().today().isoformat())


def _deeds(row: RecordRow) -> list[str]:
    return ["renew" if row.expires else "verify", "archive"]


def _said(row: RecordRow, deed: str) -> SimpleNamespace:
    """Give what a button is called, and what it is for."""
    days = days_of(door().find_form(OPERATOR, row.form))
    words = {
        "renew": (gettext("Show it for %(days)s days more", days=days), "clock"),
        "verify": (gettext("Yes, it is right still"), "check"),
        "archive": (gettext("It is settled: archive it"), "folder"),
    }
    label, picture = words[deed]
    return SimpleNamespace(deed=deed, label=label, picture=picture)


@blueprint.post("/-/record/answer/<secret>")
def answer(secret: str) -> Response:
    """Do what the button says, as who made the record."""
    row, deed = _find(secret), request.form.get("deed", "")
    if row is None:
        return uncached(render("signin/expired.html", 410))
    if deed not in _deeds(row):
        raise Invalid(UNKNOWN_BUTTON)
    if deed == "renew" and _is_put_away(row):  # a moderator has: an old mail does not bring it back
        raise Refused(NOT_YOURS)
    form = door().find_form(OPERATOR, row.form)
    keep(row.id, changes_of(deed, form, row, station().today()), row.creator, gettext(DEEDS[deed].said))
    return redirect(url("record_answers.show", secret=secret), 303)
