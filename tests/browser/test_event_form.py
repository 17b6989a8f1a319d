"""A facilitator says when the market takes place, on a phone: with scripts and without, within a minute."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.hands import Hands, until
from tests.browser.slow import KEY, PRESS, Slow

pytestmark = pytest.mark.browser

ALLOWED = 60.0
PHONE = {"width": 360, "height": 740}
DAY = len("26032025")  # keys of a day, in whatever way the telephone shows its input


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def facilitator(request: pytest.FixtureRequest, open_window: Callable[..., Any], admin_cookies: Any) -> Slow:
    window = open_window(storage_state=admin_cookies, java_script_enabled=request.param, viewport=PHONE)
    return Slow(Hands(window, has_scripts=request.param))


def choose(slow: Slow, selector: str, value: str) -> None:
    """Open a list and press one of its lines."""
    slow.hands.page.select_option(selector, value)
    slow.seconds += 2 * PRESS


def type_day(slow: Slow, selector: str, day: str) -> None:
    slow.hands.page.fill(selector, day)
    slow.seconds += PRESS + KEY * DAY


def test_a_series_is_entered_within_a_minute_on_a_phone(facilitator: Slow) -> None:
    facilitator.hands.go("/-/record/new/event")
    page = facilitator.hands.page
    facilitator.type("[name='f.title']", "Marché")
    type_day(facilitator, "[name='f.when.start']", "2025-03-26")
    facilitator.type("[name='f.when.from']", "8")
    facilitator.type("[name='f.when.to']", "12")
    choose(facilitator, "[name='f.when.repeat']", "weekly")
    type_day(facilitator, "[name='f.when.until']", "2025-07-09")
    facilitator.tick("[name='f.when.except'][value=school-c]")
    seconds = facilitator.seconds
    shown = page.locator(".dates-shown")
    if facilitator.hands.has_scripts:
        until(page, lambda: "zone C" in shown.inner_text())
    else:
        facilitator.press("[name=action][value=dates]")

    assert seconds <= ALLOWED
    assert "tous les mercredis de 8" in shown.inner_text() and "zone C" in shown.inner_text()
    assert shown.locator("li").count() == 5
    assert page.input_value("[name='f.when.from']") in ("8", "08:00")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_only_what_a_series_needs_is_asked_of_one(open_window: Callable[..., Any]) -> None:
    page = open_window(java_script_enabled=False).new_page()
    page.goto("/-/record/new/event")
    first = page.is_visible("[name='f.when.until']")
    page.select_option("[name='f.when.repeat']", "weekly")

    assert not first
    assert page.is_visible("[name='f.when.until']") and page.is_visible("[name='f.when.days'][value=WE]")
    page.select_option("[name='f.when.repeat']", "yearly")
    assert page.is_visible("[name='f.when.until']") and not page.is_visible("[name='f.when.days'][value=WE]")
