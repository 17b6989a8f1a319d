"""When an event of another program's calendar takes place, read leniently: what it lacks is found out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from app.calendar import rules, stored
from app.calendar.ics_lines import Line, Part
from app.calendar.ics_moments import Moment, Zones, length_of, moment_in, moment_of
from app.calendar.ics_rules import rule_of
from app.calendar.ics_words import text_of
from app.calendar.schedule import Schedule
from app.errors import N_, GareError, Invalid

NO_START = N_("It does not say when it begins.")
TWO_RULES = N_("It repeats by several rules. Only the first was read.")
UNKNOWN_ZONE = N_("Its time zone “%(name)s” is unknown. Its hours were taken as they are.")
TOO_MANY_DATES = N_("Only its first %(most)s further dates were read.")
MOST_EXTRA, MOST_SKIPPED = 1000, 20_000


@dataclass(frozen=True, slots=True)
class Note:
    """What was not read of an event that was: an English msgid and its values."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)


def schedule_of(part: Part, zones: Zones, notes: list[Note]) -> Schedule:
    """Read when it takes place, and put what could not be read into `notes`; raises Invalid."""
    line = part.first("DTSTART")
    if line is None:
        raise Invalid(NO_START)
    begin = moment_of(line, zones)
    zone = _zone(part, line, begin, zones, notes)
    end = _end(part, begin, zone, zones)
    start = begin.within(zone)
    if _is_whole_day(part, begin, end, zone):
        day = datetime.combine(begin.at, datetime.min.time())
        last = datetime.combine(end - timedelta(days=1), datetime.min.time())
        once = Schedule(day, max(day, last), zones.default, is_all_day=True)
    else:
        once = Schedule(start, max(start, end), zone)
    return _repeated(part, once, zones, notes)


def _zone(part: Part, line: Line, begin: Moment, zones: Zones, notes: list[Note]) -> str:
    """Choose the zone in which an event is kept: its own, or that of its calendar where it is written in UTC.

    By the letter, a series in UTC moves with summer time. Programs that write one mean the clock on the wall; only
    where its days are others there, it stays in UTC.
    """
    tzid = str(line.params.get("TZID", ""))
    if tzid and not begin.zone and not begin.is_day:
        notes.append(Note(UNKNOWN_ZONE, {"name": tzid[:60]}))
    if begin.is_day or begin.zone in ("", "UTC"):
        is_moved = begin.zone == "UTC" and begin.within(zones.default).date() != begin.at.date()
        return "UTC" if is_moved and "RRULE" in part.lines else zones.default
    return begin.zone


def _end(part: Part, begin: Moment, zone: str, zones: Zones) -> datetime:
    """Give the end as it is written, of whole days the day after the last."""
    start = begin.within(zone)
    if line := part.first("DTEND"):
        end = moment_of(line, zones)
        if end.is_day and not begin.is_day:
            return max(start, end.at)
        return end.at if begin.is_day else end.within(zone)
    if line := part.first("DURATION"):
        return start + length_of(line.value)
    return start + timedelta(days=1) if begin.is_day else start


def _is_whole_day(part: Part, begin: Moment, end: datetime, zone: str) -> bool:
    """Tell whether an event takes whole days; some programs write those from midnight to midnight, in UTC at that."""
    if begin.is_day:
        return True
    if (end - begin.within(zone)) % timedelta(days=1) or end == begin.within(zone):
        return False
    marked = text_of(part, "X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
    return begin.at.time() == datetime.min.time() and (marked or begin.zone == "UTC") and zone != "UTC"


def _repeated(part: Part, once: Schedule, zones: Zones, notes: list[Note]) -> Schedule:
    """Add the rule, the further dates and the days left out."""
    found = list(part.every("RRULE"))
    rule, note = "", ""
    if found:
        rule, note = rule_of(found[0].value, once.start, zones, once.timezone)
    if note:
        notes.append(Note(note))
    if len(found) > 1 or part.lines.get("EXRULE"):
        notes.append(Note(TWO_RULES))
    extra = _extra(part, once, zones)
    if rule and (beside := _beside(rule, once)):
        rule, extra = beside, sorted([*extra, once.start])
    if len(extra) > MOST_EXTRA:
        notes.append(Note(TOO_MANY_DATES, {"most": MOST_EXTRA}))
    skipped = _days(part.every("EXDATE"), once, zones) if rule or extra else set()
    further = [at for at in extra if at.date() not in skipped][:MOST_EXTRA]
    off = sorted(skipped)[:MOST_SKIPPED]
    return stored.checked(replace(once, rule=rule, extra=tuple(further), skipped=tuple(off)))


def _beside(rule: str, once: Schedule) -> str:
    """Give the rule that is left where the beginning is a date which the rule does not give; else `""`.

    The RFC leaves open what it means; programs count such a beginning as the first date.
    """
    read = rules.read(rule, once.start)
    if rules.first_day(read, once.start.date()) == once.start.date():
        return ""
    return rules.write(replace(read, count=read.count - 1)) if read.count and read.count > 1 else rule


def _extra(part: Part, once: Schedule, zones: Zones) -> list[datetime]:
    """Read further dates, one a day."""
    by_day: dict[date, datetime] = {}
    for moment in _moments(part.every("RDATE"), zones):
        at = moment.within(once.timezone)
        at = datetime.combine(at, once.start.time()) if moment.is_day or once.is_all_day else at
        if at.date() != once.start.date():
            by_day.setdefault(at.date(), at)
    return sorted(by_day.values())


def _days(lines: Iterable[Line], once: Schedule, zones: Zones) -> set[date]:
    return {
        moment.at.date() if once.is_all_day else moment.within(once.timezone).date()
        for moment in _moments(lines, zones)
    }


def _moments(lines: Iterable[Line], zones: Zones) -> Iterable[Moment]:
    """Read lists of dates, moments or periods; what is none is passed over."""
    for line in lines:
        tzid = str(line.params.get("TZID", ""))
        for value in line.value.split(","):
            try:
                yield moment_in(value.partition("/")[0], zones, tzid)
            except GareError:
                continue
