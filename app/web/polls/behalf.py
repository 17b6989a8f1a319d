"""Write down what somebody answered on paper, by telephone, on the market; take such an answer off again."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.answers import votes
from app.answers.answer import TOLD_ELSEWHERE, Who
from app.answers.turns import taking
from app.errors import N_, Conflict, Invalid, NotFound, Refused
from app.people import throttle
from app.web.answers.behalf import MAX_DIGITS, NOTED_BY, may_note
from app.web.answers.organisers import may_organise
from app.web.answers.typed import faults
from app.web.answers.wording import channel_words
from app.web.kit import UNFIT, notice, render, say, station, typed_path, uncached, viewer
from app.web.polls import shown, things
from app.web.polls.things import Thing

blueprint = Blueprint("poll_behalf", __name__)

_MEMBERS = N_("Members write down what others answer. Sign in first.")
_MISSING = N_("This answer does not exist, or not any more.")


def _thing(path: str) -> Thing:
    if not may_note():
        raise Refused(_MEMBERS)
    return things.find(typed_path(path))


def _check_open(thing: Thing) -> None:
    """Let who looks after it write down papers of before the last day also after it, until it is closed."""
    if thing.poll.outcome or not thing.poll.is_asked or not may_organise(thing.record):
        things.check_open(thing)


@blueprint.get("/-/poll/behalf/<path:path>")
def show(path: str) -> Response:
    """Show the form for somebody else's answer."""
    return _form(_thing(path), {})


def _form(thing: Thing, errors: dict[str, str], code: int = 200) -> Response:
    channel = request.form.get("channel", "")
    return uncached(render(
        "voting/behalf.html", code, **shown.head(thing), errors=errors, name=request.form.get("name", ""),
        form=shown.form_of(thing, None), channel=channel if channel in TOLD_ELSEWHERE else TOLD_ELSEWHERE[0],
        channels=[(key, channel_words(key)) for key in TOLD_ELSEWHERE],
    ))  # fmt: skip


@blueprint.post("/-/poll/behalf/<path:path>")
def add(path: str) -> Response:
    """Keep it, with who wrote it down."""
    thing, name = _thing(path), UNFIT.sub("", request.form.get("name", ""))
    try:
        _add(thing, name)
    except Conflict as error:
        return _form(thing, {"name": say(error)}, error.status)
    except (Invalid, Refused) as error:
        return _form(thing, faults(error, "choice" if name.strip() else "name"), error.status)
    station().stamp.touch()
    notice("done", gettext("It is noted."))
    return redirect(thing.address, 303)


def _add(thing: Thing, name: str) -> None:
    channel = request.form.get("channel", "")
    if channel not in TOLD_ELSEWHERE:
        raise Invalid(N_("Choose how you heard it."))
    _check_open(thing)
    who = Who(name=name, channel=channel, entered_by=viewer().pseudonym or "")
    with taking(station().truth) as connection:
        throttle.spend(connection, NOTED_BY, who.entered_by)
        votes.cast(connection, thing.record.id, thing.poll, who, shown.typed_said(thing.poll))


@blueprint.post("/-/poll/remove/<path:path>")
def remove(path: str) -> Response:
    """Take an answer off: whoever wrote it down, or looks after the poll."""
    thing, number = _thing(path), request.form.get("answer", "")
    if thing.poll.outcome:
        things.check_open(thing)
    with taking(station().truth) as connection:
        vote = votes.find(connection, int(number)) if number.isdecimal() and len(number) <= MAX_DIGITS else None
        if vote is None or vote.page_id != thing.record.id or not vote.who.entered_by:
            raise NotFound(_MISSING)
        if vote.who.entered_by != viewer().pseudonym and not may_organise(thing.record):
            raise Refused(N_("Only whoever wrote this down, or organises, may do that."))
        votes.withdraw(connection, vote)
    station().stamp.touch()
    notice("done", gettext("The answer is taken off."))
    return redirect(thing.address, 303)
