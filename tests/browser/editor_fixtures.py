"""Fixtures of the editor's tests: the tiny site of editor_site.py, a window on it, an opened editor."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.editor_hands import EDIT, TEXT, ready
from tests.browser.editor_site import serve


@pytest.fixture
def small_site() -> Iterator[Any]:
    with serve() as small_site:
        yield small_site


@pytest.fixture
def editor_window(browser: Any, small_site: Any) -> Iterator[Any]:
    editor_window = browser.new_context(
        base_url=small_site.address, permissions=["clipboard-read", "clipboard-write"], timezone_id="UTC"
    )
    editor_window.set_default_timeout(30_000)
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
