"""What the tests of polls share: a site with one poll that is open, one that is over, one that is closed."""

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

CHOSEN = "sondages/2026/serre"
_FORMS = Path(__file__).parents[2]


def write(site: Station, path: str, text: str) -> None:
    """Write a page."""
    site.door.save(OPERATOR, Edit(path, text, None, SYSTEM))


def ask(site: Station, path: str, title: str, asked: str, more: str = "") -> None:
    """Write a poll."""
    write(site, path, f"---\ntitle: {title}\nform: poll\n{more}poll: {{{asked}}}\n---\nOn en parle.\n")


def fill(site: Station) -> None:
    """Write the forms and the polls."""
    for name in ("polls/forms/poll", "agenda/forms/event"):
        text = (_FORMS / f"{name}.yaml").read_text(encoding="utf-8")
        write(site, f"_forms/{Path(name).name}", text)
    today, soup = site.today(), "kind: one, options: [Soupe, Tarte]"
    later, gone = today + timedelta(days=9), today - timedelta(days=1)
    ask(site, "sondages/2026/soupe", "Quelle soupe", f"{soup}, until: {later}")
    ask(site, "sondages/2026/fini", "Quel pain", f"{soup}, until: {gone}")
    ask(site, "sondages/2026/secret", "Zanzibar", f"{soup}, until: {later}", "audience: members\n")
    ask(site, CHOSEN, "Monter la serre", "kind: dates, options: ['2027-03-06T09:00', '2027-03-13'], "
        f"closed: {today}, outcome: chosen, winner: '2027-03-06T09:00', words: On monte le 6 mars.")  # fmt: skip


@pytest.fixture
def app(instance: Path) -> Iterator[Flask]:  # noqa: F811
    """Give an application with polls."""
    with (instance / "gare.toml").open("a") as settings:
        settings.write(NO_LIMITS)
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
