"""Read GeoJSON (RFC 7946) and the JSON of GoGoCarto as tables: one row a feature, positions as two more columns."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import N_, Invalid
from app.forms.form import Field, Form
from app.records.exchange.columns import of_field
from app.records.exchange.csv_in import decode
from app.records.exchange.sheet import MOST_CELL, Row, Sheet, check_cells, check_length, check_size, check_width

Bounds = tuple[float, float, float, float]  # south, west, north, east
MOST_KEYS = 200

NO_GEOJSON = N_("This is no GeoJSON. It needs a list of “features”.")
NO_GOGOCARTO = N_("This is no file of GoGoCarto. It needs a list “data”.")
SWAPPED = N_("North and east were swapped in %(count)s places. They were turned round.")
NO_PLACES = N_("%(count)s places had no position that can be used.")
NO_JSON = N_("This file is broken near line %(line)s. Export it again.")


def read_geojson(content: bytes, form: Form, territory: Bounds | None = None) -> Sheet:
    """Read features; coordinates that lie in the territory only when swapped are turned round, and said."""
    found = _json(content)
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise Invalid(NO_GEOJSON)
    records = []
    for feature in features:
        feature = feature if isinstance(feature, dict) else {}
        said = dict(feature["properties"]) if isinstance(feature.get("properties"), dict) else {}
        if isinstance(feature.get("id"), str | int):
            said.setdefault("id", str(feature["id"]))
        records.append((said, _middle(feature.get("geometry"))))
    return _table(records, form, territory)


def read_gogocarto(content: bytes, form: Form, territory: Bounds | None = None) -> Sheet:
    """Read elements: their name is the title, `geo` the position, `address` its parts."""
    found = _json(content)
    elements = found.get("data") if isinstance(found, dict) else None
    if not isinstance(elements, list):
        raise Invalid(NO_GOGOCARTO)
    records = []
    for element in elements:
        element = dict(element) if isinstance(element, dict) else {}
        geo = element.pop("geo", None)
        geo = geo if isinstance(geo, dict) else {}
        element.setdefault("title", element.pop("name", ""))
        records.append(
            (element | _address(element.pop("address", None), form), _pair(geo.get("latitude"), geo.get("longitude")))
        )
    return _table(records, form, territory)


def _address(said: Any, form: Form) -> dict[str, Any]:
    place = _place_of(form)
    if place is None or not isinstance(said, dict):
        return {}
    parts = {"address": said.get("streetAddress"), "postcode": said.get("postalCode"),
             "commune": said.get("addressLocality")}  # fmt: skip
    return {f"{place.name}.{name}": text for name, text in parts.items() if isinstance(text, str) and text}


def _json(content: bytes) -> Any:
    check_size(content)
    check_cells(content.count(b","))  # what is read takes many times the memory of the file
    text, _ = decode(content)
    try:
        return json.loads(text.lstrip("\ufeff"), parse_constant=lambda _: None)  # NaN is not JSON: it is no number
    except json.JSONDecodeError as error:
        raise Invalid(NO_JSON, line=error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise Invalid(NO_JSON, line=1) from error


def _pair(lat: Any, lon: Any) -> tuple[float, float] | None:
    try:
        found = float(lat), float(lon)
    except (TypeError, ValueError, OverflowError):  # a whole number of hundreds of digits is one in JSON
        return None
    return found if all(math.isfinite(one) and abs(one) <= 180 for one in found) else None


def _middle(geometry: Any) -> tuple[float, float] | None:
    """Give degrees north and east of a point, or of the middle of what else it is."""
    if not isinstance(geometry, dict):
        return None
    points = _positions(geometry.get("coordinates"), 0)
    if not points:
        return None
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2


def _positions(found: Any, depth: int) -> list[tuple[float, float]]:
    if not isinstance(found, list) or depth > 4:
        return []
    if len(found) >= 2 and all(isinstance(one, int | float) and not isinstance(one, bool) for one in found[:2]):
        pair = _pair(found[1], found[0])
        return [(pair[1], pair[0])] if pair else []
    return [point for one in found for point in _positions(one, depth + 1)]


def _table(
    records: Sequence[tuple[Mapping[str, Any], tuple[float, float] | None]], form: Form, territory: Bounds | None
) -> Sheet:
    check_length(len(records))
    place = _place_of(form)
    header = list(dict.fromkeys(str(key) for said, _ in records for key in list(said)[:MOST_KEYS]))
    check_width(len(header))
    swapped = missing = 0
    rows = []
    for number, (said, point) in enumerate(records, start=1):
        where, is_swapped = _turned(point, territory)
        swapped, missing = swapped + is_swapped, missing + (place is not None and where is None)
        cells = [_text(said.get(key)) for key in header]
        rows.append(Row(number, [*cells, *_cells(where)] if place else cells))
    lat_lon = [f"{place.name}.lat", f"{place.name}.lon"] if place else []
    taken = [name if name not in lat_lon else "" for name in header]
    counted = ((SWAPPED, swapped), (NO_PLACES, missing))
    return Sheet([*taken, *lat_lon], rows, [(msgid, {"count": count}) for msgid, count in counted if count])


def _cells(where: tuple[float, float] | None) -> list[str]:
    return [f"{one:.6f}".rstrip("0").rstrip(".") for one in where] if where else ["", ""]


def _turned(point: tuple[float, float] | None, territory: Bounds | None) -> tuple[tuple[float, float] | None, bool]:
    """Give a position that can be one, turned round where only that lies in the territory, or on the earth."""
    if point is None:
        return None, False
    lat, lon = point
    if abs(lat) > 90:
        return ((lon, lat), True) if abs(lon) <= 90 else (None, False)
    if territory is None or _is_in(lat, lon, territory):
        return point, False
    return ((lon, lat), True) if _is_in(lon, lat, territory) else (point, False)


def _is_in(lat: float, lon: float, territory: Bounds) -> bool:
    south, west, north, east = territory
    return south - 1 <= lat <= north + 1 and west - 1 <= lon <= east + 1


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return str(value)[:MOST_CELL]
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)[:MOST_CELL]
    return json.dumps(value, ensure_ascii=False)[:MOST_CELL]


def _place_of(form: Form) -> Field | None:
    """Give the field that has the position."""
    return next((field for field in form.of_type("place") if of_field(field)), None)
