"""A folder as one document, to be printed."""

import pytest

from app.shipped import content, demo
from app.station import Station
from app.web import booklet
from tests.web.hands import Browser, one, soup

CLOSED = "---\ntitle: Les clés\naudience: members\n---\n\nSous la pierre.\n"


def chapters(browser: Browser, address: str = "/-/booklet/jardins") -> list[str]:
    """Give the titles of the pages in a booklet."""
    return [head.text for head in soup(browser.get(address)).select("article > h2")]


def test_the_first_page_and_those_it_links_to_come_first_then_the_others_from_a_to_z(browser: Browser) -> None:
    browser.write("jardins/arrosage", "# Arrosage\n")
    browser.write("jardins/compost", "# Compost\n")
    browser.write("jardins/serre", "# Serre\n")
    browser.write("jardins/index", "# Jardins\n\n[[Serre]], [[nulle part]], [[Serre]]\n")

    assert chapters(browser) == ["Jardins", "Serre", "Arrosage", "Compost"]


def test_the_contents_lead_to_each_page(browser: Browser) -> None:
    browser.write("jardins/index", "# Jardins\n\n## Le sol\n")
    browser.write("jardins/serre", "# Serre\n\n## Le sol\n")
    page = soup(browser.get("/-/booklet/jardins"))
    heads = page.select("article > h2")

    assert [link["href"] for link in page.select("main nav a")] == [f"#{head['id']}" for head in heads]
    assert [link.text for link in page.select("main nav a")] == ["Jardins", "Serre"]


def test_what_the_reader_may_not_read_is_not_in_it(browser: Browser, admin: Browser) -> None:
    browser.write("jardins/serre", "# Serre\n")
    admin.write("jardins/cles", CLOSED)

    assert chapters(browser) == ["Serre"]
    assert chapters(admin) == ["Les clés", "Serre"]


def test_a_folder_of_which_one_may_read_nothing_is_as_one_that_is_not_there(browser: Browser, admin: Browser) -> None:
    admin.write("jardins/cles", CLOSED)
    closed, missing = (browser.get(f"/-/booklet/{folder}") for folder in ("jardins", "nulle-part"))

    assert closed.status_code == missing.status_code == 404
    assert one(closed, "main").text == one(missing, "main").text


def test_on_a_site_of_members_others_are_told_to_sign_in(site: Station, browser: Browser) -> None:
    site.store_settings(reading="members", writing="members")

    assert browser.get("/-/booklet/jardins").status_code == 403


def test_it_is_laid_out_for_a5_and_for_a4(browser: Browser) -> None:
    browser.write("jardins/serre", "# Serre\n")
    small, large = (browser.get(f"/-/booklet/jardins?paper={paper}") for paper in ("x", "a4"))

    assert "pages/a5" in small.text and "paper=a4" in small.text
    assert "pages/a5" not in large.text and "paper=a5" in large.text


def test_a_large_folder_is_cut_and_says_so(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booklet, "MOST", 1)
    browser.write("jardins/arrosage", "# Arrosage\n")
    browser.write("jardins/serre", "# Serre\n")

    assert chapters(browser) == ["Arrosage"]
    assert "Only the first 1 pages are here." in browser.get("/-/booklet/jardins").text


@pytest.mark.parametrize(("language", "folder"), [("fr", "aide"), ("en", "help")])
def test_the_help_is_one_booklet_of_all_its_pages(site: Station, browser: Browser, language: str, folder: str) -> None:
    demo.exchange(site.wiki, content.Content({}, {}), content.starter(language))
    pages = [path for path in content.starter(language).pages if path.startswith(f"{folder}/")]
    found = chapters(browser, f"/-/booklet/{folder}")

    assert len(found) == len(pages) == 6
    assert found[0] in {"Aide", "Help"} and found[-1] in {"Écrire", "Writing"}
    assert soup(browser.get(f"/{folder}/")).select(f"main a[href='/-/booklet/{folder}']")


def test_long_pages_beyond_the_room_are_told(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booklet, "MOST_LETTERS", 100)
    for name in ("a", "b", "c"):
        browser.write(f"cahier/{name}", f"Page {name} " + "mot " * 50)

    assert "Only the first 1 pages are here" in browser.get("/-/booklet/cahier").text


def test_pages_of_like_names_have_ids_of_their_own(browser: Browser) -> None:
    for path in ("cahier/a-b", "cahier/a/b"):
        browser.write(path, "## Titre\n\nmot")

    assert browser.get("/-/booklet/cahier").status_code == 200  # this browser refuses ids that are there twice
