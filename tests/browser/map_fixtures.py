"""What the tests of maps share: a site with maps, and windows that wait until theirs is drawn."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.map_site import MapSite, serve_maps
from tests.browser.watched import Watch


@pytest.fixture(scope="module")
def map_site(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MapSite]:
    with serve_maps(tmp_path_factory.mktemp("maps")) as made:
        yield made


@pytest.fixture
def open_map(browser: Any, map_site: MapSite) -> Iterator[Callable[..., Any]]:
    """Give a function that opens a page in a window that is watched, and waits for its map."""
    opened: list[tuple[Any, Watch]] = []

    def open_map(address: str, **options: Any) -> Any:
        window = browser.new_context(
            base_url=map_site.address, **({"viewport": {"width": 360, "height": 800}} | options)
        )
        opened.append((window, Watch(window, map_site.address)))
        page = window.new_page()
        page.goto(address)
        if options.get("java_script_enabled", True):
            page.locator(".map").scroll_into_view_if_needed()
            page.wait_for_selector(".map[data-ready]")
        return page

    yield open_map
    map_site.station.store_settings(map_ground="none")
    for window, _ in opened:
        window.close()
    faults = [fault for _, watch in opened for fault in watch.faults]
    assert not faults, faults
