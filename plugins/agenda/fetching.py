"""Ask for the agendas of others, now and then; what they answer that is no calendar wipes nothing."""

import gzip
import json
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.errors import N_, GareError, Invalid, NotFound
from app.plugin import CalendarDates, fetch, is_public, page_ids_of, read_calendar_dates
from plugins.agenda import deriving, sources
from plugins.agenda.sources import Source

if TYPE_CHECKING:
    from app.plugin import Station

FORM = "event"  # of the pages that events become
HOUR, DAY = 3600, 86_400
MOST_BYTES = 5_000_000
SECONDS = 20.0  # for an answer, with all its redirections
CLAIMED = 300  # seconds in which no other process asks, too
AT_ONCE = 60.0  # seconds after which what is due still waits for the next time
ROLLED = timedelta(days=7)  # after which dates are worked out anew, further into the future
BEFORE, AFTER = timedelta(days=366), timedelta(days=731)
SILENT = N_("The server did not answer, or its answer was too long.")
OTHERWISE = N_("The server answered %(status)s instead of a calendar.")
EMPTY = N_("The calendar is empty now. What was read before is still shown.")
OWN = N_("This is an address of this very site.")
PRIVATE = N_("This address is not open to everybody. Take one that works on any telephone.")

may: Callable[[str], bool] = is_public  # a machine with this address be asked? Those of the network may not.


@dataclass(frozen=True, slots=True)
class Got:
    """What an address answered: `body` None where it is as before. `etag`, `last_modified` are for the next time."""

    body: bytes | None
    etag: str = ""
    last_modified: str = ""


def ask(station: "Station", address: str, etag: str = "", last_modified: str = "") -> Got:
    """Ask for a calendar; raises Invalid with a sentence where there is none."""
    if station.address and urlsplit(address).hostname == urlsplit(station.address).hostname:
        raise Invalid(OWN)
    headers = {
        "User-Agent": f"GareCentrale ({station.address or 'a site without an address'})",
        "Accept": "text/calendar, */*;q=0.5",
    }
    headers |= {name: known for name, known in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if known}
    answer = fetch(address, headers, may=may, seconds=SECONDS, most=MOST_BYTES)
    if answer is None or answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        _check_public(address)
        raise Invalid(SILENT)
    if answer.status == 304 and (etag or last_modified):
        return Got(None, etag, last_modified)
    if answer.status != 200:
        raise Invalid(OTHERWISE, status=answer.status)
    return Got(answer.body, answer.headers.get("etag", "")[:500], answer.headers.get("last-modified", "")[:100])


def _check_public(address: str) -> None:
    """Say of a machine of this network that it is one, whether anything listens there or not."""
    with suppress(OSError, ValueError):
        found = socket.getaddrinfo(urlsplit(address).hostname, None, type=socket.SOCK_STREAM)
        if not all(may(str(one[4][0])) for one in found):
            raise Invalid(PRIVATE)


def look(station: "Station", address: str) -> CalendarDates:
    """Read what an address holds without keeping it; raises Invalid, TooLarge, OverBudget."""
    body = ask(station, address).body or b""
    return dates_of(station, body)


def dates_of(station: "Station", body: bytes) -> CalendarDates:
    """Read a calendar with its dates from a year ago to two years ahead."""
    today = station.today()
    return read_calendar_dates(body, station.config.timezone, today - BEFORE, today + AFTER)


def run_due(station: "Station") -> str | None:
    """Ask for what is due, for a minute at most; gives a sentence for the log."""
    began, asked = time.monotonic(), 0
    with station.truth.connect() as connection:
        numbers = sources.due(connection, int(time.time()))
    for number in numbers:
        if time.monotonic() - began > AT_ONCE:
            break
        asked += _claimed(station, number)
    return f"{asked} agendas asked for" if asked else None


def _claimed(station: "Station", number: int) -> bool:
    now = int(time.time())
    with station.truth.begin() as connection:
        is_mine = sources.claim(connection, number, now, now + CLAIMED)
    if is_mine:
        with suppress(NotFound):  # it has just been removed
            refresh(station, number)
    return is_mine


def refresh(station: "Station", number: int) -> None:
    """Ask for one agenda now, and write down how it went; raises NotFound."""
    with station.truth.connect() as connection:
        source, packed = sources.find(connection, number), sources.snapshot_of(connection, number)
    try:
        got = ask(station, source.address, source.etag if packed else "", source.last_modified if packed else "")
        _take(station, source, got, gzip.decompress(packed) if packed else None)
    except GareError as error:
        _note_fault(station, source, error)
    follow_pages(station, number)


def follow_pages(station: "Station", number: int) -> None:
    """Notice which of its events have become pages here, or are none any more: they are shown once."""
    with station.truth.connect() as connection:
        known = deriving.uids(connection, number)
    pages = page_ids_of(station, FORM, known)
    changed = {uid: pages.get(uid, "") for uid, page_id in known.items() if pages.get(uid, "") != page_id}
    if changed:
        with station.truth.begin() as connection:
            deriving.adopt(connection, changed)
        station.stamp.touch()


def _take(station: "Station", source: Source, got: Got, known: bytes | None) -> None:
    """Keep what came, and its dates where they are others or were worked out long ago."""
    now = int(time.time())
    well = {"etag": got.etag, "last_modified": got.last_modified, "fetched_at": now, "failures": 0, "error": "",
            "error_values": "{}"}  # fmt: skip
    body = known if got.body is None else got.body
    if body is None or (body == known and _is_fresh(station, source)):
        _store(station, source, **well, next_at=now + source.pause)
        return
    found = dates_of(station, body)
    if not found.events and source.events:
        raise Invalid(EMPTY)
    pause = min(max(int(found.refresh.total_seconds()) if found.refresh else HOUR, HOUR), DAY)
    with station.truth.begin() as connection:
        sources.find(connection, source.id)
        is_changed = deriving.write(connection, source.id, found.events, found.dates)
        lost = sum(fault.is_lost for fault in found.faults)
        kept = {"snapshot": gzip.compress(body, 6, mtime=0), "derived": _mark(station), "events": len(found.events)}
        sources.store(connection, source.id, **well, **kept, lost=lost, pause=pause, next_at=now + pause)
    if is_changed:
        station.stamp.touch()


def _mark(station: "Station") -> str:
    return f"{station.today().isoformat()} {station.config.timezone}"


def _is_fresh(station: "Station", source: Source) -> bool:
    day, _, zone = source.derived.partition(" ")
    return zone == station.config.timezone and station.today() - date.fromisoformat(day) < ROLLED


def _note_fault(station: "Station", source: Source, error: GareError) -> None:
    """Write down what went wrong; the longer it does, the more seldom it is asked."""
    now, failures = int(time.time()), source.failures + 1
    values = json.dumps({name: str(value) for name, value in error.values.items()})
    pause = min(HOUR * 2 ** min(failures - 1, 10), DAY)
    _store(
        station, source, fetched_at=now, next_at=now + pause, failures=failures, error=error.msgid, error_values=values
    )


def _store(station: "Station", source: Source, **values: object) -> None:
    with station.truth.begin() as connection:
        sources.store(connection, source.id, **values)
