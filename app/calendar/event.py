"""An event as calendars know it: what is written for them, and what is read from theirs."""

from dataclasses import dataclass
from datetime import datetime

from app.calendar.schedule import Schedule

PLANNED, CONFIRMED, CANCELLED = "planned", "confirmed", "cancelled"  # TENTATIVE, CONFIRMED, CANCELLED of RFC 5545


@dataclass(frozen=True, slots=True)
class Event:
    """One event, with all its dates. `address` is its page, `link` where one takes part online; `point` is lat, lon.

    `sequence` counts its changes; `created`, `modified` are aware. `image` is a complete address.
    """

    uid: str
    title: str
    schedule: Schedule
    description: str = ""
    place: str = ""
    point: tuple[float, float] | None = None
    link: str = ""
    address: str = ""
    organiser: str = ""
    tags: tuple[str, ...] = ()
    status: str = CONFIRMED
    reason: str = ""
    image: str = ""
    sequence: int = 0
    created: datetime | None = None
    modified: datetime | None = None
