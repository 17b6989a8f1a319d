"""Comments of people without an account: sent, confirmed by a link, followed and taken back by the same link."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.comments import comment as states
from app.comments import reading, senders, writing
from app.comments.comment import Comment
from app.comments.words import clean_text, paragraphs
from app.errors import N_, Invalid, NotFound
from app.people import visitors
from app.people.visitors import Visitor
from app.web import visitor_form
from app.web.addresses import absolute, url
from app.web.comments.mails import ask_to_confirm
from app.web.comments.places import Place, check_on, parent_of
from app.web.kit import UNKNOWN_BUTTON, door, notice, render, sign, station, uncached, viewer
from app.web.moderator_mails import tell_moderators
from app.web.visitor_form import Typed

blueprint = Blueprint("comment_mine", __name__)


def send(place: Place, text: str, answer: str) -> Response:
    """Keep a comment until its address is confirmed; raises Invalid, Mistakes. A program is thanked all the same."""
    text = clean_text(text)
    with station().truth.connect() as connection:
        parent_of(connection, place, answer)  # before anything is counted: what is refused uses up no mail
    typed = visitor_form.check()
    if typed is None:
        return _sent(place, "")
    page_id = door().identify(place.page)
    with station().truth.begin() as connection:
        parent = parent_of(connection, place, answer)
        secret = _keep(connection, _Sent(page_id, text, parent, typed))
    station().stamp.touch()
    return sign(_sent(place, secret), typed.name)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A comment as it was sent."""

    page_id: str
    text: str
    parent: int | None
    typed: Typed


def _keep(connection: Connection, sent: _Sent) -> str:
    """Keep a comment, once if the button was pressed twice; gives the secret of its private link."""
    same = senders.find_same(connection, sent.page_id, sent.text, sent.typed.email, sent.parent)
    if same and same.visitor_id:
        return visitors.make_link(connection, same.visitor_id)
    is_asked = visitor_form.can_confirm()
    state = states.UNCONFIRMED if is_asked else states.WAITING
    visitor, secret = visitors.add(connection, sent.typed.name, sent.typed.email, can_confirm=is_asked)
    writing.add(
        connection, sent.page_id, sent.text, visitor.pseudonym, parent=sent.parent, state=state, visitor_id=visitor.id
    )  # fmt: skip
    if is_asked:
        ask_to_confirm(connection, visitor, secret)
    return secret


def _sent(place: Place, secret: str) -> Response:
    """Say what comes next; the link is shown where no mail brings it."""
    is_asked = visitor_form.can_confirm()
    link = absolute(url("comment_mine.show", secret=secret)) if secret and not is_asked else ""
    email = request.form.get("email", "").strip()[:254]
    return uncached(render("comments/sent.html", page=place.page, is_asked=is_asked, email=email, link=link))


def _find(connection: Connection, secret: str) -> tuple[Visitor, Comment]:
    visitor = visitors.find(connection, secret)
    comment = reading.find_of_visitor(connection, visitor.id) if visitor else None
    if visitor is None or comment is None:
        raise NotFound(N_("This link no longer works. Perhaps the comment was not confirmed in time."))
    return visitor, comment


@blueprint.get("/-/comment/mine/<secret>")
def show(secret: str) -> Response:
    """Show somebody his comment and what became of it; opening the link changes nothing, mail scanners do that.

    Also where comments are switched off meanwhile: what one has written one may take back.
    """
    with station().truth.connect() as connection:
        visitor, comment = _find(connection, secret)
    page = door().identified(viewer(), [comment.page_id]).get(comment.page_id)
    return uncached(render(
        "comments/mine.html", secret=secret, name=visitor.name, state=comment.state, reason=comment.reason,
        paragraphs=paragraphs(comment.text), is_answered=comment.is_answered, is_answer=comment.parent_id is not None,
        page=page, number=comment.id,
    ))  # fmt: skip


@blueprint.post("/-/comment/mine/<secret>")
def act(secret: str) -> Response:
    """Confirm one's address, take one's words back, say whether there is an answer."""
    action = request.form.get("action", "")
    if action != "withdraw":
        check_on()
    with station().truth.begin() as connection:
        visitor, comment = _find(connection, secret)
        if action == "confirm":
            visitors.confirm(connection, visitor)
            is_new = writing.confirm(connection, comment)
            sentence = _said(is_new, gettext("Thank you. Somebody reads it soon."))
            page = door().identified(viewer(), [comment.page_id]).get(comment.page_id)
            if is_new and page:
                tell_moderators(connection, page.path)
        elif action == "withdraw":
            sentence = _said(writing.withdraw(connection, comment), gettext("Your comment is taken back."))
        elif action in {"answered", "open"}:
            writing.set_answered(connection, comment, is_answered=action == "answered")
            sentence = gettext("It is noted.")
        else:
            raise Invalid(UNKNOWN_BUTTON)
    station().stamp.touch()
    notice("done", sentence)
    return redirect(url("comment_mine.show", secret=secret), 303)


def _said(is_done: bool, sentence: str) -> str:
    return sentence if is_done else gettext("Nothing was done: it is so already.")
