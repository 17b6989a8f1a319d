"""Give what other calendars are told of records: as they were written, but for places that are records themselves."""

import json
import re
from collections.abc import Mapping
from functools import cache

from sqlalchemy import Connection, select

from app.catalog.calendar_texts import AND, MARK
from app.catalog.occurrence_rows import CalendarText
from app.catalog.occurrences import Asked, of_pages
from app.catalog.record_rows import RecordRow
from app.catalog.records import find_by_ids
from app.catalog.tables import calendar_texts, pages, records
from app.forms.form import SHOWN

_MARKED = re.compile(rf"{MARK}([a-z0-9]+)({re.escape(AND)} )?")
_UNFIT = re.compile(r"[\0-\x1f\x7f-\x9f\u2028\u2029]+")  # no title begins a line of its own
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,"})


def list_for(connection: Connection, asked: Asked) -> list[CalendarText]:
    """List the texts of the records that a query asks for, whatever their days, the oldest record first.

    A place that is a record is told by its title to whom may read that.
    """
    told = (pages.c.path, pages.c.id, calendar_texts.c.ics, calendar_texts.c.zones, calendar_texts.c.modified)
    query = (
        select(*told, calendar_texts.c.venue)
        .join(records, records.c.lineage == calendar_texts.c.lineage)
        .join(pages, pages.c.path == records.c.path)
        .where(*of_pages(asked, calendar_texts.c.lineage), records.c.state.in_(SHOWN), calendar_texts.c.ics != "")
        .order_by(calendar_texts.c.lineage)
    )
    rows = connection.execute(query).all()
    venues = find_by_ids(connection, {row.venue for row in rows if row.venue}, asked.audiences)
    zones = cache(lambda said: tuple(json.loads(said)))
    return [
        CalendarText(path, page_id or "", _named(ics, venues) if venue else ics, zones(said), modified)
        for path, page_id, ics, said, modified, venue in rows
    ]


def _named(ics: str, venues: Mapping[str, RecordRow]) -> str:
    """Put the title of a place where its mark stands, written as RFC 5545 (3.3.11) has it."""

    def title(found: re.Match[str]) -> str:
        venue = venues.get(found[1])
        said = _UNFIT.sub(" ", venue.title).translate(_ESCAPES) if venue else ""
        return f"{said}\\, " if said and found[2] else said

    return _MARKED.sub(title, ics)
