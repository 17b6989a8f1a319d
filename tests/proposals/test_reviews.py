"""Whose first changes wait to be read again: the bound of the list counts what nobody has read."""

import time

import pytest

from app.people import authors
from app.people.viewer import signed_in
from app.proposals import reviews
from app.station import Station
from tests.catalog.hands import Hands

ADMIN = signed_in("Nadia", "m-adminabc", is_admin=True)


def waiting(station: Station) -> list[str]:
    with station.truth.connect() as connection:
        rows = reviews.list_waiting(connection, station.door, ADMIN, station.settings.get())
    return [row.path for row in rows]


def test_many_changes_that_were_found_good_hide_none_that_wait(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.store_settings(review_first="3", review_since="1")
    hands = Hands(station.wiki)
    with station.truth.begin() as connection:
        mallory = authors.author_for_name(connection, "Mallory")
        gerda = authors.author_for_name(connection, "Gerda")
    for path, author in (("pub", mallory), ("g1", gerda), ("encore", mallory), ("g2", gerda), ("g3", gerda)):
        hands.write(path, "un\n", author)
    with station.truth.begin() as connection:
        reviews.mark(connection, ADMIN, gerda, int(time.time()) + 5)
    monkeypatch.setattr(reviews, "MOST", 1)

    assert waiting(station) == ["encore"]
