"""Lists over the whole wiki: changes by day with filters, all pages, wanted ones, orphans, links; feed and site map."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.people.tables import authors
from app.station import Station
from tests.web.hands import Browser, form, one, soup

ATOM = "{http://www.w3.org/2005/Atom}"


def changes(browser: Browser, query: str = "") -> list[str]:
    return [item.text for item in soup(browser.get(f"/-/changes?{query}")).select("ol.line > li")]


def test_changes_are_listed_by_day_the_newest_first(browser: Browser) -> None:
    browser.write("a", "un\n", author="Zoé")
    browser.write("b", "deux\n", author="Léa", summary="pourquoi pas")
    shown = changes(browser)

    assert ["Léa" in shown[0], "pourquoi pas" in shown[0], "Zoé" in shown[1]] == [True] * 3
    assert len(soup(browser.get("/-/changes")).select("h2.day")) == 1


def test_changes_are_narrowed_by_space_author_and_period(browser: Browser) -> None:
    browser.write("jardins/a", "un\n", author="Zoé")
    browser.write("b", "deux\n", author="Léa")

    assert len(changes(browser, "space=jardins")) == len(changes(browser, "author=ZOE")) == 1
    assert changes(browser, "author=nobody") == [] and len(changes(browser, "days=7")) == 2


@pytest.mark.parametrize("query", ["days=0", "days=x", "days=" + "9" * 40, "days=0000" + "7" * 40, "before=x", "before=" + "9" * 40,
                                   "before=0", "space=" + "x" * 999, "author=%00", "space=%25", "page=0", "page=99999", "page=-1"])  # fmt: skip
@pytest.mark.parametrize(
    "address", ["/-/changes", "/-/changes.atom", "/-/pages", "/-/wanted", "/-/orphans", "/-/search?q=x&"]
)
def test_a_strange_filter_breaks_nothing(passer_by: Browser, address: str, query: str) -> None:
    assert passer_by.get(f"{address}{'' if '?' in address else '?'}{query}").status_code == 200


def test_the_name_of_an_erased_member_is_shown_nowhere(browser: Browser, site: Station) -> None:
    browser.write("a", "un\n", author="Ghislaine")
    assert "Ghislaine" in browser.get("/a").text
    with site.truth.begin() as connection:
        connection.execute(authors.delete().where(authors.c.name == "Ghislaine"))
    site.stamp.touch()

    for address in (
        "/a",
        "/-/history/a",
        "/-/changes",
        "/-/diff/a",
        "/-/blame/a",
        "/-/changes.atom",
        "/-/api/v1/changes",
    ):
        response = browser.get(address)
        assert response.status_code == 200 and "Ghislaine" not in response.text


def test_a_deleted_page_is_told_of_with_a_way_back(browser: Browser) -> None:
    browser.write("a", "---\ntitle: Perdu\n---\nmots\n")
    response = browser.post("/-/delete/a", author="Zoé")
    page = browser.get(response.headers["Location"])
    assert form(page, ".notice form") == {}
    browser.post(str(one(page, ".notice form")["action"]))

    assert browser.get("/a").status_code == 200


def test_all_pages_are_listed_by_letter_without_regard_to_accents(browser: Browser) -> None:
    for title in ("Épicerie", "eau", "Zèbre", "9 mars"):
        browser.write(title.replace(" ", "-").casefold(), f"---\ntitle: {title}\n---\nmots\n")
    page = soup(browser.get("/-/pages"))

    assert [section.h2.text for section in page.select("section.letter")] == ["#", "E", "Z"]
    assert [link.text for link in page.select("section.letter a")] == ["9 mars", "eau", "Épicerie", "Zèbre"]


def test_the_pages_of_a_space_are_listed_alone(browser: Browser) -> None:
    browser.write("jardins/index", "# Les jardins\n")
    browser.write("jardins/compost", "un\n")
    browser.write("autre", "deux\n")
    page = browser.get("/-/pages?space=jardins")

    assert {str(link["href"]) for link in soup(page).select("section.letter a")} == {"/jardins/", "/jardins/compost"}
    assert one(page, "h1").text == "Les jardins"


def test_more_pages_than_fit_are_turned(browser: Browser, site: Station) -> None:
    from app.wiki.store import Change

    with site.wiki.store.writing() as writer:
        writer.commit([Change(f"p/{n:03}.md", b"x\n") for n in range(203)], author="m-nadiabcd", summary="")
    site.wiki.catch_up()
    first = browser.get("/-/pages")
    second = browser.get(str(one(first, "a[rel=next]")["href"]))

    assert [len(soup(page).select("section.letter li")) for page in (first, second)] == [200, 3]


def test_wanted_pages_say_who_wants_them(browser: Browser) -> None:
    browser.write("a", "[[Fête]] [[Fête]] [[rien/de/tel]]\n")
    browser.write("b", "[[fete]]\n")
    entries = soup(browser.get("/-/wanted")).select("ul.rows > li")

    assert "“Fête”" in entries[0].text and {str(link["href"]) for link in entries[0].select("p.aside a")} == {
        "/a",
        "/b",
    }
    assert all(
        browser.get(str(link["href"])).status_code == 200 for link in soup(browser.get("/-/wanted")).select("a.missing")
    )


def test_orphans_are_listed(browser: Browser) -> None:
    browser.write("a", "[[b]]\n")
    browser.write("b", "un\n")

    assert [link["href"] for link in soup(browser.get("/-/orphans")).select("ul.rows a")] == ["/a"]


def test_links_to_a_page_are_listed_with_their_words(browser: Browser) -> None:
    browser.write("b", "ici\n")
    browser.write("a", "[[b|le lieu]]\n")
    page = browser.get("/-/links/b")

    assert one(page, "ul.rows a")["href"] == "/a" and "le lieu" in page.text


def test_the_feed_is_valid_atom(browser: Browser) -> None:
    browser.write("a", '---\ntitle: "<b>&amp; ]]>"\n---\nmots\n', author="Zoé & <Léa>", summary="x < y & \x0b\ufffe 💩")
    response = browser.get("/-/changes.atom?author=%C3%A9")
    feed = ET.fromstring(browser.get("/-/changes.atom").data)

    assert response.mimetype == "application/atom+xml" and ET.fromstring(response.data) is not None
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    for element in (feed, entry):
        assert all(element.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert (
        entry.findtext(f"{ATOM}author/{ATOM}name") == "Zoé & <Léa>" and entry.findtext(f"{ATOM}title") == "<b>&amp; ]]>"
    )
    links = [str(link.get("href")) for link in feed.iter(f"{ATOM}link")]
    assert all(link.startswith("http://localhost/") for link in links)


def test_entries_of_the_feed_keep_their_identity(browser: Browser) -> None:
    browser.write("a", "un\n")
    before = [
        entry.findtext(f"{ATOM}id") for entry in ET.fromstring(browser.get("/-/changes.atom").data).iter(f"{ATOM}entry")
    ]
    browser.post("/-/rename/a", to="b", author="Max")
    after = [
        entry.findtext(f"{ATOM}id") for entry in ET.fromstring(browser.get("/-/changes.atom").data).iter(f"{ATOM}entry")
    ]

    assert len(set(after)) == 2 and before[0] in after


def test_feed_and_site_map_are_answered_304(browser: Browser) -> None:
    browser.write("a", "un\n")
    for address in ("/-/changes.atom", "/sitemap.xml"):
        tag = browser.get(address).headers["ETag"]
        assert browser.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_the_site_map_names_open_pages_only(admin: Browser, browser: Browser) -> None:
    browser.write("index", "accueil\n")
    browser.write("forêt", "un\n")
    browser.write("_templates/x", "un\n")
    admin.write("secret", "---\naudience: admins\n---\n")
    found = ET.fromstring(browser.get("/sitemap.xml").data)

    places = {str(place.text) for place in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert places == {"http://localhost/", "http://localhost/for%C3%AAt"}


def test_the_public_address_stands_in_feeds(instance: Path, make_app: Callable[[], Flask]) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write('address = "https://vallee.example/wiki"\n')
    browser = Browser(make_app().test_client())
    browser.post("/-/edit/a", {"Origin": "http://localhost"}, text="un\n", base="", author="Zoé")
    under = {"SCRIPT_NAME": "/wiki", "HTTP_HOST": "intern:8000"}
    found = ET.fromstring(browser.get("/sitemap.xml", environ_overrides=under).data)

    assert [place.text for place in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")] == [
        "https://vallee.example/wiki/a"
    ]


def test_robots_are_told_what_to_leave_alone(browser: Browser) -> None:
    text = browser.get("/robots.txt").text

    assert "Disallow: /-/" in text and "Sitemap: http://localhost/sitemap.xml" in text


def test_pages_that_move_together_are_one_change(browser: Browser) -> None:
    for name in ("index", "eau", "outils"):
        browser.write(f"jardins/{name}", f"# {name.capitalize()}\n\nmots\n")
    browser.post("/-/rename/jardins/index", to="vergers/index", with_folder="1", author="Zoé")

    moves = [line.text for line in soup(browser.get("/-/changes")).select("ol.line li") if "renamed" in line.text]
    assert len(moves) == 1 and "2 other pages moved with it." in moves[0]


def test_a_space_without_a_home_page_is_named_by_its_folder_in_words(browser: Browser) -> None:
    browser.write("fete-du-pain/four", "mots\n")

    assert "Fete du pain" in soup(browser.get("/-/pages")).get_text()
    assert "Fete du pain" in [option.text for option in soup(browser.get("/-/changes")).select("option")]
