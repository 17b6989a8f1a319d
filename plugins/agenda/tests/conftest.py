"""What the tests of the agenda share: a site with a small year, made once; one of its own to change."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.station import Station
from plugins.agenda.tests.year import fill
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


def serve(folder: Path) -> Flask:
    """Make the application of an instance, with the small year."""
    with (folder / "gare.toml").open("a") as settings:
        settings.write(NO_LIMITS)
    app = create_app(folder)
    app.config["TESTING"] = True
    app.test_client_class = CheckedClient
    fill(app.extensions["gare"])
    return app


@pytest.fixture(scope="session")
def year(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:  # noqa: F811
    """Give the application of a site that no test changes."""
    app = serve(Path(shutil.copytree(prepared, tmp_path_factory.mktemp("year") / "instance")))
    yield app
    app.extensions["gare"].close()


@pytest.fixture(scope="module")
def changed(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:  # noqa: F811
    """Give the application of a site that the tests of one file write on; what one writes, another may meet."""
    app = serve(Path(shutil.copytree(prepared, tmp_path_factory.mktemp("changed") / "instance")))
    yield app
    app.extensions["gare"].close()


@pytest.fixture
def app(instance: Path) -> Iterator[Flask]:  # noqa: F811
    """Give an application whose site may be changed."""
    app = serve(instance)
    yield app
    app.extensions["gare"].close()


@pytest.fixture
def site(app: Flask) -> Station:
    """Give the parts of that site."""
    station: Station = app.extensions["gare"]
    return station


@pytest.fixture
def reader(year: Flask) -> Browser:
    """Give the browser of a passer-by on the site that nobody changes."""
    return Browser(year.test_client())


@pytest.fixture
def member(app: Flask, site: Station) -> Browser:
    """Give the browser of Idris, who has an account on the site that may be changed."""
    return sign_in(app, site, "Idris", is_admin=False)


@pytest.fixture
def admin(app: Flask, site: Station) -> Browser:
    """Give the browser of Nadia, who administers it."""
    return sign_in(app, site, "Nadia", is_admin=True)
