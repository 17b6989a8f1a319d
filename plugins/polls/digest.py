"""What the weekly mail says of polls: those that are open, those that were closed; what waits for its outcome."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.errors import N_
from app.plugin import OPERATOR, Arrival, Line, Section, has_answered, say_day
from plugins.polls import asked

if TYPE_CHECKING:
    from app.plugin import Station, Viewer

MOST = 10  # lines of each part


def sections(station: "Station", viewer: "Viewer", since: int, until: int) -> Sequence[Section]:
    """List the polls that are open, and those that were closed in a time (seconds UTC)."""
    found, today = asked.load(station.door, viewer), station.today()
    zone = ZoneInfo(station.config.timezone)
    first, last = (datetime.fromtimestamp(moment, zone).date() for moment in (since, until))
    now = [one for one in asked.by_end(found) if one.is_open(today) and not _has_answered(station, viewer, one)]
    over = [one for one in found if one.poll.outcome is not None and first <= one.poll.outcome.day <= last]
    return (
        Section(N_("Your answer, please"), tuple(_line(one, _until(station, one)) for one in now[:MOST])),
        Section(
            N_("Answered"), tuple(_line(one, one.poll.outcome.words if one.poll.outcome else "") for one in over[:MOST])
        ),
    )


def news(station: "Station", viewer: "Viewer", limit: int) -> list[Arrival]:
    """List the polls that were closed last, for the home page."""
    from app.plugin import address  # the web, which jobs do without

    over = [(one, one.poll.outcome) for one in asked.load(station.door, viewer) if one.poll.outcome is not None]
    over.sort(key=lambda pair: str(pair[1] and pair[1].day), reverse=True)
    return [
        Arrival(outcome.words or one.row.title, address(one.row.path), outcome.day, N_("Outcome of a poll"))
        for one, outcome in over[:limit]
        if outcome is not None
    ]


def _has_answered(station: "Station", viewer: "Viewer", one: asked.Asked) -> bool:
    with station.truth.connect() as connection:
        return has_answered(connection, viewer.pseudonym or "", one.row.id, one.poll)


def _until(station: "Station", one: asked.Asked) -> str:
    return say_day(one.poll.until, station.settings.get().language) if one.poll.until else ""


def _line(one: asked.Asked, more: str) -> Line:
    return Line(" · ".join(filter(None, (one.row.title, more)))[:300], one.row.path)


def checkup(station: "Station") -> Sequence[tuple[str, Mapping[str, str]]]:
    """Say how many polls are over and have no outcome."""
    today = station.today()
    count = sum(one.waits(today) for one in asked.load(station.door, OPERATOR))
    return (
        [(N_("Polls that are over and not closed: %(count)s. Write their outcome."), {"count": str(count)})]
        if count
        else []
    )
