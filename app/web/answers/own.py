"""What a member said: in one list, the next dates first."""

from types import SimpleNamespace

from flask import Blueprint
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.answers import reading
from app.answers.answer import WAITING, Answer
from app.web.answers.dates import Date, find_date, thing_of
from app.web.answers.shown import SAID, details
from app.web.kit import door, render, station, uncached, viewer
from app.web.me import own_account
from app.web.polls.own import own_votes

blueprint = Blueprint("answers_own", __name__)

MOST = 100


@blueprint.get("/-/me/answers")
def show() -> Response:
    """List what one said about dates that one may still read."""
    account = own_account()
    with station().truth.connect() as connection:
        found = reading.list_of_account(connection, account.id)[:MOST]
    records = door().records_by_id(viewer(), {one.about.page_id for one in found})
    rows = []
    for one in found:
        record = records.get(one.about.page_id)
        thing = thing_of(door().find_form(viewer(), record.form), record) if record else None
        date = find_date(thing, one.about.date) if thing else None
        if date:
            rows.append(_row(date, one))
    rows.sort(key=lambda row: row.starts_at)
    coming, past = ([row for row in rows if row.is_over == is_over] for is_over in (False, True))
    return uncached(render("answers/own.html", coming=coming, past=past[::-1], votes=own_votes(account)))


def _row(date: Date, one: Answer) -> SimpleNamespace:
    return SimpleNamespace(
        title=date.title, words=date.words, address=date.address, is_over=date.is_over,
        is_waiting=one.state == WAITING,
        said=gettext(SAID[one.wish.value]), people=one.wish.people, details=details(one, date.thing.settings),
        starts_at=date.row.starts_at if date.row else 0, is_cancelled=bool(date.row and date.row.status == "cancelled"),
    )  # fmt: skip
