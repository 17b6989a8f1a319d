"""Hands for the tests of signing in through another service: from the button there and back."""

from werkzeug.test import TestResponse

from tests.web.hands import Browser, soup
from tests.web.openid_server import Provider

VERIFIED = {"email": "Idris@example.org", "email_verified": True}


def start(browser: Browser, back: str = "/-/changes") -> str:
    """Press the button of the sign-in page; gives where it leads."""
    (link,) = soup(browser.get("/-/signin", query_string={"back": back})).select("main a[href*='/signin/openid']")
    response = browser.get(str(link["href"]))
    assert response.status_code == 302 and response.headers["Cache-Control"] == "no-store"
    return response.headers["Location"]


def local(address: str) -> str:
    assert address.startswith("http://localhost/-/signin/openid/back?")
    return address.removeprefix("http://localhost")


def come(browser: Browser, provider: Provider, back: str = "/-/changes") -> TestResponse:
    return browser.get(local(provider.sign_in(start(browser, back))))


def is_in(browser: Browser) -> bool:
    return browser.get("/-/me").status_code == 200
