"""Signing in by a link that works once, signing out, one's keys, the display of a device."""

import pytest
from flask import Flask

from app.people import accounts
from app.station import Station
from tests.web.hands import Browser, content, form, one, soup


@pytest.fixture
def link(site: Station) -> str:
    with site.truth.begin() as connection:
        return "/-/signin?token=" + accounts.make_link(connection, accounts.add(connection, "Nadia", is_admin=True).id)


def test_a_link_shows_one_button_and_pressing_it_signs_in(browser: Browser, link: str) -> None:
    page = browser.get(link)
    action = str(one(page, "main form")["action"])
    response = browser.post(action, **form(page, "main form"))

    assert page.status_code == 200 and len(soup(page).select("main button")) == 1
    assert (response.status_code, response.headers["Location"]) == (303, "/-/signin/device?back=%2F")
    assert "Nadia" in browser.get("/").text


def test_opening_a_link_does_not_use_it_up(browser: Browser, link: str) -> None:
    assert [browser.get(link).status_code for _ in range(3)] == [200] * 3
    assert browser.post("/-/signin", **form(browser.get(link), "main form")).status_code == 303


def test_a_link_works_once(app: Flask, browser: Browser, link: str) -> None:
    fields = form(browser.get(link), "main form")
    browser.post("/-/signin", **fields)
    other = Browser(app.test_client())

    assert other.get(link).status_code == 410
    assert other.post("/-/signin", **fields).status_code == 410
    assert "Nadia" not in other.get("/").text


@pytest.mark.parametrize("token", ["x", "' OR 1=1", "\0", "é" * 3000])
def test_an_invented_link_does_not_sign_in(browser: Browser, token: str) -> None:
    assert browser.get("/-/signin", query_string={"token": token}).status_code == 410
    assert browser.post("/-/signin", token=token).status_code == 410
    assert browser.post("/-/signin").status_code == 410


@pytest.mark.parametrize(
    "cookie", ["x", "", ".", "eyJfdXNlcl9pZCI6IjEueCJ9.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb", "é", "\x01"]
)
def test_a_forged_cookie_signs_nobody_in(admin: Browser, browser: Browser, cookie: str) -> None:
    response = browser.get(
        "/-/me", headers={"Cookie": f"session={cookie}".encode("latin-1", "replace").decode("latin-1")}
    )

    assert response.status_code == 403


def test_signing_out_forgets_what_the_browser_kept(admin: Browser) -> None:
    response = admin.post("/-/signout", sure="1")

    assert response.status_code == 303 and '"storage"' in response.headers["Clear-Site-Data"]
    assert admin.get("/-/me").status_code == 403


def test_pages_of_somebody_signed_in_are_not_kept_by_caches(admin: Browser) -> None:
    admin.write("a", "un\n")

    for address in ("/a", "/-/changes", "/-/me", "/-/admin/", "/-/edit/a"):
        assert "public" not in admin.get(address).headers["Cache-Control"], address


def test_a_key_is_made_shown_once_used_and_withdrawn(app: Flask, admin: Browser) -> None:
    page = admin.post("/-/me", action="create", name="mairie", may="write")
    secret = str(one(page, "#gc-new-key")["value"])
    headers = {"Authorization": f"Bearer {secret}"}
    assert secret not in admin.get("/-/me").text and "mairie" in admin.get("/-/me").text
    program = app.test_client()
    assert (
        program.put("/-/api/v1/pages/a", json={"text": "x"}, headers=headers | {"If-None-Match": "*"}).status_code
        == 201
    )
    fields = form(admin.get("/-/me"), "main ul form:has([name=id])")
    admin.post("/-/me", **fields)

    assert program.get("/-/api/v1/pages/a", headers=headers).status_code == 401


def test_a_key_that_only_reads_writes_nothing(app: Flask, admin: Browser) -> None:
    admin.write("a", "un\n")
    page = admin.post("/-/me", action="create", name="mairie", may="read")
    headers = {"Authorization": f"Bearer {one(page, '#gc-new-key')['value']}"}
    program = app.test_client()
    written = program.put("/-/api/v1/pages/a", json={"text": "deux\n"}, headers=headers | {"If-Match": "*"})

    assert program.get("/-/api/v1/pages/a", headers=headers).status_code == 200
    assert written.status_code == 403 and "un" in admin.get("/a").text


@pytest.mark.parametrize("address", ["/-/me", "/-/admin/site"])
def test_what_needs_a_sign_in_says_so(browser: Browser, address: str) -> None:
    response = browser.get(address)

    assert response.status_code == 403 and one(response, "main .lead").text
    assert browser.post(address).status_code == 403


def test_who_signs_in_reads_whom_to_ask_before_what_the_server_wants(browser: Browser) -> None:
    page = soup(browser.get("/-/signin"))
    command = page.select_one("main code")

    assert "ask the person who looks after this site" in page.select_one("main > p:not(.lead)").text
    assert command and command.text.startswith("gare login-link") and command.find_parent("details")


def test_ones_own_page_names_the_author_for_a_copy_of_the_pages(member: Browser, site: Station) -> None:
    with site.truth.connect() as connection:
        account = accounts.find_named(connection, "Idris")

    assert account and account.pseudonym in one(member.get("/-/me"), "main > p code").text


def test_the_display_of_a_device_is_kept(browser: Browser) -> None:
    browser.write("a", "un\n")
    browser.post("/-/display", theme="dark", text="larger", lang="fr", back="/a")
    page = one(browser.get("/a"), "html")

    assert (page["data-theme"], page["data-text"], page["lang"]) == ("dark", "larger", "fr")


@pytest.mark.parametrize("cookie", ["x.y.z", "...", "", "dark", "a" * 4000, "auto.normal.<b>", "é.é.é"])
def test_a_strange_display_counts_as_none(passer_by: Browser, cookie: str) -> None:
    passer_by.client.set_cookie("gare_display", cookie)
    page = one(passer_by.get("/-/display"), "html")

    assert page["data-theme"] in {"auto", "dark"} and page["data-text"] == "normal" and page["lang"] in {"fr", "en"}


def test_the_page_is_read_in_the_language_of_the_device(browser: Browser) -> None:
    browser.write("a", "mots\n")
    english = browser.get("/a")
    browser.post("/-/display", lang="fr")

    assert browser.get("/a").headers["ETag"] != english.headers["ETag"]
    assert content(browser.get("/a")).text == content(english).text
