"""What becomes of one comment: answered or taken back by whoever wrote it, judged by whoever looks after the page."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.comments import reading, writing
from app.comments.comment import DELETED, HIDDEN, SHOWN, WAITING, Comment
from app.errors import N_, Invalid, NotFound, Refused
from app.people import acts
from app.web.addresses import url
from app.web.comments.lists import entries_of
from app.web.comments.mails import tell, tell_answered
from app.web.comments.places import Place, address_in, check_on, find_place
from app.web.kit import UNKNOWN_BUTTON, door, notice, render, say, station, uncached, viewer

blueprint = Blueprint("comment", __name__)

_MISSING = N_("This comment does not exist, or not any more.")
NOTHING = N_("Nothing was done: it is so already.")
_OTHERS = N_("Only whoever wrote this, or looks after the page, may do that.")


@dataclass(frozen=True, slots=True)
class Deed:
    """What a button does: whether it was done tells `run`, given who presses it and the reason that he typed.

    `act` is noted where somebody decides about others' words; `undo` is the deed that takes this one back.
    """

    run: Callable[[Connection, Comment, str, str], bool]
    said: str
    by_writer: bool = False
    by_moderator: bool = False
    act: str = ""
    undo: str = ""


DEEDS = {
    "answered": Deed(
        lambda connection, comment, *_: writing.set_answered(connection, comment, is_answered=True),
        N_("It is marked as answered."), by_writer=True, by_moderator=True, undo="open",
    ),
    "open": Deed(
        lambda connection, comment, *_: writing.set_answered(connection, comment, is_answered=False),
        N_("It waits for an answer again."), by_writer=True, by_moderator=True,
    ),
    "withdraw": Deed(
        lambda connection, comment, *_: writing.withdraw(connection, comment),
        N_("Your comment is taken back."), by_writer=True, undo="back",
    ),
    "back": Deed(
        lambda connection, comment, *_: writing.put_back(connection, comment),
        N_("Your comment is below the page."), by_writer=True,
    ),
    "show": Deed(
        lambda connection, comment, by, _: writing.show(connection, comment, by),
        N_("The comment is shown."), by_moderator=True, act="showed-comment",
    ),
    "refuse": Deed(writing.refuse, N_("The comment is refused."), by_moderator=True, act="refused-comment"),
    "hide": Deed(writing.hide, N_("The comment is hidden."), by_moderator=True, act="hid-comment", undo="show"),
    "delete": Deed(
        writing.delete, N_("The comment is deleted."), by_moderator=True, act="deleted-comment", undo="show"
    ),
}  # fmt: skip


def _find(number: int) -> tuple[Place, Comment]:
    """Find a comment below a page that the viewer may read."""
    check_on()
    with station().truth.connect() as connection:
        comment = reading.find(connection, min(number, 2**31 - 1))
    page = door().identified(viewer(), [comment.page_id]).get(comment.page_id) if comment else None
    if comment is None or page is None:
        raise NotFound(_MISSING)
    return find_place(page.path), comment


@blueprint.get("/-/comment/<int(max=999999999):number>")
def show(number: int) -> Response:
    """Ask whoever looks after the page what shall become of a comment."""
    place, comment = _find(number)
    return _form(place, comment, {})


def _form(place: Place, comment: Comment, errors: dict[str, str], code: int = 200) -> Response:
    if not place.is_moderator:
        raise Refused(_OTHERS)
    (entry,) = entries_of([comment], is_moderator=True)
    reason = request.form.get("reason", "")
    return uncached(render(
        "comments/judge.html", code, page=place.page, comment=entry, reason=reason, errors=errors,
        is_waiting=comment.state == WAITING, is_shown=comment.state == SHOWN, is_hidden=comment.state == HIDDEN,
        back=url("comments.show", path=place.page.path),
    ))  # fmt: skip


@blueprint.post("/-/comment/<int(max=999999999):number>")
def act(number: int) -> Response:
    """Do what a button says."""
    place, comment = _find(number)
    name = request.values.get("action", "")
    deed = DEEDS.get(name)
    if deed is None:
        raise Invalid(UNKNOWN_BUTTON)
    is_own = bool(viewer().pseudonym) and comment.pseudonym == viewer().pseudonym
    if not ((is_own and deed.by_writer) or (place.is_moderator and deed.by_moderator)):
        raise Refused(_OTHERS)
    try:
        is_done = _do(place, comment, deed)
    except Invalid as error:
        return _form(place, comment, {"reason": say(error)}, error.status)
    station().stamp.touch()
    may_undo = deed.undo and is_done and not (name == "withdraw" and comment.state == HIDDEN)
    undo = (gettext("Undo"), url("comment.act", number=comment.id, action=deed.undo)) if may_undo else None
    notice("done", gettext(deed.said if is_done else NOTHING), undo)
    return redirect(address_in(place, comment), 303)


def _do(place: Place, comment: Comment, deed: Deed) -> bool:
    """Do it, note it among the acts of those who look after the site, tell a writer without an account."""
    by = viewer().pseudonym or ""
    with station().truth.begin() as connection:
        if not deed.run(connection, comment, by, request.form.get("reason", "")):
            return False
        if deed.act:
            acts.note(connection, by, deed.act, place.page.path)
        now = reading.find(connection, comment.id)
        if now and deed.by_moderator and (comment.state == WAITING or now.state in {HIDDEN, DELETED}):
            tell(connection, now)
        if now and comment.state == WAITING:
            tell_answered(connection, now)
    return True
