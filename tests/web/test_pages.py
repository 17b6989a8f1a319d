"""Every address answers for what stands there: a page, a page that moved, a folder, a deleted page, nothing."""

import pytest
from flask import Flask

from app.catalog.moving import Rename, rename
from app.station import Station
from tests.web.hands import Browser, content, notices, one, soup


def test_the_home_page_of_a_new_site_invites_to_write_it(browser: Browser) -> None:
    response = browser.get("/")

    assert response.status_code == 404
    assert soup(response).select("a[href^='/-/new?']")


def test_a_page_is_shown_with_title_author_and_tools(browser: Browser) -> None:
    browser.write("jardins/compost", "# Le compost\n\nOn le retourne.\n")
    page = browser.get("/jardins/compost")

    assert one(page, "h1").text == "Le compost"
    assert "On le retourne." in content(page).text
    assert "Zoé" in one(page, ".page-foot").text
    assert soup(page).select("a[href='/-/edit/jardins/compost']")


def test_a_page_with_three_headings_has_a_table_of_contents(browser: Browser) -> None:
    browser.write("a", "## Un\n\n## Deux\n\n## Trois\n")

    links = {str(link["href"]) for link in soup(browser.get("/a")).select("a[href^='#']")}
    assert {"#un", "#deux", "#trois"} <= links


def test_a_folder_called_as_the_home_page_is_left_out_of_the_breadcrumbs(browser: Browser) -> None:
    browser.write("home/bench", "un banc")
    steps = [step.text.strip() for step in soup(browser.get("/home/bench")).select(".breadcrumbs li")]

    assert steps == ["Home", "Bench"]


def test_breadcrumbs_name_the_folders(browser: Browser) -> None:
    browser.write("jardins/index", "# Les jardins\n")
    browser.write("jardins/outils/beche", "une bêche\n")

    steps = [step.text.strip() for step in soup(browser.get("/jardins/outils/beche")).select(".breadcrumbs li")]
    assert steps[1:] == ["Les jardins", "Outils", "Beche"]


@pytest.mark.parametrize(
    ("asked", "code", "target"),
    [
        ("/jardins", 301, "/jardins/"),
        ("/jardins/index", 301, "/jardins/"),
        ("/index", 301, "/"),
        ("/Jardins/Compost", 301, "/jardins/compost"),
        ("/jardins/cômpost", 302, "/jardins/compost?from=jardins/c%C3%B4mpost"),
        ("/Terre-noire", 302, "/jardins/compost?from=Terre-noire"),
        ("/ancien-nom", 302, "/jardins/compost?from=ancien-nom"),
    ],
)
def test_other_names_of_a_page_lead_to_its_address(
    admin: Browser, browser: Browser, asked: str, code: int, target: str
) -> None:
    admin.write("index", "accueil\n")
    admin.write("jardins/index", "jardins\n")
    admin.write("jardins/compost", "---\ntitle: Terre noire\naliases: [Ancien nom]\n---\n")
    response = browser.get(asked)

    assert (response.status_code, response.headers["Location"].replace("%2F", "/")) == (code, target)


def test_a_renamed_page_says_what_it_was_called(browser: Browser, site: Station) -> None:
    browser.write("a", "un\n")
    rename(site.wiki, Rename("a", "b", "m-nadiabcd"))
    response = browser.get("/a", follow_redirects=True)

    assert response.request.path == "/b"
    assert any("“a”" in notice for notice in notices(response))


def test_a_folder_without_a_page_lists_what_is_in_it(browser: Browser) -> None:
    browser.write("jardins/compost", "un\n")

    for asked in ("/jardins", "/jardins/"):
        response = browser.get(asked)
        assert response.status_code == 200
        assert soup(response).select("main a[href='/jardins/compost']")


def test_a_missing_page_offers_to_be_written_and_similar_ones(browser: Browser) -> None:
    browser.write("jardins/compost-mur", "un\n")
    response = browser.get("/compost")

    assert response.status_code == 404
    assert soup(response).select("main a[href='/jardins/compost-mur']")
    assert soup(response).select("main a[href^='/-/new?path=compost']")


@pytest.mark.parametrize(
    "asked",
    ["/a//b", "/../etc/passwd", "/a/..%2f..%2fb", "/.git/config", "/a%00b", "/a%0ab", "/%ff%fe", "/x" * 13, "/" + "é" * 150,
     "/-", "/-/", "/-/nothing", "/static/x", "/a b", "/a.md", "/a\\b", "/%E2%80%AEa"],
)  # fmt: skip
def test_an_impossible_address_is_a_page_that_does_not_exist(browser: Browser, asked: str) -> None:
    response = browser.get(asked)

    assert response.status_code == 404
    assert one(response, "h1").text


