"""What another service, or whoever speaks for it, cannot do: sign somebody in who did not sign in there, for us, now."""

import pytest
from flask import Flask

from app.people import accounts, sessions
from app.station import Station
from tests.web.hands import Browser, notices
from tests.web.openid_hands import VERIFIED, come, is_in, local, start
from tests.web.openid_server import CLIENT, Provider

pytestmark = pytest.mark.usefixtures("can_openid")


WRONG = [{"aud": "another-site"}, {"aud": "another-site", "azp": CLIENT}, {"iss": "https://evil.example"}, {"nonce": "x"},
         {"nonce": None}, {"exp": 1}, {"exp": None}, {"iat": 4_000_000_000}, {"sub": None}, {"aud": None},
         {"iss": None}, {"sub": ""}, {"sub": "idris\0"}, {"sub": "i" * 301}]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: str(wrong)[:40])
def test_a_token_that_is_not_for_this_site_and_moment_is_refused(
    idris: accounts.Account, browser: Browser, provider: Provider, wrong: dict[str, object]
) -> None:
    provider.claims |= VERIFIED
    provider.wrong = wrong
    response = come(browser, provider)

    assert response.status_code == 400 and not is_in(browser)
    assert notices(response) == ["You were not signed in there. Try again."]


@pytest.mark.parametrize(("alg", "key"), [("none", 0), ("HS256", 0), ("RS256", 2)])
def test_a_token_that_the_service_has_not_signed_is_refused(
    idris: accounts.Account, browser: Browser, provider: Provider, alg: str, key: int
) -> None:
    provider.claims |= VERIFIED
    provider.alg, provider.key = alg, key

    assert come(browser, provider).status_code == 400 and not is_in(browser)


def test_an_answer_is_good_once_and_in_the_browser_that_asked(
    app: Flask, idris: accounts.Account, browser: Browser, provider: Provider
) -> None:
    provider.claims |= VERIFIED
    address = local(provider.sign_in(start(browser)))
    other = Browser(app.test_client())
    stolen = other.get(address)
    laid = Browser(app.test_client())
    start(laid)
    crossed = laid.get(address)
    first, second = browser.get(address), browser.get(address)

    assert [response.status_code for response in (stolen, crossed, first, second)] == [400, 400, 303, 400]
    assert not is_in(other) and not is_in(laid)


def test_only_the_last_attempt_counts_and_the_cookie_does_not_grow(browser: Browser, provider: Provider) -> None:
    first = local(provider.sign_in(start(browser)))
    for _ in range(20):
        start(browser)

    assert browser.get(first).status_code == 400
    assert len(browser.client.get_cookie("session").value) < 1000


@pytest.mark.parametrize(
    "query", ["", "?state=x&code=y", "?error=access_denied&state=x", "?error=%3Cscript%3E&error_description=%3Cb%3E"]
)
def test_an_invented_answer_signs_nobody_in(browser: Browser, provider: Provider, query: str) -> None:
    response = browser.get(f"/-/signin/openid/back{query}")

    assert response.status_code == 400 and "<b>" not in response.text and not is_in(browser)


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_nobody_is_sent_to_another_site_afterwards(
    idris: accounts.Account, browser: Browser, provider: Provider, back: str
) -> None:
    provider.claims |= VERIFIED
    browser.get("/-/signin/openid", query_string={"back": back})
    response = browser.get(
        local(provider.sign_in(browser.get("/-/signin/openid", query_string={"back": back}).headers["Location"]))
    )

    assert response.headers["Location"] == "/-/signin/device?back=%2F"


def test_a_new_session_begins(idris: accounts.Account, browser: Browser, provider: Provider, site: Station) -> None:
    provider.claims |= VERIFIED
    address = local(provider.sign_in(start(browser)))
    before = browser.client.get_cookie("session").value
    browser.get(address)

    assert browser.client.get_cookie("session").value != before
    with site.truth.connect() as connection:
        assert len(sessions.list_sessions(connection, idris.id)) == 1


def test_who_is_blocked_stays_out(idris: accounts.Account, browser: Browser, provider: Provider, site: Station) -> None:
    with site.truth.begin() as connection:
        accounts.block(connection, idris, is_blocked=True)
    provider.claims |= VERIFIED

    assert come(browser, provider).status_code == 403 and not is_in(browser)
