"""Which other sites may show lists of this one: set by an administrator, none at first."""

import pytest

from app.station import Station
from app.web.embedding import read_sites
from tests.web.hands import Browser, soup

PAGE = "/-/admin/embedding"


def test_only_administrators_choose(browser: Browser, member: Browser, admin: Browser, site: Station) -> None:
    assert [one.get(PAGE).status_code for one in (browser, member, admin)] == [403, 403, 200]
    assert member.post(PAGE, who="*").status_code == 403
    assert site.settings.get().embedding == ""


def test_what_was_chosen_is_shown_again(admin: Browser, site: Station) -> None:
    assert (
        admin.post(PAGE, who="some", sites="mairie.example\n\nHTTPS://Blog.example/\nmairie.example").status_code == 303
    )
    page = soup(admin.get(PAGE))

    assert site.settings.get().embedding == "https://mairie.example https://blog.example"
    assert page.select_one("input[checked]")["value"] == "some"
    assert page.select_one("textarea").get_text().split() == ["https://mairie.example", "https://blog.example"]
    assert "blog.example" in soup(admin.get("/-/admin/")).get_text()
    admin.post(PAGE, who="")
    assert site.settings.get().embedding == ""


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a b",
        "javascript:alert(1)",
        "https://a.example; script-src *",
        "'self'",
        "*",
        "https://a.example/path",
        "data:",
        "https://é.example",
    ],
)
def test_what_is_no_site_is_refused_with_the_cure(admin: Browser, site: Station, typed: str) -> None:
    answer = admin.post(PAGE, who="some", sites=f"mairie.example\n{typed}" if typed else "")

    assert answer.status_code == 400 and "Write one address of a site a line" in answer.text
    assert site.settings.get().embedding == ""


def test_sites_are_read_as_people_write_them() -> None:
    sites, wrong = read_sites(" Mairie.example/ \nhttp://localhost:8000\nhttps://*.commune.example\nnon non")

    assert sites == ["https://mairie.example", "http://localhost:8000", "https://*.commune.example"]
    assert wrong == ["non non"]
