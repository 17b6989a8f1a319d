"""Whoever lets somebody else in beside them keeps nothing: not for long, and not when that person is given more."""

import time
from collections.abc import Callable

import pytest
from flask import Flask

from app.people import accounts, groups, tokens
from app.people.groups import Group
from app.people.sessions import LET_IN
from app.station import Station
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser, notices, one, soup

pytestmark = pytest.mark.usefixtures("can_mail")


def account(site: Station, name: str) -> accounts.Account:
    with site.truth.connect() as connection:
        found = accounts.find_named(connection, name)
    assert found
    return found


def let_in(app: Flask, by: Browser, site: Station, name: str) -> Browser:
    """Give a browser into which somebody lets another person in."""
    shown = by.post(f"/-/people/{account(site, name).pseudonym}/beside")
    phone = Browser(app.test_client())
    assert phone.post("/-/signin", token=str(one(shown, "#gc-link")["value"]).partition("=")[2]).status_code == 303
    return phone


def status(browser: Browser) -> int:
    return browser.get("/-/me").status_code


@pytest.fixture
def rosa(app: Flask, site: Station, member: Browser) -> Browser:
    """Give the browser of Rosa, who looks after the gardens; Idris is in them."""
    browser = sign_in(app, site, "Rosa", is_admin=False)
    with site.truth.begin() as connection:
        number = groups.add(connection, Group(0, "jardins", "Jardins", "jardins", is_open=True))
        groups.add(connection, Group(0, "fetes", "Fêtes", "fetes", is_open=False))
        for name in ("Rosa", "Idris"):
            groups.enter(connection, number, account(site, name).id)
        groups.set_referent(connection, number, account(site, "Rosa").id, is_referent=True)
    sign_in_again(browser, site, "Rosa")
    return browser


@pytest.fixture
def kept(app: Flask, rosa: Browser, site: Station) -> Browser:
    """Give a browser of Rosa's in which Idris is signed in."""
    return let_in(app, rosa, site, "Idris")


def test_it_ends_after_two_hours_and_nobody_is_asked_for_more(kept: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = kept.get("/-/signin/device")
    refused = kept.post("/-/signin/device", device="mine")
    before, now = status(kept), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 2 * 3600 + 1)

    assert (asked.status_code, refused.status_code, before, status(kept)) == (303, 403, 200, 403)


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/-/me", {"action": "create", "name": "x", "may": "write"}),
        ("/-/me", {"action": "feed"}),
        ("/-/me/password", {"password": "quatre mots bien connus"}),
        ("/-/me/email", {"email": "rosa@example.org"}),
        ("/-/me/services", {"id": "1"}),
        ("/-/me/erase", {"name": "Idris"}),
    ],
)
def test_nothing_is_made_that_lasts(kept: Browser, site: Station, address: str, fields: dict[str, str]) -> None:
    refused = kept.post(address, **fields)

    assert refused.status_code == 403 and LET_IN in soup(refused).text
    assert not account(site, "Idris").has_password
    with site.truth.connect() as connection:
        assert tokens.list_tokens(connection, account(site, "Idris").id) == []


def test_what_is_refused_is_not_offered(kept: Browser, member: Browser) -> None:
    page, own = soup(kept.get("/-/me")), soup(member.get("/-/me"))
    offers = "a[href='/-/me/password'], a[href='/-/me/email'], [value=create], [value=feed]"

    assert not page.select(offers) and len(own.select(offers)) == 4
    assert LET_IN in page.text and LET_IN not in own.text


@pytest.fixture
def key(site: Station, member: Browser) -> str:
    """Give a key of Idris."""
    with site.truth.begin() as connection:
        return tokens.make(connection, account(site, "Idris").id, "x", may_write=True)


def by_key(browser: Browser, key: str) -> int:
    return browser.client.get("/-/api/v1/pages", headers={"Authorization": f"Bearer {key}"}).status_code


def _administer(admin: Browser, idris: str) -> None:
    assert admin.post(f"/-/people/{idris}", action="admin").status_code == 303


def _look_after(admin: Browser, idris: str) -> None:
    assert admin.post("/-/groups/jardins", action="referent", person=idris).status_code == 303


@pytest.mark.parametrize("give", [_administer, _look_after])
def test_who_is_given_more_to_look_after_is_out_only_where_somebody_else_let_them_in(
    give: Callable[[Browser, str], None], admin: Browser, member: Browser, kept: Browser, key: str, site: Station
) -> None:
    before = [status(member), status(kept), by_key(kept, key)]
    give(admin, account(site, "Idris").pseudonym)

    assert before == [200] * 3
    assert [status(member), status(kept), by_key(kept, key)] == [200, 403, 200]


def test_who_is_taken_into_another_group_is_out_only_where_somebody_else_let_them_in(
    admin: Browser, member: Browser, kept: Browser, site: Station
) -> None:
    admin.post("/-/groups/fetes", action="add", person=account(site, "Idris").pseudonym)

    assert [status(kept), status(member)] == [403, 200]


def test_signing_out_everywhere_withdraws_the_keys_another_password_does_not(
    app: Flask, member: Browser, browser: Browser, key: str, site: Station
) -> None:
    member.post("/-/me/password", password="quatre mots bien connus")
    after_password = by_key(browser, key)
    member.post("/-/me/devices", device="all", sure="1")

    assert (after_password, by_key(browser, key)) == (200, 401)


def test_who_lets_oneself_in_may_stay(app: Flask, admin: Browser, site: Station) -> None:
    phone = let_in(app, admin, site, "Nadia")

    assert phone.get("/-/signin/device").status_code == 200
    assert phone.post("/-/signin/device", device="mine").status_code == 303


def test_who_was_let_in_and_lets_oneself_in_again_gains_nothing(app: Flask, admin: Browser, site: Station) -> None:
    sign_in(app, site, "Ada", is_admin=True)
    phone = let_in(app, let_in(app, admin, site, "Ada"), site, "Ada")
    said = notices(phone.get("/"))

    assert said == ["Welcome, Ada. You are signed in for two hours."]
    assert phone.post("/-/signin/device", device="mine").status_code == 403
