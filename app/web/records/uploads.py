"""Files that are sent with the form of a record: kept at once, and known by a signed word while the form is open.

So a form that is shown again, for whatever reason, has lost none of them. `app/proposals/waiting.py` takes away those
that never became part of anything.
"""

from collections.abc import Collection
from dataclasses import dataclass

from flask import Blueprint, make_response, request, send_file
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.errors import N_, Invalid, NotFound
from app.people import allowance
from app.proposals import waiting
from app.web.addresses import url
from app.web.kit import station, viewer, wiki
from app.wiki.filenames import with_extension
from app.wiki.files import WIDTHS, Pointer, content_type, is_inline, oid_of
from app.wiki.uploads import Prepared, prepare_upload

blueprint = Blueprint("record_files", __name__)

SECONDS = 86_400  # that a form may stay open
MOST = 20  # files that are sent at once


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is kept: the name that it will bear, its place in the store, where a photo was taken."""

    name: str
    pointer: Pointer
    position: tuple[float, float] | None = None

    @property
    def secret(self) -> str:
        """The word by which the form knows it; nobody else can make one."""
        place = list(self.position) if self.position else []
        return str(_signer().dumps([self.name, self.pointer.oid, self.pointer.size, *place]))

    @property
    def address(self) -> str:
        """Where it can be seen while it waits."""
        return url("record_files.show", secret=self.secret)


def keep(sent: list[FileStorage], taken: Collection[str], *, of_pictures: bool) -> list[Upload]:
    """Keep files that were sent, under names that are not taken; raises what `prepare_upload` raises, Refused."""
    if len(sent) > MOST:
        raise Invalid(N_("Send at most %(cap)s files at once."), cap=MOST)
    names, kept = {name.casefold() for name in taken}, []
    for one in sent:
        prepared = _prepare(one, of_pictures=of_pictures)
        name = _free(prepared.name, names)
        names.add(name.casefold())
        kept.append(Upload(name, _put(prepared), prepared.position))
    return kept


def _prepare(sent: FileStorage, *, of_pictures: bool) -> Prepared:
    cap = station().config.upload_bytes
    prepared = prepare_upload(sent.filename or "", sent.stream.read(cap + 1), max_bytes=cap)
    if of_pictures and not is_inline(prepared.name):
        raise Invalid(N_("This is no picture. Choose a JPG or PNG file."))
    return prepared


def _put(prepared: Prepared) -> Pointer:
    """Keep the bytes; what people who are not signed in send in a day is counted."""
    if not viewer().is_signed_in and not wiki().files.has(oid_of(prepared.content)):
        config = station().config
        day = allowance.today(config.timezone)
        allowance.spend(station().truth, len(prepared.content), cap=config.anonymous_upload_bytes, day=day)
    pointer = wiki().files.put(prepared.content)
    with station().truth.begin() as connection:
        waiting.note(connection, pointer.oid)
    return pointer


def _free(name: str, taken: Collection[str]) -> str:
    stem, _, extension = name.rpartition(".")
    candidate, number = name, 2
    while candidate.casefold() in taken:
        candidate, number = with_extension(f"{stem}-{number}", extension), number + 1
    return candidate


def find(secret: str) -> Upload | None:
    """Find a file by the word of the form; None where nobody here has signed it, or too long ago."""
    try:
        name, oid, size, *place = _signer().loads(secret, max_age=SECONDS)
    except (BadData, ValueError, TypeError):
        return None
    return Upload(name, Pointer(oid, size), (place[0], place[1]) if place else None)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(station().config.secret_key, salt="file of a record")


@blueprint.get("/-/record/file/<secret>")
def show(secret: str) -> Response:
    """Show a file that waits with a form or a proposal, to whoever was given this address."""
    upload = find(secret)
    if upload is None or not wiki().files.has(upload.pointer.oid):
        raise NotFound(N_("This file does not wait here any more."))
    width = request.args.get("width", "")
    place = wiki().files.path(upload.pointer.oid)
    if width in map(str, WIDTHS) and is_inline(upload.name):
        place = wiki().files.thumbnail(upload.pointer.oid, int(width)) or place
    response = make_response(send_file(
        place, mimetype=content_type(upload.name), as_attachment=not is_inline(upload.name),
        download_name=upload.name, conditional=False, etag=False,
    ))  # fmt: skip
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
