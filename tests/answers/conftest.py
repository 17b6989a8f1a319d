"""What the tests of answers share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.config import load
from app.hooks import Hooks
from app.station import Station, open_station
from tests.answers.dated import MAILING, make_form


@pytest.fixture
def truth(station: Station) -> Iterator[Connection]:
    """Give a connection to the truth database of a new instance."""
    with station.truth.begin() as connection:
        yield connection


@pytest.fixture
def mailing(instance: Path) -> Iterator[Station]:
    """Give a station that sends mails and knows its address, with a form of events."""
    with (instance / "gare.toml").open("a") as settings:
        settings.write(MAILING)
    parts = open_station(load(instance), Hooks())
    make_form(parts)
    yield parts
    parts.close()
