"""Discussions over the API: the threads of the lists that the caller may read, and the messages of one."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from app.plugin import absolute, url, viewer
from plugins.archive import shown, words
from plugins.archive.keeping import own_door
from plugins.archive.masking import mask
from plugins.archive.reading import text_of

if TYPE_CHECKING:
    from plugins.archive.lists import MailList

blueprint = Blueprint("api_archive", __name__, url_prefix="/-/api/v1", description="Discussions of lists")

PER_PAGE, LAST_PAGE = 100, 100
MOST_MESSAGES = 500  # of one thread; `messages` says how many there are


class ThreadFilter(Schema):
    """Which threads: those of one list, or of all that the caller may read; the latest first."""

    list = fields.String(load_default="", validate=validate.Length(max=60))
    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=LAST_PAGE))


class Thread(Schema):
    """One thread; `code` names it within its list. Times are those of UTC."""

    list = fields.String(required=True)
    code = fields.String(required=True)
    subject = fields.String(required=True)
    address = fields.String(required=True)
    begun = fields.String(required=True)
    last = fields.String(required=True)
    messages = fields.Integer(required=True)
    people = fields.Integer(required=True)
    files = fields.Integer(required=True)


class Threads(Schema):
    """Threads of one page, the latest first; `more` tells whether another page follows."""

    threads = fields.List(fields.Nested(Thread), required=True)
    more = fields.Boolean(required=True)


class Message(Schema):
    """One message; `text` is what people read of it, quotes and signature too; of very long ones the beginning."""

    code = fields.String(required=True)
    address = fields.String(required=True)
    subject = fields.String(required=True)
    author = fields.String(required=True)
    at = fields.String(required=True)
    text = fields.String(required=True)


class WholeThread(Thread):
    """A thread with its messages in the order in which they came."""

    content = fields.List(fields.Nested(Message), required=True)


@blueprint.get("/threads")
@blueprint.arguments(ThreadFilter, location="query")
@blueprint.response(200, Threads)
def list_threads(given: dict[str, Any]) -> dict[str, Any]:
    """List discussions, 100 at a time."""
    door = own_door()
    lists = [door.find(viewer(), given["list"])] if given["list"] else door.lists(viewer())
    first, end = (given["page"] - 1) * PER_PAGE, given["page"] * PER_PAGE
    found = [(row, one) for one in lists for row in door.reading(viewer(), one).threads(1, end)]
    found.sort(key=lambda pair: pair[0].last_at, reverse=True)
    return {"threads": [_described(*pair) for pair in found[first:end]], "more": len(found) > end}


@blueprint.get("/threads/<name>/<code>")
@blueprint.response(200, WholeThread)
def show_thread(name: str, code: str) -> dict[str, Any]:
    """Give a discussion with its messages, 500 at most."""
    reading = own_door().open(viewer(), name)
    thread = reading.thread(code.upper())
    places = [one for one in reading.places(thread.id) if reading.sees_hidden or not one.is_hidden]
    rows = reading.messages(one.id for one in places[:MOST_MESSAGES])
    room = max(shown.SHORTEST, shown.PAGE // max(1, len(rows)))
    content = [_said(reading.list_, rows[one.id], room) for one in places[:MOST_MESSAGES] if one.id in rows]
    return _described(thread, reading.list_) | {"content": content}


def _described(row: Any, list_: "MailList") -> dict[str, Any]:
    return {
        "list": list_.name, "code": row.code, "subject": words.subject(row.subject, is_masked=shown.is_masked()),
        "address": absolute(url("archive_thread.show", name=list_.name, code=row.code)),
        "begun": _moment(row.begun_at), "last": _moment(row.last_at),
        "messages": row.messages, "people": row.people, "files": row.files,
    }  # fmt: skip


def _said(list_: "MailList", row: Any, room: int) -> dict[str, str]:
    masked, text = shown.is_masked(), text_of(row)[:room]
    return {
        "code": row.code, "address": absolute(shown.address_of(list_, row.code)),
        "subject": words.subject(row.subject, is_masked=masked), "author": words.who(row.author, is_masked=masked),
        "at": _moment(row.at), "text": mask(text) if masked else text,
    }  # fmt: skip


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
