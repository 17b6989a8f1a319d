"""Dates of other agendas stand in every view among one's own, with where they come from."""

import pytest
from flask import Flask

from app.station import Station
from plugins.agenda import fetching, sources
from plugins.agenda.sources import Wish
from plugins.agenda.tests.neighbour import SOON, asked_here, neighbour
from plugins.agenda.tests.year import save
from tests.web.hands import Browser, soup


@pytest.fixture
def browser(site: Station, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Give the browser of a passer-by on a site that shows the agenda of the town hall."""
    asked_here(monkeypatch)
    with neighbour() as told, site.truth.begin() as connection:
        number = sources.add(connection, Wish(told.address, "Mairie", "", "public"), "m-aaaaaaaa")
        connection.commit()
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


def test_they_answer_to_no_filter_that_they_know_nothing_of(browser: Browser) -> None:
    assert "Marché de Noël" not in browser.get("/agenda/?place=Valcrozette").text
