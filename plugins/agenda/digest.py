"""What the weekly mail says of the agenda: what takes place soon, and where a hand is needed."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.errors import N_
from app.plugin import Line, OccurrenceQuery, OccurrenceRow, Section, hands_needed, say_date

if TYPE_CHECKING:
    from app.plugin import Station, Viewer

DAYS = 14
MOST = 15  # lines of each part; all the others are in the agenda


def sections(station: "Station", viewer: "Viewer", now: int) -> Sequence[Section]:
    """List the parts for who may read as `viewer` does; what has ended by `now` (seconds UTC) is left out."""
    today = station.today()
    soon = OccurrenceQuery(today, today + timedelta(days=DAYS), since=now, has_cancelled=False)
    rows, _ = station.door.occurrences(viewer, soon)
    needed = hands_needed(station, viewer, rows)
    what = {row: _say(one.roles, one.places) for row in rows if (one := needed.get((row.id, row.original)))}
    language = station.settings.get().language
    return (
        Section(N_("Next dates"), tuple(_line(row, language, row.place) for row in rows[:MOST])),
        Section(N_("A hand is needed"), tuple(_line(row, language, what[row]) for row in list(what)[:MOST])),
    )


def _say(roles: Iterable[tuple[Any, int]], places: int | None) -> str:
    """Name the tasks that lack people, with their number; without tasks, the number of places."""
    return ", ".join(f"{role.name} ({free})" for role, free in roles) or f"({places})"


def _line(row: OccurrenceRow, language: str, more: str) -> Line:
    when = say_date(row.start, row.end, row.is_all_day, language, with_year=False)
    return Line(" · ".join(filter(None, (when, row.title, more))), row.path)
