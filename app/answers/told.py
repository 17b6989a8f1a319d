"""What people were last told of a date, kept beside it as JSON: a change is what differs from it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from app.answers.tables import answer_objects
from app.calendar.event import CANCELLED
from app.catalog.occurrence_rows import OccurrenceRow
from app.wiki.page import fold


@dataclass(frozen=True, slots=True)
class Told:
    """When and where something is, as people know it: `start`, `end` in wall time, the moments in seconds since 1970.

    `audience` is who could read it then; `revision` that of the page which was last looked at.
    """

    title: str
    start: str
    end: str
    starts_at: int
    ends_at: int
    timezone: str
    is_all_day: bool
    place: str
    status: str
    audience: str
    revision: str = ""

    @property
    def is_cancelled(self) -> bool:
        """Tell whether people know that it does not take place."""
        return self.status == CANCELLED

    @property
    def times(self) -> tuple[datetime, datetime]:
        """Give when it begins and ends, in wall time."""
        return datetime.fromisoformat(self.start), datetime.fromisoformat(self.end)

    def differs(self, other: "Told") -> bool:
        """Tell whether who knows the one must be told the other: not of a corrected letter, nor of another title."""
        ours = (self.start, self.end, self.timezone, self.is_all_day, fold(self.place), self.is_cancelled)
        theirs = (other.start, other.end, other.timezone, other.is_all_day, fold(other.place), other.is_cancelled)
        return ours != theirs and not (self.is_cancelled and other.is_cancelled)


def of_row(row: OccurrenceRow, revision: str = "") -> Told:
    """Give what is to be told of a date."""
    start, end = (moment.isoformat(timespec="minutes") for moment in (row.start, row.end))
    return Told(row.title, start, end, row.starts_at, row.ends_at, row.timezone, row.is_all_day, row.place, row.status,
                row.audience, revision)  # fmt: skip


def as_cancelled(said: Told, page_id: str, date: str) -> OccurrenceRow:
    """Make the row of a date that is gone, with its page or alone: as people know it, cancelled, without a page."""
    start, end = said.times
    return OccurrenceRow(
        path="", id=page_id, form="", title=said.title, start=start, end=end, starts_at=said.starts_at,
        ends_at=said.ends_at, timezone=said.timezone, is_all_day=said.is_all_day, original=date, is_series=bool(date),
        place=said.place, status=CANCELLED, reason="", note="", point=None, audience=said.audience,
    )  # fmt: skip


def read(text: str) -> Told | None:
    """Read what is kept; None where nobody was told anything yet."""
    try:
        return Told(**json.loads(text)) if text else None
    except (ValueError, TypeError):
        return None


def write(said: Told) -> str:
    """Write what is kept."""
    return json.dumps(asdict(said), ensure_ascii=False)


def note(connection: Connection, row: OccurrenceRow) -> None:
    """Keep what somebody is told of a date, unless others were told something before: they hear of a change first."""
    place = (answer_objects.c.page_id == row.id, answer_objects.c.date == row.original)
    text = write(of_row(row))
    known = connection.execute(select(answer_objects.c.told).where(*place)).scalar()
    if known is None:
        connection.execute(insert(answer_objects), {"page_id": row.id, "date": row.original, "told": text})
    elif not known:
        connection.execute(update(answer_objects).where(*place).values(told=text))
