"""A small year: a feast, a weekly work day with its exceptions, a meeting for members, something that was called off."""

from datetime import date, timedelta

from app.catalog.editing import Edit
from app.people.authors import SYSTEM
from app.people.viewer import signed_in
from app.station import Station

OPERATOR = signed_in("Gare", SYSTEM, is_admin=True)
MARK = "zq'\"><zq onload=zq>"  # would be an element, were it not made words
FORM = """\
title: Event
plural: {fr: Événements, en: Events}
folder: agenda
path_rule: "{year}/{title}"
submit: everyone
schema: Event
fields:
  - {name: title, type: text, label: Name, required: yes}
  - {name: when, type: schedule, label: When, required: yes, listed: yes}
  - {name: place, type: place, label: Where, facet: yes, listed: yes}
  - {name: spaces, type: spaces, label: Spaces, facet: yes}
  - {name: tags, type: tags, label: Keywords, facet: yes}
  - {name: status, type: choice, label: Status, choices: {planned: Planned, confirmed: Sure, cancelled: Off}}
  - {name: reason, type: text, label: Why}
  - {name: signup, type: signup, label: Sign-up}
"""
NEXT = date.today() + timedelta(days=10)  # noqa: DTZ011 - a day like others
LATER = NEXT + timedelta(days=7)
# path, title, further lines, words below
EVENTS = (
    ("2026/fete", "Fête du four", f"when: {{start: {NEXT}T18:00, end: {NEXT}T23:00, timezone: Europe/Paris}}\n"
     "place: {commune: Valcrozette, lat: 44.5, lon: 3.25}\ntags: [pain]\nsignup: {open: yes}\n", "Apportez du bois."),
    ("2026/chantier", "Chantier", f"when:\n  start: {NEXT}T08:00\n  end: {NEXT}T12:00\n  timezone: Europe/Paris\n"
     f"  rule: FREQ=WEEKLY;COUNT=4\n  changes:\n    {LATER}: {{cancelled: yes, reason: Pluie}}\ntags: [jardin]\n"
     "signup: {open: yes}\n", ""),
    ("2026/conseil", "Conseil zanzibar", f"audience: members\nwhen: {{start: {NEXT}T20:00, end: {NEXT}T22:00}}\n", ""),
    ("2026/bal", "Bal", f"when: {{start: {NEXT}, end: {NEXT}}}\nstatus: cancelled\nreason: Salle fermée\n", ""),
)  # fmt: skip


def fill(station: Station) -> None:
    """Write it."""
    save(station, "_forms/event", FORM)
    for name, title, lines, words in EVENTS:
        text = f"---\nid: {'ev' + name[5:] + '00000':.8}\nform: event\ntitle: {title}\n{lines}---\n\n{words}"
        save(station, f"agenda/{name}", text)


def save(station: Station, path: str, text: str) -> None:
    """Write one page."""
    station.door.save(OPERATOR, Edit(path, text, None, SYSTEM))
