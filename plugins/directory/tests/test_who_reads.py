"""Nobody learns from a list, a count, a filter or a feed what he may not read."""

from flask import Flask

from app.people import accounts
from app.records import private
from app.station import Station
from plugins.directory.tests.valley import OPERATOR
from tests.web.hands import Browser

EVERY = ["/annuaire/", *(f"/annuaire/initiative/{query}" for query in (
    "", "?view=list", "?view=table", "?view=letters", "?view=map", "?q=zanzibar", "?q=source", "?f.page=zanzibar", "?all=page", "?sort=mail",
    "?sort=secret", "?place=Ombrelle", "?mail=zanzibar@example.org", "embed", "booklet", "points.json", "?view=letters&letter=s")),
    "/annuaire/initiative.atom", "/annuaire/initiative.atom?theme=water"]  # fmt: skip


def sign_in(app: Flask, site: Station, name: str) -> Browser:
    with site.truth.begin() as connection:
        secret = accounts.make_link(connection, accounts.add(connection, name, is_admin=False).id)
    browser = Browser(app.test_client())
    assert browser.post("/-/signin", token=secret).status_code == 303
    return browser


def told(browser: Browser, words: str) -> list[str]:
    """Name the addresses that say some words; those that repeat what was typed do not count."""
    return [address for address in EVERY if words in browser.get(address).text and words not in address]


def test_a_record_for_members_is_told_to_members_only(app: Flask, site: Station) -> None:
    passer_by, member = Browser(app.test_client()), sign_in(app, site, "Idris")

    assert [told(passer_by, words) for words in ("Source cachée", "Ombrelle")] == [[], []]
    assert len(told(member, "Source cachée")) > 10 and "/annuaire/initiative/" in told(member, "Ombrelle")
    assert "4 records" in passer_by.get("/annuaire/").text and "5 records" in member.get("/annuaire/").text


def test_a_private_field_is_shown_in_lists_to_whoever_may_read_it(app: Flask, site: Station) -> None:
    row = site.door.record(OPERATOR, "annuaire/initiative/c/cantine")
    with site.truth.begin() as connection:
        private.store(connection, row.id, {"secret": "ornithorynque"})
    site.stamp.touch()
    passer_by, member = Browser(app.test_client()), sign_in(app, site, "Idris")

    assert told(passer_by, "ornithorynque") == []
    assert "/annuaire/initiative/booklet" in told(member, "ornithorynque")
    assert told(passer_by, "ornithorynque") == []


def test_an_address_of_somebody_stands_in_no_list(app: Flask, site: Station) -> None:
    assert told(Browser(app.test_client()), "zanzibar@example.org") == []
