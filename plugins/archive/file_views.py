"""Attachments: pictures as such, everything else for saving only."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, request, send_file
from flask import make_response as respond
from werkzeug.wrappers import Response

from app.errors import N_, NotFound
from app.plugin import cached, etag_of, not_modified, viewer
from plugins.archive.file_shown import PICTURES
from plugins.archive.keeping import own_door
from plugins.archive.masking import mask
from plugins.archive.message.read import read

if TYPE_CHECKING:
    from plugins.archive.reading import Reading

blueprint = Blueprint("archive_file", __name__)

NO_FILE = N_("There is no such file.")
SMALL = "320"
ANY = "application/octet-stream"


@blueprint.get("/<name>/m/<code>/<int:number>")
def show(name: str, code: str, number: int) -> Response:
    """Serve an attachment. Nothing in it is run: not on this site, not by guessing what it is."""
    reading = own_door().open(viewer(), name)
    row, file = reading.message(code), None
    file = next((one for one in reading.files_of([row.id]).get(row.id, ()) if one.number == number), None)
    if file is None:
        raise NotFound(NO_FILE)
    is_small = request.args.get("width") == SMALL and file.kind in PICTURES
    etag = etag_of(file.oid, is_small, file.kind, viewer().is_signed_in)
    response = not_modified(etag) or _answer(reading, row, file, is_small=is_small)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Vary"] = "Cookie"
    return response if response.status_code == 304 else cached(response, etag)


def _answer(reading: "Reading", row: Any, file: Any, *, is_small: bool) -> Response:
    is_picture = file.kind in PICTURES
    name = file.name if viewer().is_signed_in else mask(file.name)
    place = _place(reading, file.oid, is_small=is_small)
    how = {"as_attachment": not is_picture, "download_name": name or "file", "conditional": False, "etag": False}
    if place is not None:
        kind = f"image/{'png' if place.suffix == '.png' else 'jpeg'}" if place.suffix else file.kind
        return send_file(place, mimetype=kind if is_picture else ANY, **how)  # type: ignore[arg-type]
    response = respond(_content(reading, row, file))
    response.headers["Content-Type"] = file.kind if is_picture else ANY
    response.headers.set("Content-Disposition", "inline" if is_picture else "attachment", filename=_plain(name))
    return response


def _plain(name: str) -> str:
    """Keep of a name what a header may hold."""
    return name.encode("ascii", "replace").decode().replace("?", "_") or "file"


def _place(reading: "Reading", oid: str, *, is_small: bool) -> Any:
    """Give where the bytes lie, if they lie in a file."""
    files = reading.archive.files
    drawn = files.thumbnail(oid, int(SMALL)) if is_small else None
    return drawn or (files.path(oid) if files.has(oid) else None)


def _content(reading: "Reading", row: Any, file: Any) -> bytes:
    """Take a small attachment out of its message."""
    parts = read(reading.raw(row), now=row.arrived_at).parts
    if file.number >= len(parts):
        raise NotFound(NO_FILE)
    return parts[file.number].content
