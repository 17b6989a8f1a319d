"""Write events as other calendars read them: iCalendar (RFC 5545, RFC 7986), by the library icalendar.

Two steps, because a calendar of ten thousand events is asked for more often than one of them changes: `event_lines`
writes one event when it is saved, `calendar` puts such texts together. Addresses of this site begin with `BASE` in
between.

Who organises is written as CONTACT: an ORGANIZER must be an address and makes of an event a meeting, to which programs
send answers (RFC 5545, 3.8.4.3). Why something is cancelled, and what is otherwise on one date, are COMMENTs.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import icalendar
from icalendar.prop import vDuration, vRecur, vText

from app.calendar import ics_text
from app.calendar.event import CANCELLED, PLANNED, Event
from app.calendar.expansion import expand
from app.calendar.ics_dates import Dates, dates_of
from app.calendar.ics_zones import zone_lines
from app.calendar.schedule import Change, Occurrence, Schedule

BASE = ics_text.BASE  # the site's address, in texts that are kept
PRODID = "-//Gare Centrale//Agenda//FR"
REFRESH = timedelta(hours=1)
PUBLISHED = "PT1H"  # the same, by the older name
CANCELLED_FOR = timedelta(days=30)  # so long a cancelled date is told; then it is left out
DAY = timedelta(days=1)
_STATUS = {PLANNED: "TENTATIVE", CANCELLED: "CANCELLED"}
_END_OF_DAY = time(23, 59, 59)


def uid_of(page_id: str) -> str:
    """Give the UID of the event of a page that names none."""
    return f"{page_id}@gare-centrale"


def event_lines(event: Event, stamp: datetime) -> str:
    """Write an event with all its dates: a VEVENT, and one for each date that is otherwise; lines end in CRLF.

    `stamp` is now (aware): cancelled dates are told for 30 days after the last change, holidays worked out two years
    ahead. The same event gives the same text all day long.
    """
    is_old = event.modified is not None and stamp - event.modified > CANCELLED_FOR
    dates = dates_of(event.schedule, stamp.date(), has_cancelled=not is_old)
    parts = [_main(event, dates, stamp), *(_other(event, at, one, stamp) for at, one in dates.changed.items())]
    return "".join(ics_text.fold_own(str(part.to_ical(), "utf-8")) for part in parts)


def calendar(
    events: Iterable[str], zones: Iterable[str], *, base: str, name: str, address: str = "", colour: str = ""
) -> bytes:
    """Put texts of `event_lines` together; `base` is the site's complete address, ending in a slash.

    `name` is what programs call the calendar, `address` the one under which it is found anew, `colour` is `#rrggbb`.
    The same texts give the same bytes.
    """
    opening, end = str(_head(name, address, colour).to_ical(), "utf-8").split("END:VCALENDAR")
    own = (zone_lines(zone) for zone in sorted(set(zones)) if zone != "UTC")
    text = "".join((opening, *own, *events, "END:VCALENDAR", end))
    return text.replace(BASE, base).encode()


def _head(name: str, address: str, colour: str) -> icalendar.Calendar:
    head = icalendar.Calendar()
    head.add("version", "2.0")
    head.add("prodid", PRODID)
    head.add("method", "PUBLISH")
    head.add("name", vText(ics_text.line(name)))
    head.add("x-wr-calname", vText(ics_text.line(name)))
    head.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    head.add("x-published-ttl", PUBLISHED)
    if found := ics_text.uri(address):
        head.add("source", found, parameters={"VALUE": "URI"})
    if colour:
        head.add("x-apple-calendar-color", ics_text.line(colour))
    return head


def is_cancelled(text: str) -> bool:
    """Tell whether the event of a text of `event_lines` is cancelled as a whole."""
    is_said = "STATUS:CANCELLED" in text  # ten thousand are asked; words of people may say it, too
    return is_said and "STATUS:CANCELLED" in text.partition("\r\nEND:VEVENT")[0].split("\r\n")


# -- components ------------------------------------------------------------------------------------------------------


def _main(event: Event, dates: Dates, stamp: datetime) -> icalendar.Event:
    """Write what holds for all dates."""
    schedule, part = event.schedule, _begun(event, stamp)
    once = None if schedule.is_series else expand(schedule, schedule.start.date(), schedule.end.date())
    _add_times(part, schedule, once[0] if once else schedule)
    if schedule.rule:
        part.add("rrule", _rule(schedule))
    for name, moments in (("rdate", dates.added), ("exdate", dates.left_out)):
        if moments:
            kind = {"VALUE": "DATE"} if schedule.is_all_day else {}
            part.add(name, [_stamped(schedule, moment) for moment in moments], parameters=kind)
    _add_words(part, event, Change())
    _add_status(part, event.status, event.reason)
    return part


def _other(event: Event, at: datetime, one: Occurrence, stamp: datetime) -> icalendar.Event:
    """Write one date on which something is otherwise."""
    part, change = _begun(event, stamp), one.change
    part.add("recurrence-id", _stamped(event.schedule, at))
    _add_times(part, event.schedule, one)
    _add_words(part, event, change)
    status = CANCELLED if change.is_cancelled else event.status
    _add_status(part, status, change.reason or change.note or event.reason)
    return part


def _begun(event: Event, stamp: datetime) -> icalendar.Event:
    part = icalendar.Event()
    part.add("uid", ics_text.line(event.uid))
    part.add("dtstamp", event.modified or stamp)
    part.add("sequence", event.sequence)
    if event.created:
        part.add("created", event.created)
    if event.modified:
        part.add("last-modified", event.modified)
    return part


def _add_times(part: icalendar.Event, schedule: Schedule, times: Occurrence | Schedule) -> None:
    """Add when it begins and ends; a whole day ends on the day after, as calendars say it."""
    part.add("dtstart", _stamped(schedule, times.start))
    part.add("dtend", _stamped(schedule, times.end + DAY if schedule.is_all_day else times.end))


def _stamped(schedule: Schedule, moment: datetime) -> date | datetime:
    """Bring wall time into the type in which a schedule is written."""
    return moment.date() if schedule.is_all_day else moment.replace(tzinfo=_zone(schedule))


def _zone(schedule: Schedule) -> tzinfo:
    return UTC if schedule.timezone == "UTC" else ZoneInfo(schedule.timezone)


def _rule(schedule: Schedule) -> vRecur:
    """Write the rule; its end has the type of the start, UTC where that has a zone, and a day counts to its end."""
    rule: vRecur = vRecur.from_ical(schedule.rule)
    for until in rule.get("UNTIL", []):
        rule["UNTIL"] = [_until(schedule, until)]
    return rule


def _until(schedule: Schedule, until: date | datetime) -> date | datetime:
    if schedule.is_all_day:
        return until.date() if isinstance(until, datetime) else until
    if not isinstance(until, datetime):
        until = datetime.combine(until, _END_OF_DAY)
    return (until if until.tzinfo else until.replace(tzinfo=_zone(schedule))).astimezone(UTC)


def _add_words(part: icalendar.Event, event: Event, change: Change) -> None:
    words = {
        "summary": ics_text.line(change.title or event.title),
        "location": ics_text.line(change.place or event.place),
        "description": ics_text.text("\n\n".join(filter(None, (change.note, event.description)))),
        "contact": ics_text.line(event.organiser),
    }
    for name, said in words.items():
        if said:
            part.add(name, vText(said))
    if address := ics_text.uri(event.address):
        part.add("url", address)
    if tags := [ics_text.line(tag) for tag in event.tags if ics_text.line(tag)]:
        part.add("categories", tags)
    if event.point:
        part.add("geo", event.point)
    if link := ics_text.uri(event.link):
        part.add("conference", link, parameters={"VALUE": "URI"})
    if image := ics_text.uri(event.image):
        part.add("image", image, parameters={"VALUE": "URI"})


def _add_status(part: icalendar.Event, status: str, reason: str) -> None:
    part.add("status", _STATUS.get(status, "CONFIRMED"))
    if said := ics_text.text(reason):
        part.add("comment", said)
