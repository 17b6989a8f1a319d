"""What maps ask for while they are shown: their ground, and where an address is."""

from dataclasses import asdict

from flask import Blueprint, jsonify, make_response, request, send_file
from werkzeug.wrappers import Response

from app.catalog.readers import PUBLIC
from app.errors import N_, NotFound
from app.records import communes, geocoding, map_ground
from app.web.kit import cached, etag_of, station, uncached, viewer

blueprint = Blueprint("maps", __name__)

DAY = 24 * 3600  # seconds
_MISSING = N_("There is no such map.")


@blueprint.get("/-/map/search")
def search() -> Response:
    """Find the places that an address may mean."""
    found = geocoding.search(station(), request.args.get("q", ""))
    return uncached(jsonify({"places": [asdict(place) for place in found]}))


@blueprint.get("/-/map/outlines.geojson")
def outlines() -> Response:
    """Serve the outlines of the territory."""
    file = map_ground.outlines_file(station().config.instance)
    if file is None:
        raise NotFound(_MISSING)
    content = map_ground.read_outlines(file)
    return _open(content, "application/geo+json")


@blueprint.get("/-/map/names.json")
def names() -> Response:
    """Serve the names of the communes and where they stand."""
    return _open(jsonify(communes.names(station())).get_data(), "application/json")


def _open(content: bytes, mimetype: str) -> Response:
    response = make_response(content)
    response.mimetype = mimetype
    answer = cached(response, etag_of(content))
    if _is_own():
        answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _is_own() -> bool:
    """Tell whether an answer is for its reader alone: nobody else's cache keeps the ground of a site of members."""
    return viewer().is_signed_in or station().settings.get().reading != PUBLIC


@blueprint.get("/-/map/ground.pmtiles")
def tiles() -> Response:
    """Serve the file of tiles by parts, as the script asks for them (RFC 9110, §14)."""
    found = map_ground.tile_file(station().config.instance)
    if found is None or station().settings.get().map_ground != "file":
        raise NotFound(_MISSING)
    response = make_response(send_file(found.file, "application/octet-stream", conditional=True, max_age=DAY))
    response.headers["Cache-Control"] = f"{'private' if _is_own() else 'public'}, max-age={DAY}"
    return response
