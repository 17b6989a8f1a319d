"""Is the site well? For monitors; tells no secrets."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from app import __version__
from app.web.kit import door

blueprint = Blueprint("health", __name__)


@blueprint.get("/-/health")
def show() -> Response:
    """Answer 200 while pages can be read; `status` is `ok` or `rebuilding`."""
    status = "ok" if door().is_ready() else "rebuilding"
    response = jsonify(status=status, version=__version__)
    response.headers["Cache-Control"] = "no-store"
    return response
