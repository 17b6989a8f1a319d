"""What the tests of live mail share: an archive with one empty list."""

from collections.abc import Iterator

import pytest

from app.station import Station
from plugins.archive import lists
from plugins.archive.archive import Archive
from plugins.archive.lists import MailList


@pytest.fixture
def archive(station: Station) -> Iterator[Archive]:
    """Give the archive of a site."""
    made = Archive(station)
    yield made
    made.close()


@pytest.fixture
def list_(archive: Archive) -> MailList:
    """Give a list without messages."""
    return lists.make(archive.truth, "vallee", "Vallée", now=1, address="liste@vallee.example")
