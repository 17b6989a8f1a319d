"""`{{directory …}}`: records of the directory inside a page."""

import pytest
from flask import Flask

from app.station import Station
from plugins.directory.tests.valley import write
from tests.web.hands import Browser, soup


def block(app: Flask, call: str) -> list[str]:
    """Name the records that a call shows; the sentence of a fault where it is one."""
    site: Station = app.extensions["gare"]
    write(site, "bloc", f"# Bloc\n\n{{{{{call}}}}}\n")
    page = soup(Browser(app.test_client()).get("/bloc"))
    faults = [one.get_text(" ", strip=True) for one in page.select(".macro-fault")]
    return faults or [link.get_text() for link in page.select(".directory :is(.cards b, .rows li, th[scope=row]) a")]


@pytest.mark.parametrize(("call", "expected"), [
    ('directory form="initiative"', ["Atelier", "Cantine", "Épicerie", "Rivière"]),
    ('directory form="initiative" view="list" where="theme=food"', ["Cantine", "Épicerie"]),
    ('directory form="initiative" view="table" where="theme=food,roads, phase=running"', ["Atelier", "Épicerie"]),
    ('directory form="initiative" where="page=fishing"', ["Rivière"]),
    ('directory form="initiative" view="map" count="2"', ["Atelier", "Cantine"]),
    ('directory form="initiative" view="latest" count="1"', ["Rivière"]),
    ('directory form="nothing"', ["directory There is no form of that name."]),
    ('directory form="initiative" view="clouds"', ["directory “view” must be one of: cards, list, table, map, latest."]),
    ('directory form="shed" view="map"', ["directory “view” must be one of: cards, list, table, map, latest."]),
    ('directory form="initiative" where="secret=a"', ["directory “secret” is no filter of this form."]),
    ('directory form="initiative" count="0"', ["directory “count” must be a number from 1 to 60."]),
])  # fmt: skip
def test_a_page_shows_records(changed: Flask, call: str, expected: list[str]) -> None:
    assert block(changed, call) == expected


def test_it_leads_to_the_whole_list_and_has_no_heading_of_its_own(changed: Flask) -> None:
    block(changed, 'directory form="initiative" where="theme=food"')
    page = soup(Browser(changed.test_client()).get("/bloc"))

    assert page.select_one(".directory .also a")["href"] == "/annuaire/initiative/?theme=food"
    assert not page.select(".directory :is(h2, h3)")


def test_it_shows_members_what_they_may_read(app: Flask, admin: Browser) -> None:
    block(app, 'directory form="initiative"')

    assert "Source cachée" in admin.get("/bloc").text
    assert "Source cachée" not in Browser(app.test_client()).get("/bloc").text


def test_a_site_whose_directory_is_off_says_so(app: Flask, site: Station) -> None:
    site.store_settings(plugins_on="-directory")

    assert "Cantine" not in " ".join(block(app, 'directory form="initiative"'))
    assert not soup(Browser(app.test_client()).get("/annuaire/initiative/")).select(".sieve")
