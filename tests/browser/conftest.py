"""What the browser tests share: one Chromium, one site with the French demo, windows that watch what pages ask for."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from tests.browser.demo_site import Demo, serve_demo
from tests.browser.survey import Survey
from tests.browser.watched import Watch
from tests.cli.nursery import Nursery

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
PATIENCE = 30_000  # milliseconds: machines that test are busy


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Give the one browser of the session; skip where there is none."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("Chromium is not installed: the tests of the browser are left out")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        with suppress(sync_api.Error):
            browser.close()


@pytest.fixture(scope="session")
def nursery(browser: Any) -> Iterator[Nursery]:
    """Give the process that forks the servers of all these tests."""
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture(scope="session")
def demo(browser: Any, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Give the served demo; pages that a test writes have names of their own."""
    with serve_demo(tmp_path_factory.mktemp("demo"), nursery) as demo:
        yield demo


@pytest.fixture(scope="session")
def admin_cookies(browser: Any, demo: Demo) -> Any:
    """Give the cookies of a signed-in administrator."""
    window = browser.new_context(base_url=demo.address)
    window.request.post("/-/signin", form={"token": demo.links.pop()})
    state = window.storage_state()
    window.close()
    return state


@pytest.fixture(scope="session")
def survey(browser: Any, demo: Demo, admin_cookies: Any) -> Survey:
    """Give what there is to know of every place, visited once."""
    return Survey(browser, demo, admin_cookies)


@pytest.fixture
def open_window(browser: Any, demo: Demo) -> Iterator[Callable[..., Any]]:
    """Give a function that opens a window (options as of Playwright's `new_context`); each one is watched (U4)."""
    opened: list[tuple[Any, Watch]] = []

    def open_window(**options: Any) -> Any:
        window = browser.new_context(base_url=demo.address, **options)
        window.set_default_timeout(PATIENCE)
        opened.append((window, Watch(window, demo.address)))
        return window

    yield open_window
    for window, _ in opened:
        window.close()
    faults = [fault for _, watch in opened for fault in watch.faults]
    assert not faults, faults
