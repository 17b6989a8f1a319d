"""Maps in a browser: points, heaps, small windows, keys, grounds; the list is there without scripts."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from tests.browser.hands import until
from tests.browser.map_site import HOSTILE, POINTS, MapSite
from tests.browser.survey import Found, measure
from tests.web.map_file import pmtiles

pytest_plugins = ["tests.browser.map_fixtures"]
pytestmark = pytest.mark.browser

FEW, MANY, PINS, FORM = "/-/map/test/few", "/-/map/test/many", "/-/map/test/pins", "/-/map/form"
POPUP = ".leaflet-popup-content"
HERE = {"latitude": 44.15, "longitude": 4.15}


def labels(page: Any) -> list[str]:
    """Name what stands on the map."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.pin')].map((one) => one.getAttribute('aria-label'))"
    )
    return found


def pin(page: Any, label: str) -> Any:
    return page.get_by_role("button", name=label, exact=True)


def heap_of(page: Any, count: int) -> str:
    return next(label for label in labels(page) if label.startswith(f"{count} "))


def test_points_stand_on_the_map_and_close_ones_are_heaped(open_map: Callable[..., Any]) -> None:
    page = open_map(FEW)

    assert HOSTILE in labels(page)
    assert sorted(label for label in labels(page) if label != HOSTILE) == [
        "2 lieux\u00a0: zoomer",
        "3 lieux\u00a0: zoomer",
    ]
    assert page.locator(".map-status").inner_text() == "6 lieux sur la carte"


def test_a_heap_opens_when_it_is_pressed(open_map: Callable[..., Any]) -> None:
    page = open_map(FEW, viewport={"width": 1280, "height": 900})
    heap = heap_of(page, 3)
    pin(page, heap).click()
    until(page, lambda: heap not in labels(page))

    assert "Jardin" in labels(page)


def test_a_hostile_name_stays_text_in_its_window(open_map: Callable[..., Any]) -> None:
    page = open_map(FEW)
    pin(page, HOSTILE).click()
    link = page.locator(f"{POPUP} a")

    assert link.inner_text() == HOSTILE and page.title() == "Carte · Cartes"
    assert link.get_attribute("href") == "/annuaire/f/four"
    assert page.locator(f"{POPUP} :is(img, b)").count() == 0 and "Bio <b>" in page.locator(POPUP).inner_text()


def test_an_address_of_another_kind_leads_nowhere(open_map: Callable[..., Any]) -> None:
    page = open_map(PINS)
    pin(page, HOSTILE).click()

    assert page.locator(POPUP).inner_text().strip() == HOSTILE
    assert page.locator(f"{POPUP} a[href]").count() == 0


def test_points_at_the_same_place_are_listed_in_one_window(open_map: Callable[..., Any]) -> None:
    page = open_map(FEW)
    heap = heap_of(page, 2)
    pin(page, heap).click()

    assert page.locator(f"{POPUP} a").all_inner_texts() == ["Même lieu A", "Même lieu B"]


def test_the_keyboard_opens_a_window_and_comes_back(open_map: Callable[..., Any]) -> None:
    page = open_map(FEW)
    pin(page, HOSTILE).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(POPUP)
    inside = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Escape")
    until(page, lambda: not page.locator(POPUP).count())

    assert inside == HOSTILE
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == HOSTILE


def test_a_heap_that_the_keyboard_opens_keeps_the_focus_on_the_map(open_map: Callable[..., Any]) -> None:
    page = open_map(FEW, reduced_motion="reduce")
    heap = heap_of(page, 3)
    pin(page, heap).focus()
    page.keyboard.press(" ")
    until(page, lambda: heap not in labels(page))

    assert page.evaluate("document.activeElement.matches('.pin')")


def test_ten_thousand_points_are_drawn_as_few(open_map: Callable[..., Any]) -> None:
    page = open_map(MANY)

    assert 5 <= len(labels(page)) <= 150
    assert re.sub(r"\s", "", page.locator(".map-status").inner_text()).startswith("10000")


