"""Hands for the tests of taking part: an event, people who say whether they come."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.test import TestResponse

from app.catalog.editing import Edit
from app.people.authors import SYSTEM
from app.station import Station
from tests.web.hands import Browser, soup
from tests.web.leaking import OPERATOR
from tests.web.proposing import long_ago

FORM = """title: {fr: Chantier, en: Work day}
plural: {fr: Chantiers, en: Work days}
folder: chantiers
submit: everyone
fields:
  - {name: title, type: text, label: {fr: Nom, en: Name}}
  - {name: when, type: schedule, label: {fr: Quand, en: When}}
  - {name: signup, type: signup, label: {fr: Inscription, en: Sign-up}}
"""
PATH = "chantiers/haies"
ROLES = "[{name: Cuisine, places: 1}, {name: Montage}]"
FULL = f"{{open: yes, places: 3, roles: {ROLES}, tools: [Bêche, Gants], meal: yes, seats: yes}}"
TODAY = datetime.now(ZoneInfo("Europe/Paris")).date()
SOON = TODAY + timedelta(days=10)


def make_event(
    site: Station,
    signup: str = "{open: yes}",
    *,
    day: date = SOON,
    audience: str = "",
    more: str = "",
    path: str = PATH,
) -> str:
    """Write the form and an event; gives the identity of its page."""
    if site.door.find_form(OPERATOR, "chantier") is None:
        site.door.save(OPERATOR, Edit("_forms/chantier", FORM, None, SYSTEM))
    reading = f"audience: {audience}\n" if audience else ""
    when = f"{{start: {day}T08:00, end: {day}T12:00, timezone: Europe/Paris{more}}}"
    text = f"---\ntitle: Haies\nform: chantier\n{reading}when: {when}\nsignup: {signup}\n---\nOn plante.\n"
    row = site.door.find_record(OPERATOR, path)
    site.door.save(OPERATOR, Edit(path, text, row.revision if row else None, SYSTEM))
    return site.door.record(OPERATOR, path).id


def press(browser: Browser, value: str, day: str = "", **more: Any) -> TestResponse:
    """Press one of the buttons below an event."""
    return browser.post(f"/-/answers/{PATH}", value=value, day=day, **more)


def visit(browser: Browser, site: Station, name: str, email: str, **more: Any) -> TestResponse:
    """Answer without an account."""
    fields = long_ago({"began": ""}, site) | {"author": name, "email": email, "value": "yes", "people": "1"}
    return browser.post(f"/-/answers/{PATH}", **(fields | more))


def seen(browser: Browser, address: str = f"/-/answers/{PATH}") -> str:
    """Read the words of a page on one line."""
    return " ".join(soup(browser.get(address)).select_one("main").text.split())  # type: ignore[union-attr]
