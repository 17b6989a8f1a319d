"""What happened to a page: its versions, what changed, who wrote what, back to an older version."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.catalog.editing import Edit, save
from app.station import Station
from app.web.templates import when
from tests.web.hands import Browser, content, form, notices, one, soup


def versions(browser: Browser, path: str = "a") -> list[str]:
    return [item.text for item in soup(browser.get(f"/-/history/{path}")).select("ol.line > li")]


@pytest.fixture
def edited(browser: Browser) -> Browser:
    """Give a browser that wrote a page in three versions, the last under a new name."""
    browser.write("vieux", "---\nid: abcdefgh\n---\nun deux trois\n", author="Zoé")
    browser.write("vieux", "---\nid: abcdefgh\n---\nun quatre trois\n", author="Léa", summary="mieux dit")
    browser.post("/-/rename/vieux", to="a", author="Max")
    return browser


def test_history_names_everybody_through_a_rename(edited: Browser) -> None:
    shown = versions(edited)

    assert len(shown) == 3
    assert ["Max" in shown[0], "Léa" in shown[1], "Zoé" in shown[2]] == [True] * 3
    assert "mieux dit" in shown[1] and "“Vieux”" in shown[0]


def test_the_difference_to_the_version_before_marks_the_words(edited: Browser) -> None:
    link = [str(link["href"]) for link in soup(edited.get("/-/history/a")).select("a[href^='/-/diff/']")][1]
    page = edited.get(link)

    assert [mark.text for mark in soup(page).select("del mark")] == ["deux"]
    assert [mark.text for mark in soup(page).select("ins mark")] == ["quatre"]
    assert "Léa" in one(page, "p.lead").text and "1 word added, 1 word removed" in one(page, "p.lead").text


def test_any_two_versions_can_be_compared_in_either_order(edited: Browser) -> None:
    chosen = [str(option["value"]) for option in soup(edited.get("/-/history/a")).select("select[name=from] option")]
    one_way = edited.get("/-/diff/a", query_string={"from": chosen[-1], "to": chosen[0]})
    other_way = edited.get("/-/diff/a", query_string={"from": chosen[0], "to": chosen[-1]})

    assert (
        one_way.text.partition("<main")[2].partition("<footer")[0]
        == other_way.text.partition("<main")[2].partition("<footer")[0]
    )
    assert soup(one_way).select("ins mark")


def test_the_difference_of_the_first_version_is_to_nothing(browser: Browser) -> None:
    browser.write("a", "un\n")

    assert soup(browser.get("/-/diff/a")).select("ins") and not soup(browser.get("/-/diff/a")).select("del")


def test_an_old_version_is_shown_as_it_was(edited: Browser) -> None:
    link = [str(link["href"]) for link in soup(edited.get("/-/history/a")).select("a[href^='/-/version/']")][-1]
    page = edited.get(link)

    assert "un deux trois" in content(page).text
    assert soup(page).select("form[action='/-/restore/a']")


def test_an_old_version_comes_back_and_nothing_is_lost(edited: Browser) -> None:
    link = [str(link["href"]) for link in soup(edited.get("/-/history/a")).select("a[href^='/-/version/']")][-1]
    fields = form(edited.get(link), "form[action='/-/restore/a']")
    response = edited.post("/-/restore/a", **(fields | {"author": "Zoé"}))

    assert (response.status_code, response.headers["Location"]) == (303, "/a")
    page = edited.get("/a")
    assert "un deux trois" in content(page).text and notices(page)
    assert len(versions(edited)) == 4 and edited.get("/vieux").status_code == 302


def test_an_address_of_a_version_still_works_after_a_rename(browser: Browser) -> None:
    browser.write("a", "un\n")
    revision = browser.base("a")
    browser.post("/-/rename/a", to="b", author="Max")

    for address in ("/-/diff/a", "/-/version/a", "/-/source/a"):
        query = {"to": revision, "revision": revision}
        assert "un" in one(browser.get(address, query_string=query), "main").text


@pytest.mark.parametrize("revision", ["f" * 40, "x", "", "HEAD", "main", "../..", "--help", "\0", "é" * 500])
@pytest.mark.parametrize(
    "address", ["/-/diff/a?to=", "/-/diff/a?from=", "/-/version/a?revision=", "/-/source/a?revision="]
)
def test_an_invented_version_does_not_exist(passer_by: Browser, address: str, revision: str) -> None:
    if passer_by.get("/a").status_code == 404:
        passer_by.write("a", "un\n")
    name = address.partition("?")[2].rstrip("=")
    response = passer_by.get(address.partition("?")[0], query_string={name: revision})

    assert response.status_code == (404 if revision else 200)


def test_a_version_of_another_page_is_not_this_pages(browser: Browser) -> None:
    browser.write("b", "secret\n")
    revision = browser.base("b")
    browser.write("a", "un\n")

    assert browser.get("/-/version/a", query_string={"revision": revision}).status_code == 404


def test_the_bare_text_is_shown_byte_for_byte(admin: Browser, browser: Browser) -> None:
    text = "---\nid: abcdefgh\n---\n<b>&amp;</b>\n"
    admin.write("a", text)

    assert one(browser.get("/-/source/a"), "pre").text == text


def test_each_paragraph_has_its_writer(browser: Browser) -> None:
    browser.write("a", "---\nid: abcdefgh\n---\nPremier paragraphe.\n\nDeuxième paragraphe.\n", author="Zoé")
    browser.write("a", browser.typed("a").replace("Deuxième", "Second"), author="Léa")
    text = one(browser.get("/-/blame/a"), "main").text

    assert text.index("Zoé") < text.index("Second") and "Léa" in text


def test_the_history_of_a_deleted_page_can_be_read(browser: Browser) -> None:
    browser.write("a", "un\n")
    browser.post("/-/delete/a", author="Max")
    link = str(one(browser.get("/a"), "main a[href^='/-/history/']")["href"])

    assert [("Max" in version, "Zoé" in version) for version in versions(browser)] == [(True, False), (False, True)]
    old = [str(link["href"]) for link in soup(browser.get(link)).select("a[href^='/-/version/']")][-1]
    assert "un" in content(browser.get(old)).text


def test_a_long_history_is_turned_page_by_page(browser: Browser, site: Station) -> None:
    base = None
    for number in range(53):
        base = save(site.wiki, Edit("a", f"---\nid: abcdefgh\n---\n{number}\n", base, "m-nadiabcd")).revision
    first = browser.get("/-/history/a")
    second = browser.get(str(one(first, "a[rel=next]")["href"]))

    assert [len(soup(page).select("ol.line > li")) for page in (first, second)] == [50, 3]
    numbers = [item.text for item in soup(second).select("ol.line .links .hidden")]
    assert numbers[-1].rstrip().endswith(" 1") and not soup(second).select("a[rel=next]")


def test_addresses_of_the_past_are_not_for_search_engines(passer_by: Browser) -> None:
    passer_by.write("b", "un\n")
    for address in (
        "/-/history/b",
        "/-/diff/b",
        "/-/source/b",
        "/-/version/b",
        "/-/blame/b",
        "/-/search?q=x",
        "/-/search",
    ):
        response = passer_by.get(address)
        assert "noindex" in response.headers["X-Robots-Tag"], address


def test_a_difference_that_has_not_changed_is_answered_304(browser: Browser) -> None:
    browser.write("a", "un\n")
    tag = browser.get("/-/diff/a").headers["ETag"]

    assert browser.get("/-/diff/a", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "dimanche 1er mars 2020 à 0 h 30"), ("en", "Sunday 1 March 2020 at 12:30 AM")]
)
def test_a_moment_is_said_in_the_zone_of_the_site(make_app: Callable[[], Flask], lang: str, said: str) -> None:
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    app = make_app()
    moment = datetime(2020, 2, 29, 23, 30, tzinfo=UTC).astimezone(ZoneInfo("Europe/Paris"))
    with app.test_request_context("/", headers={"Cookie": f"gare_display=auto.normal.{lang}"}):
        assert when(moment).replace("\u00a0", " ").replace("\u202f", " ") == said.replace(" 1 mars", " 1 mars")
