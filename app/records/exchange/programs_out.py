"""Write records for other programs: JSON as this site holds them, and JSON-LD in the words of schema.org."""

from collections.abc import Iterable
from typing import Any

from app.forms.form import Field
from app.forms.types import type_of
from app.forms.types.media import list_images
from app.records.exchange.maps_out import categories, dump
from app.records.exchange.outgoing import Batch, Outgoing
from app.wiki.yaml_text import Value

# What schema.org calls the answers of a type; other types are told as properties with a name.
_NAMES = {"link": "sameAs", "email": "email", "phone": "telephone", "hours": "openingHours", "tags": "keywords"}


def to_json(batch: Batch, bodies: Iterable[str]) -> bytes:
    """Write the records with their answers as they are held."""
    found = [described(one) | {"body": body} for one, body in zip(batch.records, bodies, strict=False)]
    return dump({"form": batch.form.name, "records": found})


def described(one: Outgoing) -> dict[str, Any]:
    """Give a record as JSON."""
    row = one.row
    return {
        "id": row.id, "path": row.path, "title": row.title, "address": one.address, "state": row.state,
        "verified": row.verified, "expires": row.expires, "revision": row.revision,
        "created_at": row.created_at.isoformat(), "edited_at": row.edited_at.isoformat(), "values": dict(one.values),
    }  # fmt: skip


def to_json_ld(batch: Batch) -> bytes:
    """Write the records as a graph of schema.org."""
    graph = [_thing(batch, one) for one in batch.records]
    return dump({"@context": "https://schema.org", "@graph": graph})


def _thing(batch: Batch, one: Outgoing) -> dict[str, Any]:
    thing: dict[str, Any] = {
        "@type": batch.form.schema_type or "Thing",
        "@id": one.address,
        "url": one.address,
        "identifier": one.row.id,
        "name": one.row.title,
        "dateModified": one.row.edited_at.isoformat(),
    }
    for field in batch.fields:
        if field.name in one.values and field.name != "title":
            _say(thing, batch, field, one.values[field.name])
    if one.row.point:
        geo = {"@type": "GeoCoordinates", "latitude": one.row.point.lat, "longitude": one.row.point.lon}
        thing["geo"] = geo
    if named := categories(batch, one):
        thing["additionalType"] = named
    return thing


def _say(thing: dict[str, Any], batch: Batch, field: Field, value: Value) -> None:
    said = type_of(field).plain(field, value, batch.language)
    if field.type == "place" and isinstance(value, dict):
        parts = {"streetAddress": "address", "postalCode": "postcode", "addressLocality": "commune"}
        told = {name: value[part] for name, part in parts.items() if value.get(part)}
        if told:
            thing["address"] = {"@type": "PostalAddress", **told}
    elif field.type == "long_text" and "description" not in thing:
        thing["description"] = value
    elif field.type in _NAMES and _NAMES[field.type] not in thing:
        thing[_NAMES[field.type]] = value
    elif field.type == "schedule" and isinstance(value, dict) and "startDate" not in thing:
        thing.update(startDate=value.get("start", ""), endDate=value.get("end", ""))
    elif field.type == "images":
        found = [f"{thing['@id']}#{image['file']}" for image in list_images(value)]
        thing["image"] = found
    elif field.type not in {"choice", "choices"}:
        thing.setdefault("additionalProperty", []).append(
            {"@type": "PropertyValue", "propertyID": field.name, "value": said}
        )
