"""Forms over the API: which there are, and what a record of each holds."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from app.forms.form import Form, words_in
from app.forms.schema import json_schema
from app.web.api.base import recognise
from app.web.kit import door, station, viewer

blueprint = Blueprint("api_forms", __name__, url_prefix="/-/api/v1", description="Forms")
blueprint.before_request(recognise)


class FormEntry(Schema):
    """A form, by the name that the addresses of its records bear."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    plural = fields.String(required=True)
    description = fields.String(required=True)


@blueprint.get("/forms")
@blueprint.response(200, FormEntry(many=True))
def list_forms() -> list[dict[str, str]]:
    """List the forms, in the order of their titles."""
    return [_described(form) for form in door().all_forms(viewer())]


def _described(form: Form) -> dict[str, str]:
    said = {"title": form.title, "plural": form.plural, "description": form.description}
    return {"name": form.name} | {key: words_in(words, station().wiki.language()) for key, words in said.items()}


@blueprint.get("/forms/<form>/schema")
@blueprint.response(200, description="A JSON Schema.")
def get_schema(form: str) -> dict[str, Any]:
    """Describe the `values` of a record as JSON Schema; private answers are not named."""
    return json_schema(door().form(viewer(), form), station().wiki.language())
