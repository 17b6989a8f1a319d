"""What the tests of the archive's pages share: a site with one small list that everybody may read."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.station import Station
from plugins.archive.tests.small_list import fill
from tests.checked_client import CheckedClient
from tests.conftest import (  # noqa: F401  (fixtures)
    _no_network,
    _no_settings_from_outside,
    _shared_renderer,
    corpora,
    instance,
    prepared,
    station,
)
from tests.web.conftest import NO_LIMITS, sign_in
from tests.web.hands import Browser


def serve(folder: Path) -> Flask:
    """Make the application of an instance, with the small list."""
    with (folder / "gare.toml").open("a") as settings:
        settings.write(NO_LIMITS)
    app = create_app(folder)
    app.config["TESTING"] = True
    app.test_client_class = CheckedClient
    fill(app.extensions["gare"])
    return app


@pytest.fixture(scope="session")
def listed(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:  # noqa: F811
    """Give the application of a site that no test changes."""
    app = serve(Path(shutil.copytree(prepared, tmp_path_factory.mktemp("listed") / "instance")))
    yield app
    app.extensions["gare"].close()


@pytest.fixture
def app(instance: Path) -> Iterator[Flask]:  # noqa: F811
    """Give an application whose list may be changed."""
    app = serve(instance)
    yield app
    app.extensions["gare"].close()


@pytest.fixture
def site(app: Flask) -> Station:
    """Give the parts of that site."""
    parts: Station = app.extensions["gare"]
    return parts


@pytest.fixture
def reader(listed: Flask) -> Browser:
    """Give the browser of a passer-by on the site that nobody changes."""
    return Browser(listed.test_client())


@pytest.fixture
def member(app: Flask, site: Station) -> Browser:
    """Give the browser of Idris, who has an account on the site that may be changed."""
    return sign_in(app, site, "Idris", is_admin=False)


@pytest.fixture
def admin(app: Flask, site: Station) -> Browser:
    """Give the browser of Nadia, who administers it."""
    return sign_in(app, site, "Nadia", is_admin=True)
