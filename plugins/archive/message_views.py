"""One message: its own page, its HTML, and as it came."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers import Response

from app.errors import N_, NotFound, OverBudget, Refused
from app.plugin import address, door, render, trust, uncached, url, viewer, with_far_pictures
from plugins.archive import list_shown, replying, shown
from plugins.archive.door import may_manage
from plugins.archive.file_shown import PICTURES, address_of
from plugins.archive.html_mail import HtmlMail
from plugins.archive.keeping import own_door, until_mail
from plugins.archive.message.read import read
from plugins.archive.reading import NO_MESSAGE
from plugins.archive.thread_views import place_on, starts
from plugins.archive.tree import lay_out

if TYPE_CHECKING:
    from plugins.archive.reading import Reading

blueprint = Blueprint("archive_message", __name__)

ALIKE = "html"  # as the message was laid out


@blueprint.get("/<name>/m/<code>")
def show(name: str, code: str) -> Response:
    """Show a message; pictures that lie elsewhere only where the reader asks for them."""
    if code != code.upper():
        return redirect(url("archive_message.show", name=name, code=code.upper()), 301)
    if request.args.get("images") == "1":
        return with_far_pictures(_show(name, code, shows_far=True))
    return until_mail(_show)(name, code)


def _show(name: str, code: str, *, shows_far: bool = False) -> Response:
    reading = own_door().open(viewer(), name)
    row = reading.message(code)
    thread, places = _thread(reading, row)
    place = next((one for one in places if one.id == row.id), None)
    if place is None:
        raise NotFound(NO_MESSAGE)

    def at(one: Any) -> str:
        return place_on(reading.list_, thread.code, places, one)

    (message,) = shown.messages(reading, [place], places, at, most=replying.LONG)
    is_html = row.has_html and (shows_far or request.args.get("as") == ALIKE)
    html = _html(reading, row, shows_far=shows_far) if is_html else None
    return render(
        "archive/message.html", list=reading.list_, message=message, html=html, is_html=is_html,
        shows_far=shows_far, in_thread=at(place), thread=thread, may_manage=may_manage(viewer(), reading.list_),
        breadcrumbs=list_shown.trail(reading.list_, message.subject), **_beside(reading, places, place),
        starts=starts(f"{name}/m/{code}"), citing=[(one.title, address(one.path)) for one in _citing(row)],
    )  # fmt: skip


def _citing(row: Any) -> list[Any]:
    """List the pages that link to a message, of those that the reader may read."""
    return door().citing(viewer(), f"mail:{row.key}")


def _thread(reading: "Reading", row: Any) -> tuple[Any, list[Any]]:
    places = lay_out(reading.places(row.thread_id), with_hidden=reading.sees_hidden)
    return reading.thread_by_id(row.thread_id), places


def _beside(reading: "Reading", places: list[Any], place: Any) -> dict[str, str]:
    """Lead to the messages before and after in the thread."""
    number = places.index(place)
    before, after = places[number - 1] if number else None, places[number + 1] if number + 1 < len(places) else None
    return {
        "before": shown.address_of(reading.list_, before.code) if before else "",
        "after": shown.address_of(reading.list_, after.code) if after else "",
    }


def _html(reading: "Reading", row: Any, *, shows_far: bool) -> SimpleNamespace:
    """Give the message as it was laid out; empty where that is too much to be shown."""
    files = reading.files_of([row.id]).get(row.id, [])
    own = {one.cid: address_of(reading.list_, row.code, one) for one in files if one.cid and one.kind in PICTURES}
    cleaner = HtmlMail(own, is_masked=shown.is_masked(), shows_far=shows_far)
    try:
        said = cleaner.clean(read(reading.raw(row), now=row.arrived_at).html)
    except OverBudget:
        said = ""
    return SimpleNamespace(said=trust(said), far=cleaner.far)


@blueprint.get("/<name>/m/<code>/raw")
def raw(name: str, code: str) -> Response:
    """Give a message as it came, to who looks after the list."""
    reading = own_door().open(viewer(), name)
    if not may_manage(viewer(), reading.list_):
        raise Refused(N_("Only those who look after the list see this."))
    response = make_response(reading.raw(reading.message(code)))
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return uncached(response)
