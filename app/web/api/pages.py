"""Pages over the API: read, write with `If-Match`, delete, list, history."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, make_response, request
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from app.catalog.editing import Edit, EditConflict
from app.catalog.finding import PageQuery
from app.catalog.rows import PageRow, RevisionRow
from app.errors import N_, Conflict, Refused
from app.web.addresses import absolute, address
from app.web.api.base import (
    IF_MATCH,
    IF_NONE_MATCH,
    WITH_KEY,
    PreconditionFailed,
    Unauthorized,
    expected_revision,
    recognise,
)  # fmt: skip
from app.web.kit import door, viewer
from app.wiki.page import parse_path

blueprint = Blueprint("api_pages", __name__, url_prefix="/-/api/v1", description="Pages")
blueprint.before_request(recognise)


class Summary(Schema):
    """A page in a list."""

    path = fields.String(required=True)
    title = fields.String(required=True)
    address = fields.String(required=True)
    revision = fields.String(required=True)
    edited_at = fields.DateTime(required=True)
    tags = fields.List(fields.String(), required=True)


class Whole(Summary):
    """A page with its text."""

    text = fields.String(required=True)


class Listing(Schema):
    """What to list."""

    space = fields.String(validate=validate.Length(max=200))
    tag = fields.String(validate=validate.Length(max=60))
    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=10_000))


class Writing(Schema):
    """A page's new text."""

    text = fields.String(required=True)
    summary = fields.String(load_default="")


class Version(Schema):
    """A change of a page."""

    revision = fields.String(required=True)
    what = fields.String(required=True)
    author = fields.String(required=True)
    at = fields.DateTime(required=True)
    summary = fields.String(required=True)


PER_PAGE = 100


def described(row: PageRow) -> dict[str, Any]:
    """Prepare a page for a list."""
    return {
        "path": row.path, "title": row.title, "address": absolute(address(row.path)), "revision": row.revision,
        "edited_at": row.edited_at, "tags": list(row.tags),
    }  # fmt: skip


def version(row: RevisionRow, names: Mapping[str, str]) -> dict[str, Any]:
    """Prepare a change for a list."""
    return {
        "revision": row.revision, "what": row.what, "author": names.get(row.author, ""), "at": row.at,
        "summary": row.summary,
    }  # fmt: skip


@blueprint.get("/pages")
@blueprint.arguments(Listing, location="query")
@blueprint.response(200, Summary(many=True))
def list_pages(given: dict[str, Any]) -> list[dict[str, Any]]:
    """List pages, 100 at a time."""
    query = PageQuery(
        space=given.get("space"), tag=given.get("tag"), limit=PER_PAGE, offset=(given["page"] - 1) * PER_PAGE
    )
    return [described(row) for row in door().list(viewer(), query)]


@blueprint.get("/pages/<path:path>")
@blueprint.response(200, Whole)
@blueprint.alt_response(304, description="The page has not changed.")
def get_page(path: str) -> Response:
    """Read a page; its ETag is the revision."""
    row, text = door().text(viewer(), parse_path(path))
    return _tagged(row, text, 200).make_conditional(request)


def _tagged(row: PageRow, text: str, code: int) -> Response:
    body = Whole().dump(described(row) | {"text": text})
    response = make_response(jsonify(body), code)
    response.set_etag(row.revision)
    return response


@blueprint.put("/pages/<path:path>")
@blueprint.arguments(Writing)
@blueprint.response(200, Whole)
@blueprint.alt_response(201, schema=Whole)
@blueprint.doc(security=WITH_KEY, parameters=[IF_MATCH, IF_NONE_MATCH])
def put_page(given: dict[str, Any], path: str) -> Response:
    """Write a page. `If-Match` names the revision that was read; `If-None-Match: *` makes a new page."""
    check_may_write()
    path, base = parse_path(path), expected_revision()
    if base is None and door().locate(viewer(), path).kind == "page":
        raise PreconditionFailed(N_("There is such a page already. Read it first."))
    if base is not None:
        base = _check_revision(path, base)
    edit = Edit(path, given["text"], base, viewer().pseudonym or "", given["summary"], may_merge=False)
    try:
        outcome = door().save(viewer(), edit)
    except EditConflict as error:
        raise PreconditionFailed(N_("The page has changed since. Read it again.")) from error
    row, text = door().text(viewer(), outcome.path)
    return _tagged(row, text, 201 if outcome.is_new else 200)


@blueprint.delete("/pages/<path:path>")
@blueprint.response(204)
@blueprint.doc(security=WITH_KEY, parameters=[IF_MATCH])
def delete_page(path: str) -> None:
    """Delete a page; `If-Match` names the revision that was read."""
    check_may_write()
    path, base = parse_path(path), expected_revision()
    base = _check_revision(path, base or "")
    try:
        door().delete(viewer(), path, viewer().pseudonym or "", base)
    except Conflict as error:
        raise PreconditionFailed(error.msgid) from error


def _check_revision(path: str, wanted: str) -> str:
    """Compare what the caller believes; `*` stands for any version. Gives the page's revision."""
    now = door().find(viewer(), path).revision
    if wanted not in {now, "*"}:
        raise PreconditionFailed(N_("The page has changed since. Read it again."))
    return now


def check_may_write() -> None:
    """Refuse who asks without a key, or with one that only reads."""
    if not viewer().is_signed_in:
        raise Unauthorized(N_("Send a key that may write."))
    if not viewer().may_write:
        raise Refused(N_("This key may only read."))


@blueprint.get("/history/<path:path>")
@blueprint.response(200, Version(many=True))
def get_history(path: str) -> list[dict[str, Any]]:
    """List the last 100 changes of a page."""
    _, rows, _ = door().history(viewer(), parse_path(path), limit=PER_PAGE)
    names = door().author_names({row.author for row in rows})
    return [version(row, names) for row in rows]
