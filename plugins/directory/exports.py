"""The records of a list as files for other programs, and their points for the map: always of the filtered set."""

from collections.abc import Callable

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.plugin import (
    absolute,
    cached,
    door,
    encode_points,
    etag_of,
    export,
    generation,
    not_modified,
    spoken,
    station,
    viewer,
)
from plugins.directory import listing
from plugins.directory.views import asked_for

blueprint = Blueprint("directory_exports", __name__)

GOGOCARTO = "gogocarto.json"
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "vcf": "text/vcard; charset=utf-8",
    GOGOCARTO: "application/json",
}


@blueprint.get(f"/<form>.<any({', '.join(kind for kind in KINDS if '.' not in kind)}):kind>")
@blueprint.get(f"/<form>.{GOGOCARTO}", defaults={"kind": GOGOCARTO})
def show(form: str, kind: str) -> Response:
    """Give the records as a file, with all that the reader may know of them."""
    asked = asked_for(form)
    base = absolute(f"{request.script_root}/").rstrip("/")

    def write() -> bytes:
        return export(station(), viewer(), asked.query(listing.today()), kind, spoken(), base)

    answer = _unless_known(write, KINDS[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{form}.{kind}"'
    return answer


@blueprint.get("/<form>/points.json")
def points(form: str) -> Response:
    """Give where the records are, as the map's script reads it."""
    asked = asked_for(form)

    def write() -> bytes:
        return encode_points(door().points(viewer(), asked.query(listing.today())), f"{request.script_root}/")

    return _unless_known(write, "application/json")


def _unless_known(write: Callable[[], bytes], mimetype: str) -> Response:
    """Answer 304 as long as nothing has changed of all that the answer depends on; else write it."""
    etag = etag_of(
        generation(), station().stamp.read(), station().settings.get(), viewer(), listing.today(), spoken(),
        absolute(request.full_path),
    )  # fmt: skip
    return not_modified(etag) or cached(Response(write(), content_type=mimetype), etag)
