"""Where one is signed in: a device of one's own, a shared one, the list of them, signing out of one or everywhere."""

import pytest
from flask import Flask
from sqlalchemy import event

from app.people import accounts
from app.station import Station
from app.web.devices import name_device
from tests.web.conftest import sign_in
from tests.web.hands import Browser, form, notices, one, soup

PHONE = "Mozilla/5.0 (Linux; Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"


def again(app: Flask, site: Station, name: str) -> Browser:
    """Sign somebody in with another device."""
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, name)
        assert account
        secret = accounts.make_link(connection, account.id)
    browser = Browser(app.test_client())
    assert browser.post("/-/signin", {"User-Agent": PHONE}, token=secret).status_code == 303
    return browser


@pytest.mark.parametrize(("answer", "is_kept"), [("mine", True), ("shared", False), ("", False)])
def test_the_cookie_of_a_shared_computer_goes_with_its_window(member: Browser, answer: str, is_kept: bool) -> None:
    response = member.post("/-/signin/device", device=answer)
    cookie = next(value for name, value in response.headers if name == "Set-Cookie" and value.startswith("session="))

    assert ("Expires=" in cookie) == is_kept
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_the_cookie_is_not_sent_again_with_every_page(member: Browser) -> None:
    member.post("/-/signin/device", device="mine")
    member.get("/-/me")

    assert "Set-Cookie" not in member.get("/-/pages").headers


def test_until_one_has_said_whose_it_is_the_device_is_a_shared_one(member: Browser) -> None:
    before = one(member.get("/-/me"), "ul.rows p.aside").text
    member.post("/-/signin/device", device="mine")

    assert one(member.get("/-/me"), "ul.rows p.aside").text != before


def test_ones_own_page_lists_the_devices_and_marks_this_one(app: Flask, member: Browser, site: Station) -> None:
    again(app, site, "Idris")
    shown = soup(member.get("/-/me")).select("ul.rows li")

    assert len(shown) == 2
    assert [bool(entry.select(".badge")) for entry in shown].count(True) == 1
    assert any("Firefox · Android" in entry.text for entry in shown)


def test_another_device_is_signed_out_and_this_one_stays(app: Flask, member: Browser, site: Station) -> None:
    phone = again(app, site, "Idris")
    entry = next(entry for entry in soup(member.get("/-/me")).select("ul.rows li") if "Android" in entry.text)
    member.post("/-/me/devices", device=str(entry.select_one("input[name=device]")["value"]))

    assert phone.get("/-/me").status_code == 403
    assert notices(member.get("/-/me")) == ["This device is signed out."]


def test_signing_out_everywhere_ends_every_device_of_oneself_and_of_nobody_else(
    app: Flask, member: Browser, site: Station, admin: Browser
) -> None:
    phone = again(app, site, "Idris")
    response = member.post("/-/me/devices", device="all", sure="1")

    assert response.status_code == 303 and '"storage"' in response.headers["Clear-Site-Data"]
    assert [browser.get("/-/me").status_code for browser in (member, phone, admin)] == [403, 403, 200]


def test_nobody_signs_out_somebody_else(app: Flask, member: Browser, site: Station) -> None:
    other = sign_in(app, site, "Zora", is_admin=False)
    digest = one(member.get("/-/me"), "ul.rows input[name=device]")["value"]
    other.post("/-/me/devices", device=str(digest))

    assert member.get("/-/me").status_code == 200


def test_signing_out_leaves_the_other_devices(app: Flask, member: Browser, site: Station) -> None:
    phone = again(app, site, "Idris")
    member.post("/-/signout", sure="1")

    assert [browser.get("/-/me").status_code for browser in (member, phone)] == [403, 200]


def test_a_cookie_that_was_copied_is_of_no_use_after_signing_out(app: Flask, member: Browser) -> None:
    cookie = member.client.get_cookie("session")
    thief = Browser(app.test_client())
    thief.client.set_cookie("session", cookie.value)
    assert thief.get("/-/me").status_code == 200
    member.post("/-/signout", sure="1")

    assert thief.get("/-/me").status_code == 403


def test_signing_in_as_somebody_else_ends_what_was_before(app: Flask, member: Browser, site: Station) -> None:
    cookie = member.client.get_cookie("session")
    with site.truth.begin() as connection:
        secret = accounts.make_link(connection, accounts.add(connection, "Zora", is_admin=False).id)
    member.post("/-/signin", token=secret)
    thief = Browser(app.test_client())
    thief.client.set_cookie("session", cookie.value)

    assert "Zora" in member.get("/-/me").text
    assert thief.get("/-/me").status_code == 403


@pytest.mark.parametrize("address", ["/-/me/devices", "/-/me/password", "/-/me/email"])
def test_who_is_not_signed_in_changes_nothing(passer_by: Browser, address: str) -> None:
    assert passer_by.post(address, device="all", password="x" * 20, email="a@example.org").status_code == 403


def test_a_page_view_of_somebody_signed_in_asks_the_database_twice_at_once_and_writes_nothing(
    app: Flask, member: Browser, site: Station
) -> None:
    said: list[str] = []
    taken: list[object] = []
    member.get("/-/pages")
    event.listen(site.truth, "before_cursor_execute", lambda *all: said.append(str(all[2])))
    event.listen(site.truth, "checkout", lambda *all: taken.append(all[0]))
    member.get("/-/pages")

    assert len(taken) == 1
    assert len(said) <= 4 and not [one for one in said if not one.lstrip().startswith(("SELECT", "BEGIN"))]
    assert "BEGIN IMMEDIATE" not in said


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (PHONE, "Firefox · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge · Windows"),
        ("", ""),
        ("<script>", ""),
    ],
)  # fmt: skip
def test_a_device_is_named_in_a_few_words(agent: str, name: str) -> None:
    assert name_device(agent) == name


def test_whoever_could_not_come_back_is_asked_once_before_signing_out(member: Browser) -> None:
    for address, fields in (("/-/signout", {}), ("/-/me/devices", {"device": "all"})):
        asked = member.post(address, **fields)

        assert asked.status_code == 200
        assert soup(asked).select("main a[href='/-/me/email']")
    assert member.get("/-/me").status_code == 200
    assert member.post("/-/me/devices", **form(asked, "main form")).status_code == 303
    assert member.get("/-/me").status_code == 403


@pytest.mark.usefixtures("can_mail")
def test_whoever_has_an_address_signs_out_at_once(app: Flask, member: Browser, site: Station) -> None:
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, "Idris")
        assert account
        accounts.set_email(connection, account.id, "idris@example.org")

    assert "Without an e-mail address" not in member.get("/-/me").text
    assert member.post("/-/signout").status_code == 303


def test_without_an_address_nobody_is_told_that_none_is_needed(member: Browser) -> None:
    shown = member.get("/-/me").text

    assert "Without an e-mail address you cannot sign in again by yourself." in shown
    assert "need none" not in shown
    assert "You can always sign in by e-mail" not in member.get("/-/me/password").text
