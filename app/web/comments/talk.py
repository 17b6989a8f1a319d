"""The comments below a page, and the form for another; those that wait, for those who look after pages."""

from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.rows import PageRow
from app.comments import reading, writing
from app.comments.comment import Comment
from app.comments.words import clean_text
from app.errors import N_, Invalid, Refused, TooMany
from app.people import throttle
from app.people.throttle import Rule
from app.web import visitor_form
from app.web.addresses import address, url
from app.web.comments.counts import may_comment
from app.web.comments.lists import entries_of, list_number, pager, rows_of
from app.web.comments.mails import tell_answered
from app.web.comments.places import Place, address_in, check_on, find_answered, find_place, parent_of
from app.web.comments.visitors import send
from app.web.kit import UNFIT, door, notice, render, say, station, typed_path, uncached, viewer
from app.web.unsaved import keep
from app.web.visitor_form import Mistakes

blueprint = Blueprint("comments", __name__)

WRITTEN_BY = Rule("comment-by", 30)


@blueprint.get("/-/comments/<path:path>")
def show(path: str) -> Response:
    """Show the comments of a page, or one with its answers to add another."""
    return _show(find_place(typed_path(path)), request.args.get("reply", ""))


def _show(place: Place, answer: str, errors: dict[str, str] | None = None, code: int = 200) -> Response:
    response = render(
        "comments/show.html", code, page=place.page, back=address(place.page.path), errors=errors or {},
        may_comment=may_comment(viewer()), typed=request.form.get("text", ""),
        visitor=None if viewer().is_signed_in else visitor_form.fields(), **_listed(place, answer),
    )  # fmt: skip
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _listed(place: Place, answer: str) -> dict[str, Any]:
    """Find what the list shows: all, the newest first, or what is answered with its answers."""
    number, more = list_number(), False
    waiting: list[Comment] = []
    with station().truth.connect() as connection:
        answered = find_answered(connection, place, answer)
        if answered:
            found = reading.list_one(connection, place.talk, answered)
        else:
            found, more = reading.list_page(connection, place.talk, number)
        if place.is_moderator and place.page_id and number == 1 and not answered:
            waiting, _ = reading.list_waiting(connection, [place.page_id])
    entries = entries_of(found, is_moderator=place.is_moderator)
    return {
        "rows": rows_of(entries),
        "waiting": entries_of(waiting, is_moderator=True),
        "answered": entries[0] if answered else None,
        "pager": pager(number, more, lambda to: url("comments.show", path=place.page.path, page=to)),
    }


@blueprint.post("/-/comments/<path:path>")
def add(path: str) -> Response:
    """Keep a comment: of a member it is shown at once, of others when a moderator has read it."""
    place, answer = find_place(typed_path(path)), request.form.get("reply", "")
    if not may_comment(viewer()):
        raise Refused(N_("Sign in to write a comment."))
    try:
        if not viewer().is_signed_in:
            return send(place, UNFIT.sub("", request.form.get("text", "")), answer)
        return _add(place, UNFIT.sub("", request.form.get("text", "")), answer)
    except Mistakes as mistakes:
        return _show(place, answer, mistakes.errors, mistakes.status)
    except (Invalid, TooMany) as error:
        return _show(place, answer, {"text": say(error)}, error.status)


def _again(sentence: str, code: int) -> Response:
    place = find_place(typed_path((request.view_args or {})["path"]))
    return _show(place, request.form.get("reply", ""), {"text": sentence}, code)


keep(blueprint, {"comments.add": _again})


def _add(place: Place, text: str, answer: str) -> Response:
    text = clean_text(text)  # before anything is written for it
    page_id, author = door().identify(place.page), viewer().pseudonym or ""
    with station().truth.begin() as connection:
        throttle.spend(connection, WRITTEN_BY, author)
        parent = parent_of(connection, place, answer)
        made = writing.add(connection, page_id, text, author, parent=parent)
        tell_answered(connection, made)
    station().stamp.touch()
    notice("done", gettext("Your comment is below the page."))
    return redirect(address_in(find_place(place.page.path), made), 303)


@blueprint.get("/-/comments/")
def show_waiting() -> Response:
    """List what waits below the pages that the viewer looks after."""
    check_on()
    door().check_moderates(viewer())
    number = list_number()
    with station().truth.connect() as connection:
        pages = _looked_after(reading.pages_waiting(connection))
        found, more = reading.list_waiting(connection, list(pages), number)
    entries = entries_of(found, is_moderator=True)
    for entry, comment in zip(entries, found, strict=True):
        entry.page = pages[comment.page_id]
    more_pages = pager(number, more, lambda to: url("comments.show_waiting", page=to))
    return uncached(render("comments/waiting.html", entries=entries, pager=more_pages))


def _looked_after(page_ids: list[str]) -> dict[str, PageRow]:
    """Find those of these pages that the viewer reads and administers."""
    found = door().identified(viewer(), page_ids)
    return {page_id: page for page_id, page in found.items() if door().may_administer(viewer(), page.path)}
