"""A form of events and a site that has it: what the tests of calendars that come in work with."""

from app.calendar.ics_reading import read
from app.catalog.editing import Edit
from app.people.viewer import Viewer
from app.records.exchange import events_in, taking_in
from app.records.exchange.taking_in import Prepared
from app.station import Station
from tests.calendar.foreign_calendars import PARIS, calendar
from tests.records.tables import TODAY, with_form

EVENTS = """
title: {fr: Événement, en: Event}
folder: agenda
path_rule: "{year}/{title}"
submit: everyone
fields:
  - {name: title, type: text, label: Name, required: yes}
  - {name: when, type: schedule, label: When, required: yes}
  - {name: place, type: place, label: Where}
  - {name: online, type: link, label: Link}
  - {name: spaces, type: spaces, label: Spaces}
  - {name: tags, type: tags, label: Words}
  - {name: organiser, type: text, label: Who}
  - {name: status, type: choice, label: Sure, required: yes, default: confirmed, choices: {planned: Planned, confirmed: Sure, cancelled: Cancelled}}
  - {name: reason, type: text, label: Why, only_if: {field: status, is: [cancelled]}}
"""
FEAST = (
    "UID:fete@mairie\nSUMMARY:Fête du pain\nDESCRIPTION:# Venez *tous* !\\nhttps://example.org/a_b\\n- du pain\nLOCATION:Four\n"
    "GEO:44.5;4.25\nCATEGORIES:pain\nORGANIZER;CN=Mairie:mailto:m@example.org\nDTSTART;TZID=Europe/Paris:20260312T200000\n"
    "DTEND;TZID=Europe/Paris:20260312T220000"
)
GARDEN = (
    "UID:jardin@mairie\nSUMMARY:Jardin\nDTSTART;TZID=Europe/Paris:20260325T080000\nDURATION:PT4H\nRRULE:FREQ=WEEKLY"
)


def with_events(station: Station) -> Viewer:
    """Put the form into the site; gives the administrator who did."""
    admin = with_form(station)
    station.door.save(admin, Edit("_forms/event", EVENTS, None, admin.pseudonym or ""))
    return admin


def take_events(station: Station, admin: Viewer, *events: str, spaces: tuple[str, ...] = ()) -> tuple[Prepared, str]:
    """Take events in; gives what was prepared, and the revision."""
    form = station.door.form(admin, "event")
    prepared = events_in.prepare(station, admin, form, read(calendar(*events), PARIS), TODAY, spaces)
    return prepared, taking_in.carry_out(station, admin, prepared, admin.pseudonym or "", "")
