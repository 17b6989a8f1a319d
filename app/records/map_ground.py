"""What maps are drawn on: outlines, the tiles of a server, or a file of the instance."""

import json
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.database.settings import Settings
from app.errors import N_, Invalid
from app.records import communes
from app.station import Station

FOLDER = "map"  # of the instance
OUTLINES = "outlines.geojson"
MAX_OUTLINES = 3_000_000  # bytes
EXAMPLE = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
_HOST = re.compile(r"(\{s\}\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?", re.ASCII)
_PATH = re.compile(r"/[A-Za-z0-9._~/%?&=@+{}-]*", re.ASCII)
_HOLES = {"s", "z", "x", "y", "r"}


@dataclass(frozen=True, slots=True)
class TileFile:
    """A file of tiles in the instance. `kind` is `vector` or `raster`; bounds are south, west, north, east."""

    file: Path
    kind: str
    zoom: int
    bounds: tuple[float, float, float, float]


def check_tiles(address: str) -> str:
    """Check the address of a tile server, and give the host as a policy names it; raises Invalid with the cure."""
    scheme, _, rest = address.partition("://")
    host, _, path = rest.partition("/")
    holes = re.findall(r"\{([^}]*)\}", address)
    if scheme != "https" or not _HOST.fullmatch(host.lower()) or not _PATH.fullmatch(f"/{path}"):
        raise Invalid(N_("Type an address such as %(example)s."), example=EXAMPLE)
    if not {"z", "x", "y"} <= set(holes) <= _HOLES:
        raise Invalid(N_("The address of the tiles must hold {z}, {x} and {y}."))
    return host.lower().replace("{s}", "*")


def image_source(settings: Settings) -> str:
    """Give what the policy of an answer with a map must allow for its pictures; `""` where nothing."""
    if settings.map_ground != "tiles":
        return ""
    try:
        return f"https://{check_tiles(settings.map_tiles)}"
    except Invalid:  # written into the database by another hand
        return ""


def tile_file(instance: Path) -> TileFile | None:
    """Find the file of tiles, `*.pmtiles`; the first by name, of those that can be read."""
    for file in sorted((instance / FOLDER).glob("*.pmtiles")):
        try:
            stat = file.stat()
        except OSError:
            continue
        if found := _read_header(file, stat.st_mtime_ns, stat.st_size):
            return found
    return None


@lru_cache(maxsize=8)
def _read_header(file: Path, _changed: int, _size: int) -> TileFile | None:
    """Read what a file says of itself (PMTiles 3); None where it is none."""
    try:
        with file.open("rb") as stream:
            magic, version, kind, highest, *bounds = _unpack(stream.read(127))
    except (OSError, struct.error):
        return None
    if magic != b"PMTiles" or version != 3 or not 1 <= kind <= 5:
        return None
    west, south, east, north = (one / 1e7 for one in bounds)
    return TileFile(file, "vector" if kind == 1 else "raster", highest, (south, west, north, east))


def _unpack(header: bytes) -> tuple[Any, ...]:
    """Give magic, version, tile type, highest zoom, west, south, east, north."""
    magic, version = struct.unpack_from("<7sB", header, 0)
    kind, _, highest = struct.unpack_from("<3B", header, 99)
    return (magic, version, kind, highest, *struct.unpack_from("<4i", header, 102))


def outlines_file(instance: Path) -> Path | None:
    """Find the outlines of the territory, if they were dropped there and are not too large."""
    file = instance / FOLDER / OUTLINES
    try:
        return file if 0 < file.stat().st_size <= MAX_OUTLINES else None
    except OSError:
        return None


def read_outlines(file: Path) -> bytes:
    """Read outlines that are GeoJSON, without what belongs to each but its name; raises Invalid."""
    return _outlines(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _outlines(file: Path, _changed: int) -> bytes:
    try:
        data = json.loads(file.read_bytes(), parse_constant=_refuse)
        shapes = data["features"] if data["type"] == "FeatureCollection" else [data]
        plain = [_shape(one) for one in shapes if isinstance(one, dict)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise Invalid(N_("The outlines cannot be read. They must be GeoJSON.")) from error
    return json.dumps({"type": "FeatureCollection", "features": plain}, separators=(",", ":")).encode()


def _refuse(name: str) -> float:
    raise ValueError(name)  # NaN is no JSON


def _shape(shape: Mapping[str, Any]) -> dict[str, Any]:
    geometry = shape["geometry"] if shape.get("type") == "Feature" else shape
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def start_of(settings: Settings) -> tuple[float, float, float] | None:
    """Give where maps without points open: latitude, longitude, zoom; raises Invalid where it cannot be read."""
    if not settings.map_start.strip():
        return None
    try:
        lat, lon, zoom = (float(part) for part in settings.map_start.split(","))
    except ValueError:
        lat = lon = zoom = 999.0
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 2 <= zoom <= 18):
        raise Invalid(N_("Type three numbers, such as 44.12, 4.08, 11: latitude, longitude, zoom."))
    return lat, lon, zoom


def ground_of(station: Station) -> dict[str, Any]:
    """Say what maps are drawn on, as their script reads it; addresses are put in by who shows it."""
    settings, instance = station.settings.get(), station.config.instance
    found: dict[str, Any] = {"kind": "none"}
    tiles = tile_file(instance) if settings.map_ground == "file" else None
    if tiles:
        found = {"kind": tiles.kind, "zoom": tiles.zoom, "bounds": [tiles.bounds[:2], tiles.bounds[2:]]}
    elif image_source(settings):
        found = {"kind": "tiles", "url": settings.map_tiles, "zoom": int(settings.map_zoom)}
    territory = communes.bounds(station)
    if territory and "bounds" not in found:
        found["bounds"] = [territory[:2], territory[2:]]
    try:
        start = start_of(settings)
    except Invalid:
        start = None
    return found | ({"start": start} if start else {})