def test_a_page_that_sends_on_is_followed(admin: Browser, browser: Browser) -> None:
    admin.write("b", "ici\n")
    admin.write("a", "---\nredirect: b\n---\n")
    response = browser.get("/a")

    assert (response.status_code, response.headers["Location"]) == (302, "/b?from=a&stay=1")


def test_pages_that_send_to_each_other_are_shown(admin: Browser, browser: Browser) -> None:
    admin.write("a", "---\nredirect: b\n---\n")
    admin.write("b", "---\nredirect: a\n---\n")

    assert browser.get("/a", follow_redirects=True).status_code == 200


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "/-/admin/", "nulle-part", "a"])
def test_a_page_sends_nowhere_but_to_pages(admin: Browser, browser: Browser, target: str) -> None:
    admin.write("a", f"---\nredirect: {target}\n---\n")
    response = browser.get("/a", follow_redirects=True)

    assert (response.status_code, response.request.host, response.request.path) == (200, "localhost", "/a")


def test_a_page_with_a_broken_head_shows_its_text_and_says_why(admin: Browser, browser: Browser) -> None:
    admin.write("a", "---\ntitle: un\ntitle: deux\n---\nLe texte\n")
    response = browser.get("/a")

    assert "Le texte" in content(response).text
    assert notices(response)
    assert "title: deux" in one(response, "details.source pre").text


def test_a_page_too_large_to_lay_out_is_shown_as_its_text(browser: Browser) -> None:
    browser.write("a", "*mot* " * 40_000 + "\n")
    response = browser.get("/a")

    assert notices(response)
    assert "*mot* *mot*" in content(response).text


def test_a_page_in_another_language_says_so(browser: Browser) -> None:
    browser.write("a", "---\nlang: de\ntitle: Garten\n---\nWorte\n")

    assert (one(browser.get("/a"), "h1")["lang"], content(browser.get("/a"))["lang"]) == ("de", "de")


@pytest.mark.parametrize("lang", ["1", 'x"y', "<b>", "é"])
def test_a_language_that_is_none_is_the_sites(browser: Browser, lang: str) -> None:
    browser.write("a", f"---\nlang: '{lang}'\n---\nwords\n")

    assert content(browser.get("/a"))["lang"] == "fr"


def test_a_page_that_has_not_changed_is_answered_304(browser: Browser) -> None:
    browser.write("a", "[[b]]\n")
    tag = browser.get("/a").headers["ETag"]

    response = browser.get("/a", headers={"If-None-Match": tag})
    assert (response.status_code, response.data, response.headers["ETag"]) == (304, b"", tag)


def test_a_page_changes_its_tag_when_a_page_that_it_names_is_written(browser: Browser) -> None:
    browser.write("a", "[[b]]\n")
    tag = browser.get("/a").headers["ETag"]
    browser.write("b", "enfin\n")

    response = browser.get("/a", headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert "missing" not in content(response).decode()


def test_each_reader_has_an_own_tag(browser: Browser, admin: Browser) -> None:
    browser.write("a", "un\n")

    tag = browser.get("/a").headers["ETag"]
    assert admin.get("/a", headers={"If-None-Match": tag}).status_code == 200
    assert admin.get("/a").headers["Cache-Control"].startswith("private")


def test_a_page_can_be_kept_by_a_cache_and_sets_no_cookie(app: Flask, browser: Browser) -> None:
    browser.write("a", "un\n")
    response = app.test_client().get("/a")

    assert response.headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in response.headers and "csrf" not in response.text


def test_head_answers_as_get_without_a_body(browser: Browser) -> None:
    browser.write("a", "un\n")
    response = browser.client.head("/a")

    assert (response.status_code, response.data) == (200, b"")
    assert response.headers["ETag"] == browser.get("/a").headers["ETag"]


def test_the_wrong_method_is_refused_with_a_page(browser: Browser) -> None:
    response = browser.post("/a")

    assert response.status_code == 405
    assert "GET" in response.headers["Allow"] and one(response, "h1").text


def test_health_tells_that_pages_can_be_read(browser: Browser) -> None:
    response = browser.get("/-/health")

    assert response.json == {"status": "ok", "version": "0.1.0"}
