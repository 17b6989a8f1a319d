"""Saying that one comes without an account: confirmed by a link, changed and taken back by the same link."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.answers import reading, writing
from app.answers.answer import STANDING, UNCONFIRMED, WAITING, WITHDRAWN, YES, Answer, Who, Wish
from app.answers.turns import taking
from app.answers.writing import Given
from app.errors import N_, Conflict, GareError, Invalid, NotFound, Refused
from app.forms.signup import Signup
from app.people import visitors
from app.people.visitors import Visitor
from app.web import visitor_form
from app.web.addresses import absolute, address, url
from app.web.answers.dates import Date, check_open, closed, find_date, thing_of
from app.web.answers.mails import ask_to_confirm, confirm, tell_moved_up
from app.web.answers.shown import SAID, tool_keys
from app.web.answers.typed import faults, shown_wish, typed_wish
from app.web.answers.wording import said
from app.web.kit import UNKNOWN_BUTTON, door, notice, render, sign, station, uncached, viewer

blueprint = Blueprint("answer_mine", __name__)

UNKNOWN = N_("This link no longer works. Perhaps the answer was not confirmed in time.")
_TWICE = N_("Somebody with this address has answered already. Use the link you got then.")
_GONE = N_("This is not there any more, or not open to you.")


def send(date: Date) -> Response:
    """Keep an answer until its address is confirmed; raises Invalid, Mistakes. A program is thanked all the same."""
    check_open(date, YES)
    wish = typed_wish().checked(date.thing.settings)  # before anything is counted: what is refused uses up no mail
    typed = visitor_form.check()
    if typed is None:
        return _sent(date, "", said(Given(0, STANDING), wish.value))
    is_asked, sentence = visitor_form.can_confirm(), ""
    with taking(station().truth) as connection:
        visitor, secret = visitors.add(connection, typed.name, typed.email, can_confirm=is_asked)
        if is_asked:
            writing.keep_unconfirmed(connection, date.about, visitor.id, wish)
            ask_to_confirm(connection, visitor, secret)
        else:
            sentence = said(_take_at_once(connection, date, Who(visitor_id=visitor.id), wish), wish.value)
    station().stamp.touch()
    return sign(_sent(date, secret, sentence), typed.name)


def _take_at_once(connection: Connection, date: Date, who: Who, wish: Wish) -> Given:
    """Take an answer where no mail can ask whether the address is theirs: nothing that was said before is changed."""
    if reading.find_own(connection, date.about, who):
        raise Conflict(_TWICE)
    return writing.take(connection, date.about, date.thing.settings, who, wish)


def _sent(date: Date, secret: str, sentence: str) -> Response:
    """Say what comes next; the link is shown where no mail brings it."""
    is_asked = visitor_form.can_confirm()
    link = absolute(url("answer_mine.show", secret=secret)) if secret and not is_asked else ""
    email = request.form.get("email", "").strip()[:254]
    return uncached(render(
        "answers/sent.html", date=date, is_asked=is_asked, email=email, link=link, sentence=sentence,
        back=address(date.thing.record.path),
    ))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Own:
    """An answer for who gave it; `date` is None where what it is about is gone or closed to visitors."""

    visitor: Visitor
    answer: Answer
    date: Date | None

    @property
    def settings(self) -> Signup:
        """Give how one takes part, as far as it is known."""
        return self.date.thing.settings if self.date else Signup()


def _find(connection: Connection, secret: str) -> _Own:
    visitor = visitors.find(connection, secret)
    answer = reading.find_of_visitor(connection, visitor.id) if visitor else None
    if visitor is None or answer is None:
        raise NotFound(UNKNOWN)
    record = door().records_by_id(viewer(), [answer.about.page_id]).get(answer.about.page_id)
    thing = thing_of(door().find_form(viewer(), record.form), record) if record else None
    return _Own(visitor, answer, find_date(thing, answer.about.date) if thing else None)


@blueprint.get("/-/answer/mine/<secret>")
def show(secret: str) -> Response:
    """Show somebody the answer; opening the link changes nothing, mail scanners do that."""
    with station().truth.connect() as connection:
        own = _find(connection, secret)
    return _page(own, secret, {})


def _page(own: _Own, secret: str, errors: dict[str, str], code: int = 200) -> Response:
    with station().truth.connect() as connection:
        place = reading.position_of(connection, own.answer)
    answer = own.answer
    said = gettext(SAID[answer.wish.value]) if answer.wish.value in SAID else ""
    return uncached(render(
        "answers/mine.html", code, secret=secret, own=answer, name=own.visitor.name, date=own.date, place=place,
        closed=closed(own.date) if own.date else gettext(_GONE), errors=errors, said=said, settings=own.settings,
        is_unconfirmed=answer.state == UNCONFIRMED, is_withdrawn=answer.state == WITHDRAWN,
        is_waiting=answer.state == WAITING, tool_keys=tool_keys(own.settings), wish=shown_wish(answer.wish),
        back=address(own.date.thing.record.path) if own.date else "",
    ))  # fmt: skip


@blueprint.post("/-/answer/mine/<secret>")
def act(secret: str) -> Response:
    """Confirm one's address, change what one said, take it back."""
    with station().truth.connect() as connection:
        own = _find(connection, secret)
    if own.answer.state == UNCONFIRMED and request.form.get("action") == "withdraw":
        return _drop(own)
    try:
        sentence = _act(own, request.form.get("action", ""))
    except (Invalid, Conflict, Refused) as error:
        return _failed(own, secret, error)
    station().stamp.touch()
    notice("done", sentence)
    return redirect(url("answer_mine.show", secret=secret), 303)


def _drop(own: _Own) -> Response:
    """Forget who never confirmed the address, and the answer with him."""
    with taking(station().truth) as connection:
        visitors.forget(connection, [own.visitor.id])
    notice("done", gettext("Your answer is taken back."))
    return redirect(url("pages.home"), 303)


def _failed(own: _Own, secret: str, error: GareError) -> Response:
    return _page(own, secret, faults(error), error.status)


def _act(own: _Own, action: str) -> str:
    with taking(station().truth) as connection:
        if action == "withdraw":
            tell_moved_up(connection, writing.withdraw(connection, own.answer, own.settings))
            return gettext("Your answer is taken back.")
        if action == "confirm":
            return _confirm(connection, own)
        if action == "change":
            return _change(connection, own)
    raise Invalid(UNKNOWN_BUTTON)


def _confirm(connection: Connection, own: _Own) -> str:
    _check_open(own, own.answer.wish.value)
    visitors.confirm(connection, own.visitor)
    given = writing.confirm(connection, own.answer, own.settings)
    if given is None:
        return gettext("Nothing was done: it is so already.")
    return _told(connection, given, own.answer.wish.value, is_new=True)


def _change(connection: Connection, own: _Own) -> str:
    if own.answer.state == UNCONFIRMED:
        raise Invalid(N_("Confirm your answer first. Then you can change it."))
    wish = typed_wish(own.answer.wish)
    _check_open(own, wish.value)
    given = writing.change(connection, own.answer, own.settings, wish)
    is_new = (own.answer.wish.value, own.answer.state) != (wish.value, given.state)
    return _told(connection, given, wish.value, is_new=is_new)


def _told(connection: Connection, given: Given, value: str, *, is_new: bool) -> str:
    """Tell by mail what became of an answer, and those who have a place by it; gives the sentence for the page."""
    if is_new:
        confirm(connection, given.id)
    tell_moved_up(connection, given.moved_up)
    return said(given, value)


def _check_open(own: _Own, value: str) -> None:
    if own.date is None:
        raise Refused(_GONE)
    check_open(own.date, value)
