"""How far back and ahead the dates of series are worked out: a fact of the catalog (decision 0039).

From the first day of the month a year ago to the end of the month in two years. Whoever looks beyond widens it, up to
five years back and ten ahead, for as long as the month lasts. What takes place once is there whatever its year.
"""

import json
from calendar import monthrange
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.catalog.catalog import get_fact, set_fact

BACK, AHEAD = 1, 2  # years
MOST_BACK, MOST_AHEAD = 5, 10
FACT = "dates"


@dataclass(frozen=True, slots=True)
class Horizon:
    """The first and the last day; `month` is the one it was set in (its first day), `zone` that of the site."""

    first: date
    last: date
    month: date
    zone: str

    def wider(self, until: date) -> "Horizon":
        """Reach to the beginning or the end of the year of a day, at most as far as one may look."""
        earliest, latest = _month(self.month, -MOST_BACK)[0], _month(self.month, MOST_AHEAD)[1]
        day = min(max(until, earliest), latest)
        if day < self.first:
            return replace(self, first=max(earliest, date(day.year, 1, 1)))
        if day > self.last:
            return replace(self, last=min(latest, date(day.year, 12, 31)))
        return self


def around(today: date, zone: str) -> Horizon:
    """Give the horizon of a day."""
    return Horizon(_month(today, -BACK)[0], _month(today, AHEAD)[1], today.replace(day=1), zone)


def now(zone: str) -> Horizon:
    """Give the horizon of today in a zone."""
    return around(datetime.now(ZoneInfo(zone)).date(), zone)


def find(connection: Connection) -> Horizon | None:
    """Read the horizon that the dates of this catalog reach to; None as long as nobody has set one."""
    said = json.loads(get_fact(connection, FACT) or "{}")
    if not said:
        return None
    days = {name: date.fromisoformat(said[name]) for name in ("first", "last", "month")}
    return Horizon(**days, zone=said["zone"])


def zone_of(connection: Connection) -> str:
    """Name the zone that held when dates were worked out; `""` where none were yet."""
    found = find(connection)
    return found.zone if found else ""


def keep(connection: Connection, horizon: Horizon) -> None:
    """Write it."""
    set_fact(connection, FACT, json.dumps(asdict(horizon), default=date.isoformat))


def _month(day: date, years: int) -> tuple[date, date]:
    """Give the first and the last day of the month of a day, some years from it."""
    year = min(max(day.year + years, 1), 9999)
    return date(year, day.month, 1), date(year, day.month, monthrange(year, day.month)[1])


def stamp_of(horizon: Horizon) -> datetime:
    """Give the moment for which calendars are written: the same for a month, so that a rebuild writes the same."""
    return datetime(horizon.month.year, horizon.month.month, 1, tzinfo=UTC)
