"""What the tests of the three stories share: a fresh demo for each, and the telephones of those who are in it."""

import gc
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.station import Station
from tests.browser.conftest import PATIENCE
from tests.browser.story_site import PHONE, Counted, Story, make_demo, serve_story
from tests.browser.watched import Watch
from tests.outbox.conftest import Postman, Server


@pytest.fixture(scope="session")
def demo_instance(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an instance with the French demo; not to be changed."""
    folder = make_demo(tmp_path_factory.mktemp("stories"))
    gc.collect()  # what still holds its databases closes them before anybody copies the folder
    return folder


@pytest.fixture
def story(demo_instance: Path, tmp_path: Path, server: Server, postman: Postman) -> Iterator[Story]:
    """Give a served site of its own."""
    instance = Path(shutil.copytree(demo_instance, tmp_path / "instance"))
    with serve_story(instance, server.port, postman) as made:
        yield made


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def open_phone(request: pytest.FixtureRequest, browser: Any, story: Story) -> Iterator[Callable[[], Counted]]:
    """Give a function that opens the telephone of somebody else each time, with scripts and without."""
    opened: list[tuple[Any, Watch]] = []

    def open_phone() -> Counted:
        window = browser.new_context(base_url=story.address, java_script_enabled=request.param, **PHONE)
        window.set_default_timeout(PATIENCE)
        opened.append((window, Watch(window, story.address)))
        return Counted(window, has_scripts=request.param)

    yield open_phone
    for window, _ in opened:
        window.close()
    assert [fault for _, watch in opened for fault in watch.faults] == []


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give a function that makes it another day on a site, at noon or at another hour, and delivers what is due then."""

    def set_clock(story: Story, day: date, hour: int = 12) -> None:
        moment = datetime.combine(day, clock(hour), ZoneInfo(story.station.config.timezone))
        monkeypatch.setattr(time, "time", moment.timestamp)
        monkeypatch.setattr(Station, "today", lambda _: day)
        story.deliver()

    return set_clock
