"""What a record of a form holds, said to other programs: JSON Schema 2020-12, https://json-schema.org/.

Private fields are left out: whoever reads a schema is not known.
"""

from typing import Any

from app.forms.form import Field, Form, words_in
from app.forms.types import TYPES
from app.forms.types.choices import known
from app.forms.types.places import PRECISIONS
from app.forms.types.references import form_of

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DAY, _DEGREES, _ID = r"^\d{4}-\d{2}-\d{2}$", r"^-?\d{1,3}(\.\d{1,6})?$", r"^[a-z0-9]{4,32}$"
_MOMENT = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$"
_TEXT: dict[str, Any] = {"type": "string"}
# By type: what a record holds.
_JSON: dict[str, dict[str, Any]] = {
    "number": {"type": "string", "pattern": r"^-?\d{1,15}(\.\d{1,9})?$"},
    "yes_no": {"enum": ["yes", "no"]},
    "date": {"type": "string", "format": "date", "pattern": _DAY},
    "date_range": {"properties": {"start": {"pattern": _DAY}, "end": {"pattern": _DAY}}},
    "period": {"properties": {"text": {}, "edtf": {}, "earliest": {"pattern": r"^-?\d+$"}, "latest": {}}},
    "tags": {"type": "array", "items": _TEXT},
    "link": {"type": "string", "format": "uri", "pattern": "^https?://"},
    "email": {"type": "string", "format": "email"},
    "phone": {"type": "string", "pattern": r"^\+?\d{2,15}$"},
    "place": {
        "properties": {
            "address": {},
            "postcode": {},
            "commune": {},
            "lat": {"pattern": _DEGREES},
            "lon": {"pattern": _DEGREES},
            "precision": {"enum": list(PRECISIONS)},
        }
    },
    "images": {"type": "array", "items": {"properties": {name: {} for name in TYPES["images"].parts}}},
    "file": {"properties": {"file": {}, "title": {}}},
    "records": {"type": "array", "items": {"type": "string", "pattern": _ID}},
    "schedule": {
        "type": "object",
        "properties": {
            **{name: {"type": "string", "pattern": _MOMENT} for name in ("start", "end")},
            **dict.fromkeys(("timezone", "rule"), _TEXT),
            "extra": {"type": "array", "items": {"type": "string", "pattern": _MOMENT}},
            "except": {"type": "array", "items": _TEXT},
            "changes": {"type": "object"},
        },
        "required": ["start"],
    },
    "signup": {
        "type": "object",
        "properties": {
            **{name: {"enum": ["yes", "no"]} for name in ("open", "meal", "seats")},
            "places": {"type": "string", "pattern": r"^\d{1,5}$"},
            "until": {"type": "string", "pattern": _DAY},
            "roles": {"type": "array", "items": {"type": "object"}},
            "tools": {"type": "array", "items": _TEXT},
        },
    },
    "spaces": {"type": "array", "items": _TEXT},
    "poll": {
        "type": "object",
        "properties": {
            "kind": {"enum": ["dates", "one", "several", "consent"]},
            "options": {"type": "array", "items": _TEXT},
            **{name: {"type": "string", "pattern": _DAY} for name in ("until", "closed", "review")},
            **dict.fromkeys(("who", "shown", "names", "then", "stage", "round", "outcome", "words", "winner"), _TEXT),
            "counts": {"type": "object"},
        },
        "required": ["kind"],
    },
}


def json_schema(form: Form, language: str = "fr") -> dict[str, Any]:
    """Describe what a record holds, as its page and the API say it."""
    return {
        "$schema": DRAFT,
        "title": words_in(form.title, language),
        "type": "object",
        "properties": {field.name: _property(field, language) for field in _public(form)},
        "required": [field.name for field in _public(form) if field.is_required and not field.condition],
    }


def _property(field: Field, language: str) -> dict[str, Any]:
    said = {"title": words_in(field.label, language), "description": words_in(field.help, language)}
    return {**{key: text for key, text in said.items() if text}, **_shape(field)}


def _shape(field: Field) -> dict[str, Any]:
    if field.type in ("choice", "choices"):
        one = {"type": "string", "pattern": _ID} if form_of(field) else {"enum": list(known(field).by_key)}
        return one if field.type == "choice" else {"type": "array", "items": one}
    shape = _JSON.get(field.type, _TEXT)
    if "type" in shape or "properties" not in shape:
        return _items(shape)
    return _closed(shape["properties"])


def _items(shape: dict[str, Any]) -> dict[str, Any]:
    items = shape.get("items", {})
    return {**shape, "items": _closed(items["properties"])} if "properties" in items else shape


def _closed(properties: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Describe a mapping of texts."""
    return {"type": "object", "properties": {name: {"type": "string", **more} for name, more in properties.items()}}


def _public(form: Form) -> list[Field]:
    return [field for field in form.fields if not field.is_private]
