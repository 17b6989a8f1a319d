"""Under a sub-path and behind a proxy: every link, form, redirect and feed stays below the prefix."""

import io
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.station import Station
from tests.web.hands import Browser, follow_search, one, soup

ROOT = "/wiki"


class Below(FlaskClient):
    """Asks as a server does that mounts the site below a prefix."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("environ_overrides", {})["SCRIPT_NAME"] = ROOT
        return super().open(*args, **kwargs)


@pytest.fixture
def below(app: Flask) -> Browser:
    browser = Browser(Below(app, app.response_class))
    browser.write(
        "jardins/compost",
        "---\ntitle: Compost\n---\n\n## Un\n\n## Deux\n\n## Trois\n\n[[perdu]] ![p](compost.files/p.png)\n",
    )
    browser.write(
        "index",
        "[[Compost]] [x](/jardins/compost) [y](/-/changes)\n\n{{pages}}\n\n{{changes}}\n\n{{include page=Compost}}\n",
    )
    return browser


def targets(browser: Browser, address: str) -> Iterator[str]:
    page = soup(browser.get(address))
    for name in ("href", "src", "action", "formaction"):
        yield from (str(tag[name]) for tag in page.select(f"[{name}]"))


@pytest.mark.parametrize(
    "address",
    ["/", "/jardins/compost", "/jardins/", "/nulle-part", "/-/edit/index", "/-/edit/jardins/compost?section=1", "/-/new", "/-/history/index",
     "/-/diff/index", "/-/source/index", "/-/version/index", "/-/blame/index", "/-/rename/index", "/-/delete/index", "/-/files/index/",
     "/-/links/jardins/compost", "/-/changes", "/-/pages", "/-/wanted", "/-/orphans", "/-/search?q=compost", "/-/search", "/-/display",
     "/-/signin", "/-/me"],
)  # fmt: skip
def test_every_link_and_form_stays_below_the_prefix(below: Browser, site: Station, address: str) -> None:
    follow_search(site)
    found = [target for target in targets(below, address) if not target.startswith(("#", "?"))]

    assert found and [target for target in found if not target.startswith(f"{ROOT}/")] == []


def test_redirects_stay_below_the_prefix(below: Browser) -> None:
    answers = [
        below.get("/jardins"), below.get("/index"), below.get("/Jardins/compost"), below.get("/compost"), below.get("/-/files/index"),
        below.post("/-/edit/a", text="x", base="", author="Zoé"), below.post("/-/rename/a", to="b", author="Zoé"),
        below.post("/-/delete/b", author="Zoé"), below.post("/-/undelete/b", author="Zoé"), below.post("/-/new", title="Neuf", anyway="1"),
        below.post("/-/display"), below.post("/-/display", back=f"{ROOT}/jardins/"), below.post("/-/signout", sure="1"),
        below.post("/-/files/index/", file=(io.BytesIO(b"x"), "x.txt"), author="Zoé"),
    ]  # fmt: skip

    places = [
        answer.headers["Location"].removeprefix("http://localhost") for answer in answers if answer.status_code != 200
    ]
    assert len(places) >= 12 and [place for place in places if not place.startswith(f"{ROOT}/")] == []


def test_the_display_form_leads_back_to_the_page_it_was_opened_from(below: Browser) -> None:
    link = next(target for target in targets(below, "/jardins/compost") if "/-/display" in target)
    page = below.get(link.removeprefix(ROOT))
    back = str(one(page, "input[name=back]")["value"])

    assert below.post("/-/display", back=back).headers["Location"] == f"{ROOT}/jardins/compost"


def test_a_sign_in_link_works_below_the_prefix(below: Browser, site: Station) -> None:
    from app.people import accounts

    with site.truth.begin() as connection:
        secret = accounts.make_link(connection, accounts.add(connection, "Nadia", is_admin=True).id)
    action = str(one(below.get(f"/-/signin?token={secret}"), "main form")["action"])
    assert action.startswith(f"{ROOT}/-/signin")

    assert (
        below.post(action.removeprefix(ROOT), token=secret).headers["Location"].startswith(f"{ROOT}/-/signin/device?")
    )


def test_feed_map_robots_and_api_name_the_prefix(below: Browser) -> None:
    places = [
        place.text for place in ET.fromstring(below.get("/sitemap.xml").data).iter() if place.tag.endswith("}loc")
    ]
    links = [
        link.get("href")
        for link in ET.fromstring(below.get("/-/changes.atom").data).iter()
        if link.tag.endswith("}link")
    ]

    assert places and links and all(str(place).startswith(f"http://localhost{ROOT}/") for place in [*places, *links])
    assert f"Disallow: {ROOT}/-/" in below.get("/robots.txt").text
    assert below.get("/-/api/v1/pages").json[0]["address"].startswith(f"http://localhost{ROOT}/")
    assert below.get("/-/titles?q=compost").json[0]["address"] == f"{ROOT}/jardins/compost"


def test_a_trusted_proxy_says_host_scheme_and_prefix(instance: Path, make_app: Callable[[], Flask]) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write("trusted_proxies = 1\nproxy_prefix = true\n")
    browser = Browser(make_app().test_client())
    said = {"X-Forwarded-Host": "vallee.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": ROOT}
    fields = {"text": "x", "base": "", "author": "Zoé"}
    response = browser.post("/-/edit/a", said | {"Origin": "https://vallee.example"}, **fields)

    assert (response.status_code, response.headers["Location"]) == (303, f"{ROOT}/a")
    assert "Secure" in response.headers["Set-Cookie"]
    assert f"https://vallee.example{ROOT}/a" in browser.get("/sitemap.xml", headers=said).text


def test_an_untrusted_proxy_is_not_believed(browser: Browser) -> None:
    said = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil"}

    assert "evil" not in browser.get("/sitemap.xml", headers=said).text + browser.get("/nulle-part", headers=said).text
