"""Each place of the site, visited once and measured: what axe finds, sideways scroll, sizes of targets, of text."""

from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from tests.browser.demo_site import Demo
from tests.browser.places import Place, open_all
from tests.browser.watched import Watch
from tests.web.catalogues import list_english

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Widths and colours are crossed where the frame, a text, a form, a list and a calendar stand; elsewhere each is looked
# at once. All that can change between light and dark: the rules that look at colours.
LOOKS = ((1280, "light", "dark"), (360, "dark", "light"))  # px, the colours of all rules, those of a crossed look
CROSSED = {"home, all open", "page, all open", "page of all forms", "signed in", "directory, filtered", "agenda, month",
           "editor, error", "record, new, errors", "settings, name, error"}  # fmt: skip
COLOURS = ["color-contrast", "link-in-text-block"]
RUN_AXE = """(rules) => axe.run(document, { runOnly: rules, resultTypes: ["violations"] }).then((found) =>
    found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target} ${html.slice(0, 200)}`)))"""
# Links within a sentence may be as small as its words (WCAG 2.5.8).
SMALL = """([least, wanted]) => [...document.querySelectorAll(wanted)].filter((each) => {
    const { width, height } = each.getBoundingClientRect();
    if (!each.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) || each.closest("[inert]")) return false;
    const isHidden = width <= 1 || each.closest(".skip, .hidden");
    const isInSentence = getComputedStyle(each).display === "inline"
        && each.parentElement.textContent.trim().length > each.textContent.trim().length;
    return !isHidden && !isInSentence && (height < least || width < least);
}).map((each) => {
    const { width, height } = each.getBoundingClientRect();
    return `${width.toFixed(1)} × ${height.toFixed(1)}: ${each.outerHTML.slice(0, 160)}`;
})"""
TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
MAIN_TARGETS = (
    ".button:not(.small), .gc-tool, .sign, .menu a, .desk nav a, .more nav a, .platforms a, .gc-choices button,"
    "input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea, .choice label"
)
SIDEWAYS = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [`${document.documentElement.scrollWidth} > ${innerWidth}`, ...[...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.outerHTML.slice(0, 120)).slice(0, 5)]"""


@dataclass
class Found:
    """What was found at one place; each list is empty where all is well."""

    axe: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    small_main: list[str] = field(default_factory=list)
    watched: list[str] = field(default_factory=list)
    english: list[str] = field(default_factory=list)


class Survey:
    """Visits a place when a test asks for it the first time."""

    def __init__(self, browser: Any, demo: Demo, admin_cookies: Any) -> None:
        self._browser, self._demo, self._admin_cookies = browser, demo, admin_cookies
        self._found: dict[str, Found] = {}
        self._failed: dict[str, Exception] = {}
        self._kept: dict[bool, tuple[Any, Watch]] = {}  # by whether an administrator looks

    def of(self, place: Place) -> Found:
        """Give what was found at a place."""
        if place.name in self._failed:  # six tests ask for it: they do not all wait for what does not come
            raise self._failed[place.name]
        if place.name not in self._found:
            try:
                self._found[place.name] = self._visit(place)
            except Exception as error:
                self._failed[place.name] = error
                raise
        return self._found[place.name]

    def _visit(self, place: Place) -> Found:
        page, watch = self._page_for(place)
        page.set_viewport_size({"width": 1280, "height": 800})
        place.enter(page, self._demo)
        found = measure(page, is_crossed=place.name in CROSSED)
        html = unescape(page.content())
        found.english = [phrase for phrase in list_english() if phrase in html]
        if not _is_only_looked_at(place):
            page.context.close()
        found.watched = watch.take_faults()
        return found

    def _page_for(self, place: Place) -> tuple[Any, Watch]:
        """Give a page to go there with; who only looks leaves nothing behind, and goes on in the same window."""
        if not _is_only_looked_at(place):
            return self._open(is_admin=place.is_admin)
        if place.is_admin not in self._kept:
            self._kept[place.is_admin] = self._open(is_admin=place.is_admin)
        return self._kept[place.is_admin]

    def _open(self, *, is_admin: bool) -> tuple[Any, Watch]:
        cookies = self._admin_cookies if is_admin else None
        window = self._browser.new_context(base_url=self._demo.address, storage_state=cookies, color_scheme="light")
        return window.new_page(), Watch(window, self._demo.address)


def _is_only_looked_at(place: Place) -> bool:
    """Tell whether nothing is typed, pressed or sent at a place."""
    return place.act is None or place.act is open_all


def measure(page: Any, *, is_crossed: bool = False) -> Found:
    """Measure the page as it stands, at 1280, 360 and 320 px."""
    found = Found()
    page.evaluate(AXE)
    for width, colours, others in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=colours)
        found.axe += [f"{width} px, {colours}, {fault}" for fault in run_axe(page, RULES)]
        if is_crossed:
            page.emulate_media(color_scheme=others)
            found.axe += [f"{width} px, {others}, {fault}" for fault in run_axe(page, COLOURS)]
        found.small += [f"{width} px, {fault}" for fault in page.evaluate(SMALL, [24, TARGETS])]
        found.small_main += [f"{width} px, {fault}" for fault in page.evaluate(SMALL, [44, MAIN_TARGETS])]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 × 1024 at 400 %
    for size in ("normal", "larger"):
        page.evaluate("(size) => { document.documentElement.dataset.text = size }", size)
        found.sideways += [f"{size} text, {fault}" for fault in page.evaluate(SIDEWAYS)]
    return found


def run_axe(page: Any, rules: list[str]) -> list[str]:
    """List what axe finds, one line for each element."""
    faults: list[str] = page.evaluate(RUN_AXE, rules)
    return faults
