"""`{{agenda …}}`: dates inside a page, and below the text of the home page."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.people.authors import SYSTEM
from app.station import Station
from app.wiki.page import fold
from plugins.agenda.tests.year import NEXT, OPERATOR, save
from tests.web.hands import Browser, soup

ALL = ["Bal", "Chantier", "Fête du four", "Chantier", "Chantier"]


def block(app: Flask, call: str) -> BeautifulSoup:
    """Show a page with a call."""
    path = f"bloc-{fold(call)}"
    save(app.extensions["gare"], path, f"# Bloc\n\n{{{{{call}}}}}\n")
    return soup(Browser(app.test_client()).get(f"/{path}"))


def titles(page: BeautifulSoup) -> list[str]:
    return [link.text for link in page.select(".agenda-block .p-name")]


@pytest.mark.parametrize(("call", "expected"), [
    ("agenda count=05", ALL),
    ("agenda count=2", ALL[:2]),
    ('agenda view="list" tag="pain"', ["Fête du four"]),
    ('agenda tag="pain, jardin" count=3', ["Chantier", "Fête du four", "Chantier"]),
    ('agenda q="four"', ["Fête du four"]),
    ('agenda place="Arzenoux"', []),
])  # fmt: skip
def test_a_page_shows_dates(changed: Flask, call: str, expected: list[str]) -> None:
    assert titles(block(changed, call)) == expected


@pytest.mark.parametrize(("call", "fault"), [
    ("agenda view=clouds", "“view” must be one of: list, month."),
    ("agenda count=0", "“count” must be a number from 1 to 50."),
])  # fmt: skip
def test_a_call_that_cannot_be_understood_says_how_it_must_be(changed: Flask, call: str, fault: str) -> None:
    assert fault in block(changed, call).select_one(".macro-fault").text


def test_a_page_shows_a_month_and_leads_to_the_whole_agenda(changed: Flask) -> None:
    page = block(changed, f'agenda view="month" month="{NEXT:%Y-%m}" tag="pain"')

    assert "Fête du four" in page.select_one(".agenda-block table.month").text
    assert page.select_one(".agenda-block .also a")["href"] == f"/agenda/?tag=pain&view=month&month={NEXT:%Y-%m}"


def test_it_is_a_board_of_departures_and_has_no_heading_of_its_own(changed: Flask) -> None:
    page = block(changed, "agenda count=5")

    assert [head.text for head in page.select("table.board th")] == ["When", "What", "Where"]
    assert page.select_one("table.board time")["datetime"] == NEXT.isoformat()
    assert "(Cancelled)" in page.select_one("table.board tr.off").text
    assert not page.select(".agenda-block :is(h2, h3)")


def test_the_home_page_shows_the_next_dates_below_its_text(app: Flask, site: Station) -> None:
    save(site, "index", "# Accueil\n\nBonjour.\n")
    browser = Browser(app.test_client())
    home = soup(browser.get("/"))

    assert titles(home)[:5] == ALL
    assert [one.get_text(" ", strip=True)[:7] for one in home.select(".content")] == ["Bonjour", "Next de"]
    site.store_settings(plugins_on="-agenda")
    assert not titles(soup(browser.get("/")))


def test_a_home_page_that_calls_the_agenda_itself_shows_it_once(app: Flask, site: Station) -> None:
    save(site, "index", "# Accueil\n\n{{Agenda count=1}}\n")

    assert titles(soup(Browser(app.test_client()).get("/"))) == ["Bal"]


def test_a_home_page_says_nothing_of_an_agenda_without_dates(app: Flask, site: Station) -> None:
    save(site, "index", "# Accueil\n")
    for name in ("fete", "chantier", "bal"):
        site.door.delete(OPERATOR, f"agenda/2026/{name}", SYSTEM)

    assert not soup(Browser(app.test_client()).get("/")).select(".agenda-block")


def test_the_board_says_how_many_hands_are_wanted(app: Flask, site: Station) -> None:
    head = f"title: Noces\nform: event\nwhen: {{start: {NEXT}T09:00}}\ntags: [noces]\n"
    roles = "signup: {open: yes, roles: [{name: Soupe, places: 2}, {name: Vaisselle, places: 1}]}\n"
    save(site, "agenda/2026/noces", f"---\n{head}{roles}---\n")
    save(site, "agenda/2026/noces-2", f"---\n{head}signup: {{open: yes, places: 12}}\n---\n")
    page = block(app, 'agenda tag="noces"')

    assert [one.text for one in page.select("table.board .needs")] == ["3 hands wanted", "12 places left"]
