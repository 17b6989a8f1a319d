"""Delete a page, bring it back."""

from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import Invalid
from app.web.addresses import address, url
from app.web.kit import author, door, notice, render, say, sign, typed_name, typed_path, viewer

blueprint = Blueprint("delete", __name__)


@blueprint.get("/-/delete/<path:path>")
def delete(path: str) -> Response:
    """Say what deleting means, and who links to the page."""
    return _form(typed_path(path), {})


@blueprint.post("/-/delete/<path:path>")
def save(path: str) -> Response:
    """Delete the page; the next page shows how to take it back."""
    path = typed_path(path)
    try:
        signed = author()
    except Invalid as error:
        return _form(path, {"author": say(error)}, 400)
    title = door().find(viewer(), path).title
    door().delete(viewer(), path, signed)
    undo = (gettext("Bring it back"), url("delete.undelete", path=path))
    notice("done", gettext("“%(title)s” was deleted.", title=title), undo)
    return sign(redirect(url("lists.changes"), 303), request.form.get("author", ""))


@blueprint.post("/-/undelete/<path:path>")
def undelete(path: str) -> Response:
    """Bring a deleted page back."""
    path = typed_path(path)
    door().undelete(viewer(), path, author(is_needed=False))
    notice("done", gettext("The page is back."))
    return redirect(address(path), 303)


def _form(path: str, errors: dict[str, str], code: int = 200) -> Response:
    page = door().find(viewer(), path)
    door().check_may_write(viewer(), path)
    shown = SimpleNamespace(path=page.path, title=page.title, address=address(page.path))
    linking = len(door().backlinks(viewer(), path))
    return render("delete/form.html", code, page=shown, linking=linking, author=typed_name(), errors=errors)
