"""U7: everything can be reached and left with the keyboard, in the order of the page, and one sees where one is."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.demo_site import EDITED
from tests.browser.focus import list_reachable, walk
from tests.browser.places import open_all

pytestmark = pytest.mark.browser

EDITOR = f"/-/edit/{EDITED}"
WALKS = (
    "/", "/jardins/", "/-/search?q=compost", f"/-/history/{EDITED}", "/-/changes", "/-/display", "/-/new",
    "/-/files/jardins/index/", EDITOR,
)  # fmt: skip
# Widths and colours are crossed on two pages; elsewhere each is looked at once.
ASPECTS = [
    *[(address, width, scheme) for address in WALKS for width, scheme in ((360, "light"), (1280, "dark"))],
    *[(address, width, scheme) for address in ("/", EDITOR) for width, scheme in ((360, "dark"), (1280, "light"))],
]
ACTIVE = "document.activeElement.matches('{}')"


@pytest.fixture
def open_page(open_window: Callable[..., Any]) -> Callable[..., Any]:
    def open_page(address: str, width: int = 1280, **options: Any) -> Any:
        size = {"width": width, "height": 800}
        page = open_window(viewport=size, reduced_motion="reduce", **options).new_page()
        page.goto(address)
        if "/-/edit/" in address:
            page.wait_for_selector("html[data-editor=ready]")
        return page

    return open_page


@pytest.mark.parametrize(("address", "width", "scheme"), ASPECTS)
def test_the_tab_key_goes_everywhere_in_order(
    open_page: Callable[..., Any], address: str, width: int, scheme: str
) -> None:
    page = open_page(address, width, color_scheme=scheme)
    open_all(page)
    wanted = list_reachable(page)
    stops = walk(page)

    assert "skip" in stops[0].html
    assert [stop.number for stop in stops if stop.number in wanted] == wanted
    assert [stop for stop in stops if stop.ring < 2 or stop.contrast < 3] == []
    assert [stop for stop in stops if not stop.is_in_view] == []


def test_the_way_back_is_the_same(open_page: Callable[..., Any]) -> None:
    page = open_page(EDITOR)
    forth = [stop.number for stop in walk(page)]
    page.evaluate("document.activeElement.blur()")
    page.goto(page.url)
    page.wait_for_selector("html[data-editor=ready]")

    assert [stop.number for stop in walk(page, "Shift+Tab")][::-1] == forth


def test_the_skip_link_is_seen_and_leads_to_the_content(open_page: Callable[..., Any]) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate(ACTIVE.format("#gc-main"))
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(("width", "menu"), [(1280, ".more"), (360, ".more"), (360, ".station .fold")])
def test_escape_closes_a_menu_and_gives_the_focus_back(open_page: Callable[..., Any], width: int, menu: str) -> None:
    page = open_page("/jardins/", width)
    page.focus(f"{menu} summary")
    page.keyboard.press("Enter")
    assert page.locator(f"{menu}[open]").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate(ACTIVE.format("nav a"))
    page.keyboard.press("Escape")

    assert page.locator(f"{menu}[open]").count() == 0
    assert page.evaluate(ACTIVE.format("summary"))


def test_a_press_beside_a_menu_closes_it(open_page: Callable[..., Any]) -> None:
    page = open_page("/jardins/")
    page.click(".more summary")
    page.click("h1")

    assert page.locator(".more[open]").count() == 0


@pytest.mark.parametrize("tool", ["link", "picture", "table", "blocks"])
def test_escape_closes_a_dialog_and_gives_the_focus_back(open_page: Callable[..., Any], tool: str) -> None:
    page = open_page(EDITOR)
    page.focus(f"[data-do={tool}]")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    assert page.evaluate("document.querySelector('dialog[open]').contains(document.activeElement)")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")

    assert page.evaluate(ACTIVE.format(f"[data-do={tool}], #gc-field-text"))
