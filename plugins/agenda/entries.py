"""What the agenda shows of a date: when, what, where, and what is out of the ordinary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from flask_babel import gettext, ngettext

from app.plugin import OccurrenceRow, address, hands_needed, station, viewer
from plugins.agenda.words import hour_words, short_day

CANCELLED, PLANNED = "cancelled", "planned"
Places = Mapping[tuple[str, str], int]
Needs = Mapping[tuple[str, str], str]
NONE: Places = MappingProxyType({})
NO_NEEDS: Needs = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One date. `stamp`, `end_stamp` are for machines; `hour`, `end` words, `""` of a whole day.

    `first`, `last` are its days. `facts` tell what is out of the ordinary; `source` names another agenda it comes from;
    `needs` says how many people are still looked for, where that was asked.
    """

    title: str
    address: str
    first: date
    last: date
    stamp: str
    end_stamp: str
    hour: str
    end: str
    place: str
    is_cancelled: bool
    facts: tuple[str, ...]
    source: str
    starts_at: int
    needs: str = ""


def entries(rows: Sequence[OccurrenceRow], places: Places = NONE, needs: Needs = NO_NEEDS) -> list[Entry]:
    """Prepare dates for templates; `places` are those that are free, by identity and day, `needs` words by the same.

    What is past says neither: nobody may come to it any more.
    """
    zone, today = station().config.timezone, station().today()
    found = []
    for row in rows:
        key, is_past = (row.id, row.original), row.days[1] < today
        found.append(_entry(row, zone, None if is_past else places.get(key), "" if is_past else needs.get(key, "")))
    return found


def _entry(row: OccurrenceRow, zone: str, free: int | None, needed: str) -> Entry:
    first, last = row.days
    room = needed or (places_words(free) if free is not None else "")  # one number of a date: two would be a riddle
    return Entry(
        title=row.title or row.path,
        address=_address(row),
        first=first,
        last=last,
        stamp=_stamp(row.start, row),
        end_stamp=_stamp(row.end, row),
        hour="" if row.is_all_day else hour_words(row.start),
        end="" if row.is_all_day or row.end == row.start else hour_words(row.end),
        place=row.place,
        is_cancelled=row.status == CANCELLED,
        facts=(*_facts(row, zone), *([room] if room else ())),
        source=getattr(row, "source", ""),
        starts_at=row.starts_at,
        needs=needed,
    )


def entry_on(day: date, entry: Entry) -> Entry:
    """Say a date that lasts several days as it is on one of them."""
    if entry.first == entry.last or not entry.hour:
        return entry
    if day == entry.first:
        return replace(entry, end="")
    is_last = day == entry.last and entry.end
    return replace(entry, hour=gettext("until %(hour)s", hour=entry.end) if is_last else "", end="")


def _address(row: OccurrenceRow) -> str:
    """Give the address of a date's page; one from elsewhere has its own."""
    return getattr(row, "address", "") or address(row.path)


def _stamp(moment: datetime, row: OccurrenceRow) -> str:
    if row.is_all_day:
        return moment.date().isoformat()
    return moment.replace(tzinfo=ZoneInfo(row.timezone)).isoformat(timespec="minutes")


def places_words(free: int) -> str:
    """Say how many places are free."""
    return ngettext("%(num)s place left", "%(num)s places left", free) if free else gettext("full")


def needs_words(rows: Sequence[OccurrenceRow]) -> Needs:
    """Say of each date for which people are looked for how many, by identity and day."""
    found = hands_needed(station(), viewer(), [row for row in rows if row.path])
    return {key: _needs_words(one.places, [free for _, free in one.roles]) for key, one in found.items()}


def _needs_words(places: int | None, of_roles: Sequence[int]) -> str:
    """Count who is looked for: for what is to be done; where nothing is, how many may still come."""
    hands = sum(of_roles)
    if not hands:
        return places_words(places or 0)
    wanted = hands if places is None else min(hands, places)
    return ngettext("%(num)s hand wanted", "%(num)s hands wanted", wanted)


def _facts(row: OccurrenceRow, zone: str) -> list[str]:
    found = []
    first, last = row.days
    if row.status == PLANNED:
        found.append(gettext("To be confirmed"))
    if last > first:
        found.append(gettext("until %(day)s", day=short_day(last)))
    if row.timezone != zone and not row.is_all_day:
        found.append(gettext("time of %(place)s", place=row.timezone.rpartition("/")[2].replace("_", " ")))
    if row.is_series:
        found.append(gettext("repeats"))
    if row.reason or row.note:
        found.append(row.reason or row.note)
    return found
