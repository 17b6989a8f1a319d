"""Who comes: one says so by one press, with what one brings, and sees who else does. Without an account: `visitors`."""

from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.answers import reading, writing
from app.answers.answer import STANDING, WAITING, About, Answer, Who, clean_date
from app.answers.turns import taking
from app.errors import Conflict, Invalid, Refused
from app.forms.signup import Signup
from app.web import visitor_form
from app.web.addresses import address
from app.web.answers import managed
from app.web.answers.behalf import may_note
from app.web.answers.dates import Date, Thing, check_open, closed, find_thing, get_date, next_dates
from app.web.answers.mails import confirm, tell_moved_up
from app.web.answers.organisers import may_organise
from app.web.answers.shown import counted, details, numbers, people_of, summary, tool_keys
from app.web.answers.typed import faults, shown_wish, typed_wish
from app.web.answers.visitors import send
from app.web.answers.wording import said
from app.web.kit import notice, render, station, typed_path, uncached, viewer
from app.web.unsaved import keep

blueprint = Blueprint("answers", __name__)

MOST_DATES = 20  # of a series, in the list of its next dates


@blueprint.get("/-/answers/<path:path>")
def show(path: str) -> Response:
    """Show who comes on a date, and the form to say it; of a series without a day, its next dates."""
    thing, day = find_thing(typed_path(path)), clean_date(request.args.get("day", ""))
    dates = [] if day else next_dates(thing, MOST_DATES)
    if any(date.day for date in dates):
        return _list(thing, dates)
    return page_of(get_date(thing, day), {})


def _list(thing: Thing, dates: list[Date]) -> Response:
    known = counted(dates)
    shown = [numbers(date, known) for date in dates]
    return uncached(render("answers/dates.html", thing=thing, dates=shown, back=address(thing.record.path)))


def page_of(date: Date, errors: dict[str, str], code: int = 200) -> Response:
    """Show the answers about a date, with the form as it was typed."""
    with station().truth.connect() as connection:
        found = reading.list_at(connection, date.about)
        own = _own(connection, date.about)
        place = reading.position_of(connection, own) if own else 0
    return uncached(render(
        "answers/show.html", code, date=date, errors=errors, closed=closed(date), own=own, place=place,
        back=address(date.thing.record.path), numbers=numbers(date, counted([date])),
        wish=shown_wish(own.wish if own else None, request.args.get("value", "")), settings=date.thing.settings,
        tool_keys=tool_keys(date.thing.settings),
        own_details=details(own, date.thing.settings) if own else [], **_people(date, found),
        visitor=None if viewer().is_signed_in else visitor_form.fields(),
    ))  # fmt: skip


def _people(date: Date, found: list[Answer]) -> dict[str, Any]:
    """Give who comes: for members by name, for others nobody."""
    is_organiser = may_organise(date.thing.record)
    people = people_of(date, found, is_organiser=is_organiser) if viewer().is_signed_in else []
    may_add = may_note() and (is_organiser or not closed(date))
    ways = managed.ways(date) if is_organiser else []
    return {"people": people, "ways": ways, "may_note": may_add, "sums": summary(date, found)}


def _own(connection: Connection, about: About) -> Answer | None:
    """Find what the member who looks has said, as long as it holds."""
    if not viewer().is_signed_in:
        return None
    own = reading.find_own(connection, about, _who())
    return own if own and own.state in {STANDING, WAITING} else None


def _who() -> Who:
    return Who(account_id=current_user.account.id)


@blueprint.post("/-/answers/<path:path>")
def answer(path: str) -> Response:
    """Keep what somebody says; of who has no account, once the address is confirmed."""
    date = get_date(find_thing(typed_path(path)), clean_date(request.form.get("day", "")))
    try:
        if not viewer().is_signed_in:
            return send(date)
        return _answer(date)
    except (Invalid, Conflict, Refused) as error:
        return page_of(date, faults(error), error.status)


def _again(sentence: str, code: int) -> Response:
    path, day = typed_path((request.view_args or {})["path"]), clean_date(request.form.get("day", ""))
    return page_of(get_date(find_thing(path), day), {"value": sentence}, code)


keep(blueprint, {"answers.answer": _again})


def _answer(date: Date) -> Response:
    """Keep what a member says, or take it back."""
    with taking(station().truth) as connection:
        before = _own(connection, date.about)
        if request.form.get("action") == "withdraw":
            sentence = _withdraw(connection, before, date.thing.settings)
        else:
            sentence = _take(connection, before, date)
    station().stamp.touch()
    notice("done", sentence)
    return redirect(date.address, 303)


def _take(connection: Connection, before: Answer | None, date: Date) -> str:
    wish = typed_wish(before.wish if before else None)
    check_open(date, wish.value)
    given = writing.take(connection, date.about, date.thing.settings, _who(), wish)
    if before is None or (before.wish.value, before.state) != (wish.value, given.state):
        confirm(connection, given.id)
    tell_moved_up(connection, given.moved_up)
    return said(given, wish.value)


def _withdraw(connection: Connection, before: Answer | None, settings: Signup) -> str:
    if before:
        tell_moved_up(connection, writing.withdraw(connection, before, settings))
    return gettext("Your answer is taken back.")
