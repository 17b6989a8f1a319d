"""Hands for the leak test: an agenda of others for each audience, in which one word stands that stands nowhere else."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from app.calendar.event import Event
from app.calendar.ics_child import CalendarDate
from app.calendar.schedule import Schedule
from app.station import Station
from plugins.agenda import deriving, sources
from plugins.agenda.sources import Wish

ZONE = "Europe/Paris"


def show_agendas(site: Station, marks: Mapping[str, str], readers: Mapping[str, str]) -> None:
    """Show an agenda for the readers of each folder but the public one; their dates are numbered from 1."""
    start = datetime.combine(date.today() + timedelta(days=3), time(20))  # noqa: DTZ011 - a day like others
    with site.truth.begin() as connection:
        for folder, mark in ((folder, mark) for folder, mark in marks.items() if readers[folder] != "public"):
            wish = Wish(f"https://{folder}.example/agenda.ics", mark, "", readers[folder])
            event = Event(mark, mark, Schedule(start, start, ZONE), description=mark, tags=(mark,))
            seconds = int(start.timestamp())
            when = CalendarDate(mark, "", start, start, seconds, seconds, is_all_day=False, is_series=False, title=mark,
                                place=mark, status="confirmed", reason="", note=mark)  # fmt: skip
            deriving.write(connection, sources.add(connection, wish, ""), [event], [when])
