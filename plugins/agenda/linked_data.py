"""Dates in the words of schema.org, for search engines: JSON-LD beside the pages, which hold no script of their own."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.plugin import OccurrenceQuery, OccurrenceRow, absolute, door, station, viewer
from plugins.agenda import calendars, model
from plugins.agenda.entries import CANCELLED, Entry, entries

blueprint = Blueprint("agenda_linked", __name__, url_prefix=".jsonld")  # `/agenda.jsonld`
events = Blueprint("agenda_linked_event", __name__)

MIMETYPE = "application/ld+json"
MOST, DAYS = 100, 365


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
    graph = [_thing(row, entry) for row, entry in zip(rows, entries(rows), strict=True)]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False).encode()


def _thing(row: OccurrenceRow, entry: Entry) -> dict[str, Any]:
    page = absolute(entry.address)
    status = "EventCancelled" if row.status == CANCELLED else "EventScheduled"
    thing: dict[str, Any] = {
        "@type": "Event", "@id": f"{page}#{row.original}" if row.original else page, "url": page, "name": entry.title,
        "startDate": entry.stamp, "endDate": entry.end_stamp, "eventStatus": f"https://schema.org/{status}",
    }  # fmt: skip
    if row.is_series:
        thing["superEvent"] = {"@type": "EventSeries", "@id": page, "url": page}
    if row.place or row.point:
        thing["location"] = _place(row)
    return thing


def _place(row: OccurrenceRow) -> dict[str, Any]:
    place: dict[str, Any] = {"@type": "Place"}
    if row.place:
        place |= {"name": row.place, "address": row.place}
    if row.point:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": row.point.lat, "longitude": row.point.lon}
    return place
