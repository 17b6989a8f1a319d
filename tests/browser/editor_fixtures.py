"""Fixtures of the editor's tests: a browser, the tiny site of editor_site.py, an opened editor."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.editor_hands import EDIT, TEXT, ready
from tests.browser.editor_site import serve

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def small_site() -> Iterator[Any]:
    with serve() as small_site:
        yield small_site


@pytest.fixture
def editor_window(browser: Any, small_site: Any) -> Iterator[Any]:
    editor_window = browser.new_context(base_url=small_site.address, permissions=["clipboard-read", "clipboard-write"])
    editor_window.set_default_timeout(5000)
    yield editor_window
    editor_window.close()


@pytest.fixture
def open_editor(editor_window: Any) -> Callable[[str], Any]:
    def open_editor(address: str = EDIT, text: str | None = None) -> Any:
        page = editor_window.new_page()
        page.goto(address)
        ready(page)
        if text is not None:
            page.fill(TEXT, text)
        return page

    return open_editor
