"""What a person does with the site in a browser, the same with scripts and without."""

from collections.abc import Callable
from typing import Any

from tests.browser.places import TEXT

SAVE = "[name=action][value=save]"
SEND = "main .actions .button:not(.second, .quiet)"  # the main action of a form


class Hands:
    """A window in which one page of the site is open."""

    def __init__(self, window: Any, *, has_scripts: bool) -> None:
        self.window, self.has_scripts = window, has_scripts
        self.page = window.new_page()

    def go(self, address: str) -> None:
        """Go to an address; in the editor, wait for its scripts."""
        self.page.goto(address)
        self.wait_for_editor()

    def wait_for_editor(self) -> None:
        if self.has_scripts and self.page.locator("[data-editor]").count():
            self.page.wait_for_selector("html[data-editor=ready]")

    def press(self, selector: str) -> None:
        """Press what leads to another page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.wait_for_editor()

    def open_more(self, selector: str) -> None:
        """Open the menu behind "More" of a page, and press one of its links."""
        self.page.click(".more summary")
        self.press(f".more {selector}")

    def write(self, text: str, name: str = "Nadia") -> None:
        """Type a text and a name into the editor."""
        self.page.fill(TEXT, text)
        if self.page.locator("[name=author]:not([type=hidden])").count():
            self.page.fill("form[data-editor] [name=author]", name)

    def write_page(self, path: str, text: str, name: str = "Nadia") -> None:
        """Make a page or give it another text."""
        self.go(f"/-/edit/{path}")
        self.write(text, name)
        self.press(SAVE)

    @property
    def heading(self) -> str:
        return str(self.page.locator("h1").inner_text())

    @property
    def content(self) -> str:
        """The words of the page, without what stands around."""
        return str(self.page.locator("main").inner_text())


def until(page: Any, is_true: Callable[[], object], seconds: float = 20) -> None:
    """Wait until something is true."""
    for _ in range(int(seconds * 20)):
        if is_true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come about")
