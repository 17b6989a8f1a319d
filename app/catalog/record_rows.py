"""Records as the catalog gives them, and how one asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.forms.form import SHOWN, Values


@dataclass(frozen=True, slots=True)
class Point:
    """Where something is: degrees north and east (WGS 84)."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record. `values` are those of its page, never private ones. `creator` and `author` are pseudonyms."""

    path: str
    id: str
    form: str
    title: str
    values: Values
    state: str
    point: Point | None
    audience: str
    revision: str
    creator: str
    author: str
    created_at: datetime
    edited_at: datetime
    verified: str  # a day, `2026-03-12`, or ""
    expires: str


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """Which records of a form, in which order.

    `where` holds by field the keys of which a record must have one; several fields must all be met. `words` must all
    begin a word of the record. `bounds` are south, west, north, east. `letter` is the first one of the title, folded.
    `today` (`2026-03-12`) leaves out what has expired before.
    """

    form: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: str = ""
    letter: str = ""
    states: tuple[str, ...] = SHOWN
    today: str = ""
    bounds: tuple[float, float, float, float] | None = None
    ids: tuple[str, ...] | None = None
    creator: str = ""
    order: str = "title"  # or a field's name, `edited`, `created`
    is_descending: bool = False
    limit: int = 30
    offset: int = 0


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One record on a map."""

    path: str
    title: str
    lat: float
    lon: float
    keys: tuple[str, ...] = ()  # of the field that colours the map
