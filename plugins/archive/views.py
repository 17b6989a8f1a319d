"""Lists, and what is in one: the latest threads, months, files, what somebody wrote."""

from types import SimpleNamespace
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, NotFound, Refused
from app.plugin import render, url, viewer
from plugins.archive import alarms, list_shown, words
from plugins.archive.door import may_manage
from plugins.archive.keeping import own_door, until_mail
from plugins.archive.reading import FILES, THREADS, WRITTEN

if TYPE_CHECKING:
    from plugins.archive.reading import Reading

blueprint = Blueprint("archive", __name__)

LAST_PAGE = 4000


def page_number() -> int:
    """Read which page of a list is asked for; raises NotFound."""
    said = request.args.get("page", "1")
    if not said.isascii() or not said.isdecimal() or len(said) > 4 or not 1 <= int(said) <= LAST_PAGE:
        raise NotFound(N_("This page of the list does not exist."))
    return int(said)


@blueprint.get("/")
@until_mail
def show_all() -> Response:
    """Show the lists that the reader may read."""
    found, door = own_door().lists(viewer()), own_door()
    shown = [list_shown.summary(door.reading(viewer(), one)) for one in found]
    manages = viewer().is_admin or bool(viewer().referent_of)
    return render("archive/lists.html", shown=shown, manages=manages, breadcrumbs=list_shown.trail())


@blueprint.get("/m/<code>")
def find(code: str) -> Response:
    """Lead to a message, in whichever list it is."""
    code = code.upper()
    list_ = own_door().list_holding(viewer(), code)
    return redirect(url("archive_message.show", name=list_.name, code=code))


@blueprint.get("/<name>/")
@until_mail
def show(name: str) -> Response:
    """Show a list: what it is, how to subscribe, the latest threads, the months."""
    reading, page = own_door().open(viewer(), name), page_number()
    found = reading.threads(page)
    return render(
        "archive/list.html", list=reading.list_, page=page, about=list_shown.about(reading.list_),
        threads=list_shown.threads(reading.list_, found[:THREADS]), may_manage=may_manage(viewer(), reading.list_),
        years=list_shown.years(reading), breadcrumbs=list_shown.trail(reading.list_), alarm=_alarm(reading),
        pager=_pager("archive.show", page, has_more=len(found) > THREADS, name=name),
    )  # fmt: skip


def _alarm(reading: "Reading") -> str:
    """Say to who looks after a list that mail of it may be missing."""
    said = alarms.said_of(reading.archive, reading.list_) if reading.sees_hidden else None
    return gettext(said[0], **said[1]) if said else ""


@blueprint.get("/<name>/<int(fixed_digits=4):year>/<int(fixed_digits=2):number>/")
@until_mail
def month(name: str, year: int, number: int) -> Response:
    """Show in which threads something was written in a month."""
    if not 1 <= number <= 12 or year == 0:
        raise NotFound(N_("There is no such month."))
    reading, month = own_door().open(viewer(), name), 100 * year + number
    found = reading.month(month)
    return render(
        "archive/month.html", list=reading.list_, heading=words.month_words(month), month=month,
        threads=list_shown.threads(reading.list_, found), written=sum(one.written for one in found),
        steps=list_shown.beside(reading, month), breadcrumbs=list_shown.trail(reading.list_, words.month_words(month)),
    )  # fmt: skip


@blueprint.get("/<name>/p/<code>")
@until_mail
def person(name: str, code: str) -> Response:
    """Show what somebody wrote; to members only."""
    reading, page = own_door().open(viewer(), name), page_number()
    if not viewer().is_signed_in:
        raise Refused(N_("Sign in to see what one person wrote."))
    who, found = reading.by_person(code, page)
    said = words.who(who.name or who.address, is_masked=False)
    return render(
        "archive/person.html", list=reading.list_, heading=said, mailbox=who.address, person=code,
        may_manage=may_manage(viewer(), reading.list_),
        messages=list_shown.written(reading.list_, found[:WRITTEN]),
        breadcrumbs=list_shown.trail(reading.list_, said),
        pager=_pager("archive.person", page, has_more=len(found) > WRITTEN, name=name, code=code),
    )  # fmt: skip


@blueprint.get("/<name>/files/")
@until_mail
def files(name: str) -> Response:
    """Show all attachments of a list, by month."""
    reading, page = own_door().open(viewer(), name), page_number()
    found = reading.files(page)
    return render(
        "archive/files.html", list=reading.list_, months=list_shown.files_by_month(reading.list_, found[:FILES]),
        breadcrumbs=list_shown.trail(reading.list_, gettext("Files")),
        pager=_pager("archive.files", page, has_more=len(found) > FILES, name=name),
    )  # fmt: skip


def _pager(endpoint: str, page: int, *, has_more: bool, **values: str) -> SimpleNamespace:
    def at(number: int) -> str:
        return url(endpoint, **values, **({"page": number} if number > 1 else {}))

    is_on = has_more and page < LAST_PAGE
    return SimpleNamespace(newer=at(page - 1) if page > 1 else "", older=at(page + 1) if is_on else "")
