"""A poll: what is asked, one's own answer, what was answered so far. Without an account: `visitors`."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app.answers import votes
from app.answers.answer import Who
from app.answers.turns import taking
from app.answers.votes import Vote
from app.errors import Conflict, Invalid, Refused
from app.web import visitor_form
from app.web.answers.behalf import may_note
from app.web.answers.organisers import may_organise
from app.web.answers.typed import faults
from app.web.kit import notice, render, station, typed_path, uncached, viewer
from app.web.polls import closing, reopening, shown, things
from app.web.polls.things import Thing
from app.web.polls.visitors import send
from app.web.unsaved import keep

blueprint = Blueprint("voting", __name__)


@blueprint.get("/-/polls/<path:path>")
def show(path: str) -> Response:
    """Show what is asked, the form, what was answered so far."""
    return page_of(things.find(typed_path(path)), {})


def page_of(thing: Thing, errors: dict[str, str], code: int = 200) -> Response:
    """Show a poll with the form as it was typed."""
    own = _own(thing)
    with station().truth.connect() as connection:
        found = votes.list_votes(connection, thing.record.id, thing.poll)
    is_organiser = may_organise(thing.record)
    return uncached(render(
        "voting/show.html", code, **shown.head(thing), errors=errors, has_own=own is not None,
        own=shown.said_words(thing.poll, own.said) if own else [],
        form=shown.form_of(thing, own.said if own else None), may_answer=things.may_answer(thing),
        results=shown.results(thing, found) if things.may_see(thing, own) else None, noted=shown.noted(thing, found),
        may_note=may_note() and (is_organiser or not things.closed(thing)), is_organiser=is_organiser,
        ways=closing.ways(thing) if is_organiser else [], outcome=closing.outcome_of(thing),
        reopen=reopening.address(thing) if is_organiser and reopening.may_reopen(thing) else "",
        changed=shown.changed_since(thing, found),
        visitor=None if viewer().is_signed_in else visitor_form.fields(),
    ))  # fmt: skip


def _own(thing: Thing) -> Vote | None:
    return things.own_vote(thing, current_user.account.id) if viewer().is_signed_in else None


@blueprint.post("/-/polls/<path:path>")
def answer(path: str) -> Response:
    """Keep an answer; of who has no account, once the address is confirmed."""
    thing = things.find(typed_path(path))
    try:
        if not viewer().is_signed_in:
            if not things.may_answer(thing):
                raise Refused(things.MEMBERS)
            return send(thing)
        sentence = _answer(thing)
    except (Invalid, Conflict, Refused) as error:
        return page_of(thing, faults(error, "choice"), error.status)
    station().stamp.touch()
    notice("done", sentence)
    return redirect(thing.address, 303)


def _answer(thing: Thing) -> str:
    things.check_open(thing)
    if request.form.get("action") == "withdraw":
        own = _own(thing)
        if own:
            with taking(station().truth) as connection:
                votes.withdraw(connection, own)
        return gettext("Your answer is taken back.")
    with taking(station().truth) as connection:
        who = Who(account_id=current_user.account.id)
        thing = things.still_open(thing)
        votes.cast(connection, thing.record.id, thing.poll, who, shown.typed_said(thing.poll))
    return gettext("Your answer is noted. You can change it as long as it is open.")


def _again(sentence: str, code: int) -> Response:
    return page_of(things.find(typed_path((request.view_args or {})["path"])), {"choice": sentence}, code)


keep(blueprint, {"voting.answer": _again})
