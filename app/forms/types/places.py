"""The type that is a place: an address, a commune, a position, and how exactly it may be shown."""

import re
from decimal import Decimal

from app.errors import N_, Invalid
from app.forms.form import Field
from app.forms.types import entry
from app.forms.types.amounts import read_number, write_number
from app.forms.types.base import Key
from app.forms.types.simple import SeveralParts
from app.wiki.yaml_text import Value

EXACT, BLURRED, HIDDEN, COMMUNE = "exact", "blurred", "hidden", "commune"
PRECISIONS = (EXACT, BLURRED, HIDDEN, COMMUNE)
DECIMALS = Decimal("0.000001")  # of a degree: 11 cm
BLUR = Decimal("0.01")  # of a degree: about a kilometre
MOST_LETTERS = 300

_POSTCODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{1,9}")
_PAIR = re.compile(r"([-+]?[0-9]{1,3}(?:\.[0-9]+)?)\s*[,; ]\s*([-+]?[0-9]{1,3}(?:\.[0-9]+)?)")

NO_POSTCODE = N_("This is no postcode. Example: 07150")
BOTH_NUMBERS = N_("A position needs both numbers, north and east.")
NO_POSITION = N_("This is no position. Example: 44.4053 and 4.3949")
NO_PRECISION = N_("Choose from the list how exactly the place is shown.")


class Place(SeveralParts):
    """An address and a position (WGS 84, degrees with at most six decimals)."""

    name = "place"
    parts = ("address", "postcode", "commune", "lat", "lon", "precision")

    def check_parts(self, field: Field, parts: dict[str, str]) -> Value | None:
        """Check each part; a place of which only the precision is said is none."""
        if set(parts) == {"precision"}:
            return None
        for name in ("address", "commune"):
            entry.check_length(parts.get(name, ""), MOST_LETTERS)
        if "postcode" in parts and not _POSTCODE.fullmatch(parts["postcode"]):
            raise Invalid(NO_POSTCODE)
        if parts.get("precision", EXACT) not in PRECISIONS:
            raise Invalid(NO_PRECISION)
        if ("lat" in parts) != ("lon" in parts):
            raise Invalid(BOTH_NUMBERS)
        if "lat" not in parts:
            return dict(parts)
        return {**parts, "lat": read_degrees(parts["lat"], 90), "lon": read_degrees(parts["lon"], 180)}

    def read_short(self, field: Field, text: str) -> Value | None:
        """Read `44.4053, 4.3949`; any other text is an address."""
        match = _PAIR.fullmatch(text)
        return self.check_parts(field, {"lat": match[1], "lon": match[2]} if match else {"address": text})

    def write_short(self, value: Value) -> str:
        """Write a bare position, or a bare address."""
        if not isinstance(value, dict):
            return ""
        if set(value) == {"lat", "lon"}:
            return f"{entry.shown(value['lat'])}, {entry.shown(value['lon'])}"
        address = entry.shown(value.get("address", ""))
        return address if set(value) == {"address"} and not address.startswith(("{", "[")) else ""

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say it as on an envelope; without an address, its position."""
        if not isinstance(value, dict):
            return entry.shown(value)
        said = {name: entry.shown(value.get(name, "")) for name in self.parts}
        town = f"{said['postcode']} {said['commune']}".strip()
        position = f"{said['lat']}, {said['lon']}" if said["lat"] and said["lon"] else ""
        return ", ".join(part for part in (said["address"], town) if part) or position

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Count by commune."""
        commune = entry.shown(value.get("commune", "")) if isinstance(value, dict) else ""
        return (Key(commune[:120]),) if commune else ()


def read_degrees(text: str, most: int) -> str:
    """Read degrees, with a comma or a point; raises Invalid beyond `most`."""
    try:
        degrees = read_number(text[:40]).quantize(DECIMALS)
    except Invalid as error:
        raise Invalid(NO_POSITION) from error
    if abs(degrees) > most:
        raise Invalid(NO_POSITION)
    return write_number(degrees)


def position_of(value: Value) -> tuple[float, float] | None:
    """Give degrees north and east; None where a place has none that can be shown."""
    if not isinstance(value, dict):
        return None
    try:
        lat, lon = (entry.text_of(value.get(name, "")) for name in ("lat", "lon"))
        return float(read_degrees(lat, 90)), float(read_degrees(lon, 180))
    except Invalid:
        return None


def precision_of(value: Value) -> str:
    """Tell how exactly a place may be shown; exactly, where it does not say."""
    said = value.get("precision", "") if isinstance(value, dict) else ""
    return said if isinstance(said, str) and said in PRECISIONS else EXACT


def public_part(value: Value) -> Value:
    """Give what everybody may know of a place: giving it twice changes nothing more.

    Blurred: the position to about a kilometre, no street. Hidden, or of the commune only: neither street nor position.
    """
    precision = precision_of(value)
    if not isinstance(value, dict) or precision == EXACT:
        return value
    kept = {name: part for name, part in value.items() if name not in ("address", "lat", "lon")}
    position = position_of(value)
    if precision != BLURRED or position is None:
        return kept
    lat, lon = (write_number(Decimal(str(degrees)).quantize(BLUR)) for degrees in position)
    return {name: {**kept, "lat": lat, "lon": lon}[name] for name in Place.parts if name in {*kept, "lat", "lon"}}
