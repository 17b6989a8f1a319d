"""What the tests of the directory share: a site with two forms and their records, made once; one of its own to change."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.people import accounts
from app.station import Station
from plugins.directory.tests.valley import fill
from tests.checked_client import CheckedClient
from tests.conftest import (  # noqa: F401  (fixtures)
    _no_network,
    _no_settings_from_outside,
    _shared_renderer,
    instance,
    prepared,
)
from tests.web.conftest import NO_LIMITS
from tests.web.hands import Browser


def _serve(folder: Path) -> Flask:
    with (folder / "gare.toml").open("a") as settings:
        settings.write(NO_LIMITS)
    app = create_app(folder)
    app.config["TESTING"] = True
    app.test_client_class = CheckedClient
    fill(app.extensions["gare"])
    return app


@pytest.fixture(scope="session")
def valley(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:  # noqa: F811
    """Give the application of a site that no test changes."""
    app = _serve(Path(shutil.copytree(prepared, tmp_path_factory.mktemp("valley") / "instance")))
    yield app
    app.extensions["gare"].close()


@pytest.fixture(scope="module")
def changed(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:  # noqa: F811
    """Give the application of a site that the tests of one file write on; what one writes, another may meet."""
    app = _serve(Path(shutil.copytree(prepared, tmp_path_factory.mktemp("changed") / "instance")))
    yield app
    app.extensions["gare"].close()


@pytest.fixture
def app(instance: Path) -> Iterator[Flask]:  # noqa: F811
    """Give an application whose site may be changed."""
    app = _serve(instance)
    yield app
    app.extensions["gare"].close()


@pytest.fixture
def site(app: Flask) -> Station:
    """Give the parts of that site."""
    station: Station = app.extensions["gare"]
    return station


@pytest.fixture
def reader(valley: Flask) -> Browser:
    """Give the browser of a passer-by on the site that nobody changes."""
    return Browser(valley.test_client())


@pytest.fixture
def admin(app: Flask, site: Station) -> Browser:
    """Give the browser of Nadia, who administers the site that may be changed."""
    with site.truth.begin() as connection:
        secret = accounts.make_link(connection, accounts.add(connection, "Nadia", is_admin=True).id)
    browser = Browser(app.test_client())
    assert browser.post("/-/signin", token=secret).status_code == 303
    return browser
