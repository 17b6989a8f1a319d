"""Moments, lengths and zones as other programs write them into calendars, read leniently."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.prop import vDuration
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from app.calendar.ics_lines import Line, Part
from app.calendar.repeating import FIRST_YEAR, LAST_YEAR
from app.errors import N_, Invalid

NO_DATE = N_("“%(value)s” is no date.")
FAR_AWAY = N_("Its year lies too far away.")
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
LONGEST = timedelta(days=3660)
_MOMENT = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:[T ]([0-9]{2}):?([0-9]{2})(?::?[0-9]{2})?(?:\.[0-9]+)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?$",
    re.ASCII | re.IGNORECASE,
)
_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})")
_NAMED_OFFSET = re.compile(r"(?:UTC|GMT)\s*([+-][0-9]{2}:[0-9]{2})")
# Zones that programs describe without naming them are looked for among these, after the site's own.
_USUAL = ("Europe/Paris", "Europe/London", "Europe/Athens", "UTC", "America/Martinique", "Indian/Reunion",
          "America/Cayenne", "Pacific/Noumea", "America/New_York", "America/Montreal")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """Wall time in a zone, `""` where none is said; or a whole day, at midnight."""

    at: datetime
    zone: str
    is_day: bool

    def within(self, zone: str) -> datetime:
        """Give the wall time of another zone; days and times without a zone are the same everywhere."""
        if self.is_day or self.zone in ("", zone):
            return self.at
        return self.at.replace(tzinfo=ZoneInfo(self.zone)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


class Zones:
    """The zones of one file: what its names mean. `unknown` are names that mean nothing: their hours count as ours."""

    def __init__(self, default: str, described: Iterable[Part]) -> None:
        self.default = default
        self._described = {line.value.strip('"'): part for part in described if (line := part.first("TZID"))}
        self._known: dict[str, str] = {}

    def name(self, tzid: str) -> str:
        """Give the name in the IANA database of what a file calls so, `""` where nothing is known of it."""
        if tzid not in self._known:
            self._known[tzid] = self._find(tzid)
        return self._known[tzid]

    def _find(self, tzid: str) -> str:
        part = self._described.get(tzid)
        location = part.first("X-LIC-LOCATION") if part else None
        named = zone_named(tzid) or (zone_named(location.value) if location else "")
        return named or self._by_offsets(_described(part) if part else _said(tzid))

    def _by_offsets(self, offsets: set[timedelta]) -> str:
        """Find a zone whose clocks show these differences to UTC through the year."""
        if not offsets:
            return ""
        fitting = (zone for zone in (self.default, *_USUAL) if offsets <= _offsets(zone))
        return next(fitting, "")


def zone_named(name: str) -> str:
    """Find a zone by a name of the IANA database, whatever stands before it, or by one of Windows; `""`: none."""
    asked = name.strip().strip('"').replace("\\", "")
    parts = [one for one in asked.split("/") if one]
    for count in (3, 2, 1):
        if found := _names().get("/".join(parts[-count:]).casefold()):
            return found
    return _windows().get(re.sub(r" [0-9]+$", "", asked).casefold(), "")


def moment_of(line: Line, zones: Zones) -> Moment:
    """Read a moment; raises Invalid."""
    return moment_in(line.value, zones, str(line.params.get("TZID", "")))


def moment_in(value: str, zones: Zones, tzid: str = "") -> Moment:
    """Read a moment of a zone that the file calls `tzid`; raises Invalid. What stands before it is passed over."""
    match = _MOMENT.search(value.strip())
    if match is None:
        raise Invalid(NO_DATE, value=value[:60])
    year, month, day = (int(match[number]) for number in (1, 2, 3))
    if year not in YEARS:
        raise Invalid(FAR_AWAY)
    try:
        if match[4] is None:
            return Moment(datetime(year, month, day), "", is_day=True)  # noqa: DTZ001 - wall time
        at = datetime(year, month, day, int(match[4]), int(match[5]))  # noqa: DTZ001
    except ValueError as error:
        raise Invalid(NO_DATE, value=value[:60]) from error
    if match[6] is None:
        return Moment(at, zones.name(tzid) if tzid else "", is_day=False)
    offset = _offset(match[6]) or timedelta()
    return Moment((at - offset), "UTC", is_day=False)


def length_of(text: str) -> timedelta:
    """Read a DURATION; raises Invalid. What is negative is none."""
    try:
        length: timedelta = vDuration.from_ical(text.strip())  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError) as error:
        raise Invalid(N_("“%(value)s” is no duration."), value=text[:60]) from error
    return min(max(length, timedelta()), LONGEST)


def _offset(text: str) -> timedelta | None:
    match = _OFFSET.search(text)
    if match is None:
        return None
    length = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return -length if match[1] == "-" else length


def _described(part: Part) -> set[timedelta]:
    return {found for line in part.every("TZOFFSETTO") if (found := _offset(line.value)) is not None}


def _said(tzid: str) -> set[timedelta]:
    match = _NAMED_OFFSET.search(tzid)
    found = _offset(match[1]) if match else None
    return set() if found is None else {found}


@lru_cache(maxsize=64)
def _offsets(zone: str) -> set[timedelta]:
    days = (datetime(2025, month, 1, tzinfo=UTC) for month in range(1, 13))
    return {day.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for day in days}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    aliases = dict.fromkeys(
        ("z", "gmt", "zulu", "uct", "etc/utc", "etc/gmt", "etc/zulu", "etc/uct", "universal"), "UTC"
    )
    return {name.casefold(): name for name in available_timezones() if name != "localtime"} | aliases


@lru_cache(maxsize=1)
def _windows() -> dict[str, str]:
    return {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}


def aware(moment: Moment) -> datetime | None:
    """Give a stamp that a program has set, None where the zone is not said."""
    if moment.is_day or not moment.zone:
        return None
    return moment.at.replace(tzinfo=ZoneInfo(moment.zone)).astimezone(UTC)
