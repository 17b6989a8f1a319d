"""One event of another program's calendar, read leniently; what it does not say is left empty."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from app.calendar.event import CANCELLED, CONFIRMED, PLANNED, Event
from app.calendar.ics_lines import Part
from app.calendar.ics_moments import Moment, Zones, aware, moment_of
from app.calendar.ics_when import Note, schedule_of
from app.calendar.ics_words import text_of, unescaped
from app.calendar.schedule import Schedule
from app.errors import N_, GareError, Invalid

PRIVATE = N_("It is marked as private.")
_STATUS = {"TENTATIVE": PLANNED, "CANCELLED": CANCELLED}
_WEB = re.compile(r"https?://[^\s<>\"]{3,1000}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """An event as it stands alone in its file. `replaces` is the date of a series in place of which it takes place.

    `is_onward`: in place of all later ones, too. `comment` is what it says of this date.
    """

    number: int
    event: Event
    replaces: Moment | None
    is_onward: bool
    comment: str
    notes: tuple[Note, ...]


def draft_of(part: Part, zones: Zones) -> Draft:
    """Read an event; raises Invalid where it says no day, an impossible rule, or is nobody's business."""
    if text_of(part, "CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
        raise Invalid(PRIVATE)
    notes = list[Note]()
    schedule = schedule_of(part, zones, notes)
    replaced = part.first("RECURRENCE-ID")
    event = _event(part, schedule, zones)
    is_onward = replaced is not None and str(replaced.params.get("RANGE", "")).upper() == "THISANDFUTURE"
    moment = moment_of(replaced, zones) if replaced else None
    return Draft(part.number, event, moment, is_onward, text_of(part, "COMMENT"), tuple(notes))


def _event(part: Part, schedule: Schedule, zones: Zones) -> Event:
    event = Event(
        uid=text_of(part, "UID")[:255],
        title=text_of(part, "SUMMARY"),
        schedule=schedule,
        description=text_of(part, "DESCRIPTION"),
        place=text_of(part, "LOCATION"),
        point=_point(part),
        link=_address(part, "CONFERENCE") or _address(part, "X-GOOGLE-CONFERENCE"),
        address=_address(part, "URL"),
        organiser=text_of(part, "CONTACT") or _organiser(part),
        tags=_tags(part),
        status=_STATUS.get(text_of(part, "STATUS").upper(), CONFIRMED),
        image=_address(part, "IMAGE"),
        sequence=_sequence(part),
        created=_stamp(part, zones, "CREATED"),
        modified=_stamp(part, zones, "LAST-MODIFIED", "DTSTAMP"),
    )
    event = replace(event, reason=text_of(part, "COMMENT") if event.status == CANCELLED else "")
    return event if event.uid else replace(event, uid=uid_by_content(event))


def uid_by_content(event: Event) -> str:
    """Give a name to an event that has none: the same each time that it says the same."""
    said = f"{event.title}\n{event.schedule.start.isoformat()}\n{event.schedule.rule}\n{event.place}"
    return f"{sha256(said.encode()).hexdigest()[:32]}@content"


def _address(part: Part, name: str) -> str:
    for line in part.every(name):
        if match := _WEB.match(unescaped(line.value)):
            return match[0]
    return ""


def _organiser(part: Part) -> str:
    """Give the name of who organises; a mail address is nobody's name."""
    line = part.first("ORGANIZER")
    name = unescaped(str(line.params.get("CN", ""))).strip().strip('"')[:200] if line else ""
    return "" if "@" in name else name


def _tags(part: Part) -> tuple[str, ...]:
    words = (
        " ".join(unescaped(one).split())[:60]
        for line in part.every("CATEGORIES")
        for one in re.split(r"(?<!\\),", line.value)
    )
    return tuple(dict.fromkeys(word for word in words if word))[:20]


def _point(part: Part) -> tuple[float, float] | None:
    line = part.first("GEO")
    try:
        lat, lon = (float(one) for one in re.split("[;,]", line.value.replace("\\", ""))) if line else (91.0, 0.0)
    except ValueError:
        return None
    return (lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 and (lat, lon) != (0.0, 0.0) else None


def _sequence(part: Part) -> int:
    text = text_of(part, "SEQUENCE")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0


def _stamp(part: Part, zones: Zones, *names: str) -> datetime | None:
    for name in names:
        try:
            if (line := part.first(name)) and (found := aware(moment_of(line, zones))):
                return found
        except GareError:
            continue
    return None
