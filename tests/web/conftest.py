"""What the tests of the web share."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from app import create_app
from app.config import load
from app.hooks import Hooks
from app.people import accounts
from app.station import Station, open_station
from tests.checked_client import CheckedClient
from tests.web import leaking
from tests.web.hands import Browser
from tests.web.mailed import MAIL_SETTINGS
from tests.web.openid_server import CLIENT, SECRET, Provider, running

NO_LIMITS = 'request_rate = "1000000 per minute"\nwrite_rate = "1000000 per minute"\n'


@pytest.fixture
def instance(instance: Path) -> Path:
    """Give an instance that does not count how often a test asks."""
    with (instance / "gare.toml").open("a") as settings:
        settings.write(NO_LIMITS)
    return instance


@pytest.fixture
def can_mail(instance: Path) -> None:
    """Let an instance send mails: its outbox takes them, and nobody fetches them."""
    with (instance / "gare.toml").open("a") as settings:
        settings.write(MAIL_SETTINGS)


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Give a service that signs people in."""
    with running() as made:
        yield made


@pytest.fixture
def can_openid(instance: Path, provider: Provider) -> None:
    """Let people sign in to an instance through that service."""
    with (instance / "gare.toml").open("a") as settings:
        settings.write(f'openid_issuer = "{provider.issuer}/"\nopenid_client_id = "{CLIENT}"\nopenid_label = "Nuage"\n')
    (instance / "openid.secret").write_text(f"{SECRET}\n")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Keep compiled templates between tests."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def make_app(make_app: Callable[[], Flask], compiled: FileSystemBytecodeCache) -> Callable[[], Flask]:
    """Give a function that makes the application with templates that are compiled already."""

    def make() -> Flask:
        app = make_app()
        app.jinja_env.bytecode_cache = compiled
        return app

    return make


@pytest.fixture(scope="session")
def served(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give the application behind which each test puts an instance of its own: to make one costs more than most tests."""
    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("served") / "instance"))
    with (folder / "gare.toml").open("a") as settings:
        settings.write(NO_LIMITS)
    app = create_app(folder)
    app.config["TESTING"] = True
    app.test_client_class = CheckedClient
    yield app
    app.extensions["gare"].close()


@pytest.fixture(scope="session")
def leaking_prepared(served: Flask, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an instance with the pages of `leaking.build`; not to be changed."""
    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("leaking") / "instance"))
    with (folder / "gare.toml").open("a") as settings:
        settings.write(NO_LIMITS)
    first: Station = served.extensions["gare"]
    station = open_station(load(folder), Hooks(macros=dict(first.hooks.macros)))
    leaking.build(station)
    station.close()
    return folder


@pytest.fixture
def leaking_instance(leaking_prepared: Path, tmp_path: Path) -> Path:
    """Give a copy of it."""
    return Path(shutil.copytree(leaking_prepared, tmp_path / "instance"))


@pytest.fixture
def app(served: Flask, instance: Path) -> Iterator[Flask]:
    """Give the application of a fresh instance; tests of settings make one of their own, with `make_app`."""
    first: Station = served.extensions["gare"]
    hooks = Hooks(macros=dict(first.hooks.macros))
    served.extensions["gare"] = open_station(load(instance), hooks)
    yield served
    served.extensions["gare"].close()
    served.extensions["gare"] = first


@pytest.fixture(scope="module")
def shared_app(
    prepared: Path, tmp_path_factory: pytest.TempPathFactory, compiled: FileSystemBytecodeCache
) -> Iterator[Flask]:
    """Give an application for the many small questions of one file; what one test writes, another may meet."""
    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("shared") / "instance"))
    with (folder / "gare.toml").open("a") as settings:
        settings.write(NO_LIMITS)
    app = create_app(folder)
    app.config["TESTING"] = True
    app.test_client_class = CheckedClient
    app.jinja_env.bytecode_cache = compiled
    yield app
    app.extensions["gare"].close()


@pytest.fixture
def passer_by(shared_app: Flask) -> Browser:
    """Give the browser of somebody who is not signed in, on the shared application."""
    return Browser(shared_app.test_client())


@pytest.fixture
def swift(shared_app: Flask) -> Browser:
    """Give a browser that does not check its pages, where hundreds are asked for."""
    return Browser(FlaskClient(shared_app, shared_app.response_class))


@pytest.fixture
def site(app: Flask) -> Station:
    """Give the parts of the instance that the application serves."""
    station: Station = app.extensions["gare"]
    return station


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    """Give the browser of somebody who is not signed in."""
    return Browser(client)


@pytest.fixture
def admin(app: Flask, site: Station) -> Browser:
    """Give the browser of Nadia, who administers the site."""
    return sign_in(app, site, "Nadia", is_admin=True)


@pytest.fixture
def member(app: Flask, site: Station) -> Browser:
    """Give the browser of Idris, who has an account."""
    return sign_in(app, site, "Idris", is_admin=False)


def sign_in(app: Flask, site: Station, name: str, *, is_admin: bool) -> Browser:
    with site.truth.begin() as connection:
        secret = accounts.make_link(connection, accounts.add(connection, name, is_admin=is_admin).id)
    browser = Browser(app.test_client())
    assert browser.post("/-/signin", token=secret).status_code == 303
    return browser


def sign_in_again(browser: Browser, site: Station, name: str) -> None:
    """Let somebody back in who was signed out everywhere, because he was given something to look after."""
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, name)
        assert account
        secret = accounts.make_link(connection, account.id)
    browser.forget()
    assert browser.post("/-/signin", token=secret).status_code == 303


@pytest.fixture
def idris(site: Station) -> accounts.Account:
    with site.truth.begin() as connection:
        return accounts.add(connection, "Idris", is_admin=False, email="idris@example.org")
