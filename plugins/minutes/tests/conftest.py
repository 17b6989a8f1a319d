"""What the tests of minutes share: a site with an event that comes back, and minutes of two meetings."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.catalog.editing import Edit
from app.people.authors import SYSTEM
from app.people.viewer import OPERATOR
from app.station import Station
from tests.checked_client import CheckedClient
from tests.conftest import (  # noqa: F401  (fixtures)
    _no_network,
    _no_settings_from_outside,
    _shared_renderer,
    instance,
    prepared,
)
from tests.web.conftest import NO_LIMITS, sign_in
from tests.web.hands import Browser
from tests.web.mailed import MAIL_SETTINGS

FORM = """\
title: Event
folder: agenda
fields:
  - {name: title, type: text, label: Name, required: yes}
  - {name: when, type: schedule, label: When, required: yes}
  - {name: place, type: place, label: Where}
  - {name: spaces, type: spaces, label: Spaces}
"""
OLD = "reunions/2026/2026-03-06-assemblee"
EVENT = "agenda/2026/cafe"


def write(site: Station, path: str, text: str) -> None:
    """Write a page."""
    site.door.save(OPERATOR, Edit(path, text, None, SYSTEM))


def fill(site: Station) -> None:
    """Write the forms, the event and the minutes."""
    write(site, "_forms/minutes", (Path(__file__).parents[1] / "forms/minutes.yaml").read_text(encoding="utf-8"))
    write(site, "_forms/event", FORM)
    day = (site.today() + timedelta(days=5)).isoformat()
    write(site, EVENT, f"---\ntitle: Café des chantiers\nform: event\nwhen: {{start: {day}T20:00, end: {day}T22:00}}\n"
          "place: {address: La gare}\n---\n")  # fmt: skip
    write(site, OLD, "---\ntitle: Assemblée de mars\nform: minutes\nday: 2026-03-06\nstep: valid\nplace: la gare\n"
          "decisions:\n  - {id: d1, what: Le four reste ouvert, number: 2026-1, how: consent, review: 2026-09-01}\n"
          "actions:\n  - {id: a1, what: Appeler le couvreur, who: Nadia, due: 2026-04-01}\n"
          "  - {id: a2, what: Ranger la salle, who: Paul, done: 2026-03-10}\n---\nUn mot du four.\n")  # fmt: skip
    write(site, "secret/reunions/2026/2026-03-07-bureau", "---\ntitle: Bureau\nform: minutes\nday: 2026-03-07\n"
          "step: valid\naudience: admins\ndecisions:\n  - {id: d9, what: Une chose secrète}\n---\n")  # fmt: skip


@pytest.fixture
def app(instance: Path) -> Iterator[Flask]:  # noqa: F811
    """Give an application with minutes; it may send mails."""
    with (instance / "gare.toml").open("a") as settings:
        settings.write(NO_LIMITS + MAIL_SETTINGS)
    app = create_app(instance)
    app.config["TESTING"] = True
    app.test_client_class = CheckedClient
    fill(app.extensions["gare"])
    yield app
    app.extensions["gare"].close()


@pytest.fixture
def site(app: Flask) -> Station:
    """Give the parts of that site."""
    station: Station = app.extensions["gare"]
    return station


@pytest.fixture
def reader(app: Flask) -> Browser:
    """Give the browser of a passer-by."""
    return Browser(app.test_client())


@pytest.fixture
def member(app: Flask, site: Station) -> Browser:
    """Give the browser of Idris, who has an account."""
    return sign_in(app, site, "Idris", is_admin=False)
