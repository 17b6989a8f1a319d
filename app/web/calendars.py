"""Calendars for other programs: texts of events put together, under the address and the name of this site."""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote

from flask import request
from werkzeug.wrappers import Response

from app.calendar import ics_writing
from app.calendar.ics_writing import CANCELLED_FOR
from app.catalog.date_events import event_of
from app.catalog.occurrence_rows import CalendarText, OccurrenceRow
from app.web.addresses import absolute, here


def calendar_file(texts: Iterable[CalendarText], name: str) -> bytes:
    """Give the file of a calendar; what was cancelled as a whole is told for a while, then left out."""
    since = (datetime.now(UTC) - CANCELLED_FOR).timestamp()
    told = [one for one in texts if one.modified > since or not ics_writing.is_cancelled(one.ics)]
    zones = {zone for one in told for zone in one.zones}
    # The address of a private one holds a key, and files are passed on.
    address = "" if "key" in request.args else absolute(here())
    base = absolute(f"{request.script_root}/")
    return ics_writing.calendar((one.ics for one in told), zones, base=base, name=name, address=address)


def named_file(response: Response, name: str) -> Response:
    """Name the file that a browser saves; a phone opens it in its calendar."""
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name, safe='')}"
    return response


def date_text(row: OccurrenceRow, modified: datetime, status: str) -> CalendarText:
    """Write one date alone, whatever else its series has; a date that is cancelled stays so."""
    event = event_of(row, status, modified)
    zones = () if row.is_all_day else (row.timezone,)
    return CalendarText(row.path, row.id, ics_writing.event_lines(event, modified), zones, int(modified.timestamp()))
