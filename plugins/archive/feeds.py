"""The latest messages of a list, or of a thread, in a news reader; no address of anybody stands in them."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.plugin import absolute, cached, etag_of, feed_owner, here, not_modified, render, spoken, url, viewer
from plugins.archive import keeping, shown, text_shown, words
from plugins.archive.door import is_public
from plugins.archive.reading import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.archive.reading import Reading

blueprint = Blueprint("archive_feed", __name__)

ENTRIES, LENGTH = 25, 3000  # messages; characters of each
READ = 20_000  # characters of a message that are looked at: quotes stand before what is new, or after it


@blueprint.get("/<name>/feed.atom")
def of_list(name: str) -> Response:
    """Give the latest messages of a list as an Atom feed (RFC 4287)."""
    reading = _open(name)
    page = url("archive.show", name=name)
    return _fresh() or _feed(reading, reading.list_.title, page, reading.latest(ENTRIES))


@blueprint.get("/<name>/t/<code>.atom")
def of_thread(name: str, code: str) -> Response:
    """Give the latest messages of a thread as an Atom feed."""
    reading = _open(name)
    thread = reading.thread(code.upper())
    places = [one for one in reading.places(thread.id) if reading.sees_hidden or not one.is_hidden]
    rows = reading.messages(one.id for one in places[-ENTRIES:]).values()
    latest = sorted(rows, key=lambda row: row.at, reverse=True)
    page = url("archive_thread.show", name=name, code=thread.code)
    return _fresh() or _feed(reading, words.subject(thread.subject, is_masked=True), page, latest)


def _open(name: str) -> "Reading":
    """Open a list for who reads; for the owner of the key, if one stands in the address."""
    if request.args.get("key"):
        feed_owner()
    return replace(keeping.own_door().open(viewer(), name), sees_hidden=False)  # a feed goes to other machines


def _etag() -> str:
    return etag_of(keeping.mark(), viewer(), here(), spoken())


def _fresh() -> Response | None:
    return not_modified(_etag())


def _feed(reading: "Reading", title: str, page: str, rows: "Iterable[Any]") -> Response:
    entries = [_entry(reading, row) for row in rows]
    response = render(
        "archive/feed.xml", title=title, identity=absolute(page), own=absolute(request.path), page=absolute(page),
        entries=entries, updated=max((one["at"] for one in entries), default=words.moment(0)),
    )  # fmt: skip
    response.mimetype = "application/atom+xml"
    if not is_public(reading.list_):
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return cached(response, _etag())


def _entry(reading: "Reading", row: Any) -> dict[str, Any]:
    text = text_shown.plain(text_shown.pieces(text_of(row)[:READ], is_masked=True))
    return {
        "title": words.subject(row.subject, is_masked=True),
        "author": words.who(row.author, is_masked=True),
        "address": absolute(shown.address_of(reading.list_, row.code)),
        "at": words.moment(row.at),
        "text": text if len(text) <= LENGTH else f"{text[:LENGTH]}…",
    }
