"""The rules of other programs' calendars, brought to those that a schedule can say."""

import re
from datetime import date, datetime, time, timedelta

from app.calendar import rules
from app.calendar.ics_moments import YEARS, Moment, Zones, moment_in
from app.errors import N_, GareError, Invalid

MOST_COUNTED = 1000
ENDS_EARLY = N_("It would end before it begins. Only its first date was read.")
_PART = re.compile(r"([A-Z-]+)\s*=\s*([^=]*)")
_IGNORED = {("RSCALE", "GREGORIAN"), ("SKIP", "OMIT")}


def rule_of(text: str, start: datetime, zones: Zones, zone: str) -> tuple[str, str]:
    """Give the rule as a schedule holds it and what had to be left out, as a msgid; raises Invalid.

    `start` is wall time in `zone`. A rule without sense gives `""`: then the first date is the only one.
    """
    parts = _parts(text)
    _drop_clock(parts, start)
    if "UNTIL" in parts:
        parts.pop("COUNT", None)  # both are forbidden together; programs obey the day
        last = _last_day(parts.pop("UNTIL"), start, zones, zone)
        if last is not None and last < start.date():
            return "", ENDS_EARLY
        if last is not None:
            parts["UNTIL"] = f"{last:%Y%m%d}"
    elif parts.get("COUNT", "").isdecimal() and int(parts["COUNT"][:9]) > MOST_COUNTED:
        del parts["COUNT"]  # for ever, in the words of some programs
    return rules.check(";".join(f"{name}={value}" for name, value in parts.items()), start), ""


def _parts(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.upper().strip().strip(";").split(";"):
        match = _PART.fullmatch(part.strip())
        if match is None:
            raise Invalid(N_("“%(value)s” is no rule by which it repeats."), value=text[:80])
        if match[2] and not match[1].startswith("X-") and match.groups() not in _IGNORED:
            found.setdefault(match[1], match[2].strip())
    return found


def _drop_clock(parts: dict[str, str], start: datetime) -> None:
    """Leave out the hour where it is that of the beginning anyway."""
    for name, own in (("BYHOUR", start.hour), ("BYMINUTE", start.minute), ("BYSECOND", 0)):
        if parts.get(name, "").isdecimal() and int(parts[name][:9]) == own:
            del parts[name]


def _last_day(text: str, start: datetime, zones: Zones, zone: str) -> date | None:
    """Give the last day on which it may begin; a bare date counts whole. None: further than anybody plans."""
    if text[:4].isdecimal() and int(text[:4]) not in YEARS:
        return date.min if int(text[:4]) < YEARS.start else None
    end: Moment = moment_in(text, zones)
    if end.is_day:
        return end.at.date()
    local = end.within(zone)
    is_before = start.time() != time() and local.time() < start.time()
    return local.date() - timedelta(days=is_before)


def fault_of(error: Exception) -> GareError:
    """Say what was wrong with an event; whatever else its texts made go wrong counts as unreadable."""
    return error if isinstance(error, GareError) else Invalid(N_("It cannot be read."))