def test_a_place_is_added_below_the_cross(open_map: Callable[..., Any]) -> None:
    page = open_map(FEW)
    page.get_by_role("button", name="Ajouter un lieu ici").click()
    assert page.locator(".map-frame.aiming").count() == 1
    page.route("**/-/new?**", lambda route: route.fulfill(body="<h1>x</h1>", content_type="text/html"))
    with page.expect_navigation():
        page.get_by_role("button", name="Ajouter sous la croix").click()

    assert re.search(r"/-/new\?form=lieu&lat=44\.\d+&lon=4\.\d+$", page.url)


def test_the_device_says_where_one_is(open_map: Callable[..., Any]) -> None:
    page = open_map(FEW, geolocation=HERE, permissions=["geolocation"])
    page.get_by_role("button", name="Montrer ma position").click()
    page.wait_for_selector(".map-here")

    assert page.locator(".map-status").inner_text() == "Vous êtes dans le cercle."


def test_without_scripts_the_list_stands_alone(open_map: Callable[..., Any]) -> None:
    page = open_map(FEW, java_script_enabled=False)

    assert not page.locator(".map").is_visible()
    assert page.locator("main .rows a").all_inner_texts() == [one.title for one in POINTS]


def test_outlines_are_drawn(open_map: Callable[..., Any], map_site: MapSite) -> None:
    folder = map_site.instance / "map"
    folder.mkdir(exist_ok=True)
    ring = [[4, 44], [4.5, 44], [4.5, 44.5], [4, 44]]
    (folder / "outlines.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    page = open_map(FEW)

    assert page.locator("path.map-outline").count() == 1
    (folder / "outlines.geojson").unlink()


@pytest.mark.parametrize("kind", [1, 2])
def test_a_file_of_tiles_is_drawn(open_map: Callable[..., Any], map_site: MapSite, kind: int) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (256, 256), "green").save(stream, "PNG")
    folder = map_site.instance / "map"
    folder.mkdir(exist_ok=True)
    (folder / "vallee.pmtiles").write_bytes(pmtiles(stream.getvalue() if kind == 2 else b"\x1a\x00", kind))
    map_site.station.store_settings(map_ground="file", map_credit="© OpenStreetMap")
    page = open_map(FEW)
    page.wait_for_selector(".leaflet-tile-loaded")

    assert page.locator("canvas.leaflet-tile" if kind == 1 else "img.leaflet-tile").count()
    assert page.locator(".map-credit a").get_attribute("href") == "https://www.openstreetmap.org/copyright"


def test_tiles_of_a_server_are_told_which_site_asks(browser: Any, map_site: MapSite) -> None:
    tiles = "https://tile.example.org/{z}/{x}/{y}.png"
    map_site.station.store_settings(map_ground="tiles", map_tiles=tiles, map_credit="Eux")
    window = browser.new_context(base_url=map_site.address)
    asked: list[tuple[str, str]] = []

    def answer(route: Any) -> None:
        asked.append((route.request.url, route.request.headers.get("referer", "")))
        route.fulfill(body=b"", content_type="image/png")

    window.route("https://tile.example.org/**", answer)
    page = window.new_page()
    page.goto(FEW)
    page.wait_for_selector(".map[data-ready]")
    until(page, lambda: asked)

    assert {referer for _, referer in asked} <= {f"{map_site.address}/", ""}
    assert page.locator("img.leaflet-tile").first.get_attribute("referrerpolicy") == "strict-origin-when-cross-origin"
    window.close()
    map_site.station.store_settings(map_ground="none")


@pytest.mark.parametrize("address", [FEW, FORM])
def test_maps_are_open_to_everybody(open_map: Callable[..., Any], address: str) -> None:
    page = open_map(address)
    if address == FEW:
        pin(page, HOSTILE).click()
        page.wait_for_selector(POPUP)

    assert measure(page) == Found()


def test_a_map_weighs_what_was_promised(open_map: Callable[..., Any]) -> None:
    page = open_map(FEW)
    sizes = page.evaluate(
        "performance.getEntriesByType('resource').filter((one) => /map/.test(one.name) && /js$|css$/.test(one.name)).map((one) => one.encodedBodySize)"
    )

    assert sum(sizes) <= 62_000
