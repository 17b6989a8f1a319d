"""Private feeds: an address with a key shows what its owner may read, and the key opens nothing else."""

from xml.etree import ElementTree

import pytest

from app.catalog.editing import Edit
from app.people import accounts, tokens
from app.people.authors import SYSTEM
from app.people.viewer import signed_in
from app.station import Station
from tests.web.hands import Browser, one, soup

SECRET = "---\naudience: members\n---\n# Caisse\n\n42 euros"


@pytest.fixture
def feed(member: Browser, site: Station) -> str:
    """Give the address of a private feed of Idris."""
    site.door.save(signed_in("Gare", SYSTEM, is_admin=True), Edit("caisse", SECRET, None, SYSTEM))
    made = member.post("/-/me", action="feed")
    return str(one(made, "#gc-new-feed")["value"]).removeprefix("http://localhost")


def key_of(feed: str) -> str:
    return feed.partition("key=")[2]


def test_it_shows_what_its_owner_may_read_and_is_for_nobody_elses_cache(browser: Browser, feed: str) -> None:
    response = browser.get(feed)

    assert response.status_code == 200 and "Caisse" in response.text
    assert response.headers["Cache-Control"] == "private, no-cache" and "noindex" in response.headers["X-Robots-Tag"]
    assert "Caisse" not in browser.get("/-/changes.atom").text
    assert browser.get(feed, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_the_names_of_entries_do_not_hold_the_key(browser: Browser, feed: str) -> None:
    tags = list(ElementTree.fromstring(browser.get(feed).text).iter())

    assert [tag.tag for tag in tags if key_of(feed) in (tag.text or "")] == []
    assert [tag.get("rel") for tag in tags if key_of(feed) in tag.get("href", "")] == ["self"]


def test_a_filter_goes_with_the_key(browser: Browser, feed: str) -> None:
    assert "Caisse" not in browser.get(f"{feed}&space=jardins").text


def test_the_key_signs_nobody_in_and_opens_no_other_address(browser: Browser, feed: str) -> None:
    key = key_of(feed)
    browser.get(feed)
    addresses = ("/caisse", "/-/changes", "/-/me", "/-/api/v1/changes", "/-/history/caisse", "/-/search?q=caisse&")
    told = [browser.get(f"{address}{'' if '?' in address else '?'}key={key}").text for address in addresses]
    by_header = browser.get("/-/api/v1/changes", headers={"Authorization": f"Bearer {key}"})

    assert not [text for text in told if "42 euros" in text or "Idris" in text]
    assert by_header.status_code == 401


def test_the_token_of_a_program_opens_no_feed(browser: Browser, member: Browser, feed: str, site: Station) -> None:
    with site.truth.begin() as connection:
        secret = tokens.make(connection, accounts.find_named(connection, "Idris").id, "x", may_write=True)
    response = browser.get(f"/-/changes.atom?key={secret}")

    assert response.status_code == 404 and "Caisse" not in response.text


def test_a_key_that_is_withdrawn_or_invented_opens_nothing(browser: Browser, member: Browser, feed: str) -> None:
    forms = soup(member.get("/-/me")).select("input[name=id]")
    member.post("/-/me", action="revoke", id=str(forms[0]["value"]))

    assert len(forms) == 1
    assert {browser.get(f"/-/changes.atom?key={key}").status_code for key in (key_of(feed), "x", "%00")} == {404}


def test_the_address_of_somebody_who_is_blocked_opens_nothing(
    browser: Browser, admin: Browser, feed: str, site: Station
) -> None:
    with site.truth.begin() as connection:
        accounts.block(connection, accounts.find_named(connection, "Idris"), is_blocked=True)

    assert browser.get(feed).status_code == 404


def test_the_address_is_shown_once_and_named_afterwards(member: Browser, feed: str) -> None:
    page = member.get("/-/me")

    assert key_of(feed) not in page.text
    assert "Latest changes" in page.text and "You have no key." in page.text
