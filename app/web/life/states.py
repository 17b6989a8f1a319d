"""What becomes of a record: one press checks it, says that it is right still, archives it; and a press undoes that."""

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.calendar.days import say_day
from app.catalog.record_rows import RecordRow
from app.errors import N_, Invalid, NotFound, Refused
from app.forms.form import ARCHIVED, CHECKED, TO_VERIFY
from app.people.authors import SYSTEM
from app.people.viewer import OPERATOR
from app.records import life
from app.records.life import DEEDS, Deed, changes_of, deeds_for
from app.web.addresses import address, url
from app.web.kit import UNKNOWN_BUTTON, door, notice, render, station, typed_path, uncached, viewer
from app.web.language import spoken

blueprint = Blueprint("record_life", __name__)

NOT_YOURS = N_("Whoever made this record, or looks after it, may do that.")
UNKNOWN = N_("This link no longer works.")
STATES = {
    ARCHIVED: N_("archived: lists do not show it"),
    TO_VERIFY: N_("to be verified"),
    CHECKED: N_("checked"),
}
# What the buttons are called, their pictures, and what they do in one sentence.
BUTTONS = {
    "verify": (N_("Say that it is right still"), "check", N_("Readers see that it was verified today.")),
    "renew": (N_("Show it longer"), "clock", N_("It is shown as long again as at first.")),
    "check": (N_("Mark as checked"), "check", N_("Somebody who knows has looked at it.")),
    "doubt": (N_("Ask to have it verified"), "warning", N_("It stays, and is on the list of what needs care.")),
    "archive": (N_("Archive it"), "folder", N_("Lists do not show it any more. Its page stays.")),
    "publish": (N_("Show it again"), "see", N_("Lists show it again.")),
}


def day_words(day: str) -> str:
    """Say a day of a record in words; as it is written where it is none."""
    try:
        return say_day(date.fromisoformat(day), spoken())
    except ValueError:
        return day


def may(row: RecordRow, deed: Deed) -> bool:
    """Tell whether the viewer may do something with a record."""
    reader = viewer()
    is_maker = reader.pseudonym is not None and reader.may_write and reader.pseudonym == row.creator
    is_writer = reader.is_signed_in and door().may_write(reader, row.path)
    return door().may_check(reader, row) or (deed.by_maker and is_maker) or (deed.by_writer and is_writer)


@blueprint.get("/-/record/life/<path:path>")
def show(path: str) -> Response:
    """Show how a record stands, and what the viewer may do with it."""
    row = door().record(viewer(), typed_path(path))
    form = door().find_form(viewer(), row.form)
    offered = [deed for deed in deeds_for(form, row, station().today().isoformat()) if may(row, DEEDS[deed])]
    return uncached(render(
        "life/show.html", record=row, state=gettext(STATES[row.state]) if row.state in STATES else "",
        verified=day_words(row.verified), expires=day_words(row.expires),
        is_over=bool(row.expires) and row.expires < station().today().isoformat(), buttons=_buttons(offered),
        may_join=door().may_check(viewer(), row), back=address(row.path),
    ))  # fmt: skip


def _buttons(deeds: list[str]) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(deed=deed, label=gettext(label), picture=picture, hint=gettext(hint))
        for deed, (label, picture, hint) in ((deed, BUTTONS[deed]) for deed in deeds)
    ]


@blueprint.post("/-/record/life/<path:path>")
def act(path: str) -> Response:
    """Do what a button says."""
    row = door().record(viewer(), typed_path(path))
    name = request.values.get("action", "")
    deed = DEEDS.get(name)
    if deed is None:
        raise Invalid(UNKNOWN_BUTTON)
    if not may(row, deed) or (name == "renew" and not may_renew(row)):
        raise Refused(NOT_YOURS)
    form = door().find_form(viewer(), row.form)
    keep(row.id, changes_of(name, form, row, station().today()), viewer().pseudonym or SYSTEM, gettext(deed.said))
    return redirect(address(row.path), 303)


def may_renew(row: RecordRow) -> bool:
    """Tell whether a record may be renewed by who may: not one that a moderator has archived before its time."""
    is_before = life.is_put_away(row, station().today().isoformat())
    return bool(row.expires) and (not is_before or door().may_check(viewer(), row))


def keep(page_id: str, changes: Mapping[str, life.Value | None], author: str, sentence: str) -> None:
    """Write a change of a record's life, and offer on the next page to undo it."""
    before = door().keep_life(page_id, changes, author)
    now = door().records_by_id(OPERATOR, [page_id]).get(page_id)
    secret = life.make_undo(station().config.secret_key, page_id, before, now.revision if now else "")
    undo = (gettext("Undo"), url("record_life.undo", secret=secret)) if before != dict(changes) else None
    notice("done", sentence, undo)


@blueprint.post("/-/record/undo/<secret>")
def undo(secret: str) -> Response:
    """Bring back how a record stood before; who was shown the button may."""
    found = life.read_undo(station().config.secret_key, secret)
    if found is None:
        raise NotFound(UNKNOWN)
    page_id, before, revision = found
    door().keep_life(page_id, before, viewer().pseudonym or SYSTEM, since=revision or "-")
    row = door().records_by_id(OPERATOR, [page_id]).get(page_id)
    notice("done", gettext("It is as before."))
    is_open = row is not None and door().find_record(viewer(), row.path) is not None
    return redirect(address(row.path) if row and is_open else url("pages.home"), 303)
