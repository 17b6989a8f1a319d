"""What the tests of the catalog share."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.config import load
from app.hooks import Hooks
from app.station import Station, open_station
from tests.catalog.hands import Hands


@pytest.fixture
def hands(station: Station) -> Hands:
    """Give the wiki of a new instance, with short words for what tests do to it."""
    return Hands(station.wiki)


@pytest.fixture
def new_station(prepared: Path) -> Callable[[Path], Station]:
    """Give a function that makes one more instance in a folder; its caller closes it."""
    return lambda folder: open_station(load(Path(shutil.copytree(prepared, folder))), Hooks())
