"""Where members read, others are told so and how to sign in: the same at every address."""

import pytest
from werkzeug.test import TestResponse

from app.station import Station
from tests.web.hands import Browser, one, soup

CLOSED = "---\ntitle: Le coffre\naudience: members\n---\n\nmots\n"


def told(response: TestResponse) -> tuple[int, str]:
    """Give the status, and what is said with the address left out."""
    return response.status_code, one(response, "main").text


@pytest.mark.parametrize("address", ["/", "/coffre", "/nulle-part", "/nulle/part/", "/-/pages"])
def test_a_site_of_members_says_so_and_offers_to_sign_in(
    site: Station, admin: Browser, browser: Browser, address: str
) -> None:
    site.store_settings(reading="members", writing="members")
    admin.write("index", "# Accueil\n\nmots\n")
    admin.write("coffre", CLOSED)
    response = browser.get(address)

    assert told(response) == told(browser.get("/une-autre"))
    assert response.status_code == 403
    assert str(one(response, "main .actions a")["href"]).startswith("/-/signin?back=/")
    assert "Accueil" not in response.text and "coffre" not in one(response, "main h1").text


def test_a_page_of_such_a_site_that_everybody_reads_is_shown(site: Station, admin: Browser, browser: Browser) -> None:
    admin.write("affiche", "---\ntitle: Affiche\naudience: public\n---\n\nmots\n")
    site.store_settings(reading="members", writing="members")

    assert browser.get("/affiche").status_code == 200
    assert "Affiche" in browser.get("/-/pages").text
    assert "Members find more here." in browser.get("/-/pages").text


def test_members_of_such_a_site_are_told_of_missing_pages_as_elsewhere(site: Station, member: Browser) -> None:
    site.store_settings(reading="members", writing="members")

    assert member.get("/nulle-part").status_code == 404
    assert "Members find more" not in member.get("/nulle-part").text


@pytest.mark.parametrize("address", ["/coffre", "/nulle-part", "/-/history/coffre", "/-/history/nulle-part"])
def test_on_a_public_site_a_missing_page_says_that_members_find_more(
    admin: Browser, browser: Browser, address: str
) -> None:
    admin.write("coffre", CLOSED)
    response = browser.get(address)

    assert response.status_code == 404
    assert "Members find more here." in one(response, "main").text
    assert soup(response).select("main a[href^='/-/signin?back=']")


def test_whoever_may_not_change_a_page_gets_no_script_for_its_files(
    site: Station, admin: Browser, browser: Browser
) -> None:
    admin.write("a", "mots\n")
    site.store_settings(writing="members")

    assert "editor/manage" not in browser.get("/-/files/a/").text
    assert "editor/manage" in admin.get("/-/files/a/").text
