"""A thread: all of it on one page, in one request."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.plugin import door, render, spoken, url, viewer, words_in
from plugins.archive import list_shown, shown, words
from plugins.archive.door import may_manage
from plugins.archive.keeping import own_door, until_mail
from plugins.archive.tree import Place, lay_out
from plugins.archive.views import page_number

if TYPE_CHECKING:
    from plugins.archive.lists import MailList
    from plugins.archive.reading import Reading

blueprint = Blueprint("archive_thread", __name__)

ON_A_PAGE = 200  # messages


@blueprint.get("/<name>/t/<code>")
@until_mail
def show(name: str, code: str) -> Response:
    """Show a thread; one that was joined with another leads there."""
    reading, page = own_door().open(viewer(), name), page_number()
    thread = reading.thread(code.upper())
    if thread.code != code:
        return redirect(url("archive_thread.show", name=name, code=thread.code), 301)
    places = lay_out(reading.places(thread.id), with_hidden=reading.sees_hidden)
    subject = words.subject(thread.subject, is_masked=shown.is_masked())
    return render(
        "archive/thread.html", list=reading.list_, thread=thread, subject=subject,
        messages=_messages(reading, thread, places, page, subject), total=len(places),
        begun=words.moment(thread.begun_at), last=words.moment(thread.last_at),
        may_manage=may_manage(viewer(), reading.list_), breadcrumbs=list_shown.trail(reading.list_, subject),
        pager=_pager(reading.list_, thread.code, page, len(places)),
        starts=starts(f"{name}/t/{thread.code}"),
    )  # fmt: skip


def _messages(reading: "Reading", thread: Any, places: list[Place], page: int, subject: str) -> list[Any]:
    position = {place.id: number for number, place in enumerate(places)}

    def at(place: Place) -> str:
        on = position[place.id] // ON_A_PAGE + 1
        return f"#{shown.anchor(place.code)}" if on == page else place_on(reading.list_, thread.code, places, place)

    on_page = places[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return shown.messages(reading, on_page, places, at, subject)


def starts(reference: str) -> list[tuple[str, str]]:
    """Give what members make of mails: words and address, a page first, then the records that they may send."""
    if not viewer().is_signed_in:
        return []
    source = {"from": f"archive:{reference}"}
    forms = [one for one in door().all_forms(viewer()) if door().may_submit(viewer(), one)]
    begun = [(words_in(one.title, spoken()), url("record_new.fill", name=one.name, **source)) for one in forms]
    is_writer = door().may_write_somewhere(viewer())
    return [*([(gettext("A page"), url("edit.new", **source))] if is_writer else []), *begun]


def place_on(list_: "MailList", code: str, places: list[Place], place: Place) -> str:
    """Give the address of a message on the page of its thread."""
    page = places.index(place) // ON_A_PAGE + 1
    query = {"page": page} if page > 1 else {}
    return url("archive_thread.show", name=list_.name, code=code, _anchor=shown.anchor(place.code), **query)


def _pager(list_: "MailList", code: str, page: int, total: int) -> SimpleNamespace:
    def at(number: int) -> str:
        query = {"page": number} if number > 1 else {}
        return url("archive_thread.show", name=list_.name, code=code, **query)

    has_more = page * ON_A_PAGE < total
    return SimpleNamespace(newer=at(page - 1) if page > 1 else "", older=at(page + 1) if has_more else "")
