"""Looking after a message: hide it, take words or a file out of it, erase it, erase who wrote it."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import GareError
from app.plugin import notice, render, say, uncached, url, viewer
from plugins.archive import forgetting, moving
from plugins.archive.keeping import own_door
from plugins.archive.managing import find_managed
from plugins.archive.moving_views import asked_above

if TYPE_CHECKING:
    from plugins.archive.forgetting import Forgotten
    from plugins.archive.lists import MailList

blueprint = Blueprint("archive_forget", __name__)


def _by() -> str:
    return viewer().pseudonym or ""


def _open(name: str, code: str) -> tuple["MailList", Any]:
    """Find a list that the viewer looks after, and a message of it; raises NotFound, Refused."""
    list_ = find_managed(name)
    return list_, own_door().reading(viewer(), list_).message(code)


@blueprint.get("/<name>/m/<code>/care")
def show(name: str, code: str) -> Response:
    """Show what may be done with a message."""
    return _page(*_open(name, code), {})


def _page(list_: "MailList", row: Any, errors: dict[str, str], status: int = 200) -> Response:
    files = own_door().reading(viewer(), list_).files_of([row.id]).get(row.id, [])
    return uncached(render(
        "archive/care.html", status, list=list_, row=row, files=files, errors=errors, typed=request.form,
    ))  # fmt: skip


def _done(list_: "MailList", row: Any, sentence: str) -> Response:
    notice("done", sentence)
    return redirect(url("archive_message.show", name=list_.name, code=row.code), 303)


@blueprint.post("/<name>/m/<code>/hide")
def hide(name: str, code: str) -> Response:
    """Hide a message, or show it again."""
    list_, row = _open(name, code)
    is_hidden = request.form.get("hidden") == "1"
    forgetting.hide(own_door().archive, list_, [row.id], _by(), is_hidden=is_hidden)
    return _done(list_, row, gettext("The message is hidden.") if is_hidden else gettext("The message is shown again."))


@blueprint.post("/<name>/m/<code>/redact")
def redact(name: str, code: str) -> Response:
    """Take words out of all messages of the list."""
    list_, row = _open(name, code)
    named = [line.strip() for line in request.form.get("words", "")[:5000].splitlines() if line.strip()]
    try:
        done = forgetting.redact(own_door().archive, list_, named, _by())
    except GareError as error:
        return _page(list_, row, {"words": say(error)}, error.status)
    return _report(list_, done)


@blueprint.post("/<name>/m/<code>/remove-file")
def remove_file(name: str, code: str) -> Response:
    """Take a file out of all messages of the list."""
    list_, row = _open(name, code)
    files = own_door().reading(viewer(), list_).files_of([row.id]).get(row.id, [])
    if request.form.get("file") not in {one.oid for one in files}:
        return _page(list_, row, {"file": gettext("Choose a file.")}, 400)
    return _report(list_, forgetting.remove_attachment(own_door().archive, list_, request.form["file"], _by()))


@blueprint.post("/<name>/m/<code>/move")
def move(name: str, code: str) -> Response:
    """Put a message, with its answers, elsewhere."""
    list_, row = _open(name, code)
    try:
        moving_to = asked_above(list_)
        moving.move(own_door().archive, list_, row.id, moving_to, _by(), now=forgetting.now())
    except GareError as error:
        return _page(list_, row, {"above": say(error)}, error.status)
    return _done(list_, row, gettext("The message is moved, with its answers."))


@blueprint.get("/<name>/m/<code>/erase")
def ask(name: str, code: str) -> Response:
    """Say what erasing means, and ask once."""
    list_, row = _open(name, code)
    back = url("archive_message.show", name=name, code=row.code)
    return uncached(render("archive/erase.html", list=list_, heading=row.subject, back_to=back, is_person=False))


@blueprint.post("/<name>/m/<code>/erase")
def erase(name: str, code: str) -> Response:
    """Erase a message."""
    list_, row = _open(name, code)
    return _report(list_, forgetting.erase(own_door().archive, list_, [row.id], _by()))


@blueprint.get("/<name>/p/<code>/erase")
def ask_person(name: str, code: str) -> Response:
    """Say what erasing somebody means, and ask once."""
    list_ = find_managed(name)
    who = own_door().reading(viewer(), list_).person(code)
    back = url("archive.person", name=name, code=code)
    return uncached(render("archive/erase.html", list=list_, heading=who.name, back_to=back, is_person=True))


@blueprint.post("/<name>/p/<code>/erase")
def erase_person(name: str, code: str) -> Response:
    """Erase all that somebody wrote."""
    list_ = find_managed(name)
    who = own_door().reading(viewer(), list_).person(code)
    return _report(list_, forgetting.erase_person(own_door().archive, list_, who.id, _by()))


def _report(list_: "MailList", done: "Forgotten") -> Response:
    return uncached(render("archive/forgotten.html", list=list_, done=done))
