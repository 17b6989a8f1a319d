"""What protects every answer and every form: headers, where forms come from, cookies, how often one may ask."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.people import accounts
from app.station import Station
from app.web.protection import asker
from tests.web.hands import Browser, edit_address, errors, one

EVIL = "https://evil.example"


@pytest.mark.parametrize("address", ["/", "/nulle-part", "/-/edit/a", "/-/static/x/site.css", "/-/health", "/robots.txt", "/-/api/v1/pages",
                                     "/-/api/v1/nothing", "/-/me", "/a//b", "/-/signin", "/-/changes.atom"])  # fmt: skip
def test_every_answer_is_protected_by_its_headers(passer_by: Browser, address: str) -> None:
    headers = passer_by.get(address).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy and "*" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"


def test_over_https_browsers_are_told_to_stay_there(passer_by: Browser) -> None:
    assert "Strict-Transport-Security" in passer_by.get("/", base_url="https://localhost").headers
    assert "Strict-Transport-Security" not in passer_by.get("/").headers


def test_mozilla_observatory_would_give_a_plus(app: Flask, site: Station) -> None:
    """By its scoring of 2026: nothing is taken off, and the extras for policy, frames, resources and referrer count."""
    with site.truth.begin() as connection:
        secret = accounts.make_link(connection, accounts.add(connection, "Nadia", is_admin=True).id)
    client = app.test_client()
    home = client.get("/-/signin", base_url="https://localhost")
    entered = client.post("/-/signin", data={"token": secret}, base_url="https://localhost")
    shown = client.post("/-/display", data={}, base_url="https://localhost")
    policy = dict(part.split(" ", 1) for part in home.headers["Content-Security-Policy"].split("; "))
    cookies = [cookie for one in (entered, shown) for cookie in one.headers.getlist("Set-Cookie")]

    assert policy["default-src"] == "'none'" and policy["script-src"] == policy["style-src"] == "'self'"
    assert {"frame-ancestors", "base-uri", "form-action"} <= policy.keys()
    assert int(home.headers["Strict-Transport-Security"].partition("=")[2]) >= 15_768_000  # six months
    assert home.headers["Cross-Origin-Resource-Policy"] == home.headers["Referrer-Policy"] == "same-origin"
    assert home.headers["X-Content-Type-Options"] == "nosniff" and "Access-Control-Allow-Origin" not in home.headers
    assert len(cookies) >= 1
    assert all("Secure" in one and "HttpOnly" in one and "SameSite=Lax" in one for one in cookies if "=;" not in one)


@pytest.mark.parametrize(
    "headers",
    [{"Origin": EVIL}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
     {"Origin": "http://localhost.evil.example"}, {"Origin": "http://localhost:9999"}],
)  # fmt: skip
@pytest.mark.parametrize("address", ["/-/edit/a", "/-/new", "/-/rename/a", "/-/delete/a", "/-/undelete/a", "/-/restore/a", "/-/files/a/", "/-/reattach/a",
                                     "/-/preview/a", "/-/convert", "/-/signin", "/-/signout", "/-/display", "/-/me", "/-/admin/site",
                                     "/-/comments/a", "/-/comment/1", "/-/comment/mine/x"])  # fmt: skip
def test_a_form_of_another_site_is_refused(passer_by: Browser, address: str, headers: dict[str, str]) -> None:
    assert passer_by.post(address, headers, text="x", author="Zoé").status_code == 403


@pytest.mark.parametrize("headers", [{"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}, {}])
def test_a_form_of_this_site_and_a_program_are_let_in(app: Flask, headers: dict[str, str]) -> None:
    client = app.test_client()
    response = client.post(edit_address("a"), data={"text": "x", "base": "", "author": "Zoé"}, headers=headers)

    assert response.status_code == 303


def test_a_form_of_the_configured_public_address_is_let_in(instance: Path, make_app: Callable[[], Flask]) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write('address = "https://vallee.example"\n')
    browser = Browser(make_app().test_client())

    fields = {"text": "x", "base": "", "author": "Zoé"}
    assert browser.post(edit_address("a"), {"Origin": "https://vallee.example"}, **fields).status_code == 303
    assert browser.post(edit_address("b"), {"Origin": EVIL}, **fields).status_code == 403


@pytest.mark.parametrize("address", ["/-/edit/a", "/-/delete/a", "/-/me", "/-/admin/site", "/-/signout", "/-/display"])
@pytest.mark.parametrize("token", [None, "", "x", "IjAi.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"])
def test_a_form_of_somebody_signed_in_needs_the_token(admin: Browser, address: str, token: str | None) -> None:
    data = {"text": "x", "base": ""} | ({} if token is None else {"csrf_token": token})
    response = admin.client.post(address, data=data, headers={"Origin": "http://localhost"})

    assert response.status_code == 400
    assert one(response, "main .lead, #gc-errors li").text  # an editor is shown again with its text


def test_a_form_of_somebody_signed_in_needs_an_origin(admin: Browser) -> None:
    data = {"text": "x", "base": ""} | admin._token()

    assert admin.client.post("/-/edit/a", data=data).status_code == 403
    assert (
        admin.client.post("/-/edit/a", data=data, headers={"Referer": "http://localhost/-/edit/a"}).status_code == 303
    )


@pytest.mark.parametrize("target", [EVIL, "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "javascript:alert(1)",
                                    "http:evil.example", "", "x", "/\n/evil.example", "https:///evil.example", "/%09/evil.example"])  # fmt: skip
def test_the_way_back_never_leaves_the_site(passer_by: Browser, target: str) -> None:
    response = passer_by.post("/-/display", back=target, theme="dark")
    where = response.headers["Location"]

    assert response.status_code == 302
    assert where.startswith("/") and not where.startswith("//") and "\\" not in where and "\t" not in where
    assert where in {"/", "/%09/evil.example", "/%2509/evil.example"}


def test_the_way_back_leads_back(passer_by: Browser) -> None:
    assert passer_by.post("/-/display", back="/jardins/?x=1").headers["Location"] == "/jardins/?x=1"


def test_only_forms_set_cookies(app: Flask) -> None:
    client = app.test_client()
    client.post(edit_address("a"), data={"text": "x", "base": "", "author": "Zoé"})
    stranger = app.test_client()
    for address in ("/a", "/-/edit/a", "/-/history/a", "/-/changes", "/-/search?q=x", "/-/signin", "/-/new", "/nulle-part", "/-/display",
                    "/-/files/a/", "/-/rename/a", "/-/delete/a", "/-/static/x/site.css"):  # fmt: skip
        response = stranger.get(address, buffered=True)
        assert "Set-Cookie" not in response.headers, address
        assert "csrf_token" not in response.text, address


def test_cookies_cannot_be_read_by_scripts_or_sent_by_other_sites(app: Flask, browser: Browser) -> None:
    response = browser.write("a", "un\n")
    cookies = response.headers.getlist("Set-Cookie") + browser.post("/-/display", theme="dark").headers.getlist(
        "Set-Cookie"
    )

    assert len(cookies) >= 2
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def limited(instance: Path, make_app: Callable[[], Flask], setting: str) -> Browser:
    with (instance / "gare.toml").open() as settings:
        kept = [line for line in settings if not line.startswith(setting.partition(" ")[0])]
    (instance / "gare.toml").write_text("".join(kept) + setting)
    return Browser(make_app().test_client())


@pytest.mark.parametrize("address", ["/-/history/a", "/-/diff/a", "/-/source/a", "/-/search?q=x", "/-/changes", "/-/changes.atom",
                                     "/-/api/v1/search?q=x", "/-/api/v1/history/a"])  # fmt: skip
def test_who_asks_too_often_for_what_is_dear_waits(instance: Path, make_app: Callable[[], Flask], address: str) -> None:
    browser = limited(instance, make_app, 'request_rate = "3 per minute"\n')
    browser.write("a", "un\n")
    codes = [browser.get(address).status_code for _ in range(4)]
    last = browser.get(address)

    assert codes == [200, 200, 200, 429] and int(last.headers["Retry-After"]) > 0
    assert last.json["detail"] if "api" in address else one(last, "main .lead").text
    assert browser.get("/a").status_code == 200  # pages are for everybody, always


def test_who_saves_too_often_waits_and_the_text_is_kept(instance: Path, make_app: Callable[[], Flask]) -> None:
    browser = limited(instance, make_app, 'write_rate = "2 per minute"\n')
    fields = {"base": "", "author": "Zoé"}
    codes = [browser.post(edit_address(name), text="x", **fields).status_code for name in "ab"]
    response = browser.post(edit_address("c"), text="mon texte", **fields)

    assert (codes, response.status_code) == ([303, 303], 429)
    assert "mon texte" in response.text and (errors(response) or one(response, "main .lead"))


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2:3::4", "2001:db8:1:2:9::5", True),
        ("2001:db8::1", "2001:db8::bbbb:2:3:4", True),
        ("2001:db8:0:1::5", "2001:db8:0:2::5", False),
        ("2a01::5:1:2:3:4", "2a01::6:1:2:3:4", False),
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("", "192.0.2.7", False),
    ],
)
def test_who_asks_is_known_by_the_first_half_of_a_long_address(app: Flask, one: str, other: str, is_same: bool) -> None:
    names = []
    for peer in (one, other):
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": peer}):
            names.append(asker())

    assert (names[0] == names[1]) == is_same


def test_limits_count_each_visitor_alone(instance: Path, make_app: Callable[[], Flask]) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write("trusted_proxies = 1\n")
    browser = limited(instance, make_app, 'request_rate = "2 per minute"\n')
    codes = [
        browser.get("/-/changes", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in (1, 1, 1, 2, 2, 2)
    ]

    assert codes == [200, 200, 429, 200, 200, 429]
