"""A schedule as a form asks it: a day, an hour, how it repeats. From what is typed to what is held, and back."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from app.calendar import holidays, rules, stored
from app.calendar.schedule import Schedule
from app.calendar.zones import is_zone
from app.errors import N_, Invalid
from app.forms.types import entry, repeats
from app.forms.types.base import Typed
from app.forms.types.clock import read_hour
from app.forms.types.days import read_day
from app.wiki.yaml_text import Value

# `start`, `end`: days; `from`, `to`: hours; `skipped`, `extra`: days, one a line; `except`: names of holidays;
# `kept`: what no input shows.
PARTS = (
    *("start", "from", "to", "end", "allday", "timezone", "repeat", "days", "until", "count"),
    *("except", "skipped", "extra", "kept"),
)
_SILENT = frozenset({"timezone", "kept"})  # sent by a form in which nobody typed anything
MOST_DAYS = 400
UNREAD = "unread"  # in what is kept: a value that no input shows; while nothing is typed it is not taken for nothing
YES = "yes"
_WITH_HOUR = re.compile(r"(.*[0-9])[ ,T]+(?:à |at )?([0-9]{1,2} ?[h:] ?(?:[0-9]{2})?)", re.IGNORECASE)

FIRST_YEAR = 1900  # an earlier one is a slip of the hand: 0207 for 2027

NO_DAY = N_("Give the day on which it begins.")
NO_START = N_("Give the hour at which it begins, or tick “all day”.")
NO_END = N_("Give the hour at which it ends.")
ENDS_BEFORE = N_("The end is before the beginning. Change one of the two.")
TOO_EARLY = N_("The year %(year)s is too long ago. Correct it.")
NO_DAY_IN_LINE = N_("“%(line)s” is no day. Write one day a line, as 12/03/2026.")
TOO_MANY = N_("Write at most %(most)d days here.")

_Found = TypeVar("_Found")


def read(typed: Typed) -> Value | None:
    """Give the value that `stored.read` takes; None where nothing was typed. Raises Invalid with the part."""
    said = {name: entry.line(entry.part(typed, name)) for name in PARTS}
    kept = _read_kept(entry.part(typed, "kept"))
    if not any(text for name, text in said.items() if name not in _SILENT):
        if UNREAD in kept:
            raise Invalid(NO_DAY, part="start")
        return None
    if not said["start"]:
        raise Invalid(NO_DAY, part="start")
    is_all_day = bool(said["allday"])
    start = _read_start(said, is_all_day)
    end = _read_last(said, start) if is_all_day else _read_end(said, start)
    extra = _read_extra(entry.part(typed, "extra"), start)
    value: dict[str, Value] = {"start": _moment(start, is_all_day), "end": _moment(end, is_all_day)}
    value |= {"timezone": _zone(said["timezone"])} if said["timezone"] else {}
    if rule := _read_rule(said, typed, start.date(), kept):
        value |= {"rule": rule, "except": _read_except(typed)}
    value |= {"extra": [_moment(one, is_all_day) for one in extra]} if extra else {}
    changes = kept.get("changes")
    if (rule or extra) and isinstance(changes, dict):
        value["changes"] = {day: _fitting(change, is_all_day) for day, change in changes.items()}
    return value


def write(schedule: Schedule, *, has_zone: bool) -> Typed:
    """Give what would be typed to get this schedule."""
    is_all_day = schedule.is_all_day
    ends = {"end": _last_typed(schedule)} if is_all_day else _end_typed(schedule)
    repeat = repeats.read(schedule.rule, schedule.start) if schedule.rule else repeats.Repeat(repeats.ONCE)
    way = repeat or repeats.Repeat(repeats.KEPT)
    typed: dict[str, tuple[str, ...]] = {
        "start": (schedule.start.date().isoformat(),),
        "from": ("" if is_all_day else f"{schedule.start:%H:%M}",),
        **{name: (text,) for name, text in ends.items()},
        "allday": (YES,) if is_all_day else (),
        "timezone": (schedule.timezone if has_zone else "",),
        "repeat": (way.way,),
        "days": way.days,
        "until": (way.until.isoformat() if way.until else "",),
        "count": (way.count,),
        "except": schedule.holidays,
        "skipped": ("\n".join(f"{day:%d/%m/%Y}" for day in schedule.skipped),),
        "extra": ("\n".join(_extra_typed(schedule, one) for one in schedule.extra),),
        "kept": (_kept(schedule, is_shown=repeat is not None),),
    }
    return {name: texts for name, texts in typed.items() if any(texts)}


def _read_start(said: dict[str, str], is_all_day: bool) -> datetime:
    day = datetime.combine(_of("start", read_day_of, said["start"]), time())
    if day.year < FIRST_YEAR:
        raise Invalid(TOO_EARLY, year=f"{day.year:04d}", part="start")
    if is_all_day:
        return day
    if not said["from"]:
        raise Invalid(NO_START, part="from")
    return day + timedelta(minutes=_of("from", read_hour, said["from"]) % (24 * 60))


def _read_last(said: dict[str, str], start: datetime) -> datetime:
    last = _of("end", read_day_of, said["end"]) if said["end"] else start.date()
    return _after(datetime.combine(last, time()), start, "end")


def _read_end(said: dict[str, str], start: datetime) -> datetime:
    """Read the end; what ends at an earlier hour than it began does so on the next day."""
    if not said["to"]:
        if said["end"]:
            raise Invalid(NO_END, part="to")
        return start
    span = timedelta(minutes=_of("to", read_hour, said["to"]))
    if said["end"]:
        return _after(datetime.combine(_of("end", read_day_of, said["end"]), time()) + span, start, "end")
    end = datetime.combine(start.date(), time()) + span
    return end if end >= start else end + timedelta(days=1)


def _after(end: datetime, start: datetime, part: str) -> datetime:
    if end < start:
        raise Invalid(ENDS_BEFORE, part=part)
    return end


def _end_typed(schedule: Schedule) -> dict[str, str]:
    """Give the hour of the end, and its day where the hour alone would not say it."""
    if schedule.end == schedule.start:
        return {"to": ""}
    is_midnight = schedule.end.time() == time()
    hour = "24:00" if is_midnight else f"{schedule.end:%H:%M}"
    if _read_end({"to": hour, "end": ""}, schedule.start) == schedule.end:
        return {"to": hour}
    last = schedule.end.date() - timedelta(days=1) if is_midnight else schedule.end.date()
    return {"to": hour, "end": last.isoformat()}


def _last_typed(schedule: Schedule) -> str:
    return schedule.end.date().isoformat() if schedule.end > schedule.start else ""


def _read_rule(said: dict[str, str], typed: Typed, start: date, kept: dict[str, Value]) -> str:
    if said["repeat"] == repeats.KEPT:
        rule = kept.get("rule", "")
        return rule if isinstance(rule, str) else ""
    if said["repeat"] == repeats.ONCE:
        return ""
    until = _of("until", read_day_of, said["until"]) if said["until"] else None
    count = said["count"]
    if count and not (count.isascii() and count.isdecimal()):
        raise Invalid(rules.BAD_COUNT, limit=rules.MAX_COUNT, part="count")
    days = repeats.known_days(typed.get("days", ()))
    return repeats.write(repeats.Repeat(said["repeat"], days, until, count), start)


def _read_except(typed: Typed) -> Value:
    days = [read_line(line).isoformat() for line in _lines(entry.part(typed, "skipped"), "skipped")]
    chosen = {word.strip() for word in typed.get("except", ())}
    return [*days, *(name for name in holidays.SETS if name in chosen)]


def read_line(line: str) -> date:
    """Read a day that stands on its own line; raises Invalid."""
    try:
        return read_day_of(line)
    except Invalid as error:
        raise Invalid(NO_DAY_IN_LINE, line=line[:60], part="skipped") from error


def _read_extra(text: str, start: datetime) -> list[datetime]:
    return [_read_moment(line, start) for line in _lines(text, "extra")]


def _read_moment(line: str, start: datetime) -> datetime:
    """Read a further day, at the hour of the first date unless another one is typed."""
    try:
        if match := _WITH_HOUR.fullmatch(line):
            minutes = read_hour(match[2]) % (24 * 60)
            return datetime.combine(read_day_of(match[1]), time()) + timedelta(minutes=minutes)
        return datetime.combine(read_day_of(line), start.time())
    except Invalid as error:
        raise Invalid(NO_DAY_IN_LINE, line=line[:60], part="extra") from error


def _extra_typed(schedule: Schedule, moment: datetime) -> str:
    is_same = schedule.is_all_day or moment.time() == schedule.start.time()
    return f"{moment:%d/%m/%Y}" if is_same else f"{moment:%d/%m/%Y %H:%M}"


def _lines(text: str, part: str) -> list[str]:
    found = [line for one in re.split(r"[\n;]", entry.lines(text)) if (line := entry.line(one))]
    if len(found) > MOST_DAYS:
        raise Invalid(TOO_MANY, most=MOST_DAYS, part=part)
    return found


def _kept(schedule: Schedule, *, is_shown: bool) -> str:
    if not schedule.is_series:
        return ""
    written = stored.write(schedule)
    names = ("changes",) if is_shown else ("rule", "changes")
    kept = {name: written[name] for name in names if name in written}
    return entry.write_json(kept) if kept else ""


def _read_kept(text: str) -> dict[str, Value]:
    kept = entry.read_json(text.strip())
    return kept if isinstance(kept, dict) else {}


def _fitting(change: Value, is_all_day: bool) -> Value:
    """Leave out the hours of a change where there are none any more, and days where there are hours."""
    if not isinstance(change, dict):
        return change
    hours = {name: text for name in ("start", "end") if isinstance(text := change.get(name), str)}
    unfit = [name for name, text in hours.items() if is_all_day == (len(text) > 10)]
    return {name: said for name, said in change.items() if name not in unfit}


def _zone(text: str) -> str:
    """Take a time zone as people may write it; one that is not known is refused later."""
    name = text.replace(" ", "_")
    return name.title() if not is_zone(name) and is_zone(name.title()) else name


def _moment(moment: datetime, is_all_day: bool) -> str:
    return moment.date().isoformat() if is_all_day else moment.isoformat(timespec="minutes")


def read_day_of(text: str) -> date:
    """Read a day as people type it; raises Invalid."""
    return date.fromisoformat(read_day(text))


def _of(part: str, work: Callable[[str], _Found], text: str) -> _Found:
    """Say with what is wrong in which part it stands."""
    try:
        return work(text)
    except Invalid as error:
        raise Invalid(error.msgid, **{**error.values, "part": part}) from error
