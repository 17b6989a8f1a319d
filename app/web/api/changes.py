"""Changes of the whole wiki and search, over the API."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from app.catalog.history import ChangeQuery
from app.people.search import SearchQuery
from app.web.api.base import recognise
from app.web.api.pages import Summary, Version, described, version
from app.web.kit import door, viewer

blueprint = Blueprint("api_changes", __name__, url_prefix="/-/api/v1", description="Changes and search")
blueprint.before_request(recognise)


class Change(Version):
    """A change of some page."""

    path = fields.String(required=True)
    title = fields.String(required=True)


class Searching(Schema):
    """What to search."""

    q = fields.String(required=True, validate=validate.Length(max=300))
    kind = fields.String(validate=validate.Length(max=60))
    space = fields.String(validate=validate.Length(max=200))
    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=50))


class Hit(Summary):
    """A page that was found, or a file (`name`) of it, with the words around."""

    kind = fields.String(required=True)
    name = fields.String(required=True)
    snippet = fields.String(required=True)


class Results(Schema):
    """What was found."""

    total = fields.Integer(required=True)
    suggestion = fields.String(allow_none=True)
    hits = fields.List(fields.Nested(Hit), required=True)


@blueprint.get("/changes")
@blueprint.response(200, Change(many=True))
def list_changes() -> list[dict[str, Any]]:
    """List the last 100 changes."""
    rows = door().changes(viewer(), ChangeQuery(limit=100))
    names = door().author_names({row.author for row in rows})
    return [version(row, names) | {"path": row.current_path, "title": row.title} for row in rows]


@blueprint.get("/search")
@blueprint.arguments(Searching, location="query")
@blueprint.response(200, Results)
def search(given: dict[str, Any]) -> dict[str, Any]:
    """Search pages and files."""
    founds, results = door().search(
        viewer(), SearchQuery(given["q"], given.get("kind"), given.get("space"), given["page"])
    )
    hits = [
        described(found.row)
        | {"kind": found.kind, "name": found.name, "snippet": "".join(span.text for span in found.spans)}
        for found in founds
    ]
    return {"total": results.total, "suggestion": results.suggestion, "hits": hits}
