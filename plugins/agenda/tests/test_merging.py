"""Dates of other agendas stand in every view among one's own, with where they come from."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.station import Station
from plugins.agenda import fetching, sources
from plugins.agenda.sources import Wish
from plugins.agenda.tests.neighbour import MARKET, SOON, WALK, Neighbour, asked_here, calendar, neighbour
from plugins.agenda.tests.year import save
from tests.web.hands import Browser, soup


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Neighbour]:
    """Give the town hall."""
    asked_here(monkeypatch)
    with neighbour() as found:
        yield found


@pytest.fixture
def browser(site: Station, app: Flask, told: Neighbour) -> Browser:
    """Give the browser of a passer-by on a site that shows the agenda of the town hall."""
    with site.truth.begin() as connection:
        number = sources.add(connection, Wish(told.address, "Mairie", "", "public"), "m-aaaaaaaa")
    fetching.refresh(site, number)
    save(site, "agenda/2026/avant", f"---\nform: event\ntitle: Avant\nwhen: {{start: {SOON}T00:30}}\n---\n")
    return Browser(app.test_client())


def test_they_stand_in_the_order_of_time_with_their_source(browser: Browser) -> None:
    rows = soup(browser.get(f"/agenda/?view=day&day={SOON}")).select(".h-event")
    titles = [row.select_one(".p-name").text for row in rows]

    assert titles.index("Avant") < titles.index("Marché de Noël")
    other = rows[titles.index("Marché de Noël")]
    assert "from: Mairie" in other.select_one("p").text
    assert browser.get(other.select_one("a")["href"]).status_code == 200


@pytest.mark.parametrize(
    "query", ["", "?paper=month&month={0:%Y-%m}", "?view=week&day={0}", "?paper=list", "?from={0}"]
)
def test_every_view_shows_them(browser: Browser, query: str) -> None:
    page = browser.get(f"/agenda/{query.format(SOON)}").text

    assert "Marché de Noël" in page and "Mairie" in page


def test_the_map_has_their_points_each_event_once(site: Station, browser: Browser, told: Neighbour) -> None:
    told.body = calendar(f"{MARKET}\nGEO:44.25;3.5", f"{WALK}\nGEO:44.5;3.75")
    fetching.refresh(site, 1)
    page = soup(browser.get(f"/agenda/?view=map&from={SOON}"))
    first = browser.get(page.select_one("[data-points]")["data-points"])
    points = first.json
    numbers = [name[1:] for name in points["name"] if name[1:].isdecimal()]
    opened = [browser.get(f"/agenda/elsewhere/{number}").status_code for number in numbers]
    told.body = calendar(MARKET)
    fetching.refresh(site, 1)
    later = browser.get(first.request.url, headers={"If-None-Match": first.headers["ETag"]})

    assert [title.partition(",")[0] for title in points["title"]] == ["Marché de Noël", "Fête du four", "Balade"]
    assert points["folders"] == ["agenda/2026", "agenda/elsewhere"]
    assert opened == [200, 200]
    assert later.status_code == 200 and later.json["folders"] == ["agenda/2026"]


def test_they_answer_to_no_filter_that_they_know_nothing_of(browser: Browser) -> None:
    assert "Marché de Noël" not in browser.get("/agenda/?place=Valcrozette").text
