"""Static files: style, icons, scripts. Addresses carry a checksum, so a browser keeps them for ever."""

from flask import Blueprint, abort, current_app, make_response, request
from werkzeug.wrappers import Response

from app.web.theme import Theme

blueprint = Blueprint("static", __name__)


@blueprint.get("/-/static/<checksum>/<path:name>")
def show(checksum: str, name: str) -> Response:
    """Serve one file; an address with an old checksum gives today's file, not to be kept."""
    theme: Theme = current_app.extensions["gare.theme"]
    file = theme.find_static(name)
    if file is None:
        abort(404)
    packed = file.packed is not None and "gzip" in request.accept_encodings
    response = make_response(file.packed if packed else file.content)
    response.mimetype = file.mimetype
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    is_current = checksum == file.checksum
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_current else "no-cache"
    return response


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """Serve the icon to browsers that ask for it by its old name."""
    return show("", "favicon.svg")
