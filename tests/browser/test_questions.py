"""U1: the six questions of a member, each answered from the home page in one tap at most, on a small phone without scripts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True, "java_script_enabled": False,
         "reduced_motion": "reduce"}  # fmt: skip
MINUTES = "Réunion du 6 novembre 2026"


@pytest.fixture
def home(open_window: Callable[..., Any]) -> Any:
    page = open_window(**PHONE).new_page()
    page.goto("/")
    return page


def tap(page: Any, words: str) -> Any:
    """Tap a link of the page's text; gives the text that it leads to."""
    link = page.locator(".content a", has_text=words).first
    with page.expect_navigation():
        link.tap()
    return page.locator("main")


def test_when_is_the_next_meeting(home: Any) -> None:
    row = home.locator(".content tr", has_text="Réunion mensuelle").first

    assert row.is_visible()
    begins = datetime.fromisoformat(row.locator("time").first.get_attribute("datetime"))
    assert begins > datetime.now(ZoneInfo("Europe/Paris")) - timedelta(hours=3)  # it may be going on
    assert row.locator("td").first.inner_text().startswith("ven. ")


def test_who_looks_after_something(home: Any) -> None:
    row = tap(home, "Qui fait quoi").locator("tr", has_text="Compost")

    assert row.is_visible()
    assert "Bernard" in row.inner_text()


def test_how_do_i_reach_them(home: Any) -> None:
    row = tap(home, "Qui fait quoi").locator("tr", has_text="Bernard")

    assert row.locator("a[href='tel:+33199001245']").is_visible()


def test_the_telephone_is_on_the_home_page(home: Any) -> None:
    assert home.locator(".content a[href='tel:+33199001234']").is_visible()


def test_where_are_the_last_minutes(home: Any) -> None:
    tap(home, MINUTES)

    assert home.locator("h1").inner_text() == MINUTES
    assert home.get_by_role("heading", name="La serre").is_visible()


def test_where_do_i_put_my_contribution(home: Any) -> None:
    tap(home, "Déposer une contribution")

    heading = home.get_by_role("heading", name="Déposer une contribution")
    assert heading.is_visible() and heading.bounding_box()["y"] < PHONE["viewport"]["height"]
    assert "boîte jaune" in home.locator("main").inner_text()


def test_a_page_opens_for_writing_in_one_tap(home: Any) -> None:
    with home.expect_navigation():
        home.locator(".tools .button").first.tap()

    assert home.locator("textarea[name=text]").is_visible()


def test_how_do_i_join_the_discussion_list(home: Any) -> None:
    joining = tap(home, "Liste de discussion")

    assert "inscription" in joining.inner_text()
    assert joining.locator("a[href='mailto:etienne@vezoline.example']").first.is_visible()
    assert joining.locator("a[href='tel:+33199001252']").first.is_visible()


def test_the_phone_keeps_no_cookie_of_a_reader(home: Any) -> None:
    tap(home, "Qui fait quoi")

    assert home.context.cookies() == []
