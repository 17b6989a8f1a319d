"""Read the calendars of other programs: every event that can be understood, and what could not be of the others.

One broken event never refuses the file. Series and the changes of their single dates, which stand apart in the file,
become one event. Call it in a process with a budget (`ics_child.py`): its input is anybody's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from app.calendar.event import CANCELLED, Event
from app.calendar.expansion import expand
from app.calendar.ics_events import Draft, draft_of
from app.calendar.ics_lines import MOST_EVENTS, Part, parts_of
from app.calendar.ics_moments import Moment, Zones, length_of, zone_named
from app.calendar.ics_rules import fault_of
from app.calendar.ics_when import Note
from app.calendar.ics_words import text_of
from app.calendar.schedule import Change, Schedule
from app.errors import N_, GareError

LATER_ONES = N_("A change of one date and all later ones was not read.")
TOO_MANY = N_("Only the first %(most)s events were read. %(left)s were left out.")
MOST_DATES = 20_000  # of a series, looked through for those that were changed
MOST_NOTED = 500  # letters
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fault:
    """What was not read: where in the file, of which event, why. `is_lost`: nothing of the event was read."""

    line: int
    uid: str
    title: str
    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A calendar: its events, what was not read, its own name, how often it wants to be asked for."""

    events: list[Event]
    faults: list[Fault]
    name: str = ""
    refresh: timedelta | None = None


def read(data: bytes, timezone: str) -> Read:
    """Read a calendar; times of no zone are those of `timezone`. Raises Invalid where it is no calendar at all."""
    parts = parts_of(data)
    zones = Zones(zone_named(text_of(parts.head, "X-WR-TIMEZONE")) or timezone, parts.zones)
    drafts, faults = list[Draft](), list[Fault]()
    for part in parts.events:
        try:
            drafts.append(draft_of(part, zones))
        except (GareError, ValueError, OverflowError) as error:
            faults.append(_lost(part, fault_of(error)))
    events = [event for group in _groups(drafts) for event in _together(group, faults)]
    faults += [_noted(draft, note) for draft in drafts for note in draft.notes]
    if parts.left:
        faults.append(Fault(0, "", "", TOO_MANY, {"most": MOST_EVENTS, "left": parts.left}, is_lost=True))
    name = text_of(parts.head, "NAME") or text_of(parts.head, "X-WR-CALNAME")
    return Read(events, sorted(faults, key=lambda one: one.line), name[:200], _refresh(parts.head))


def _lost(part: Part, error: GareError) -> Fault:
    title = text_of(part, "SUMMARY")[:100]
    return Fault(part.number, text_of(part, "UID")[:255], title, error.msgid, error.values, is_lost=True)


def _noted(draft: Draft, note: Note) -> Fault:
    return Fault(draft.number, draft.event.uid, draft.event.title[:100], note.msgid, note.values)


def _refresh(head: Part) -> timedelta | None:
    for name in ("REFRESH-INTERVAL", "X-PUBLISHED-TTL"):
        try:
            if text := text_of(head, name):
                return length_of(text)
        except GareError:
            continue
    return None


# -- what belongs together -------------------------------------------------------------------------------------------


def _groups(drafts: Iterable[Draft]) -> Iterable[list[Draft]]:
    found: dict[str, list[Draft]] = {}
    for draft in drafts:
        found.setdefault(draft.event.uid, []).append(draft)
    return found.values()


def _together(group: list[Draft], faults: list[Fault]) -> list[Event]:
    """Make one event of a series and the changes of its dates; events that share a UID by mistake stay apart."""
    mains = _mains([draft for draft in group if draft.replaces is None])
    faults += [_noted(draft, Note(LATER_ONES)) for draft in group if draft.is_onward]
    others = [draft for draft in group if draft.replaces is not None and not draft.is_onward]
    if not mains:
        zones = {draft.event.schedule.timezone for draft in others}
        return [_alone(draft) for draft in _by_day(others, min(zones, default="UTC")).values()]
    first, *rest = mains
    return [_changed(first, others), *(replace(one, uid=_apart(one)) for one in rest)]


