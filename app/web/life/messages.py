"""The links in the mails of the contact form: its sender confirms an address, its receiver reports misuse."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.catalog.record_rows import RecordRow
from app.comments.words import paragraphs
from app.errors import N_, GareError, Invalid, NotFound
from app.people import visitors
from app.people.viewer import OPERATOR
from app.people.visitors import Visitor
from app.records import contact
from app.records.contact import REPORTED, UNCONFIRMED, Message, Sender
from app.web.addresses import url
from app.web.kit import UNKNOWN_BUTTON, door, notice, render, say, station, uncached, viewer
from app.web.life.contact import pass_on
from app.web.life.contact_mails import find_received
from app.web.moderator_mails import tell_moderators

blueprint = Blueprint("messages", __name__)

UNKNOWN = N_("This link no longer works.")


@dataclass(frozen=True, slots=True)
class _Own:
    """A message for who wrote it; `row` is None where the record is gone or closed."""

    visitor: Visitor
    message: Message
    row: RecordRow | None


def _find(connection: Connection, secret: str) -> _Own:
    visitor = visitors.find(connection, secret)
    message = contact.find_of_visitor(connection, visitor.id) if visitor else None
    if visitor is None or message is None:
        raise NotFound(UNKNOWN)
    row = door().records_by_id(viewer(), [message.page_id]).get(message.page_id)
    return _Own(visitor, message, row)


@blueprint.get("/-/message/<secret>")
def show(secret: str) -> Response:
    """Show a message to who wrote it; opening the link sends nothing, mail scanners open links."""
    with station().truth.connect() as connection:
        own = _find(connection, secret)
    return _page(own, secret, {})


def _page(own: _Own, secret: str, errors: dict[str, str], code: int = 200) -> Response:
    return uncached(render(
        "life/message.html", code, secret=secret, record=own.row, errors=errors, name=own.visitor.name,
        is_waiting=own.message.state == UNCONFIRMED, paragraphs=paragraphs(own.message.text),
    ))  # fmt: skip


@blueprint.post("/-/message/<secret>")
def act(secret: str) -> Response:
    """Send the message, or throw it away."""
    with station().truth.connect() as connection:
        own = _find(connection, secret)
    deed = request.form.get("action", "")
    if deed not in {"send", "drop"}:
        raise Invalid(UNKNOWN_BUTTON)
    if deed == "drop":
        with station().truth.begin() as connection:
            visitors.forget(connection, [own.visitor.id])
        notice("done", gettext("The message is thrown away."))
        return redirect(url("pages.home"), 303)
    try:
        _send(own)
    except GareError as error:
        return _page(own, secret, {"text": say(error)}, error.status)
    notice("done", gettext("Your message is sent."))
    return redirect(url("messages.show", secret=secret), 303)


def _send(own: _Own) -> None:
    if own.row is None:
        raise NotFound(N_("This record is not there any more, or not open to you."))
    visitor, message = own.visitor, own.message
    sender = Sender(visitor.name, visitor.email, visitor.pseudonym, visitor_id=visitor.id)
    with station().truth.begin() as connection:
        visitors.confirm(connection, visitor)
        if not contact.set_sent(connection, message):
            return  # pressed twice
        if not pass_on(connection, own.row, message.text, sender, message.id):
            raise NotFound(N_("These people take no messages from here at the moment."))


@blueprint.get("/-/message/stop/<secret>")
def stop(secret: str) -> Response:
    """Ask the receiver of a message what shall be stopped."""
    with station().truth.connect() as connection:
        message = _received(connection, secret)
        is_stopped = contact.is_stopped(connection, message.page_id)
    row = door().records_by_id(OPERATOR, [message.page_id]).get(message.page_id)
    return uncached(render(
        "life/stop.html", secret=secret, title=row.title if row else "", is_stopped=is_stopped,
        is_reported=message.state == REPORTED,
    ))  # fmt: skip


def _received(connection: Connection, secret: str) -> Message:
    message = find_received(connection, secret)
    if message is None:
        raise NotFound(UNKNOWN)
    return message


@blueprint.post("/-/message/stop/<secret>")
def choose(secret: str) -> Response:
    """Report a message, take no more of them, or take them again."""
    deed = request.form.get("action", "")
    with station().truth.begin() as connection:
        message = _received(connection, secret)
        if deed == "report":
            if contact.report(connection, message.id):
                _tell(connection, message)
            sentence = gettext("Thank you. This person writes to nobody any more from here.")
        elif deed == "stop":
            contact.stop(connection, message.page_id)
            sentence = gettext("No more messages come from this record.")
        elif deed == "again":
            contact.take_again(connection, message.page_id)
            sentence = gettext("Messages come again.")
        else:
            raise Invalid(UNKNOWN_BUTTON)
    station().stamp.touch()
    notice("done", sentence)
    return redirect(url("messages.stop", secret=secret), 303)


def _tell(connection: Connection, message: Message) -> None:
    row = door().records_by_id(OPERATOR, [message.page_id]).get(message.page_id)
    if row:
        tell_moderators(connection, row.path)
