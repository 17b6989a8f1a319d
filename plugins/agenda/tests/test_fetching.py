"""Agendas of others are asked for now and then: guarded, sparing, and whatever they answer wipes nothing."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.config import load
from app.hooks import Hooks
from app.station import Station, open_station
from plugins.agenda import fetching, sources, tables
from plugins.agenda.sources import Source, Wish
from plugins.agenda.tests.neighbour import MARKET, WALK, Neighbour, asked_here, calendar, neighbour


@pytest.fixture
def site(instance: Path) -> Iterator[Station]:
    """Give the parts of a site without pages: the web is not needed, and takes its time."""
    parts = open_station(load(instance), Hooks())
    yield parts
    parts.close()


@pytest.fixture
def mairie(monkeypatch: pytest.MonkeyPatch) -> Iterator[Neighbour]:
    """Give a neighbour that may be asked, although it is on this machine."""
    asked_here(monkeypatch)
    with neighbour() as told:
        yield told


def added(site: Station, address: str) -> int:
    with site.truth.begin() as connection:
        return sources.add(connection, Wish(address, "Mairie"), "m-aaaaaaaa")


def asked(site: Station, number: int) -> Source:
    fetching.refresh(site, number)
    return found(site, number)


def found(site: Station, number: int) -> Source:
    with site.truth.connect() as connection:
        return sources.find(connection, number)


def dates(site: Station) -> list[tuple[int, str, str]]:
    query = select(tables.foreign.c.id, tables.foreign.c.title, tables.foreign.c.original).order_by(
        tables.foreign.c.starts_at
    )
    with site.truth.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_an_agenda_gives_its_dates(site: Station, mairie: Neighbour) -> None:
    source = asked(site, added(site, mairie.address))

    assert (source.error, source.events, source.lost) == ("", 2, 0)
    assert [title for _, title, _ in dates(site)] == ["Marché de Noël", "Balade", "Balade", "Balade"]
    assert mairie.asked[0]["user-agent"].startswith("GareCentrale")


def test_what_has_not_changed_is_not_sent_again(site: Station, mairie: Neighbour) -> None:
    mairie.headers = {"ETag": '"a"', "Last-Modified": "Sun, 22 Nov 2026 10:00:00 GMT"}
    number = added(site, mairie.address)
    asked(site, number)
    source, stamp = asked(site, number), site.stamp.read()
    asked(site, number)

    assert [one.get("if-none-match") for one in mairie.asked] == [None, '"a"', '"a"']
    assert mairie.asked[1]["if-modified-since"] == "Sun, 22 Nov 2026 10:00:00 GMT"
    assert source.error == "" and len(dates(site)) == 4 and site.stamp.read() == stamp


def test_dates_that_stay_keep_their_numbers(site: Station, mairie: Neighbour) -> None:
    number = added(site, mairie.address)
    asked(site, number)
    before = dates(site)
    mairie.body = calendar(MARKET.replace("Noël", "Printemps"), WALK + "\nDTSTAMP:20261122T000000Z")
    asked(site, number)
    after = dates(site)
    mairie.body = calendar(WALK)
    asked(site, number)

    assert [one[0] for one in after] == [one[0] for one in before] and after[0][1] == "Marché de Printemps"
    assert dates(site) == before[1:]


def test_a_stamp_that_moves_each_time_changes_nothing(site: Station, mairie: Neighbour) -> None:
    number = added(site, mairie.address)
    asked(site, number)
    stamp = site.stamp.read()
    mairie.body = calendar(MARKET + "\nDTSTAMP:20261122T000000Z", WALK)
    asked(site, number)

    assert site.stamp.read() == stamp


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"<!doctype html><title>Maintenance</title>", 200, "This is no calendar."),
        (b"", 200, "This is no calendar."),
        (calendar(), 200, "The calendar is empty now."),
        (b"gone", 404, "The server answered 404"),
        (b"broken", 500, "The server answered 500"),
        (b" " * 5_000_001, 200, "The server did not answer"),
    ],
)
def test_what_is_no_calendar_wipes_nothing(
    site: Station, mairie: Neighbour, body: bytes, status: int, said: str
) -> None:
    number = added(site, mairie.address)
    asked(site, number)
    mairie.body, mairie.status = body, status
    source = asked(site, number)

    assert (source.error % source.error_values).startswith(said)
    assert len(dates(site)) == 4 and source.failures == 1


def test_who_does_not_answer_is_asked_more_and_more_seldom(site: Station, mairie: Neighbour) -> None:
    mairie.status = 503
    number, now = added(site, mairie.address), time.time()
    waits = [round((asked(site, number).next_at - now) / 3600) for _ in range(7)]

    assert waits == [1, 2, 4, 8, 16, 24, 24]
    mairie.status = 200
    assert asked(site, number).failures == 0


def test_an_answer_byte_by_byte_is_cut(site: Station, mairie: Neighbour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.4)
    mairie.drip = 0.05
    began = time.monotonic()
    source = asked(site, added(site, mairie.address))

    assert source.error == fetching.SILENT and time.monotonic() - began < 2


def test_a_redirection_is_followed_by_hand(site: Station, mairie: Neighbour) -> None:
    mairie.status, mairie.headers = 302, {"Location": "/ailleurs.ics"}
    source = asked(site, added(site, mairie.address))

    assert source.error == fetching.OTHERWISE and source.error_values == {"status": "302"}
    assert [one["path"] for one in mairie.asked] == ["/agenda.ics"] + ["/ailleurs.ics"] * 5


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/a", "gopher://x", "http://a:b@127.0.0.1/", "http://["]
)
def test_a_redirection_leads_nowhere_else(site: Station, mairie: Neighbour, target: str) -> None:
    mairie.status, mairie.headers = 301, {"Location": target}
    source = asked(site, added(site, mairie.address))

    assert source.error in (fetching.SILENT, fetching.OTHERWISE) and len(mairie.asked) <= 6


def test_a_redirection_into_this_network_is_refused(
    site: Station, mairie: Neighbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def all_but_the_second(address: str) -> bool:
        seen.append(address)
        return len(seen) != 2

    monkeypatch.setattr(fetching, "may", all_but_the_second)
    mairie.status, mairie.headers = (
        302,
        {"Location": mairie.address.replace("127.0.0.1", "localhost"), "Connection": "close"},
    )
    source = asked(site, added(site, mairie.address))

    assert source.error == fetching.SILENT and len(mairie.asked) == 1


def test_a_neighbour_in_this_network_hears_nothing(site: Station) -> None:
    with neighbour() as told:
        source = asked(site, added(site, told.address))

    assert source.error == fetching.PRIVATE and told.asked == []


def test_the_site_does_not_ask_itself(site: Station) -> None:
    site.store_settings(address="https://gare.example")
    source = asked(site, added(site, "https://gare.example/agenda.ics"))

    assert source.error == fetching.OWN


def test_the_job_asks_for_what_is_due_once(site: Station, mairie: Neighbour) -> None:
    number = added(site, mairie.address)
    first, second = fetching.run_due(site), fetching.run_due(site)

    assert (first, second, len(mairie.asked)) == ("1 agendas asked for", None, 1)
    assert 3500 < found(site, number).next_at - time.time() < 3700


@pytest.mark.parametrize(("said", "hours"), [("PT6H", 6), ("PT1M", 1), ("P7D", 24), ("rubbish", 1)])
def test_a_calendar_says_how_often_it_is_asked_for(site: Station, mairie: Neighbour, said: str, hours: int) -> None:
    mairie.body = calendar(MARKET, head=f"REFRESH-INTERVAL;VALUE=DURATION:{said}\n")
    number = added(site, mairie.address)
    waits = [round((asked(site, number).next_at - time.time()) / 3600) for _ in range(2)]

    assert waits == [hours, hours]


def test_dates_are_worked_out_anew_although_nothing_was_sent(site: Station, mairie: Neighbour) -> None:
    mairie.headers = {"ETag": '"a"'}
    number = added(site, mairie.address)
    asked(site, number)
    with site.truth.begin() as connection:
        connection.execute(tables.foreign.delete())
        connection.execute(update(tables.sources).values(derived="2025-01-01 Europe/Paris"))
    asked(site, number)

    assert len(mairie.asked) == 2 and len(dates(site)) == 4


def test_what_is_removed_goes_with_all_its_dates(site: Station, mairie: Neighbour) -> None:
    number = added(site, mairie.address)
    asked(site, number)
    with site.truth.begin() as connection:
        sources.remove(connection, number)

    assert dates(site) == []
