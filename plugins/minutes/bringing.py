"""Notes from elsewhere become minutes to be read again, whoever brings them: the browser or a command."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from app.plugin import (
    Converted,
    RecordState,
    begin_record,
    convert_document,
    fetch,
    is_public,
    keep_pictures,
    pad_title,
    read_pad,
    slugify,
)
from plugins.minutes import meetings, starting
from plugins.minutes.lines.due_dates import read_due

if TYPE_CHECKING:
    from app.plugin import Station, Viewer

MOST_TITLE = 150  # characters
PAD_SECONDS, MOST_PAD = 10.0, 2_000_000  # bytes
AGENT = {"User-Agent": "Gare Centrale"}
HEAD = 600  # characters in which the day of the meeting is looked for
_DAY = re.compile(r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}(?:er|st|nd|rd|th)? [^\W\d]{3,10}\.? \d{4})\b")


@dataclass(frozen=True, slots=True)
class Brought:
    """Notes as they came, and what somebody says of them; what is empty is looked for in them."""

    found: Converted
    title: str = ""
    day: date | None = None
    space: str = ""
    source: str = ""


def read_pad_of(station: "Station", address: str) -> Converted:
    """Read a public pad; raises Invalid, Unavailable."""
    outside, inside = (_listed(said) for said in (station.config.pad_hosts, station.config.pad_hosts_inside))
    inside = inside if _machine(address) in inside else []  # no pad from outside leads into this network
    hosts = [*outside, *(one.partition(":")[0] for one in inside)]
    content, name = read_pad(address, partial(_ask, inside), hosts)
    found = convert_document(content, name)
    return found if found.title else replace(found, title=pad_title(address))


def _listed(said: str) -> list[str]:
    return [one.strip().lower() for one in said.split(",") if one.strip()]


def _ask(inside: Collection[str], address: str) -> Any:
    """Ask for an export; only machines named in full may be of this network."""
    may = _any if _machine(address) in inside else is_public
    return fetch(address, headers=AGENT, may=may, seconds=PAD_SECONDS, most=MOST_PAD, redirections=0)


def _machine(address: str) -> str:
    try:
        return urlsplit(address.strip()).netloc.lower()
    except ValueError:  # such as http://[
        return ""


def _any(_machine: str) -> bool:
    return True


def begin(station: "Station", viewer: "Viewer", author: str, brought: Brought, untitled: str) -> str:
    """Make the minutes, and give their path; raises what a save raises."""
    form = station.door.form(viewer, meetings.FORM)
    day = brought.day or day_in(brought.found.text, station.today()) or station.today()
    title = " ".join((brought.title or brought.found.title or untitled).split())[:MOST_TITLE]
    known = brought.space in {space for space, _, _ in station.door.spaces(viewer)}
    folder = f"{brought.space}/{starting.FOLDER}" if known else starting.FOLDER
    text, files = keep_pictures(station, brought.found.text, brought.found.pictures)
    said: dict[str, Any] = {"title": title, "day": day.isoformat(), "step": meetings.REREAD}
    said |= {"spaces": [brought.space]} if known else {}
    said |= {"source": brought.source} if brought.source else {}
    path = f"{folder}/{day.year}/{day.isoformat()}-{slugify(title)}"
    return begin_record(station, viewer, form, RecordState(said, text), author, path=path, files=files).path


def day_in(text: str, today: date) -> date | None:
    """Find the first complete date at the head of notes."""
    days = (read_due(found[0], today) for found in _DAY.finditer(text[:HEAD]))
    return next((day for day in days if day is not None), None)
