"""One date alone as other calendars know it, whatever else its series has: for who comes to this one and not to all."""

from datetime import datetime
from urllib.parse import quote

from app.calendar.event import CANCELLED, Event
from app.calendar.ics_writing import BASE, uid_of
from app.calendar.schedule import Schedule
from app.catalog.occurrence_rows import OccurrenceRow
from app.wiki.page import address_of


def event_of(row: OccurrenceRow, status: str, modified: datetime, sequence: int = 0) -> Event:
    """Make the event of a date; one that is cancelled stays so, whatever `status` says of its reader's part in it."""
    is_off = row.status == CANCELLED
    return Event(
        uid=uid_of("-".join(filter(None, (row.id, row.original)))),
        title=row.title,
        schedule=Schedule(row.start, row.end, row.timezone, row.is_all_day),
        description=row.note,
        place=row.place,
        point=(row.point.lat, row.point.lon) if row.point else None,
        address=BASE + quote(address_of(row.path).lstrip("/")) if row.path else "",
        status=CANCELLED if is_off else status,
        reason=row.reason if is_off else "",
        sequence=sequence,
        modified=modified,
    )
