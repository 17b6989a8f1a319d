"""What all tests share: instances, clients that check every page that they fetch, corpora, a guard against the network."""

import gc
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from app import create_app
from app.budget import Budget
from app.cli.init import create
from app.config import declared, load
from app.database import engine
from app.database.settings import Settings
from app.hooks import Hooks
from app.people import accounts
from app.shipped.content import Content
from app.station import Station, open_station
from app.wiki import markup
from tests.checked_client import CheckedClient

# The same examples at every run: a submission fails for what it changed. To search on: --hypothesis-profile=default
# A machine that is busy is no fault of what is tested: no test is timed.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

LOOPBACK = ("127.", "::1", "localhost")

if sys.dont_write_bytecode:
    # Whoever forbids bytecode means the folders of the source. Without any, each server and each child that a test
    # starts would compile the program anew, which is half of what it costs to start one.
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take long, so that no process is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among the thousands of tests: a tenth of the time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside() -> None:
    """Forget the settings of whoever runs the tests; they would be the instance's."""
    for name in [name for name in os.environ if name.startswith("GARE_") and name != "GARE_CORPORA"]:
        del os.environ[name]
    os.environ["LANGUAGE"] = "en"


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Fail whatever talks to another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family != socket.AF_UNIX and not str(host).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {address!r}")
        connect(self, address)  # type: ignore[arg-type]

    socket.socket.connect = guarded  # type: ignore[assignment,method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


class SharedBudget(Budget):
    """Child processes that outlive an instance: starting them is the dearest part of a short test."""

    def close(self) -> None:
        """Stay."""

    def end(self) -> None:
        """End with the session."""
        super().close()


@pytest.fixture(scope="session", autouse=True)
def _shared_renderer() -> Iterator[None]:
    """Let all instances of this session render with the same child processes, but for tests of other budgets."""
    usual = declared()["render_seconds"].default
    shared = SharedBudget("app.wiki.markup:render_json", seconds=usual)

    def budget(target: str, *, seconds: float, **others: int) -> Budget:
        return shared if seconds == usual and not others else Budget(target, seconds=seconds, **others)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "Budget", budget)
        yield
    shared.end()


@pytest.fixture(scope="session", autouse=True)
def _shared_statements() -> Iterator[None]:
    """Let all engines for SQLite share the statements that one of them has compiled: each test opens some of its own."""
    compiled: Any = LRUCache(2000)

    def create(url: str, **others: Any) -> Engine:
        shared = {"execution_options": {"compiled_cache": compiled}} if url.startswith("sqlite") else {}
        return create_engine(url, **others, **shared)

    with pytest.MonkeyPatch.context() as patch:
        # A statement is kept together with the dialect that it was compiled for; for one engine they are like another's.
        patch.setattr(SQLiteDialect_pysqlite, "__eq__", lambda self, other: type(self) is type(other))
        patch.setattr(SQLiteDialect_pysqlite, "__hash__", lambda self: hash(type(self)))
        patch.setattr(engine, "create_engine", create)
        yield


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an instance without pages; not to be changed."""
    folder = tmp_path_factory.mktemp("prepared") / "instance"
    settings = Settings(
        title="Essai", language="fr", plugins_begun="directory agenda archive minutes polls"
    )  # whose ready forms would be pages
    create(folder, settings, Content({}, {}))
    gc.collect()  # databases that plugins opened are closed before anybody copies the folder, not while
    return folder


@pytest.fixture
def instance(prepared: Path, tmp_path: Path) -> Path:
    """Give the folder of a fresh instance without pages."""
    return Path(shutil.copytree(prepared, tmp_path / "instance"))


@pytest.fixture
def station(instance: Path) -> Iterator[Station]:
    """Give the parts of the instance."""
    parts = open_station(load(instance), Hooks())
    yield parts
    parts.close()


@pytest.fixture
def make_app(instance: Path) -> Iterator[Callable[[], Flask]]:
    """Give a function that makes the application, for tests that change the settings before."""
    made: list[Flask] = []

    def make() -> Flask:
        app = create_app(instance)
        app.config["TESTING"] = True
        app.test_client_class = CheckedClient
        made.append(app)
        return app

    yield make
    for app in made:
        app.extensions["gare"].close()


@pytest.fixture
def app(make_app: Callable[[], Flask]) -> Flask:
    """Give the application of the instance."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser without scripts whose every page is checked (see `tests/checked_client.py`)."""
    return app.test_client()


@pytest.fixture
def admin_client(app: Flask) -> FlaskClient:
    """Give the browser of a signed-in administrator, named Nadia."""
    station: Station = app.extensions["gare"]
    with station.truth.begin() as connection:
        secret = accounts.make_link(connection, accounts.add(connection, "Nadia", is_admin=True).id)
    browser = app.test_client()
    browser.post("/-/signin", data={"token": secret})
    return browser


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Give the folder of input that others test with (`$GARE_CORPORA`, else beside the checkout); skip without it."""
    folder = Path(os.environ.get("GARE_CORPORA") or Path(__file__).parents[2] / "shared" / "corpora")
    if not folder.is_dir():
        pytest.skip("the corpora are not here; set GARE_CORPORA")
    return folder
