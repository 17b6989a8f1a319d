"""The sheet for the table at the door: who has signed up, empty rows for the others, a code on each row. A4."""

from types import SimpleNamespace
from typing import Final

from flask import Blueprint
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.answers import reading, sheets
from app.answers.answer import NO, STANDING, Answer
from app.forms.signup import Signup
from app.web.answers import managed
from app.web.answers.dates import Date
from app.web.kit import render, station, uncached
from app.wiki.page import fold

blueprint = Blueprint("answer_sheet", __name__)

EMPTY_ROWS: Final = 8  # at least
FULL_PAGE: Final = 20  # rows of a page of A4


@blueprint.get("/-/answer/sheet/<path:path>")
def show(path: str) -> Response:
    """Show it, to be printed by the browser."""
    found = managed.find(path)
    with station().truth.begin() as connection:
        people = _people(connection, found)
    rows = [entry(one, found.thing.settings) for one in people]
    empty = max(EMPTY_ROWS, FULL_PAGE - len(rows))
    return uncached(render(
        "answers/sheet.html", **managed.head(found, "answer_sheet.show"), people=rows, empty=range(1, empty + 1),
        count=sum(one.wish.people for one in people if one.takes_place),
        roles=[role.name for role in found.thing.settings.roles], has_roles=bool(found.thing.settings.roles),
    ))  # fmt: skip


def _people(connection: Connection, found: Date) -> list[Answer]:
    listed = [one for one in reading.list_at(connection, found.about) if one.wish.value != NO]
    return sheets.coded(connection, found.about, listed)


def entry(answer: Answer, settings: Signup) -> SimpleNamespace:
    """Say what a row holds: name, code, task, how many, what they bring."""
    role = settings.find_role(answer.wish.role)
    return SimpleNamespace(
        id=answer.id, code=answer.code, name=answer.name, role=role.name if role else "", people=answer.wish.people,
        value=answer.wish.value, is_waiting=answer.state != STANDING, attended=answer.attended,
        brings=[tool for tool in settings.tools if fold(tool) in answer.wish.bring], meal=answer.wish.meal,
        seats=answer.wish.seats, lift=answer.wish.lift, comment=answer.wish.comment,
        borrows=[tool for tool in settings.tools if fold(tool) in answer.wish.borrow],
    )  # fmt: skip
