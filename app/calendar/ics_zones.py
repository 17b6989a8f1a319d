"""Time zones as calendars carry them: one VTIMEZONE each (RFC 5545, 3.6.5), by rules and not by lists of dates.

Programs that know the name of a zone need none of it; those that do not (old ones on the desk) read rules only.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SINCE = 1970  # the year in which the rules are said to begin
YEARS = range(2024, 2034)  # looked at: a rule that holds for ten years is taken for one


class _Turn(NamedTuple):
    """A change of the clock: `at` is the wall time before it."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


class _Rule(NamedTuple):
    """The day of a turn in any year: `number` of a weekday in a month, -1 the last; then its hour."""

    month: int
    number: int
    weekday: int
    hour: int
    minute: int


@lru_cache(maxsize=64)
def zone_lines(name: str) -> str:
    """Give the VTIMEZONE of a zone of the IANA database, lines ending in CRLF."""
    zone = ZoneInfo(name)
    turns = {year: _turns(zone, year) for year in YEARS}
    if not any(turns.values()):
        return _text(_fixed(name, zone))
    rules = [_rules(found) for found in turns.values()]
    regular = all(rule == rules[0] for rule in rules) and len(rules[0]) == 2
    return _text(_ruled(name, turns[YEARS[0]], rules[0]) if regular else Timezone.from_tzid(name))


def _text(component: Timezone) -> str:
    return str(component.to_ical(), "utf-8")


def _turns(zone: ZoneInfo, year: int) -> list[_Turn]:
    """Find the changes of the clock in a year, to the minute."""
    found, moment = list[_Turn](), datetime(year, 1, 1, tzinfo=UTC)
    while moment.year == year:
        following = moment + timedelta(days=1)
        if _offset(moment, zone) != _offset(following, zone):
            found.append(_turn(zone, moment, following))
        moment = following
    return found


def _turn(zone: ZoneInfo, low: datetime, high: datetime) -> _Turn:
    before = _offset(low, zone)
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    at = high.replace(second=0, microsecond=0)
    then = at.astimezone(zone)
    return _Turn((at + before).replace(tzinfo=None), before, _offset(at, zone), then.tzname() or "", bool(then.dst()))


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _rules(turns: list[_Turn]) -> list[_Rule]:
    return [_rule(one.at) for one in turns]


def _rule(at: datetime) -> _Rule:
    is_last = (at + timedelta(days=7)).month != at.month
    return _Rule(at.month, -1 if is_last else (at.day + 6) // 7, at.weekday(), at.hour, at.minute)


def _fixed(name: str, zone: ZoneInfo) -> Timezone:
    """Write a zone without summer time."""
    moment = datetime(YEARS[0], 1, 1, tzinfo=zone)
    part, offset = TimezoneStandard(), moment.utcoffset() or timedelta()
    _fill(part, _Turn(datetime(SINCE, 1, 1), offset, offset, moment.tzname() or "", is_summer=False))  # noqa: DTZ001
    return _zone(name, [part])


def _ruled(name: str, turns: list[_Turn], rules: list[_Rule]) -> Timezone:
    """Write a zone with summer time."""
    parts = []
    for turn, rule in zip(turns, rules, strict=True):
        part = TimezoneDaylight() if turn.is_summer else TimezoneStandard()
        _fill(part, turn._replace(at=_first(rule)))
        by = {"FREQ": "YEARLY", "BYMONTH": rule.month, "BYDAY": f"{rule.number}{DAYS[rule.weekday]}"}
        part.add("rrule", vRecur(by))
        parts.append(part)
    return _zone(name, parts)


def _fill(part: TimezoneDaylight | TimezoneStandard, turn: _Turn) -> None:
    part.add("dtstart", turn.at)
    part.add("tzoffsetfrom", turn.before)
    part.add("tzoffsetto", turn.after)
    part.add("tzname", turn.name)


def _zone(name: str, parts: list[TimezoneDaylight | TimezoneStandard]) -> Timezone:
    zone = Timezone()
    zone.add("tzid", name)
    for part in parts:
        zone.add_component(part)
    return zone


def _first(rule: _Rule) -> datetime:
    """Give the first day of a rule that repeats every year."""
    days = [datetime(SINCE, rule.month, 1, rule.hour, rule.minute) + timedelta(days=n) for n in range(31)]  # noqa: DTZ001
    fitting = [day for day in days if day.month == rule.month and day.weekday() == rule.weekday]
    return fitting[-1] if rule.number < 0 else fitting[rule.number - 1]
