"""Write records for maps: GeoJSON (RFC 7946), and the JSON that GoGoCarto and Transiscope gather."""

import json
from typing import Any

from app.forms.types import type_of
from app.records.exchange.columns import Column, of_field
from app.records.exchange.outgoing import Batch, Outgoing

_PUBLISHED = 1  # of GoGoCarto's states: checked by somebody who looks after the records


def to_geojson(batch: Batch) -> bytes:
    """Write all records, those without a position with a null geometry; what blurs a position blurs it here too."""
    columns = [column for one in batch.fields for column in of_field(one)]
    features = [_feature(one, columns) for one in batch.records]
    return dump({"type": "FeatureCollection", "features": features})


def _feature(one: Outgoing, columns: list[Column]) -> dict[str, Any]:
    point = one.row.point
    geometry = {"type": "Point", "coordinates": [point.lon, point.lat]} if point else None
    cells = {
        column.name: cell
        for column in columns
        if column.field
        and column.part not in {"lat", "lon"}
        and (cell := column.cell(one.values.get(column.field.name)))
    }
    properties = {"title": one.row.title, **cells, "address_of_page": one.address}
    return {"type": "Feature", "id": one.row.id, "geometry": geometry, "properties": properties}


def to_gogocarto(batch: Batch) -> bytes:
    """Write the records that have a position, in the full form of GoGoCarto."""
    data = [_element(batch, one) for one in batch.records if one.row.point]
    return dump({"licence": "", "ontology": "gogofull", "data": data})


def _element(batch: Batch, one: Outgoing) -> dict[str, Any]:
    row, place = one.row, _place(batch, one)
    address = {"streetAddress": place.get("address", ""), "postalCode": place.get("postcode", ""),
               "addressLocality": place.get("commune", "")}  # fmt: skip
    said = {
        field.name: type_of(field).plain(field, one.values[field.name], batch.language)
        for field in batch.fields
        if field.name in one.values and field.type not in {"place", "choice", "choices"}
    }
    return said | {
        "id": row.id,
        "name": row.title,
        "geo": {"latitude": row.point.lat if row.point else None, "longitude": row.point.lon if row.point else None},
        "address": {name: text for name, text in address.items() if text},
        "categories": categories(batch, one),
        "sourceKey": batch.site,
        "status": _PUBLISHED,
        "createdAt": row.created_at.isoformat(),
        "updatedAt": row.edited_at.isoformat(),
        "url": one.address,
    }


def categories(batch: Batch, one: Outgoing) -> list[str]:
    """List the choices of a record in words."""
    chosen = (field for field in batch.fields if field.type in {"choice", "choices"} and field.name in one.values)
    words = (type_of(field).plain(field, one.values[field.name], batch.language) for field in chosen)
    return [word for said in words for word in said.split(", ") if word]


def _place(batch: Batch, one: Outgoing) -> dict[str, str]:
    found = (one.values.get(field.name) for field in batch.fields if field.type == "place")
    place = next((value for value in found if isinstance(value, dict)), {})
    return {name: text for name, text in place.items() if isinstance(text, str)}


def dump(found: Any) -> bytes:
    """Write JSON; a number that is none would not be JSON, and raises ValueError."""
    return json.dumps(found, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
