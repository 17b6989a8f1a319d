"""What the tests of proposals share."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from app.station import Station


@pytest.fixture
def truth(station: Station) -> Iterator[Connection]:
    """Give a connection to the truth database of a new instance."""
    with station.truth.begin() as connection:
        yield connection
