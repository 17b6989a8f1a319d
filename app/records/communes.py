"""The communes of the territory: the administrator's table, by which a place is found without asking anybody."""

import csv
import io
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, delete, insert, select

from app.database.settings import LANGUAGES
from app.errors import N_, Invalid, TooLarge
from app.records.place_tables import communes
from app.station import Station
from app.wiki.page import fold

COLUMNS = ("name", "postcode", "insee", "lat", "lon")
DEMO = Path(__file__).resolve().parents[2] / "pages" / "demo"
MOST = 5_000
MAX_BYTES = 500_000
FOUND = 8
MARGIN = 0.05  # degrees around the outermost communes
KEPT_SECONDS = 10  # on other machines of the same database; on this one a change is seen at once
# What the columns are called elsewhere (IGN, La Poste, INSEE), folded.
_NAMES = {
    "name": "name nom commune nom-commune nom-de-la-commune libelle",
    "postcode": "postcode code-postal cp codes-postaux",
    "insee": "insee code-insee code-commune-insee code code-commune",
    "lat": "lat latitude y",
    "lon": "lon lng long longitude x",
}


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune; where its middle is."""

    name: str
    postcode: str
    insee: str
    lat: float
    lon: float


def read_table(text: str) -> list[Commune]:
    """Read a table whose first line names the columns; raises Invalid, which names the line, or TooLarge."""
    if len(text.encode()) > MAX_BYTES:
        raise TooLarge(N_("This table is too long. It may hold 5,000 communes."))
    lines = [line for line in text.removeprefix("\ufeff").replace("\0", "").splitlines() if line.strip()]
    if not lines:
        return []
    separator = max(";\t,", key=lines[0].count)
    try:
        rows = list(csv.reader(lines, delimiter=separator))
    except csv.Error as error:
        raise Invalid(N_("This table cannot be read. Save it again as CSV.")) from error
    columns = _columns(rows[0])
    if len(rows) > MOST + 1:
        raise TooLarge(N_("This table is too long. It may hold 5,000 communes."))
    return [_commune(number, row, columns) for number, row in enumerate(rows[1:], start=2)]


def _columns(head: Sequence[str]) -> dict[str, int]:
    named = {fold(cell): index for index, cell in reversed(list(enumerate(head)))}
    found = {
        column: named[name] for column, names in _NAMES.items() for name in reversed(names.split()) if name in named
    }
    if not {"name", "lat", "lon"} <= set(found):
        raise Invalid(N_("The first line must name the columns: name, postcode, insee, lat, lon."))
    return found


def _commune(number: int, row: Sequence[str], columns: Mapping[str, int]) -> Commune:
    cells = {name: row[index].strip() if index < len(row) else "" for name, index in columns.items()}
    try:
        lat, lon = (float(cells[name].replace(",", ".")) for name in ("lat", "lon"))
    except ValueError:
        lat = lon = 999.0
    name = " ".join(cells["name"].split())[:200]
    if not (name and name.isprintable() and -90 <= lat <= 90 and -180 <= lon <= 180):
        raise Invalid(N_("Line %(number)s needs a name, a latitude and a longitude."), number=number)
    return Commune(name, cells.get("postcode", "")[:10], cells.get("insee", "")[:10], round(lat, 5), round(lon, 5))


def write_table(known: Sequence[Commune]) -> str:
    """Write the table that `read_table` reads."""
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([getattr(one, column) for column in COLUMNS] for one in known)
    return stream.getvalue()


def store(station: Station, known: Sequence[Commune]) -> None:
    """Put a table in the place of the one before."""
    rows = [{column: getattr(one, column) for column in COLUMNS} for one in known]
    with station.truth.begin() as connection:
        connection.execute(delete(communes))
        if rows:
            connection.execute(insert(communes), rows)
    station.stamp.touch()


def list_all(station: Station) -> tuple[Commune, ...]:
    """List the communes, in the order of the table; while there is none, those of the demo where it is shown."""
    known = _load(station.truth, station.stamp.read(), int(time.monotonic() / KEPT_SECONDS))
    demo = station.settings.get().demo
    return known or (_of_demo(demo) if demo in LANGUAGES else ())


@lru_cache(maxsize=2)
def _of_demo(language: str) -> tuple[Commune, ...]:
    file = DEMO / language / "communes.csv"
    return tuple(read_table(file.read_text(encoding="utf-8"))) if file.exists() else ()


@lru_cache(maxsize=2)
def _load(truth: Engine, _mark: int, _moment: int) -> tuple[Commune, ...]:
    with truth.connect() as connection:
        rows = connection.execute(select(*(communes.c[name] for name in COLUMNS)).order_by(communes.c.id))
        return tuple(Commune(*row) for row in rows)


def find(station: Station, commune: str, postcode: str = "") -> Commune | None:
    """Find a commune by its whole name, without case and accents; the postcode decides between two of one name."""
    named = [one for one in list_all(station) if fold(one.name) == fold(commune)]
    return next((one for one in named if one.postcode == postcode.strip()), named[0] if named else None)


def search(station: Station, words: str) -> list[Commune]:
    """Find communes by the beginning of a name, by a postcode, or in a whole address; the likeliest first."""
    typed = fold(words).replace("/", "-").strip("-")
    if not typed:
        return []
    ranked = [(_rank(one, typed), one.name, index, one) for index, one in enumerate(list_all(station))]
    return [one for rank, _, _, one in sorted(row for row in ranked if row[0] < _NOT)[:FOUND]]


_NOT = 9


def _rank(one: Commune, typed: str) -> int:
    name, around = fold(one.name), f"-{typed}-"
    if name == typed:
        return 0
    if f"-{name}-" in around and one.postcode and f"-{one.postcode}-" in around:
        return 1
    if name.startswith(typed):
        return 2
    if f"-{name}-" in around or f"-{typed}" in f"-{name}":
        return 3
    return 4 if one.postcode and f"-{one.postcode}-" in around else _NOT


def bounds(station: Station) -> tuple[float, float, float, float] | None:
    """Give south, west, north and east of the territory, None where no commune is known."""
    known = list_all(station)
    if not known:
        return None
    lats, lons = [one.lat for one in known], [one.lon for one in known]
    sides = (min(lats) - MARGIN, min(lons) - MARGIN, max(lats) + MARGIN, max(lons) + MARGIN)
    south, west, north, east = (round(degrees, 5) for degrees in sides)
    return south, west, north, east


def names(station: Station) -> list[list[Any]]:
    """Give name, latitude and longitude of each, for the ground of a map."""
    return [[one.name, one.lat, one.lon] for one in list_all(station)]
