"""The dates of other agendas, as the views show them: those that a viewer may see, and nobody has adopted."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, select

from app.errors import N_, NotFound
from app.plugin import Event, OccurrenceQuery, OccurrenceRow, Point, fold, read_calendar_events, station, url
from plugins.agenda.fetching import FORM
from plugins.agenda.tables import foreign, foreign_events, sources

if TYPE_CHECKING:
    from app.plugin import Viewer

FIELDS = ("spaces", "tags")  # of events, by which dates of other agendas are found, too
MOST = 2000
_ORDER = (foreign.c.first_day, foreign.c.starts_at, foreign.c.title, foreign.c.id)
GONE = N_("This event is not here any more. Look for it in the agenda.")


@dataclass(frozen=True, slots=True)
class ForeignRow(OccurrenceRow):
    """One date of another agenda: `source` is whose, `number` stands in its address, `link` is its page elsewhere.

    It has no page here: `path` and `form` are empty; `id` is that of the page which it has become, for who reads it.
    """

    number: int
    source: str
    link: str
    online: str
    organiser: str
    description: str
    tags: tuple[str, ...]
    spaces: tuple[str, ...]
    uid: str
    source_id: int

    @property
    def address(self) -> str:
        """Where it is shown."""
        return url("agenda_elsewhere.show", number=self.number)


def list_rows(viewer: "Viewer", query: OccurrenceQuery) -> list[ForeignRow]:
    """List the dates that fit a question for the agenda, as they begin; what was adopted is a page of this site."""
    if not _may_fit(query) or not _reads_the_site(viewer):
        return []
    order = (
        _ORDER if query.last is None else [column.desc() for column in _ORDER]
    )  # nearest to the end that is asked for
    bounds = (foreign.c.last_day >= query.first.toordinal(), *_bounds(query))
    statement = _dates().where(*bounds).order_by(*order)
    with station().truth.connect() as connection:
        audiences = _audiences(connection, viewer)
        rows = connection.execute(statement.where(sources.c.audience.in_(audiences)).limit(MOST)).all()
        found = [row for row in map(_row, rows if query.last is None else reversed(rows)) if _fits(row, query)]
    return _once(viewer, found)[query.offset : query.offset + query.limit if query.limit is not None else None]


def find_row(viewer: "Viewer", number: int) -> ForeignRow:
    """Find one date; raises NotFound, also where the viewer may not know of it."""
    with station().truth.connect() as connection:
        row = connection.execute(_dates().where(foreign.c.id == number)).first()
        audiences = _audiences(connection, viewer)
    if row is None or row.audience not in audiences or not _reads_the_site(viewer):
        raise NotFound(GONE)
    return _row(row)


def event_of(row: ForeignRow) -> Event:
    """Read the whole event of a date from what its agenda said last; raises NotFound."""
    with station().truth.connect() as connection:
        packed = connection.execute(select(sources.c.snapshot).where(sources.c.id == row.source_id)).scalar()
    events = read_calendar_events(gzip.decompress(packed), station().config.timezone).events if packed else []
    found = next((event for event in events if event.uid[:300] == row.uid), None)
    if found is None:
        raise NotFound(GONE)
    return found


def page_of(viewer: "Viewer", row: ForeignRow) -> str:
    """Give the path of the page that somebody has made of an event; `""` where there is none."""
    page = station().door.identified(viewer, [row.id]).get(row.id) if row.id else None
    return page.path if page else ""


# -- asking ----------------------------------------------------------------------------------------------------------


def _dates() -> Select[Any]:
    own = (foreign_events.c.uid, foreign_events.c.page_id, foreign_events.c.said, foreign_events.c.source_id)
    whose = (sources.c.title.label("source"), sources.c.space, sources.c.audience)
    query = select(foreign, *own, *whose).join(foreign_events, foreign_events.c.id == foreign.c.event_id)
    return query.join(sources, sources.c.id == foreign_events.c.source_id)


def _bounds(query: OccurrenceQuery) -> Iterable[Any]:
    if query.last is not None:
        yield foreign.c.first_day <= query.last.toordinal()
    if query.since is not None:
        yield foreign.c.ends_at > query.since
    if not query.has_cancelled:
        yield foreign.c.status != "cancelled"
    if spaces := query.where.get("spaces"):
        yield sources.c.space.in_(spaces)


def _may_fit(query: OccurrenceQuery) -> bool:
    """Tell whether dates of other agendas may be meant: they answer no other questions, and are of no other form."""
    is_event = not query.forms or FORM in query.forms
    return is_event and query.ids is None and all(name in FIELDS for name, keys in query.where.items() if keys)


def _fits(row: ForeignRow, query: OccurrenceQuery) -> bool:
    wanted = {fold(tag) for tag in query.where.get("tags", ())}
    words = fold(query.words).split()
    said = fold(f"{row.title} {row.place} {row.organiser} {row.source} {' '.join(row.tags)}")
    return (not wanted or bool(wanted & {fold(tag) for tag in row.tags})) and all(word in said for word in words)


def _reads_the_site(viewer: "Viewer") -> bool:
    """Tell whether a viewer reads what is said to nobody in particular: to others, the site shows no agenda."""
    return viewer.is_admin or station().settings.get().reading in viewer.tokens


def _audiences(connection: Connection, viewer: "Viewer") -> list[str]:
    if not viewer.is_admin:
        return list(viewer.tokens)
    return list(connection.execute(select(sources.c.audience).distinct()).scalars())


def _once(viewer: "Viewer", rows: list[ForeignRow]) -> list[ForeignRow]:
    """Leave out what has become a page that the viewer reads, and what two agendas tell alike."""
    ids = {row.id for row in rows if row.id}
    pages = station().door.identified(viewer, ids) if ids else {}
    found = {(row.uid, row.original): row for row in reversed(rows) if row.id not in pages}
    return [row for row in rows if found.get((row.uid, row.original)) is row]


@lru_cache(maxsize=4000)
def _said(text: str) -> Any:
    """Read what an agenda says of an event: of a series, the same for all its dates."""
    return json.loads(text)


def _row(row: Row[Any]) -> ForeignRow:
    said = _said(row.said)
    return ForeignRow(
        path="", id=row.page_id, form="", title=row.title, start=datetime.fromisoformat(row.start),
        end=datetime.fromisoformat(row.end), starts_at=row.starts_at, ends_at=row.ends_at,
        timezone=station().config.timezone, is_all_day=row.is_all_day, original=row.original, is_series=row.is_series,
        place=row.place, status=row.status, reason=row.reason, note=row.note,
        point=Point(*said["point"]) if said["point"] else None, audience=row.audience, number=row.id, source=row.source,
        link=said["address"], online=said["link"], organiser=said["organiser"],
        description=said["description"], tags=tuple(said["tags"]), spaces=(row.space,) if row.space else (),
        uid=row.uid, source_id=row.source_id,
    )  # fmt: skip
