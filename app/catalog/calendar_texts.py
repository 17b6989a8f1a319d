"""What calendars of other programs are told of each record with a schedule, written when it is saved.

A feed of ten thousand events is then put together, not worked out. Addresses of the site begin with `gare:///` in it,
a place that is a record with a mark: who asks is told its title only where he may read it.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, delete, insert

from app.calendar import ics_writing
from app.calendar.event import Event
from app.catalog.dated import Dated, soundly, text_of
from app.catalog.rows import moment
from app.catalog.tables import calendar_texts, listed
from app.forms.types.media import list_images
from app.wiki.page import address_of

MARK, AND = "gare-venue:", "|"  # before the id of a record that is the place, and between it and what else is said
ORGANISER = "organiser"  # the field that an event has by this name
MOST_WORDS = 2_000  # letters of a description
_FORGET = delete(calendar_texts).where(calendar_texts.c.lineage.in_(listed("lineages")))


def write(connection: Connection, found: Iterable[Dated], stamp: datetime) -> None:
    """Write the texts of records whose old ones are gone; `stamp` is the moment for which they are written."""
    if rows := [_row(one, stamp) for one in found]:
        connection.execute(insert(calendar_texts), rows)


def rewrite(connection: Connection, found: Sequence[Dated], stamp: datetime) -> None:
    """Write them anew."""
    connection.execute(_FORGET, {"lineages": json.dumps([one.row.lineage for one in found])})
    write(connection, found, stamp)


def _row(one: Dated, stamp: datetime) -> dict[str, Any]:
    return {
        "lineage": one.row.lineage,
        "is_series": int(one.schedule.is_series),
        "ics": soundly(lambda: ics_writing.event_lines(event_of(one), stamp), ""),
        "zones": json.dumps([] if one.schedule.is_all_day else [one.schedule.timezone]),
        "venue": one.venue,
        "modified": one.row.edited_at,
    }


def event_of(one: Dated) -> Event:
    """Give a record as an event: what anybody who reads its page may know, no address of a person."""
    row, known = one.row, one.known
    uid = text_of(json.loads(row.rest), "uid") or text_of(known, "uid")
    return Event(
        uid=uid or ics_writing.uid_of(row.id or row.path),
        title=row.title,
        schedule=one.schedule,
        description=row.text[:MOST_WORDS].strip(),
        place=_place(one),
        point=(row.lat, row.lon) if row.lat is not None else None,
        link=_link(one),
        address=_address(address_of(row.path).lstrip("/")),
        organiser=_organiser(one),
        tags=tuple(json.loads(row.tags)),
        status=one.status,
        reason=one.reason,
        image=_image(one),
        sequence=max(row.changes - 1, 0),
        created=moment(row.created_at),
        modified=moment(row.edited_at),
    )


def _place(one: Dated) -> str:
    """Say where, beginning with the mark of the record that is the place."""
    if not one.venue:
        return one.place
    return f"{MARK}{one.venue}{AND} {one.place}" if one.place else f"{MARK}{one.venue}"


def _organiser(one: Dated) -> str:
    """Say who organises, where that is asked in words: an address of somebody is told to nobody."""
    field = one.form.find(ORGANISER)
    return text_of(one.known, ORGANISER) if field is not None and field.type == "text" else ""


def _link(one: Dated) -> str:
    """Give the first answer that is an address of the web."""
    said = (text_of(one.known, field.name) for field in one.form.of_type("link"))
    return next((link for link in said if link), "")


def _image(one: Dated) -> str:
    """Give the address of the first image."""
    said = (list_images(one.known[field.name]) for field in one.form.of_type("images") if field.name in one.known)
    name = next((images[0]["file"] for images in said if images), "")
    return _address(f"-/files/{one.row.path}/{name}") if name else ""


def _address(path: str) -> str:
    return ics_writing.BASE + quote(path)
