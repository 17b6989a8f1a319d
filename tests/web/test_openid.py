"""Signing in through another service, against a small real one on this machine: who comes in, and who is known."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.people import accounts
from app.station import Station
from app.web.openid_service import label_of
from tests.web.hands import Browser, notices, one, soup
from tests.web.openid_hands import VERIFIED, come, is_in, local, start
from tests.web.openid_server import Provider

pytestmark = pytest.mark.usefixtures("can_openid")


@pytest.fixture
def makes_accounts(instance: Path) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write("openid_new_accounts = true\n")


def people(site: Station) -> list[tuple[str, str | None]]:
    with site.truth.connect() as connection:
        return [(account.name, account.email) for account in accounts.list_all(connection)]


def test_who_has_the_proved_address_comes_in_and_goes_where_he_wanted(
    idris: accounts.Account, browser: Browser, provider: Provider
) -> None:
    provider.claims |= VERIFIED
    response = come(browser, provider)

    assert response.status_code == 303
    assert response.headers["Location"] == "/-/signin/device?back=%2F-%2Fchanges"
    assert one(browser.get("/-/me"), "h1").text == "Idris"


def test_who_came_once_is_known_by_the_name_there_whatever_the_address_becomes(
    app: Flask, idris: accounts.Account, browser: Browser, provider: Provider
) -> None:
    provider.claims |= VERIFIED
    come(browser, provider)
    provider.claims |= {"email": "other@example.org"}
    again = Browser(app.test_client())
    come(again, provider)
    provider.claims = {"sub": "heir-of-the-address"} | VERIFIED
    heir = Browser(app.test_client())

    assert is_in(again)
    assert come(heir, provider).status_code == 403 and not is_in(heir)


@pytest.mark.parametrize(
    "said", [{"email_verified": False}, {"email_verified": None}, {"email_verified": "false"}, {"email": None}]
)
def test_an_address_that_is_not_proved_opens_nothing(
    idris: accounts.Account, browser: Browser, provider: Provider, said: dict[str, object]
) -> None:
    provider.claims |= VERIFIED | said
    response = come(browser, provider)

    assert response.status_code == 403 and not is_in(browser)
    assert notices(response) == ["Nobody here has your e-mail address of there. Ask for an invitation."]


def test_who_is_unknown_gets_no_account_unless_the_settings_say_so(
    browser: Browser, provider: Provider, site: Station
) -> None:
    provider.claims |= {"name": "Zoé"} | VERIFIED

    assert come(browser, provider).status_code == 403
    assert people(site) == []


@pytest.mark.usefixtures("makes_accounts")
def test_who_is_unknown_gets_one_where_the_settings_say_so(
    app: Flask, browser: Browser, provider: Provider, site: Station
) -> None:
    provider.claims |= {"name": "Zoé"} | VERIFIED
    for one_browser in (browser, Browser(app.test_client())):
        come(one_browser, provider)

    assert is_in(browser) and people(site) == [("Zoé", "Idris@example.org")]


@pytest.mark.usefixtures("makes_accounts")
def test_a_new_account_has_no_address_that_is_not_proved_nor_the_name_of_somebody(
    idris: accounts.Account, browser: Browser, provider: Provider, site: Station
) -> None:
    provider.claims |= {"preferred_username": "IDRIS", "email": "idris@example.org"}
    come(browser, provider)

    assert people(site) == [("Idris", "idris@example.org"), ("IDRIS 2", None)]


def test_what_the_token_does_not_say_is_asked_for(
    idris: accounts.Account, browser: Browser, provider: Provider
) -> None:
    provider.userinfo = {"sub": "idris-1"} | VERIFIED
    come(browser, provider)

    assert is_in(browser) and "/userinfo" in provider.asked


def test_what_is_said_of_another_person_does_not_count(
    idris: accounts.Account, browser: Browser, provider: Provider
) -> None:
    provider.userinfo = {"sub": "another"} | VERIFIED

    assert come(browser, provider).status_code == 403


def test_a_service_that_changes_its_key_is_asked_for_the_new_one(
    app: Flask, idris: accounts.Account, browser: Browser, provider: Provider
) -> None:
    provider.claims |= VERIFIED
    come(browser, provider)
    provider.key = 1
    other = Browser(app.test_client())
    come(other, provider)

    assert is_in(other) and provider.asked.count("/.well-known/openid-configuration") == 1


def test_a_service_that_is_away_or_speaks_nonsense_is_said_in_words(
    browser: Browser, provider: Provider, idris: accounts.Account
) -> None:
    provider.is_broken = True
    before = browser.get("/-/signin/openid")
    provider.is_broken = False
    provider.claims |= VERIFIED
    address = local(provider.sign_in(start(browser)))
    provider.is_broken = True
    after = browser.get(address)

    assert before.status_code == 503 and "does not answer" in before.text
    assert after.status_code in {400, 503} and not is_in(browser)


def test_a_service_that_takes_too_long_is_not_waited_for(
    browser: Browser, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.openid_service.SECONDS", 0.1)
    provider.delay = 0.5

    assert browser.get("/-/signin/openid").status_code == 503


def test_a_service_that_names_another_issuer_is_refused(browser: Browser, provider: Provider) -> None:
    provider.metadata = {"issuer": "https://evil.example"}

    assert browser.get("/-/signin/openid").status_code == 503


def test_a_service_that_wants_the_secret_in_the_form_gets_it_there(
    idris: accounts.Account, browser: Browser, provider: Provider
) -> None:
    provider.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    provider.claims |= VERIFIED
    come(browser, provider)

    assert is_in(browser)


def test_the_host_that_is_asked_for_does_not_choose_where_people_come_back_to(browser: Browser) -> None:
    elsewhere = {"base_url": "http://evil.example"}

    assert browser.get("/-/signin/openid", **elsewhere).status_code == 403
    assert "/signin/openid" not in browser.get("/-/signin", **elsewhere).text


def test_the_button_names_the_service(browser: Browser, provider: Provider) -> None:
    assert "Sign in with Nuage" in browser.get("/-/signin").text
    assert provider.asked == []


def test_the_host_of_the_service_stands_where_it_has_no_name(site: Station) -> None:
    assert label_of(replace(site.config, openid_label="")) == "127.0.0.1"
    assert label_of(replace(site.config, openid_issuer="")) == ""


def services(browser: Browser) -> list[str]:
    return [str(found["value"]) for found in soup(browser.get("/-/me")).select("form[action$=services] input[name=id]")]


def test_a_service_is_listed_on_ones_own_page_and_removed_there(
    idris: accounts.Account, browser: Browser, provider: Provider
) -> None:
    provider.claims |= VERIFIED
    come(browser, provider)
    page = browser.get("/-/me")
    (number,) = services(browser)
    removed = browser.post("/-/me/services", id=number)

    assert "Nuage" in one(page, "li:has([name=id])").text
    assert removed.status_code == 303 and "This service is removed." in notices(browser.get("/-/me"))
    assert services(browser) == []
    assert browser.post("/-/me/services", id=number).status_code == 404


def test_nobody_removes_the_service_of_another(
    idris: accounts.Account, browser: Browser, admin: Browser, provider: Provider
) -> None:
    provider.claims |= VERIFIED
    come(browser, provider)
    (number,) = services(browser)
    with_password = admin.post("/-/me/password", password="quatre mots bien connus")

    assert with_password.status_code == 303 and admin.post("/-/me/services", id=number).status_code == 404
    assert services(browser) == [number]


@pytest.mark.usefixtures("makes_accounts")
def test_who_has_no_other_way_in_keeps_the_service(browser: Browser, provider: Provider) -> None:
    come(browser, provider)
    (number,) = services(browser)
    refused = browser.post("/-/me/services", id=number)

    assert refused.status_code == 403 and "First choose a password" in refused.text
    assert services(browser) == [number]
