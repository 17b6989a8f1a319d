"""Whatever Host is asked for, no answer carries it to somebody else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.web.hands import Browser, one

TELLING = ("/-/changes.atom", "/sitemap.xml", "/robots.txt", "/-/api/v1/pages", "/-/api/v1/pages/a")
OTHER = "other.example"


def asked(browser: Browser, address: str, host: str, **headers: str):  # type: ignore[no-untyped-def]
    return browser.get(address, headers=headers, environ_overrides={"HTTP_HOST": host})


@pytest.fixture
def written(browser: Browser) -> Browser:
    browser.write("a", "un\n")
    return browser


@pytest.mark.parametrize(
    "host",
    ["a b", "a/b", 'a"><script>', "nadia@a", "a\\b", "a?b", "a#b", "a:b", "a,b", "é.fr", "[::1", "a\tb", ""],
)
@pytest.mark.parametrize("address", ["/", "/sitemap.xml", "/-/api/v1/pages"])
def test_what_is_no_name_of_a_host_is_refused(passer_by: Browser, address: str, host: str) -> None:
    answer = asked(passer_by, address, host)

    assert answer.status_code == 400
    assert answer.json["detail"] if "api" in address else one(answer, "main .lead").text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "host", ["localhost", "gare_app", "wiki.example.org", "WIKI.example.org:8080", "192.0.2.1:8000", "[::1]", "[2001:db8::1]:80", "xn--l-tga"]
)  # fmt: skip
def test_names_and_numbers_of_hosts_are_served(written: Browser, host: str) -> None:
    assert f"://{host.removesuffix(':80')}/a<" in asked(written, "/sitemap.xml", host).text


@pytest.mark.parametrize("address", TELLING)
def test_with_an_address_the_host_is_repeated_nowhere(
    instance: Path, make_app: Callable[[], Flask], address: str
) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write('address = "https://vallee.example"\n')
    browser = Browser(make_app().test_client())
    browser.write("a", "un\n")
    answer = asked(browser, address, OTHER)

    assert answer.status_code == 200
    assert "https://vallee.example/" in answer.text and OTHER not in answer.text


def test_with_an_address_any_host_is_served(instance: Path, make_app: Callable[[], Flask]) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write('address = "https://vallee.example"\n')

    assert asked(Browser(make_app().test_client()), "/-/health", "gare_backend").status_code == 200


@pytest.mark.parametrize("address", TELLING)
def test_what_repeats_the_host_is_not_for_shared_caches(written: Browser, address: str) -> None:
    first = asked(written, address, OTHER)
    again = asked(written, address, "localhost", **{"If-None-Match": first.headers.get("ETag", "")})

    assert OTHER in first.text
    assert "no-cache" in first.headers["Cache-Control"]
    # With the ETag of the other answer, a cache gets a new one, or may not have kept the other.
    assert again.status_code == 200 or "private" in first.headers["Cache-Control"]


@pytest.mark.parametrize(
    "address", ["/a", "/", "/-/changes", "/-/history/a", "/-/search?q=un", "/-/edit/a", "/-/pages"]
)
def test_no_page_repeats_the_host(written: Browser, address: str) -> None:
    assert OTHER not in asked(written, address, OTHER).text
