"""Search index or catalog deleted or damaged under a running site: it stays up, says so in a sentence, and heals."""

import os
import shutil
from pathlib import Path

import pytest

from app.catalog.rebuild import remove_database
from app.jobs import follow_search, heal_catalog
from app.station import Station
from tests.web.hands import Browser, content, edit_address, errors, one, textarea


def damage(site: Station, how: str) -> None:
    file: Path = site.wiki.catalog.file
    site.wiki.catalog.close()  # else the file that is held open goes on to answer
    if how == "deleted":
        remove_database(file)
    elif how == "overwritten":
        file.write_bytes(os.urandom(20_000))
    else:
        os.truncate(file, 5_000)


@pytest.mark.parametrize("how", ["deleted", "overwritten", "cut"])
def test_a_damaged_catalog_leaves_pages_readable_and_heals(
    browser: Browser, admin: Browser, site: Station, how: str
) -> None:
    browser.write("jardins/compost", "# Le compost\n\nmots [[autre]]\n")
    browser.write("index", "accueil\n")
    admin.write("secret", "---\naudience: admins\n---\nZanzibar\n")
    damage(site, how)
    shown = {
        address: browser.get(address) for address in ("/", "/jardins/compost", "/secret", "/nulle-part", "/-/health")
    }
    lists = [
        browser.get(address)
        for address in ("/-/changes", "/-/pages", "/-/history/index", "/-/edit/index", "/-/wanted", "/sitemap.xml")
    ]

    assert shown["/"].status_code == 200 and "mots" in content(shown["/jardins/compost"]).text
    assert "Zanzibar" not in shown["/secret"].text and shown["/secret"].status_code in {404, 503}
    assert shown["/-/health"].json["status"] == "rebuilding"
    assert all(
        page.status_code == 503 and int(page.headers["Retry-After"]) > 0 and one(page, "main .lead").text
        for page in lists
    )
    heal_catalog(site.wiki)
    assert browser.get("/-/changes").status_code == 200 and browser.get("/-/health").json["status"] == "ok"
    assert content(browser.get("/jardins/compost")).select("a.missing")


@pytest.mark.parametrize("how", ["deleted", "overwritten"])
def test_a_save_during_damage_keeps_the_text(browser: Browser, site: Station, how: str) -> None:
    browser.write("a", "un\n")
    base, text = browser.base("a"), browser.typed("a")
    damage(site, how)
    response = browser.post(edit_address("a"), text=f"{text}mon texte\n", base=base, author="Zoé")
    assert response.status_code == 503
    assert "mon texte" in textarea(response) and errors(response)
    heal_catalog(site.wiki)
    again = browser.post(edit_address("a"), text=f"{text}mon texte\n", base=base, author="Zoé")

    assert again.status_code == 303 and "mon texte" in content(browser.get("/a")).text


def test_a_catalog_deleted_while_it_is_in_use_goes_unnoticed(browser: Browser, site: Station) -> None:
    browser.write("a", "un\n")
    remove_database(site.wiki.catalog.file)
    browser.write("b", "deux\n")
    assert browser.get("/a").status_code == browser.get("/b").status_code == 200
    heal_catalog(site.wiki)

    assert (
        browser.get("/a").status_code == browser.get("/b").status_code == browser.get("/-/history/b").status_code == 200
    )


@pytest.mark.parametrize("how", ["deleted", "overwritten"])
def test_a_damaged_search_index_answers_and_heals(browser: Browser, site: Station, how: str) -> None:
    browser.write("a", "# Betterave\n")
    follow_search(site.wiki)
    assert browser.search("betterave") == ["Betterave"]
    folder = site.config.instance / "search"
    if how == "deleted":
        shutil.rmtree(folder)
    else:
        for file in [file for file in folder.rglob("*") if file.is_file()]:
            file.write_bytes(b"garbage")
    assert browser.get("/-/search?q=betterave").status_code == 200
    browser.write("b", "# Betterave rouge\n")
    follow_search(site.wiki)

    assert sorted(browser.search("betterave")) == ["Betterave", "Betterave rouge"]


def test_lost_files_are_a_page_that_does_not_exist(browser: Browser, site: Station) -> None:
    import io

    browser.post("/-/files/a/", file=(io.BytesIO(b"mots"), "notes.txt"), author="Zoé")
    shutil.rmtree(site.config.instance / "files")

    assert browser.get("/-/files/a/notes.txt").status_code == 404
    assert browser.get("/-/files/a/").status_code == 200


def test_a_fault_that_nobody_foresaw_is_a_page_and_is_logged(
    browser: Browser, site: Station, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(type(site.door), "orphans", lambda *_: 1 / 0)
    response = browser.client.get("/-/orphans")

    assert response.status_code == 500 and one(response, "main .lead").text
    assert "ZeroDivisionError" in caplog.text and "ZeroDivisionError" not in response.text
