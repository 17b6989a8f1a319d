"""Answering a poll without an account: confirmed by a link, changed and taken back by the same link."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.answers import poll_mails, votes
from app.answers.answer import UNCONFIRMED, WITHDRAWN, Who
from app.answers.turns import taking
from app.answers.votes import Vote
from app.errors import N_, Conflict, Invalid, NotFound, Refused
from app.forms import poll as polls
from app.people import visitors
from app.people.visitors import Visitor
from app.web import visitor_form
from app.web.addresses import absolute, in_mail, url
from app.web.answers.typed import faults
from app.web.kit import UNKNOWN_BUTTON, door, notice, render, sign, station, uncached, viewer
from app.web.polls import shown, things
from app.web.polls.things import Thing, thing_of

blueprint = Blueprint("poll_mine", __name__)

UNKNOWN = N_("This link no longer works. Perhaps the answer was not confirmed in time.")
_GONE = N_("This is not there any more, or not open to you.")


def send(thing: Thing) -> Response:
    """Keep an answer until its address is confirmed; raises Invalid, Mistakes. A program is thanked all the same."""
    things.check_open(thing)
    said = shown.typed_said(thing.poll).checked(thing.poll)  # before anything is counted: what is refused uses no mail
    typed = visitor_form.check()
    if typed is None:
        return _sent(thing, "")
    is_asked = visitor_form.can_confirm()
    with taking(station().truth) as connection:
        visitor, secret = visitors.add(connection, typed.name, typed.email, can_confirm=is_asked)
        if is_asked:
            votes.keep_unconfirmed(connection, thing.record.id, thing.poll, visitor.id, said)
            link = in_mail(url("poll_mine.show", secret=secret)) or ""
            poll_mails.ask_to_confirm(connection, station(), visitor, link)
        else:
            who = Who(visitor_id=visitor.id)
            if votes.find_own(connection, thing.record.id, votes.key_of(thing.poll), who):
                secret = ""  # the same page, without a link: it tells nobody whose address has answered
            else:
                votes.cast(connection, thing.record.id, thing.poll, who, said)
    station().stamp.touch()
    return sign(_sent(thing, secret), typed.name)


def _sent(thing: Thing, secret: str) -> Response:
    """Say what comes next; the link is shown where no mail brings it."""
    is_asked = visitor_form.can_confirm()
    link = absolute(url("poll_mine.show", secret=secret)) if secret and not is_asked else ""
    email = request.form.get("email", "").strip()[:254]
    return uncached(render("voting/sent.html", **shown.head(thing), is_asked=is_asked, email=email, link=link))


@dataclass(frozen=True, slots=True)
class _Own:
    """An answer for who gave it; `thing` is None where the poll is gone or closed to visitors."""

    visitor: Visitor
    vote: Vote
    thing: Thing | None


def _find(secret: str) -> _Own:
    with station().truth.connect() as connection:
        visitor = visitors.find(connection, secret)
        vote = votes.find_of_visitor(connection, visitor.id) if visitor else None
    if visitor is None or vote is None:
        raise NotFound(UNKNOWN)
    record = door().records_by_id(viewer(), [vote.page_id]).get(vote.page_id)
    thing = thing_of(door().find_form(viewer(), record.form), record) if record else None
    return _Own(visitor, vote, thing)


@blueprint.get("/-/poll/mine/<secret>")
def show(secret: str) -> Response:
    """Show somebody the answer; opening the link changes nothing, mail scanners do that."""
    return _page(_find(secret), secret, {})


def _page(own: _Own, secret: str, errors: dict[str, str], code: int = 200) -> Response:
    thing = own.thing
    head = shown.head(thing) if thing else {"closed": gettext(_GONE), "title": "", "page": ""}
    return uncached(render(
        "voting/mine.html", code, **head, secret=secret, errors=errors, name=own.visitor.name,
        said=shown.said_words(thing.poll, own.vote.said) if thing else [],
        is_unconfirmed=own.vote.state == UNCONFIRMED, is_withdrawn=own.vote.state == WITHDRAWN,
        form=shown.form_of(thing, own.vote.said) if thing else None,
    ))  # fmt: skip


@blueprint.post("/-/poll/mine/<secret>")
def act(secret: str) -> Response:
    """Confirm one's address, change what one answered, take it back."""
    own, action = _find(secret), request.form.get("action", "change")
    if own.vote.state == UNCONFIRMED and action == "withdraw":
        with taking(station().truth) as connection:
            visitors.forget(connection, [own.visitor.id])
        notice("done", gettext("Your answer is taken back."))
        return redirect(url("pages.home"), 303)
    try:
        sentence = _act(own, action)
    except (Invalid, Conflict, Refused) as error:
        return _page(own, secret, faults(error, "choice"), error.status)
    station().stamp.touch()
    notice("done", sentence)
    return redirect(url("poll_mine.show", secret=secret), 303)


def _act(own: _Own, action: str) -> str:
    if own.thing is None:
        raise Refused(_GONE)
    things.check_open(own.thing)
    if own.vote.key != votes.key_of(own.thing.poll):
        raise Refused(things.OTHER_ROUND)
    with taking(station().truth) as connection:
        things.still_open(own.thing)
        if action == "withdraw":
            votes.withdraw(connection, own.vote)
            return gettext("Your answer is taken back.")
        if own.thing.poll.who != polls.EVERYONE and own.vote.who.account_id is None:
            raise Refused(things.MEMBERS)
        if action == "confirm":
            return _confirm(connection, own)
        if action == "change":
            if own.vote.state == UNCONFIRMED:
                raise Invalid(N_("Confirm your answer first. Then you can change it."))
            votes.change(connection, own.vote, own.thing.poll, shown.typed_said(own.thing.poll))
            return gettext("Your answer is noted. You can change it as long as it is open.")
    raise Invalid(UNKNOWN_BUTTON)


def _confirm(connection: Connection, own: _Own) -> str:
    if own.vote.state != UNCONFIRMED:
        return gettext("Nothing was done: it is so already.")
    visitors.confirm(connection, own.visitor)
    votes.confirm(connection, own.vote)
    return gettext("Your answer is noted. You can change it as long as it is open.")
