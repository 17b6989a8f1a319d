"""People who follow pages, a wiki that they change, and a real mail server that their mails come to."""

import pytest

from app.station import Station
from tests.follow.hands import Town
from tests.outbox.conftest import Server, later, postman, server, through

__all__ = ["later", "postman", "server"]  # fixtures, also for the tests of this folder


@pytest.fixture
def town(station: Station, server: Server) -> Town:
    """Give an instance whose mails go out through the server."""
    return Town(through(station, server.port, address="https://gare.example", mail_per_hour=1000))
