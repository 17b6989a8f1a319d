"""Files that were sent with a form and became part of nothing are removed; all others stay."""

import time

import pytest

from app.catalog import attaching
from app.people.authors import SYSTEM
from app.proposals import enclosures, proposals, waiting
from app.proposals.enclosures import Enclosed
from app.proposals.proposals import Draft
from app.station import Station
from app.wiki.uploads import Prepared

DAY = 86_400


def send(station: Station, content: bytes) -> str:
    oid = station.wiki.files.put(content).oid
    with station.truth.begin() as connection:
        waiting.note(connection, oid)
    return oid


def later(station: Station, days: float, monkeypatch: pytest.MonkeyPatch) -> str | None:
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + days * DAY)
    return waiting.remove_over(station)


def test_a_file_of_a_form_that_was_never_sent_goes_after_two_days(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    oid = send(station, b"lost")
    assert later(station, 1, monkeypatch) is None and station.wiki.files.has(oid)

    assert later(station, 2, monkeypatch) == "1 files removed" and not station.wiki.files.has(oid)


def test_a_file_that_waits_with_a_proposal_stays(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    oid = send(station, b"proposed")
    with station.truth.begin() as connection:
        number = proposals.add(connection, Draft("x", None, "X", "x"), SYSTEM)
        enclosures.keep(connection, number, Enclosed(files={"x.txt": station.wiki.files.put(b"proposed")}))

    assert later(station, 9, monkeypatch) is None and station.wiki.files.has(oid)


def test_a_file_that_a_page_has_or_had_stays(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    oid = send(station, b"kept")
    attaching.attach(station.wiki, "jardin", [Prepared("kept.txt", b"kept", "text")], SYSTEM)
    attaching.detach(station.wiki, "jardin", "kept.txt", SYSTEM)

    assert later(station, 9, monkeypatch) is None and station.wiki.files.has(oid)
