"""Where an address is: asked of a service that the administrator chose (none by default), and kept.

Never asked while something is saved: only when somebody presses “Search” beside a map. BAN is the national base of
addresses of France, served by IGN; Nominatim is OpenStreetMap's, whose rules ask for one question a second at most,
for a name of who asks, for keeping what was found, and for none while somebody is still typing.
"""

import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.errors import N_, Invalid, TooMany, Unavailable
from app.records import communes
from app.records.place_tables import geocoded, geocoder_turns
from app.station import Station
from app.wiki.page import fold

ADDRESSES = {
    "ban": "https://data.geopf.fr/geocodage/search",
    "nominatim": "https://nominatim.openstreetmap.org/search",
}
PAUSE = {"ban": 50, "nominatim": 1000}  # milliseconds between two questions, of all processes together
PATIENCE = 2.0  # seconds that one waits for his turn
KEPT_DAYS = 90
FOUND = 5
MAX_WORDS = 200  # letters
_SERVICE = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?", re.ASCII | re.IGNORECASE)

May = Callable[[str], bool]  # may a machine with this address be asked? None: those of the open internet


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was found. `precision` is `house`, `street` or `commune`."""

    label: str
    lat: float
    lon: float
    precision: str
    postcode: str = ""
    commune: str = ""


def check_address(address: str) -> None:
    """Raise Invalid for what is no address of a service."""
    if address and not _SERVICE.fullmatch(address):
        raise Invalid(N_("Type an address such as %(example)s."), example=ADDRESSES["ban"])


def search(station: Station, words: str, may: May | None = None) -> list[Place]:
    """Find places: by the service that is set, else, or where it does not answer, among the communes."""
    typed = " ".join(words[:MAX_WORDS].split())
    if not fold(typed):
        return []
    near = [_of_commune(one) for one in communes.search(station, typed)]
    kind = station.settings.get().geocoder
    if kind not in ADDRESSES:
        return near
    try:
        return _ask(station, kind, typed, may) or near
    except (Unavailable, TooMany):
        if near:
            return near
        raise


def _of_commune(one: communes.Commune) -> Place:
    label = f"{one.postcode} {one.name}".strip()
    return Place(label, one.lat, one.lon, "commune", one.postcode, one.name)


def _ask(station: Station, kind: str, typed: str, may: May | None) -> list[Place]:
    from app.records import outside  # slow to import, and most sites ask nobody

    server = station.settings.get().geocoder_address or ADDRESSES[kind]
    key = hashlib.sha256(f"{kind} {server} {fold(typed)}".encode()).hexdigest()
    if (kept := _kept(station, key)) is not None:
        return kept
    _wait_for_turn(station, server, PAUSE[kind])
    try:
        data = json.loads(
            outside.get(server, _question(station, kind, typed), _agent(station), may or outside.is_public)
        )
        found = [place for place in map(_READERS[kind], _entries(kind, data)[:FOUND]) if place]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise Unavailable(N_("The service that finds addresses answers strangely. Press the place.")) from error
    _keep(station, key, found)
    return found


def _question(station: Station, kind: str, typed: str) -> dict[str, str]:
    territory = communes.bounds(station)
    if kind == "ban":
        near = (
            {"lat": f"{(territory[0] + territory[2]) / 2:.4f}", "lon": f"{(territory[1] + territory[3]) / 2:.4f}"}
            if territory
            else {}
        )
        return {"q": typed, "limit": str(FOUND), **near}
    view = {"viewbox": f"{territory[1]},{territory[2]},{territory[3]},{territory[0]}"} if territory else {}
    spoken = {"accept-language": station.settings.get().language}
    return {"q": typed, "format": "jsonv2", "limit": str(FOUND), "addressdetails": "1"} | spoken | view


def _agent(station: Station) -> str:
    return f"GareCentrale ({station.address or 'a site without an address'})"


def _entries(kind: str, data: Any) -> list[Any]:
    return list(data["features"] if kind == "ban" else data)


def _of_ban(entry: Mapping[str, Any]) -> Place | None:
    told = entry["properties"]
    lon, lat = entry["geometry"]["coordinates"][:2]
    precision = {"housenumber": "house", "street": "street", "locality": "street"}.get(told.get("type"), "commune")
    return _place(told.get("label"), lat, lon, precision, told.get("postcode"), told.get("city"))


def _of_nominatim(entry: Mapping[str, Any]) -> Place | None:
    parts = entry.get("address") or {}
    commune = next((parts[key] for key in ("village", "town", "city", "municipality") if parts.get(key)), "")
    precision = "house" if parts.get("house_number") else "street" if parts.get("road") else "commune"
    return _place(entry.get("display_name"), entry["lat"], entry["lon"], precision, parts.get("postcode"), commune)


_READERS = {"ban": _of_ban, "nominatim": _of_nominatim}


def _place(label: Any, lat: Any, lon: Any, precision: str, postcode: Any, commune: Any) -> Place | None:
    north, east = float(lat), float(lon)
    if not (isinstance(label, str) and label and -90 <= north <= 90 and -180 <= east <= 180):
        return None
    texts = [one[:200] if isinstance(one, str) else "" for one in (label, postcode, commune)]
    return Place(texts[0], round(north, 6), round(east, 6), precision, texts[1], texts[2])


def _kept(station: Station, key: str) -> list[Place] | None:
    oldest = int(time.time()) - KEPT_DAYS * 86_400
    query = select(geocoded.c.found).where(geocoded.c.key == key, geocoded.c.at > oldest)
    with station.truth.connect() as connection:
        found = connection.execute(query).scalar()
    return None if found is None else [Place(**one) for one in json.loads(found)]


def _keep(station: Station, key: str, found: list[Place]) -> None:
    now = int(time.time())
    text = json.dumps([asdict(one) for one in found], ensure_ascii=False)
    with station.truth.begin() as connection:
        connection.execute(delete(geocoded).where(geocoded.c.at < now - KEPT_DAYS * 86_400))
        connection.execute(delete(geocoded).where(geocoded.c.key == key))
        with suppress(IntegrityError), connection.begin_nested():  # somebody asks the same just now
            connection.execute(insert(geocoded), {"key": key, "found": text, "at": now})


def _wait_for_turn(station: Station, server: str, pause: int) -> None:
    """Take the next turn at a server, wherever others of this site ask it, too; raises TooMany."""
    deadline = time.monotonic() + PATIENCE
    while not _take_turn(station, server[:300], pause):
        if time.monotonic() > deadline:
            raise TooMany(N_("Too many places are searched for just now. Try again in a moment."))
        time.sleep(min(pause / 1000, 0.2))


def _take_turn(station: Station, server: str, pause: int) -> bool:
    now = time.time_ns() // 1_000_000
    is_free = (geocoder_turns.c.server == server, geocoder_turns.c.next_at <= now)
    with station.truth.begin() as connection:
        if connection.execute(update(geocoder_turns).where(*is_free).values(next_at=now + pause)).rowcount:
            return True
        known = select(geocoder_turns.c.server).where(geocoder_turns.c.server == server)
        if connection.execute(known).scalar():
            return False
        with suppress(IntegrityError), connection.begin_nested():
            connection.execute(insert(geocoder_turns), {"server": server, "next_at": now + pause})
            return True
    return False
