"""The page by which notes come in: the address of a pad, a document, pasted text."""

from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, GareError, Invalid, Refused
from app.plugin import (
    Converted,
    Rule,
    author,
    convert_document,
    door,
    render,
    say,
    spend,
    station,
    uncached,
    url,
    viewer,
)
from plugins.minutes import bringing, meetings, views

blueprint = Blueprint("minutes_import", __name__)

NOT_YOURS = N_("Members bring notes in. Sign in first.")
NOTHING = N_("Give the address of a pad, choose a document, or paste the notes.")
BAD_DAY = N_("This day does not exist. Write it as 2026-03-12.")
MOST_PASTED, MOST_FILE = 500_000, 20_000_000
PADS_OF, NOTES_OF = Rule("minutes-pads", 30), Rule("minutes-notes", 60)


@blueprint.get("/import")
def show() -> Response:
    """Ask for a pad, a document or text."""
    _check()
    return _form({}, {})


def _check() -> None:
    if not views.may_begin():
        raise Refused(NOT_YOURS)


def _form(typed: Any, errors: dict[str, str], code: int = 200) -> Response:
    of_forms = {form.folder.partition("/")[0] for form in door().all_forms(viewer())}  # no groups: their records
    spaces = [(space, title) for space, title, _ in door().spaces(viewer()) if space not in of_forms]
    return uncached(render("minutes/import.html", code, typed=typed, errors=errors, spaces=spaces))


@blueprint.post("/import")
def bring() -> Response:
    """Make minutes of it, and lead to what it decided."""
    _check()
    said_day, pad = (request.form.get(name, "").strip() for name in ("day", "pad"))
    day = meetings.day_of(said_day)
    if said_day and day is None:
        return _form(request.form, {"day": gettext(BAD_DAY)}, Invalid.status)
    try:
        title, space = (request.form.get(name, "").replace("\0", "").strip() for name in ("title", "space"))
        brought = bringing.Brought(_converted(pad), title, day, space, pad)
        path = bringing.begin(station(), viewer(), author(), brought, gettext("Meeting"))
    except GareError as error:
        return _form(request.form, {"pad" if pad else "file": say(error)}, error.status)
    return redirect(url("minutes_found.show", path=path), 303)


def _converted(pad: str) -> Converted:
    sent, pasted = request.files.get("file"), request.form.get("text", "").replace("\0", "")
    if not (pad or sent or pasted.strip()):  # a file without a name is none
        raise Invalid(NOTHING)
    with station().truth.begin() as connection:
        spend(connection, PADS_OF if pad else NOTES_OF, viewer().pseudonym or "")
    if pad:
        return bringing.read_pad_of(station(), pad)
    if sent:
        return convert_document(sent.stream.read(MOST_FILE + 1), sent.filename or "")
    return convert_document(pasted[:MOST_PASTED].encode("utf-8", "replace"), "notes.md")
