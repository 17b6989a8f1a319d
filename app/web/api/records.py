"""Records over the API: list with filters, add, read, change with `If-Match`."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, make_response, request
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from app.catalog.editing import EditConflict
from app.catalog.record_rows import RecordQuery, RecordRow
from app.errors import N_, Conflict, Invalid, NotFound, Refused
from app.forms import filling
from app.forms.form import OF_SOMEBODY, Field, Form, words_in
from app.records import saving
from app.records.readers import with_exact
from app.records.saving import RecordDraft
from app.web.addresses import absolute, address
from app.web.api.base import IF_MATCH, WITH_KEY, PreconditionFailed, expected_revision, recognise
from app.web.api.pages import PER_PAGE, check_may_write
from app.web.kit import door, say, station, viewer
from app.web.records.private_values import may_see, private_values
from app.web.records.sending import ONE_EACH, find_own, giver
from app.wiki import frontmatter
from app.wiki.yaml_text import Value

blueprint = Blueprint("api_records", __name__, url_prefix="/-/api/v1", description="Records")
blueprint.before_request(recognise)

NOT_DIRECT = N_("Somebody reads these records first. Send it in a browser.")
WRONG = N_("Some answers are to be mended: %(faults)s")
# Values as front matter has them: texts, lists and mappings of texts.
_NAME = validate.Regexp(r"^[a-z][a-z0-9_]{0,39}$")


class RecordFilter(Schema):
    """Which records to list. `where` is repeated: `field:key`; of one field any of its keys."""

    q = fields.String(load_default="", validate=validate.Length(max=200))
    where = fields.List(
        fields.String(validate=validate.Length(max=200)), load_default=list, validate=validate.Length(max=40)
    )
    order = fields.String(load_default="title", validate=validate.Length(max=60))
    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=10_000))


class Record(Schema):
    """A record."""

    id = fields.String(required=True)
    path = fields.String(required=True)
    form = fields.String(required=True)
    title = fields.String(required=True)
    address = fields.String(required=True)
    state = fields.String(required=True)
    verified = fields.String(required=True)
    expires = fields.String(required=True)
    revision = fields.String(required=True)
    edited_at = fields.DateTime(required=True)
    values = fields.Dict(keys=fields.String(), required=True)


class WholeRecord(Record):
    """A record with its free text."""

    body = fields.String(required=True)


class RecordWriting(Schema):
    """What a record is to say; of one that is there, what is not named stays, and null takes an answer away."""

    values = fields.Dict(keys=fields.String(validate=_NAME), required=True)
    body = fields.String()
    summary = fields.String(load_default="", validate=validate.Length(max=300))


@blueprint.get("/records/<form>")
@blueprint.arguments(RecordFilter, location="query")
@blueprint.response(200, Record(many=True))
def list_records(given: dict[str, Any], form: str) -> list[dict[str, Any]]:
    """List records, 100 at a time; those that have expired are left out."""
    found = door().form(viewer(), form)
    order = given["order"]
    query = RecordQuery(
        form, where_of(given["where"]), given["q"], today=station().today().isoformat(), order=order.removeprefix("-"),
        is_descending=order.startswith("-"), limit=PER_PAGE, offset=(given["page"] - 1) * PER_PAGE,
    )  # fmt: skip
    rows, _ = door().records(viewer(), query)
    private = private_values(found, rows)
    return [_described(found, row, private.get(row.id, {})) for row in rows]


def where_of(said: list[str]) -> dict[str, tuple[str, ...]]:
    """Read filters of the form `field:key`; raises Invalid."""
    found: dict[str, tuple[str, ...]] = {}
    for pair in said:
        name, colon, key = pair.partition(":")
        if not colon:
            raise Invalid(N_("Write a filter as “field:key”."))
        found[name] = (*found.get(name, ()), key)
    return found


def _described(form: Form, row: RecordRow, private: Mapping[str, Value]) -> dict[str, Any]:
    """Prepare a record; addresses of people are told to nobody without a key."""
    told = {one.name for one in form.fields if viewer().is_signed_in or one.type not in OF_SOMEBODY}
    return {
        "id": row.id, "path": row.path, "form": row.form, "title": row.title, "address": absolute(address(row.path)),
        "state": row.state, "verified": row.verified, "expires": row.expires, "revision": row.revision,
        "edited_at": row.edited_at,
        "values": {name: value for name, value in {**row.values, **private}.items() if name in told},
    }  # fmt: skip


@blueprint.get("/records/<form>/<record_id>")
@blueprint.response(200, WholeRecord)
@blueprint.alt_response(304, description="The record has not changed.")
def get_record(form: str, record_id: str) -> Response:
    """Read a record; its ETag is the revision of its page, which does not know of private answers."""
    found, row = _find(form, record_id)
    answer = _tagged(found, row, 200)
    return answer if any(one.is_private for one in found.fields) else answer.make_conditional(request)


def _find(form: str, record_id: str) -> tuple[Form, RecordRow]:
    found = door().form(viewer(), form)
    row = door().records_by_id(viewer(), [record_id[:40]]).get(record_id)
    if row is None or row.form != found.name:
        raise NotFound(N_("There is no record of that name."))
    return found, row


def _tagged(form: Form, row: RecordRow, code: int) -> Response:
    text = door().text(viewer(), row.path)[1]
    body = frontmatter.split(text)[1].strip()
    found = _described(form, row, private_values(form, [row]).get(row.id, {})) | {"body": body}
    response = make_response(jsonify(WholeRecord().dump(found)), code)
    response.set_etag(row.revision)
    return response


@blueprint.post("/records/<form>")
@blueprint.arguments(RecordWriting)
@blueprint.response(201, WholeRecord)
@blueprint.doc(security=WITH_KEY)
def add_record(given: dict[str, Any], form: str) -> Response:
    """Add a record, where it needs nobody to read it first."""
    check_may_write()
    found = door().form(viewer(), form)
    _check_is_direct(found)
    if find_own(found) is not None:
        raise Conflict(ONE_EACH)
    filled = _checked(filling.check(found, _values(given["values"], {})), found)
    draft = RecordDraft(filled.values, filled.private, given.get("body", ""), summary=given["summary"])
    outcome = saving.save(station(), viewer(), found, draft, viewer().pseudonym or "", station().today(), giver())
    return _tagged(found, door().record(viewer(), outcome.path), 201)


def _check_is_direct(form: Form) -> None:
    if not door().is_direct(viewer(), form):
        raise Refused(NOT_DIRECT)


@blueprint.patch("/records/<form>/<record_id>")
@blueprint.arguments(RecordWriting)
@blueprint.response(200, WholeRecord)
@blueprint.doc(security=WITH_KEY, parameters=[IF_MATCH])
def change_record(given: dict[str, Any], form: str, record_id: str) -> Response:
    """Change answers of a record; `If-Match` names the revision that was read."""
    check_may_write()
    found, row = _find(form, record_id)
    base = expected_revision() or ""
    if base not in {row.revision, "*"}:
        raise PreconditionFailed(N_("The page has changed since. Read it again."))
    if not door().may_check(viewer(), row):
        _check_is_direct(found)

    def sees(one: Field) -> bool:
        return may_see(one, row)

    old = with_exact(found, row.values, private_values(found, [row]).get(row.id, {}))
    filled = _checked(filling.check(found, _values(given["values"], old), may_see=sees, old=old), found)
    body = given.get("body", frontmatter.split(door().text(viewer(), row.path)[1])[1])
    draft = RecordDraft(filled.values, filled.private, body, row.path, row.revision, summary=given["summary"])
    try:
        saving.save(station(), viewer(), found, draft, viewer().pseudonym or "", station().today(), giver())
    except EditConflict as error:
        raise PreconditionFailed(N_("The page has changed since. Read it again.")) from error
    return _tagged(found, door().record(viewer(), row.path), 200)


def _values(given: Mapping[str, Any], old: Mapping[str, Value]) -> dict[str, Value]:
    """Put what was sent over what was there; raises Invalid for what is no text, list or mapping of texts."""
    values = dict(old)
    for name, value in given.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = _as_value(value, 0)
    return values


def _as_value(value: Any, depth: int) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    if depth < 4 and isinstance(value, list):
        return [_as_value(one, depth + 1) for one in value]
    if depth < 4 and isinstance(value, dict):
        return {name: _as_value(one, depth + 1) for name, one in value.items()}
    raise Invalid(N_("An answer is a text, a list or a mapping of texts."))


def _checked(filled: filling.Filled, form: Form) -> filling.Filled:
    if filled.errors:
        language = station().settings.get().language
        said = [f"{_label(form, name, language)}: {say(error)}" for name, error in filled.errors.items()]
        raise Invalid(WRONG, faults="; ".join(said))
    return filled


def _label(form: Form, name: str, language: str) -> str:
    one = form.find(name)
    return words_in(one.label, language) if one else name