def _mains(drafts: Sequence[Draft]) -> list[Event]:
    """Give the events of one UID, the first in time first: of those that begin together, the newest counts."""
    by_start: dict[datetime, Draft] = {}
    highest = max((draft.event.sequence for draft in drafts), default=0)
    for draft in drafts:
        known = by_start.get(draft.event.schedule.start)
        if draft.event.sequence == highest and (known is None or _age(draft) >= _age(known)):
            by_start[draft.event.schedule.start] = draft
    return [by_start[start].event for start in sorted(by_start)]


def _by_day(drafts: Iterable[Draft], zone: str) -> dict[date, Draft]:
    """Give changed dates by the day of their series; of two changes of one day, the newest counts."""
    found: dict[date, Draft] = {}
    for draft in sorted(drafts, key=lambda one: (one.event.sequence, _age(one))):
        if draft.replaces:
            found[draft.replaces.within(zone).date()] = draft
    return found


def _age(draft: Draft) -> datetime:
    return draft.event.modified or _LONG_AGO


def _apart(event: Event) -> str:
    return f"{event.uid}-{event.schedule.start:%Y%m%dT%H%M}"


def _alone(draft: Draft) -> Event:
    """Make an event of a changed date whose series the file does not hold."""
    event = draft.event
    day = draft.replaces.within(event.schedule.timezone).date() if draft.replaces else event.schedule.start.date()
    once = replace(event.schedule, rule="", extra=(), skipped=())
    return replace(event, uid=f"{event.uid}-{day:%Y%m%d}", schedule=once)


# -- changes of single dates -----------------------------------------------------------------------------------------


def _changed(event: Event, others: Sequence[Draft]) -> Event:
    """Bring changes into their series."""
    schedule = event.schedule
    by_day = _by_day(others, schedule.timezone)
    if not by_day:
        return event
    if not schedule.is_series:
        own = by_day.get(schedule.start.date())
        return replace(own.event, schedule=replace(own.event.schedule, rule="", extra=())) if own else event
    usual = _usual_dates(schedule, by_day)
    extra = [
        draft.replaces.within(schedule.timezone) for day, draft in by_day.items() if draft.replaces and day not in usual
    ]
    changes = {day: _change(event, draft.event, draft.comment, usual.get(day)) for day, draft in sorted(by_day.items())}
    days = set(schedule.skipped) - changes.keys()
    changes = {day: change for day, change in changes.items() if change != Change()}
    schedule = replace(schedule, extra=tuple(sorted({*schedule.extra, *extra})), skipped=tuple(sorted(days)))
    return replace(event, schedule=replace(schedule, changes=changes))


def _usual_dates(schedule: Schedule, days: Iterable[date]) -> dict[date, tuple[datetime, datetime]]:
    """Work out when the dates of these days take place if nothing is otherwise."""
    wanted = sorted(days)
    found = expand(replace(schedule, skipped=()), wanted[0], wanted[-1], most=MOST_DATES)
    return {one.original: (one.start, one.end) for one in found if one.original}


def _change(event: Event, other: Event, comment: str, usual: tuple[datetime, datetime] | None) -> Change:
    """Say what is otherwise on one date."""
    if other.status == CANCELLED:
        return Change(is_cancelled=True, reason=comment)
    times = _times(event.schedule, other.schedule)
    start, end = (None, None) if times == usual else times
    return Change(
        start=start,
        end=end,
        title=other.title if other.title != event.title else "",
        place=other.place if other.place != event.place else "",
        note=" ".join((comment or _other_words(event, other)).split()),
    )


def _other_words(event: Event, other: Event) -> str:
    return other.description[:MOST_NOTED] if other.description != event.description else ""


def _times(series: Schedule, one: Schedule) -> tuple[datetime, datetime]:
    """Give when a changed date takes place, in the zone of its series."""
    if series.is_all_day or one.is_all_day or one.timezone == series.timezone:
        return one.start, one.end
    begin, end = (Moment(at, one.timezone, is_day=False).within(series.timezone) for at in (one.start, one.end))
    return begin, end
