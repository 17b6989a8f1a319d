"""A proxy that names who is signed in: believed when it is one of ours, followed as long as it names somebody."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete

from app.people import accounts, sessions
from app.people.tables import sessions as table
from app.station import Station
from app.web.trusted_header import SESSIONS, _is_among
from tests.web.hands import Browser, form, one, soup

SETTINGS = """
header_user = "Ynh-User"
header_email = "Ynh-User-Email"
header_name = "Ynh-User-Fullname"
header_proxies = "127.0.0.1, 10.1.0.0/16"
header_signout = "https://maison.example.org/yunohost/sso/?action=logout"
"""
IDRIS = {"Ynh-User": "idris", "Ynh-User-Email": "Idris@example.org"}
NEW = {
    "Ynh-User": "zoe",
    "Ynh-User-Email": "zoe@example.org",
    "Ynh-User-Fullname": "Zoé Été".encode().decode("latin-1"),
}


@pytest.fixture
def settings() -> str:
    """Give what the settings say beyond; a test that needs more says it by `parametrize`."""
    return ""


@pytest.fixture
def instance(instance: Path, settings: str) -> Path:
    with (instance / "gare.toml").open("a") as file:
        file.write(SETTINGS + settings)
    return instance


@pytest.fixture
def proxied(app: Flask, site: Station) -> Flask:
    """Give the application behind a proxy, with an account of Idris."""
    with site.truth.begin() as connection:
        accounts.add(connection, "Idris", is_admin=False, email="idris@example.org")
    return app


@pytest.fixture
def phone(proxied: Flask) -> Browser:
    return Browser(proxied.test_client())


def station_of(app: Flask) -> Station:
    station: Station = app.extensions["gare"]
    return station


def people(app: Flask) -> list[tuple[str, str | None]]:
    with station_of(app).truth.connect() as connection:
        return [(account.name, account.email) for account in accounts.list_all(connection)]


def devices(app: Flask, name: str = "Idris") -> int:
    with station_of(app).truth.connect() as connection:
        return len(sessions.list_sessions(connection, accounts.find_named(connection, name).id))


def test_whom_the_proxy_names_is_signed_in_and_stays_so_in_one_session(proxied: Flask, phone: Browser) -> None:
    shown = [phone.get("/-/me", headers=IDRIS) for _ in range(3)]

    assert {page.status_code for page in shown} == {200} and one(shown[0], "h1").text == "Idris"
    assert devices(proxied) == 1


def test_a_program_that_keeps_no_cookie_leaves_few_sessions_and_a_browser_stays(proxied: Flask, phone: Browser) -> None:
    phone.get("/-/me", headers=IDRIS | {"User-Agent": "Firefox"})
    for _ in range(SESSIONS + 5):
        assert proxied.test_client().get("/-/me", headers=IDRIS).status_code == 200

    assert devices(proxied) == SESSIONS + 2
    assert phone.get("/-/me", headers=IDRIS).status_code == 200 and devices(proxied) == SESSIONS + 2


def test_whom_it_names_no_more_is_out_at_once(proxied: Flask, phone: Browser) -> None:
    phone.get("/-/me", headers=IDRIS)

    assert phone.get("/-/me").status_code == 403
    assert devices(proxied) == 0


def test_when_it_names_another_person_that_one_is_signed_in(proxied: Flask, phone: Browser) -> None:
    with station_of(proxied).truth.begin() as connection:
        accounts.add(connection, "Ana", is_admin=False, email="ana@example.org")
    phone.get("/-/me", headers=IDRIS)
    page = phone.get("/-/me", headers={"Ynh-User": "ana", "Ynh-User-Email": "ana@example.org"})

    assert one(page, "h1").text == "Ana" and devices(proxied) == 0


@pytest.mark.parametrize("peer", ["192.0.2.7", "10.2.0.1", "", "::1", "127.0.0.2", "::ffff:192.0.2.7"])
def test_nobody_else_is_believed(phone: Browser, peer: str) -> None:
    assert phone.get("/-/me", headers=IDRIS, environ_base={"REMOTE_ADDR": peer}).status_code == 403


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.1.44.3", "::ffff:127.0.0.1"])
def test_each_of_the_proxies_is_believed(phone: Browser, peer: str) -> None:
    assert phone.get("/-/me", headers=IDRIS, environ_base={"REMOTE_ADDR": peer}).status_code == 200


def test_a_socket_is_believed_where_the_settings_say_so() -> None:
    assert _is_among("", "10.0.0.1, unix") and not _is_among("", "127.0.0.1, ::1") and not _is_among("unix", "unix")


def test_what_is_said_of_the_way_before_the_proxy_does_not_count(instance: Path, make_app: Callable[[], Flask]) -> None:
    with (instance / "gare.toml").open("a") as file:
        file.write("trusted_proxies = 1\nheader_new_accounts = true\n")
    app = make_app()
    said = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "localhost"}
    liar = Browser(app.test_client()).get("/-/me", headers=IDRIS | said, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    proxy = Browser(app.test_client()).get("/-/me", headers=IDRIS | said | {"X-Forwarded-For": "192.0.2.7"})

    assert (liar.status_code, proxy.status_code) == (403, 200)


def test_who_is_unknown_gets_no_account_unless_the_settings_say_so(proxied: Flask, phone: Browser) -> None:
    assert phone.get("/-/me", headers=NEW).status_code == 403
    assert people(proxied) == [("Idris", "idris@example.org")]


@pytest.mark.parametrize("settings", ["header_new_accounts = true\n"])
def test_who_is_unknown_gets_one_account_with_its_name_where_the_settings_say_so(app: Flask) -> None:
    for browser in (Browser(app.test_client()), Browser(app.test_client())):
        assert one(browser.get("/-/me", headers=NEW), "h1").text == "Zoé Été"

    assert people(app) == [("Zoé Été", "zoe@example.org")]


@pytest.mark.parametrize("settings", ["header_new_accounts = true\n"])
def test_two_people_of_one_name_look_different(app: Flask) -> None:
    with station_of(app).truth.begin() as connection:
        accounts.add(connection, "Zoe ete", is_admin=True)
    Browser(app.test_client()).get("/-/me", headers=NEW)

    assert [name for name, _ in people(app)] == ["Zoe ete", "Zoé Été 2"]


def test_an_account_is_known_by_its_first_name_there_whatever_its_address_becomes(
    proxied: Flask, phone: Browser
) -> None:
    phone.get("/-/me", headers=IDRIS)
    later = Browser(proxied.test_client()).get(
        "/-/me", headers={"Ynh-User": "idris", "Ynh-User-Email": "x@example.org"}
    )
    heir = Browser(proxied.test_client()).get("/-/me", headers=IDRIS | {"Ynh-User": "other"})

    assert one(later, "h1").text == "Idris" and heir.status_code == 403


def test_who_is_blocked_stays_out(proxied: Flask, phone: Browser) -> None:
    phone.get("/-/me", headers=IDRIS)
    with station_of(proxied).truth.begin() as connection:
        accounts.block(connection, accounts.find_named(connection, "Idris"), is_blocked=True)

    assert phone.get("/-/me", headers=IDRIS).status_code == 403


def test_a_session_that_has_ended_by_its_time_goes_on_and_its_forms_stay_good(proxied: Flask, phone: Browser) -> None:
    proof = form(phone.get("/-/me/password", headers=IDRIS), "main form")
    with station_of(proxied).truth.begin() as connection:
        connection.execute(delete(table))
    again = form(phone.get("/-/me/password", headers=IDRIS), "main form")
    with station_of(proxied).truth.begin() as connection:
        connection.execute(delete(table))
    sent = [
        phone.client.post("/-/signin/device", data=fields, headers=IDRIS | {"Origin": "http://localhost"})
        for fields in (proof, again)
    ]

    assert [response.status_code for response in sent] == [303, 303]


def test_a_form_from_another_site_is_refused_although_the_proxy_names_somebody(phone: Browser) -> None:
    page = phone.get("/-/me/password", headers=IDRIS)
    fields = form(page, "main form") | {"password": "quatre mots bien connus"}
    foreign = phone.client.post("/-/me/password", data=fields, headers=IDRIS | {"Origin": "http://evil.example"})
    bare = phone.client.post(
        "/-/me/password", data={"password": "quatre mots"}, headers=IDRIS | {"Origin": "http://localhost"}
    )

    assert (foreign.status_code, bare.status_code) == (403, 400)


def test_signing_out_leads_to_where_one_signs_out_of_the_proxy(proxied: Flask, phone: Browser) -> None:
    fields = form(phone.get("/-/me/password", headers=IDRIS), "form[action='/-/signout']")
    response = phone.client.post("/-/signout", data=fields, headers=IDRIS | {"Origin": "http://localhost"})
    link = soup(response).select_one("main a")

    assert response.status_code == 200 and devices(proxied) == 0
    assert link and link["href"] == "https://maison.example.org/yunohost/sso/?action=logout"
    assert response.headers["Refresh"] == f"0; url={link['href']}"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"' and "Idris" not in response.text


def test_who_signed_in_by_mail_keeps_the_session_and_signs_out_as_ever(proxied: Flask, phone: Browser) -> None:
    with station_of(proxied).truth.begin() as connection:
        secret = accounts.make_link(connection, accounts.find_named(connection, "Idris").id)
    phone.post("/-/signin", token=secret)

    assert phone.get("/-/me").status_code == 200
    assert phone.post("/-/signout", sure="1").status_code == 303


def test_pages_of_the_api_and_static_files_sign_nobody_in(proxied: Flask, phone: Browser) -> None:
    for address in ("/-/api/v1/pages", "/-/static/x/site.css", "/-/health"):
        assert "Set-Cookie" not in phone.get(address, headers=IDRIS).headers

    assert devices(proxied) == 0


@pytest.mark.parametrize("user", ["", " ", "\x7f", "i" * 400])
def test_a_name_that_is_none_signs_nobody_in(phone: Browser, user: str) -> None:
    assert phone.get("/-/me", headers=IDRIS | {"Ynh-User": user}).status_code == 403


@pytest.mark.parametrize("settings", ["header_new_accounts = true\n"])
def test_who_leaves_the_site_is_led_out_of_the_proxy_which_would_bring_them_back(app: Flask) -> None:
    browser = Browser(app.test_client())
    browser.get("/", headers=NEW)
    page = browser.get("/-/me/erase", headers=NEW)
    typed = form(page, "main form") | {"name": "Zoé Été"}
    done = browser.client.post("/-/me/erase", data=typed, headers=NEW | {"Origin": "http://localhost"})
    link = str(one(done, "main .actions a")["href"])

    assert "You sign out there next." in page.text
    assert done.headers["Refresh"] == f"0; url={link}" and link.startswith("https://maison.example.org/")
    assert people(app) == []


@pytest.mark.parametrize("settings", ["header_new_accounts = true\n"])
def test_who_leaves_a_site_whose_proxy_has_no_way_out_is_told_beforehand(
    instance: Path, make_app: Callable[[], Flask]
) -> None:
    file = instance / "gare.toml"
    file.write_text(re.sub('(?m)^header_signout = ".*"$', 'header_signout = ""', file.read_text()))
    browser = Browser(make_app().test_client())
    browser.get("/", headers=NEW)

    assert "Sign out there first" in browser.get("/-/me/erase", headers=NEW).text
