"""Messages to take along, as a file that mail programs read: for members, who see the addresses in them anyway."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flask import Blueprint
from werkzeug.wrappers import Response

from app.errors import N_, Refused
from app.plugin import uncached, viewer
from plugins.archive import mbox_writing
from plugins.archive.keeping import own_door

if TYPE_CHECKING:
    from plugins.archive.reading import Reading

blueprint = Blueprint("archive_mbox", __name__)


@blueprint.get("/<name>.mbox")
def of_list(name: str) -> Response:
    """Give all messages of a list."""
    reading = _open(name)
    return _answer(reading.raws(), name)


@blueprint.get("/<name>/<int(fixed_digits=4):year>/<int(fixed_digits=2):number>.mbox")
def of_month(name: str, year: int, number: int) -> Response:
    """Give the messages of a month."""
    reading = _open(name)
    return _answer(reading.raws(month=100 * year + number), f"{name}-{year}-{number:02}")


@blueprint.get("/<name>/t/<code>.mbox")
def of_thread(name: str, code: str) -> Response:
    """Give the messages of a thread."""
    reading = _open(name)
    thread = reading.thread(code.upper())
    return _answer(reading.raws(thread_id=thread.id), f"{name}-{thread.code[:8].lower()}")


def _open(name: str) -> "Reading":
    reading = own_door().open(viewer(), name)
    if not viewer().is_signed_in:
        raise Refused(N_("Sign in to take messages along: addresses stand in them."))
    return reading


def _answer(messages: Iterator[tuple[int, bytes]], name: str) -> Response:
    """Send a file message by message: a list may be larger than the memory of this machine."""
    response = Response(mbox_writing.write(messages), content_type="application/mbox")
    response.headers["Content-Disposition"] = f'attachment; filename="{re.sub("[^a-z0-9-]", "-", name)}.mbox"'
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return uncached(response)
