"""From wall time to seconds: what a clock on the wall shows, also in the two nights when clocks change.

Settled once, for all that takes place: a time that does not exist (02:30 in the night of spring) is moved forward by
the hour that is left out, and still takes place; of a time that is there twice (in autumn) the first is meant. An end
is wall time like a beginning: a night that ends at 06:00 ends when the clock shows 06:00, be it an hour more or less.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from app.errors import N_, Invalid

UNKNOWN = N_("The time zone “%(zone)s” is not known. Example: Europe/Paris")
_NO_TIME = timedelta(0)


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Tell whether there is a time zone of that name, written just so."""
    return name in _names()


def find_zone(name: str) -> ZoneInfo:
    """Give the zone of that name; raises Invalid."""
    if not is_zone(name):
        raise Invalid(UNKNOWN, zone=name[:60])
    return ZoneInfo(name)


def moment(naive: datetime, zone: str) -> int:
    """Give the seconds since 1970 (UTC) at which a clock in the zone shows this time; raises Invalid."""
    # fold=0 means just what is said above, for times that are missing and for those that are there twice (PEP 495).
    return int(naive.replace(tzinfo=find_zone(zone), fold=0).timestamp())


def wall_time(seconds: int, zone: str) -> datetime:
    """Give what a clock in the zone shows at that moment; raises Invalid, OverflowError beyond year 9999."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(find_zone(zone)).replace(tzinfo=None, fold=0)


def existing(naive: datetime, zone: str) -> datetime:
    """Move a time that the clock never shows forward by what is left out; give every other one as it is."""
    here = find_zone(zone)
    early = naive.replace(tzinfo=here, fold=0).utcoffset() or _NO_TIME
    late = naive.replace(tzinfo=here, fold=1).utcoffset() or _NO_TIME
    return naive + (late - early) if late > early else naive
