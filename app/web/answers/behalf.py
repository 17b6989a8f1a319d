"""Write down what somebody said on paper, by telephone, on the market; take a name off the list."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.answers import reading, writing
from app.answers.answer import TOLD_ELSEWHERE, WAITING, Answer, Who, clean_date
from app.answers.turns import taking
from app.errors import N_, Conflict, Invalid, NotFound, Refused
from app.people import throttle
from app.people.throttle import Rule
from app.web.answers.dates import Date, check_open, closed, find_thing, get_date, next_dates
from app.web.answers.mails import tell_moved_up
from app.web.answers.organisers import may_organise
from app.web.answers.shown import tool_keys
from app.web.answers.typed import faults, shown_wish, typed_wish
from app.web.answers.wording import channel_words
from app.web.kit import UNFIT, notice, render, say, station, typed_path, uncached, viewer
from app.web.unsaved import keep

blueprint = Blueprint("answer_behalf", __name__)

NOTED_BY = Rule("answer-noted-by", 200)
MAX_DIGITS = 9
_MEMBERS = N_("Members write down who comes. Sign in first.")
_MISSING = N_("This answer does not exist, or not any more.")


def may_note() -> bool:
    """Tell whether the reader may write down what others said."""
    return viewer().is_signed_in and viewer().may_write


def _date(path: str, day: str) -> Date:
    """Find the date that is meant; of a series without a day, the next one."""
    if not may_note():
        raise Refused(_MEMBERS)
    thing, day = find_thing(typed_path(path)), clean_date(day)
    return next(iter(() if day else next_dates(thing, 1)), None) or get_date(thing, day)


@blueprint.get("/-/answer/behalf/<path:path>")
def show(path: str) -> Response:
    """Show the form for somebody else's answer."""
    return _form(_date(path, request.args.get("day", "")), {})


def _form(date: Date, errors: dict[str, str], code: int = 200) -> Response:
    is_organiser = may_organise(date.thing.record)
    channel = request.form.get("channel", "")
    return uncached(render(
        "answers/behalf.html", code, date=date, errors=errors, closed="" if is_organiser else closed(date),
        settings=date.thing.settings, tool_keys=tool_keys(date.thing.settings), wish=shown_wish(None),
        name=request.form.get("name", ""), channel=channel if channel in TOLD_ELSEWHERE else TOLD_ELSEWHERE[0],
        channels=[(key, channel_words(key)) for key in TOLD_ELSEWHERE],
    ))  # fmt: skip


@blueprint.post("/-/answer/behalf/<path:path>")
def add(path: str) -> Response:
    """Keep it, with who wrote it down; who organises may do so when it is over, from the sheet of paper."""
    date = _date(path, request.form.get("day", ""))
    name = UNFIT.sub("", request.form.get("name", ""))
    try:
        sentence = _add(date, name)
    except Conflict as error:
        return _form(date, {"name": say(error)}, error.status)
    except (Invalid, Refused) as error:
        return _form(date, faults(error, "value" if name.strip() else "name"), error.status)
    station().stamp.touch()
    notice("done", sentence)
    return redirect(date.address, 303)


def _again(sentence: str, code: int) -> Response:
    return _form(_date((request.view_args or {})["path"], request.form.get("day", "")), {"value": sentence}, code)


keep(blueprint, {"answer_behalf.add": _again})


def _add(date: Date, name: str) -> str:
    channel = request.form.get("channel", "")
    if channel not in TOLD_ELSEWHERE:
        raise Invalid(N_("Choose how you heard it."))
    wish = typed_wish()
    if not may_organise(date.thing.record):
        check_open(date, wish.value)
    who = Who(name=name, channel=channel, entered_by=viewer().pseudonym or "")
    with taking(station().truth) as connection:
        throttle.spend(connection, NOTED_BY, who.entered_by)
        given = writing.take(connection, date.about, date.thing.settings, who, wish)
        tell_moved_up(connection, given.moved_up)
    if given.state == WAITING:
        return gettext("All places are taken. It is number %(num)s on the waiting list.", num=given.position)
    return gettext("It is noted.")


@blueprint.post("/-/answer/remove/<path:path>")
def remove(path: str) -> Response:
    """Take a name off the list: whoever wrote it down, or organises."""
    date = _date(path, request.form.get("day", ""))
    number = request.form.get("answer", "")
    with taking(station().truth) as connection:
        known = reading.find(connection, int(number)) if number.isdecimal() and len(number) <= MAX_DIGITS else None
        answer = _checked(date, known)
        tell_moved_up(connection, writing.withdraw(connection, answer, date.thing.settings))
    station().stamp.touch()
    notice("done", gettext("The name is off the list."))
    return redirect(date.address, 303)


def _checked(date: Date, answer: Answer | None) -> Answer:
    if answer is None or answer.about != date.about:
        raise NotFound(_MISSING)
    is_mine = answer.who.entered_by != "" and answer.who.entered_by == viewer().pseudonym
    if not is_mine and not may_organise(date.thing.record):
        raise Refused(N_("Only whoever wrote this down, or organises, may do that."))
    return answer
