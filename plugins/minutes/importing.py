"""Bring notes in that were taken elsewhere: a document, or pasted text, becomes minutes to be read again."""

import re
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, GareError, Invalid, Refused
from app.plugin import (
    Converted,
    RecordState,
    Rule,
    author,
    begin_record,
    convert_document,
    door,
    fetch,
    keep_pictures,
    pad_title,
    read_pad,
    render,
    say,
    slugify,
    spend,
    station,
    uncached,
    url,
    viewer,
)
from plugins.minutes import meetings, starting, views
from plugins.minutes.lines.due_dates import read_due

blueprint = Blueprint("minutes_import", __name__)

NOT_YOURS = N_("Members bring notes in. Sign in first.")
NOTHING = N_("Give the address of a pad, choose a document, or paste the notes.")
BAD_DAY = N_("This day does not exist. Write it as 2026-03-12.")
MOST_TITLE, MOST_PASTED, MOST_FILE = 150, 500_000, 20_000_000
PAD_SECONDS, MOST_PAD = 10.0, 2_000_000  # bytes
PADS_OF = Rule("minutes-pads", 30)
AGENT = {"User-Agent": "Gare Centrale"}
HEAD = 600  # characters in which the day of the meeting is looked for
_SPACES = re.compile(r"\s+")
_DAY = re.compile(r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}(?:er|st|nd|rd|th)? [^\W\d]{3,10}\.? \d{4})\b")


@blueprint.get("/import")
def show() -> Response:
    """Ask for a document or text."""
    _check()
    return _form({}, {})


def _check() -> None:
    if not views.may_begin():
        raise Refused(NOT_YOURS)


def _form(typed: Any, errors: dict[str, str], code: int = 200) -> Response:
    spaces = [(space, title) for space, title, _ in door().spaces(viewer())]
    return uncached(render("minutes/import.html", code, typed=typed, errors=errors, spaces=spaces))


@blueprint.post("/import")
def bring() -> Response:
    """Make minutes of it, and lead to what it decided."""
    _check()
    try:
        found = _converted()
    except GareError as error:
        return _form(request.form, {"pad" if request.form.get("pad") else "file": say(error)}, error.status)
    said_day = request.form.get("day", "").strip()
    if said_day and meetings.day_of(said_day) is None:
        return _form(request.form, {"day": gettext(BAD_DAY)}, Invalid.status)
    day = meetings.day_of(said_day) or _day_in(found.text) or station().today()
    title = _SPACES.sub(" ", request.form.get("title", "")).strip()[:MOST_TITLE] or found.title[:MOST_TITLE]
    try:
        path = _begin(found, title or gettext("Meeting"), day, request.form.get("space", ""))
    except GareError as error:
        return _form(request.form, {"file": say(error)}, error.status)
    return redirect(url("minutes_found.show", path=path), 303)


def _day_in(text: str) -> date | None:
    """Find the first complete date at the head of notes."""
    today = station().today()
    days = (read_due(found[0], today) for found in _DAY.finditer(text[:HEAD]))
    return next((day for day in days if day is not None), None)


def _converted() -> Converted:
    sent, pasted = request.files.get("file"), request.form.get("text", "").replace("\0", "")
    if pad := request.form.get("pad", "").strip():
        return from_pad(pad)
    if sent is not None and sent.filename:
        return convert_document(sent.stream.read(MOST_FILE + 1), sent.filename)
    if not pasted.strip():
        raise Invalid(NOTHING)
    return convert_document(pasted[:MOST_PASTED].encode("utf-8", "replace"), "notes.md")


def from_pad(address: str) -> Converted:
    """Read a public pad; raises Invalid, Unavailable."""
    with station().truth.begin() as connection:
        spend(connection, PADS_OF, viewer().pseudonym or "")
    ask = partial(fetch, headers=AGENT, seconds=PAD_SECONDS, most=MOST_PAD, redirections=0)
    content, name = read_pad(address, ask, station().config.pad_hosts.split(","))
    found = convert_document(content, name)
    return found if found.title else Converted(found.text, found.pictures, pad_title(address))


def _begin(found: Converted, title: str, day: date, space: str) -> str:
    form = door().form(viewer(), meetings.FORM)
    known = {one for one, _, _ in door().spaces(viewer())}
    folder = f"{space}/{starting.FOLDER}" if space in known else starting.FOLDER
    text, files = keep_pictures(station(), found.text, found.pictures)
    said: dict[str, Any] = {"title": title, "day": day.isoformat(), "step": meetings.REREAD}
    said |= {"spaces": [space]} if space in known else {}
    pad = request.form.get("pad", "").strip()
    said |= {"source": pad} if pad else {}
    path = f"{folder}/{day.year}/{day.isoformat()}-{slugify(title)}"
    state = RecordState(said, text)
    return begin_record(station(), viewer(), form, state, author(), path=path, files=files).path
