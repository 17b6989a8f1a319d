"""Dates in the words of schema.org, for search engines: JSON-LD beside the pages, which hold no script of their own."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from textwrap import shorten
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.plugin import (
    OccurrenceQuery,
    OccurrenceRow,
    ShownField,
    absolute,
    door,
    shown_of_many,
    spoken,
    station,
    viewer,
)
from plugins.agenda import calendars, model
from plugins.agenda.entries import CANCELLED, Entry, entries

blueprint = Blueprint("agenda_linked", __name__, url_prefix=".jsonld")  # `/agenda.jsonld`
events = Blueprint("agenda_linked_event", __name__)

MIMETYPE = "application/ld+json"
MOST, DAYS = 100, 365
MOST_LETTERS = 300  # of a description
AT_PLACE, FROM_AFAR, MIXED = (
    f"https://schema.org/{mode}EventAttendanceMode" for mode in ("Offline", "Online", "Mixed")
)
ORGANISER, ONLINE = "organiser", "online"  # the fields that an event has by these names


@dataclass(frozen=True, slots=True)
class _Told:
    """What the page of an event says of it; `""` what it does not say."""

    text: str = ""
    organiser: str = ""
    image: str = ""
    online: str = ""


@blueprint.get("")
def show() -> Response:
    """Give the next dates that are asked for."""
    calendars.name_reader()
    asked = model.read(door().dated_forms(viewer()), request.args)

    def write() -> bytes:
        today = station().today()
        query = OccurrenceQuery(today, today + timedelta(days=DAYS), forms=asked.forms, where=asked.where,
                                words=asked.words, limit=MOST)  # fmt: skip
        return described(door().occurrences(viewer(), query)[0])

    return calendars.until_change_packed(MIMETYPE, write)


@events.get("/<path:path>.jsonld")
def event(path: str) -> Response:
    """Give the dates of one event: those to come, else all of them."""
    row = calendars.event_at(path)

    def write() -> bytes:
        coming = door().dates_of(viewer(), row.path, station().today())
        return described((coming or door().dates_of(viewer(), row.path, model.EARLIEST))[:MOST])

    return calendars.until_change_packed(MIMETYPE, write)


def described(rows: Sequence[OccurrenceRow]) -> bytes:
    """Write dates as a graph of schema.org."""
    told = _told_by_page({row.id for row in rows})
    graph = [_thing(row, entry, told.get(row.id, _Told())) for row, entry in zip(rows, entries(rows), strict=True)]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False).encode()


def _told_by_page(ids: set[str]) -> dict[str, _Told]:
    pages = door().records_by_id(viewer(), ids)
    texts = door().plain_texts(viewer(), [page.path for page in pages.values()])
    found: dict[str, _Told] = {}
    for form in door().dated_forms(viewer()):
        of_form = [page for page in pages.values() if page.form == form.name]
        for page, fields in zip(of_form, shown_of_many(form, of_form, {}, spoken()), strict=True):
            found[page.id] = _told(fields, texts.get(page.path, ""))
    return found


def _told(fields: Sequence[ShownField], text: str) -> _Told:
    said = {(one.name, one.kind): one for one in fields}
    organiser, online = said.get((ORGANISER, "words")), said.get((ONLINE, "link"))
    pictures = (item.href for one in fields if one.kind == "pictures" for item in one.items)
    return _Told(
        text=text,
        organiser=organiser.words if organiser else "",
        image=next((absolute(href) for href in pictures), ""),
        online=online.href if online else "",
    )


def _thing(row: OccurrenceRow, entry: Entry, told: _Told) -> dict[str, Any]:
    page = absolute(entry.address)
    status = "EventCancelled" if row.status == CANCELLED else "EventScheduled"
    thing: dict[str, Any] = {
        "@type": "Event", "@id": f"{page}#{row.original}" if row.original else page, "url": page, "name": entry.title,
        "startDate": entry.stamp, "endDate": entry.end_stamp, "eventStatus": f"https://schema.org/{status}",
    }  # fmt: skip
    if row.is_series:
        thing["superEvent"] = {"@type": "EventSeries", "@id": page, "url": page}
    description = " · ".join(filter(None, (row.reason or row.note, told.text)))
    further: dict[str, Any] = {
        "description": shorten(description, MOST_LETTERS, placeholder="…"), "image": told.image,
        "organizer": {"@type": "Organization", "name": told.organiser} if told.organiser else None,
        **_where(row, told.online),
    }  # fmt: skip
    return thing | {name: value for name, value in further.items() if value}


def _where(row: OccurrenceRow, online: str) -> dict[str, Any]:
    """Say where one takes part: at a place, from afar, or both; nothing where nobody has said it."""
    places = [_place(row)] if row.place or row.point else []
    if not online:
        return {"location": places[0], "eventAttendanceMode": AT_PLACE} if places else {}
    mode = MIXED if places else FROM_AFAR
    locations = [*places, {"@type": "VirtualLocation", "url": online}]
    return {"location": locations if places else locations[0], "eventAttendanceMode": mode}


def _place(row: OccurrenceRow) -> dict[str, Any]:
    place: dict[str, Any] = {"@type": "Place"}
    if row.place:
        place |= {"name": row.place, "address": row.place}
    if row.point:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": row.point.lat, "longitude": row.point.lon}
    return place
