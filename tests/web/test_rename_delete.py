"""Renaming, deleting and bringing back through the web: every step can be taken back."""

import pytest

from app.station import Station
from tests.web.hands import Browser, content, errors, follow_search, form, notices, one, soup


def test_a_renamed_page_is_there_and_its_old_address_leads_to_it(browser: Browser) -> None:
    browser.write("compost", "# Compost\n")
    browser.write("index", "[[compost]]\n")
    fields = form(browser.get("/-/rename/compost"), "main form")
    response = browser.post("/-/rename/compost", **(fields | {"to": "jardins/terreau", "author": "Max"}))

    assert (response.status_code, response.headers["Location"]) == (303, "/jardins/terreau")
    assert notices(browser.get("/jardins/terreau"))
    assert browser.get("/compost").headers["Location"] == "/jardins/terreau?from=compost"
    assert content(browser.get("/")).select("a[href='/jardins/terreau']")


def test_the_form_says_how_many_links_will_be_repaired(browser: Browser) -> None:
    browser.write("a", "un\n")
    browser.write("b", "[[a]]\n")
    browser.write("c", "[[a]]\n")

    assert any("2 pages" in notice for notice in notices(browser.get("/-/rename/a")))


def test_a_folder_moves_when_asked(browser: Browser) -> None:
    browser.write("jardins/index", "# Jardins\n")
    browser.write("jardins/compost", "un\n")
    page = browser.get("/-/rename/jardins/index")
    assert "1 page" in one(page, "label[for=gc-field-with_folder]").text
    response = browser.post("/-/rename/jardins/index", to="potagers/", with_folder="1", author="Max")

    assert response.headers["Location"] == "/potagers/"
    assert browser.get("/potagers/compost").status_code == 200 and browser.get("/jardins/compost").status_code == 302


def test_a_form_with_faults_keeps_what_was_typed(browser: Browser) -> None:
    browser.write("a", "un\n")
    browser.write("b", "deux\n")
    for fields, code in (
        ({"to": "b", "author": "Max"}, 409),
        ({"to": "c", "author": " "}, 400),
        ({"to": "", "author": "Max"}, 400),
    ):
        response = browser.post("/-/rename/a", **fields)
        shown = form(response, "main form")
        assert response.status_code == code and errors(response)
        assert (shown["to"], shown["author"].strip()) == (fields["to"], fields["author"].strip())


def test_a_page_that_is_not_there_cannot_be_renamed_or_deleted(browser: Browser) -> None:
    for address in ("/-/rename/a", "/-/delete/a", "/-/links/a", "/-/undelete/a"):
        if "undelete" not in address:
            assert browser.get(address).status_code == 404
        if "links" not in address:
            assert browser.post(address, to="b", author="Max").status_code == 404


def test_a_deleted_page_says_so_and_comes_back(browser: Browser, site: Station) -> None:
    browser.write("a", "# Un titre\n\nbetterave\n")
    response = browser.post("/-/delete/a", author="Max")
    browser.get(response.headers["Location"])
    gone = browser.get("/a")
    follow_search(site)

    assert response.status_code == 303 and gone.status_code == 410
    assert "Max" in gone.text and "Un titre" in one(gone, "h1").text
    assert browser.search("betterave") == []
    fields = form(gone, "main form")
    back = browser.post(str(one(gone, "main form")["action"]), **(fields | {"author": "Zoé"}))
    assert (back.status_code, back.headers["Location"]) == (303, "/a")
    assert "betterave" in content(browser.get("/a")).text


def test_deleting_warns_of_links(browser: Browser) -> None:
    browser.write("a", "un\n")
    browser.write("b", "[[a]]\n")

    assert any("1 page" in notice for notice in notices(browser.get("/-/delete/a")))


def test_deleting_without_a_name_is_refused(browser: Browser) -> None:
    browser.write("a", "un\n")
    response = browser.post("/-/delete/a", author="")

    assert response.status_code == 400 and errors(response)
    assert browser.get("/a").status_code == 200


def test_undo_is_one_press_after_deleting(browser: Browser) -> None:
    browser.write("a", "un\n")
    page = browser.get(browser.post("/-/delete/a", author="Max").headers["Location"])
    browser.post(str(one(page, ".notice form")["action"]))

    assert browser.get("/a").status_code == 200
    assert "Max" in soup(browser.get("/-/history/a")).select("ol.line > li")[0].text


@pytest.mark.parametrize(
    ("address", "fields"), [("/-/rename/index", {"to": "ancien-accueil"}), ("/-/delete/index", {})]
)
def test_the_home_page_stays_where_it_is(browser: Browser, address: str, fields: dict[str, str]) -> None:
    browser.write("index", "# Accueil\n")
    response = browser.post(address, author="Max", **fields)

    assert response.status_code == 403
    assert browser.get("/").status_code == 200


def test_a_name_freed_by_a_rename_can_be_used_again(browser: Browser) -> None:
    browser.write("a", "un\n")
    browser.post("/-/rename/a", to="b", author="Max")
    browser.write("a", "deux\n")

    assert "deux" in content(browser.get("/a")).text and "un" in content(browser.get("/b")).text
