"""Calendars as other programs write them, and as nobody should: what the tests of the reader begin from."""

from app.calendar.event import Event
from app.calendar.ics_reading import Read, read

PARIS = "Europe/Paris"


def calendar(*events: str, head: str = "") -> bytes:
    """Put lines of events into a calendar."""
    inside = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{inside}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read_all(*events: str, head: str = "") -> Read:
    """Read lines of events."""
    return read(calendar(*events, head=head), PARIS)


def read_one(*events: str, head: str = "") -> Event:
    """Read the event that lines say; there is one."""
    (event,) = read_all(*events, head=head).events
    return event
