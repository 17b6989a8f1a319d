"""Go where a picture is taken, and take it."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, PATIENCE
from tests.pictures.shots import DESK, EDGES, SCREENS, Shot, place_of, shots_in
from tests.pictures.shrink import shrink
from tests.pictures.site import Shown, serve

READ = 820  # px of a sheet that hold words
ABOVE = 12  # px between the top of the screen and what is shown


def take(folder: Path, language: str, names: Sequence[str] = ()) -> Iterator[tuple[Path, int]]:
    """Take the pictures of a language, those of `names` only where some are named; gives each file and its bytes."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("Chromium is missing.")
    with serve(folder, language) as shown, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        known = {"": None} | {name: _sign_in(browser, shown, name) for name in shown.links}
        for shot in shots_in(language):
            if not names or shot.name in names:
                file = place_of(shot, language)
                window = browser.new_context(
                    base_url=shown.address, storage_state=known[shot.who], **SCREENS[shot.screen]
                )
                packed = shrink(_see(window, shot, shot.find_address(language)), EDGES[shot.screen])
                window.close()
                file.parent.mkdir(exist_ok=True)
                file.write_bytes(packed)
                yield file, len(packed)
        browser.close()


def _sign_in(browser: Any, shown: Shown, name: str) -> Any:
    window = browser.new_context(base_url=shown.address)
    window.request.post("/-/signin", form={"token": shown.links[name]})
    state = window.storage_state()
    window.close()
    return state


def _see(window: Any, shot: Shot, address: str) -> bytes:
    window.set_default_timeout(PATIENCE)
    page = window.new_page()
    faults: list[str] = []
    page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.goto(address)
    if page.locator("[data-editor]").count():
        page.wait_for_selector("html[data-editor=ready]")
    if shot.act:
        shot.act(page)
    if shot.part:
        top = page.locator(shot.part).first.evaluate("(part) => part.getBoundingClientRect().top + scrollY")
        page.evaluate("(top) => scrollTo({ top, behavior: 'instant' })", max(0, top - ABOVE))
    screen = page.screenshot(animations="disabled", caret="hide", clip=_frame(page, shot))
    if faults:
        raise SystemExit(f"This is no picture to show: {', '.join(faults)}")
    assert isinstance(screen, bytes)
    return screen


def _frame(page: Any, shot: Shot) -> dict[str, float] | None:
    """Give what of the screen is kept: all of it, or on a large one, only the page itself where a part is shown."""
    if shot.screen != DESK or not shot.part:
        return None
    sheet, screen = page.locator("main").bounding_box(), page.viewport_size
    above, below = max(0.0, sheet["y"]), min(screen["height"], sheet["y"] + sheet["height"])
    return {"x": sheet["x"], "y": above, "width": min(sheet["width"], READ), "height": below - above}
