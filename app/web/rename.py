"""Rename a page or move it, alone or with the pages below."""

import re
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.moving import Rename, folder_below
from app.errors import Conflict, Invalid, Refused, TooLarge
from app.proposals import proposals
from app.web.addresses import address
from app.web.follow import follow_space
from app.web.kit import author, door, notice, render, say, sign, station, typed_name, typed_path, viewer
from app.wiki.page import slugify

_WORDS = re.compile(r"[^\W_][\w ’'/-]{0,150}")

blueprint = Blueprint("rename", __name__)


@blueprint.get("/-/rename/<path:path>")
def rename(path: str) -> Response:
    """Ask for the new place."""
    return _form(typed_path(path), {}, {})


@blueprint.post("/-/rename/<path:path>")
def save(path: str) -> Response:
    """Move the page; links of other pages are repaired and the old address leads to the new one."""
    path, to = typed_path(path), request.form.get("to", "").strip()
    try:
        signed = author()
    except Invalid as error:
        return _form(path, {"author": say(error)}, request.form, 400)
    try:
        target = _place(to)
        new = door().rename(viewer(), Rename(path, target, signed, with_folder="with_folder" in request.form))
    except (Invalid, Conflict, Refused, TooLarge) as error:
        return _form(path, {"to": say(error)}, request.form, error.status)
    follow_space(path, new)
    if "with_folder" in request.form:
        _take_proposals_along(path, new)
    notice("done", gettext("The page is here now. The old address leads here too."))
    return sign(redirect(address(new), 303), request.form.get("author", ""))


def _take_proposals_along(path: str, new: str) -> None:
    with station().truth.begin() as connection:
        proposals.follow_folder(connection, folder_below(path), folder_below(new))


def _place(typed: str) -> str:
    """Read the new place; words with blanks become an address, as the title of a new page does."""
    try:
        return typed_path(typed)
    except Invalid:
        if not _WORDS.fullmatch(typed.strip()):
            raise
        return typed_path("/".join(slugify(segment) for segment in typed.strip("/ ").split("/")))


def _form(path: str, errors: dict[str, str], typed: dict[str, str], code: int = 200) -> Response:
    page = door().find(viewer(), path)
    door().check_may_write(viewer(), path)
    values = SimpleNamespace(
        to=typed.get("to", path), with_folder="with_folder" in typed or not typed, leave_redirect=True,
        author=typed_name(),
    )  # fmt: skip
    shown = SimpleNamespace(path=page.path, title=page.title, address=address(page.path))
    linking = len(door().backlinks(viewer(), path))
    below = door().count_below(viewer(), page)
    return render(
        "rename/form.html", code, page=shown, values=values, errors=errors, linking=linking, pages_below=below
    )
