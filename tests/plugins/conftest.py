"""What the tests of plugins share: a plugin that is written down where a test wants it, the site that loads it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.database import truth
from app.database.engine import make_engine
from app.loader import load_config, load_hooks
from app.people import accounts
from app.station import Station
from tests.plugins.written import write_plugin
from tests.web.hands import Browser

Make = Callable[[], Flask]


@pytest.fixture
def bells(instance: Path) -> Path:
    """Put a plugin into an instance that does one thing of every kind; gives its folder."""
    return write_plugin(instance, "bells")


@pytest.fixture
def app(bells: Path, instance: Path, make_app: Make) -> Flask:
    """Give the application of an instance with that plugin, which is switched on."""
    config = load_config(instance)
    engine = make_engine(config.truth_url)
    truth.migrate(engine, load_hooks(config).plugins)
    engine.dispose()
    app = make_app()
    app.extensions["gare"].store_settings(
        plugins_on="bells directory -agenda -archive -minutes -polls",
        plugins_begun="directory agenda archive minutes polls",
    )
    return app


@pytest.fixture
def site(app: Flask) -> Station:
    """Give the parts of that instance."""
    station: Station = app.extensions["gare"]
    return station


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Give the browser of somebody who is not signed in."""
    return Browser(app.test_client())


@pytest.fixture
def admin(app: Flask, site: Station) -> Browser:
    """Give the browser of Nadia, who administers the site."""
    with site.truth.begin() as connection:
        nadia = accounts.add(connection, "Nadia", is_admin=True)
        link = accounts.make_link(connection, nadia.id)
    browser = Browser(app.test_client())
    browser.post("/-/signin", token=link)
    return browser
