"""The survey itself: on a page with every fault it finds each of them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.demo_site import Demo
from tests.browser.places import PLACES
from tests.browser.survey import CROSSED, measure
from tests.web.catalogues import list_english

pytestmark = pytest.mark.browser

FAULTY = """<!doctype html><html lang="en"><title>Faulty</title><main><h1>Faulty</h1>
<p id="pale">Pale words</p><img src="data:,"><button class="button" id="tiny">x</button><p id="wide">Wide</p></main></html>"""
PAINT = """() => {
    document.querySelector("#pale").style.color = "#bbb";
    Object.assign(document.querySelector("#tiny").style, { width: "20px", height: "20px", padding: 0 });
    document.querySelector("#wide").style.width = "500px";
}"""


def test_the_survey_finds_every_kind_of_fault(open_window: Callable[..., Any]) -> None:
    page = open_window().new_page()
    page.set_content(FAULTY)
    page.evaluate(PAINT)
    found = measure(page)

    assert any("color-contrast" in fault for fault in found.axe)
    assert any("image-alt" in fault for fault in found.axe)
    assert any("tiny" in fault for fault in found.small)
    assert any("tiny" in fault for fault in found.small_main)
    assert any("wide" in fault for fault in found.sideways)


def test_the_places_where_widths_and_colours_are_crossed_are_there() -> None:
    assert CROSSED - {place.name for place in PLACES} == set()


def test_english_is_recognised(open_window: Callable[..., Any], demo: Demo) -> None:
    window = open_window()
    window.add_cookies([{"name": "gare_display", "value": "auto.normal.en", "url": demo.address}])
    page = window.new_page()
    page.goto("/-/history/jardins/compost")

    assert len([phrase for phrase in list_english() if phrase in page.content()]) > 10
