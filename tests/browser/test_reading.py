"""U8: text that is easy to read: large, airy, in short lines; one may zoom; light, dark and colours of the sign."""

from collections.abc import Callable
from statistics import mean
from typing import Any

import pytest

from tests.browser.survey import AXE, COLOURS, SIDEWAYS, run_axe

pytestmark = pytest.mark.browser

TEXTS = ("/", "/jardins/", "/charte", "/accueil/bienvenue", "/reunions/2026/2026-11-06-reunion-du-6-novembre-2026")
WIDTHS = (360, 1280)
LONGEST_LINE = 75  # characters
# Letters of each line that fills its paragraph: last lines say nothing about the width.
LINES = """() => [...document.querySelectorAll(".content :is(p, li, dd)")]
    .filter((each) => each.checkVisibility() && !each.querySelector("p, li") && !each.closest(".footnotes, .aside"))
    .flatMap((each) => {
        const lines = [], range = document.createRange();
        const walk = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
        let line, before = Infinity;
        for (let node; (node = walk.nextNode());) {
            for (let at = 0; at < node.length; at++) {
                range.setStart(node, at);
                range.setEnd(node, at + 1);
                const box = range.getClientRects()[0];
                if (!box?.width) continue;
                if (box.left < before) lines.push((line = { letters: 0, left: box.left }));
                before = box.left;
                line.letters++;
                line.width = box.right - line.left;
            }
        }
        return lines.filter(({ width }) => width > 0.85 * each.clientWidth).map(({ letters }) => letters);
    })"""
# Size in px and height of lines, as a multiple, of what is no side note.
LETTERS = """() => [document.body, ...document.querySelectorAll(".content :is(p, li, td, dd, blockquote)")]
    .filter((each) => each.checkVisibility() && !each.closest(".footnotes, .aside, .notice"))
    .map((each) => [each, getComputedStyle(each)])
    .map(([each, { fontSize, lineHeight }]) =>
        [parseFloat(fontSize), parseFloat(lineHeight) / parseFloat(fontSize), each.outerHTML.slice(0, 80)])"""
PALETTE = """() => { const style = getComputedStyle(document.documentElement);
    return ["--paper", "--ink", "--link", "--stone", "--soft", "--bad"].map((name) => style.getPropertyValue(name)); }"""


@pytest.fixture
def open_page(open_window: Callable[..., Any]) -> Callable[..., Any]:
    def open_page(address: str, width: int, height: int = 800, **options: Any) -> Any:
        page = open_window(viewport={"width": width, "height": height}, **options).new_page()
        page.goto(address)
        return page

    return open_page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", TEXTS)
def test_text_is_large_and_airy(open_page: Callable[..., Any], address: str, width: int) -> None:
    letters = open_page(address, width).evaluate(LETTERS)

    assert len(letters) >= 10
    assert [found for found in letters if found[0] < 18 or found[1] < 1.5] == []


@pytest.mark.parametrize("address", TEXTS)
def test_lines_are_short(open_page: Callable[..., Any], address: str) -> None:
    page = open_page(address, 1280)
    for width in (1280, 1920):
        page.set_viewport_size({"width": width, "height": 1080})
        lines = page.evaluate(LINES)

        assert len(lines) >= 5
        assert mean(lines) <= LONGEST_LINE


@pytest.mark.parametrize("address", [*TEXTS, "/-/edit/jardins/compost", "/-/changes"])
def test_a_page_can_be_enlarged_four_times(open_page: Callable[..., Any], address: str) -> None:
    page = open_page(address, 320, 256, device_scale_factor=4)  # a screen of 1280 × 1024
    viewport = page.get_attribute("meta[name=viewport]", "content")

    assert page.evaluate(SIDEWAYS) == []
    assert viewport == "width=device-width, initial-scale=1"


def test_three_sizes_of_text(open_page: Callable[..., Any]) -> None:
    page = open_page("/-/display", 360)
    sizes = []
    for size in ("normal", "large", "larger"):
        page.goto("/-/display")
        page.check(f"[name=text][value={size}]")
        page.click("main .actions button")
        page.wait_for_url("**/")
        sizes.append(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))

    assert sizes == [18, 21, 25]


def test_dark_by_choice_and_dark_by_device_are_the_same(open_page: Callable[..., Any]) -> None:
    page = open_page("/", 360, color_scheme="dark")
    by_device = page.evaluate(PALETTE)
    page.emulate_media(color_scheme="light")
    by_day = page.evaluate(PALETTE)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")

    assert page.evaluate(PALETTE) == by_device != by_day


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ["green", "ochre", "plum"])
def test_every_colour_of_the_sign_has_contrast(open_page: Callable[..., Any], accent: str, scheme: str) -> None:
    page = open_page("/", 1280, color_scheme=scheme)
    page.evaluate("(accent) => { document.documentElement.dataset.accent = accent }", accent)
    page.evaluate(AXE)

    assert run_axe(page, COLOURS) == []


def test_those_who_want_no_motion_get_none(open_page: Callable[..., Any]) -> None:
    page = open_page("/", 360, reduced_motion="reduce")

    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0


def test_forced_colours_leave_buttons_their_border(open_page: Callable[..., Any]) -> None:
    page = open_page("/", 360, forced_colors="active")

    assert page.evaluate("getComputedStyle(document.querySelector('.search .button')).borderTopWidth") == "2px"
