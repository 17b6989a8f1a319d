"""Who may read and write what, over the web: what is closed shows nowhere, from one request to the next."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.people import tokens
from app.station import Station
from tests.web.hands import Browser, content, edit_address, follow_search, form, notices, soup

CLOSED = "---\ntitle: Trésor\naudience: admins\n---\n\nZanzibar [[perdu]] [[ouvert]]\n"


def test_a_closed_page_does_not_exist_for_others(admin: Browser, member: Browser, browser: Browser) -> None:
    admin.write("tresor", CLOSED)

    assert admin.get("/tresor").status_code == 200
    assert [one.get("/tresor").status_code for one in (member, browser)] == [404, 404]
    assert "Zanzibar" not in browser.get("/tresor").text


def test_a_page_for_members_is_read_by_members(admin: Browser, member: Browser, browser: Browser) -> None:
    admin.write("a", "---\naudience: members\n---\nmots\n")

    assert [one.get("/a").status_code for one in (admin, member, browser)] == [200, 200, 404]


@pytest.mark.parametrize(
    "address",
    ["/-/edit/", "/-/history/", "/-/diff/", "/-/source/", "/-/version/", "/-/blame/", "/-/links/", "/-/rename/",
     "/-/delete/", "/-/files/", "/-/api/v1/pages/", "/-/api/v1/history/"],
)  # fmt: skip
def test_no_tool_tells_of_a_closed_page(admin: Browser, browser: Browser, address: str) -> None:
    admin.write("tresor", CLOSED)
    response = browser.get(f"{address}tresor{'/' if 'files' in address else ''}")

    assert "Zanzibar" not in response.text and "Trésor" not in response.text
    assert response.status_code == (403 if address == "/-/edit/" else 404)  # a save says, too, that the place is closed


def test_closing_a_page_shows_at_once_everywhere(admin: Browser, browser: Browser, site: Station) -> None:
    browser.write("tresor", "---\ntitle: Trésor\n---\n\nZanzibar [[perdu]] [[ouvert]]\n")
    browser.write("ouvert", "Voir [[Trésor]].\n\n{{include page=tresor}}\n\n{{pages}}\n\n{{changes}}\n")
    follow_search(site)
    assert browser.search("zanzibar") == ["Trésor"]
    lists = ("/-/changes", "/-/changes.atom", "/-/pages", "/-/wanted", "/-/orphans", "/sitemap.xml", "/-/titles?q=tr",
             "/-/links/ouvert", "/ouvert", "/-/search?q=zanzibar", "/-/search?q=zanzibr", "/-/api/v1/pages",
             "/-/api/v1/changes", "/-/api/v1/search?q=zanzibar", "/-/new?title=tr")  # fmt: skip
    fields = form(admin.get(edit_address("tresor")), "form[data-editor]")
    admin.post(edit_address("tresor"), **(fields | {"head": f"{fields['head']}\naudience: admins"}))

    for address in lists:
        text = browser.get(address).text
        assert 'href="/tresor' not in text and "Zanzibar" not in text, address
        assert address == "/ouvert" or "Trésor" not in text, address
    assert browser.search("zanzibar") == []
    assert "/tresor" in admin.get("/-/pages").text


def test_a_link_to_a_closed_page_looks_as_one_to_a_missing_page(admin: Browser, browser: Browser) -> None:
    admin.write("tresor", CLOSED)
    browser.write("a", "[[Trésor]] [[tresor]]\n")

    assert len(content(browser.get("/a")).select("a.missing")) == 2
    assert len(content(admin.get("/a")).select("a.missing")) == 0


def test_closing_a_folder_closes_its_pages_and_files(admin: Browser, browser: Browser) -> None:
    browser.write("prive/a", "mots\n")
    browser.post("/-/files/prive/a/", file=(io.BytesIO(b"un"), "notes.txt"))
    assert browser.get("/-/files/prive/a/notes.txt").status_code == 200
    admin.write("prive/index", "---\naudience: members\n---\n")

    for address in ("/prive/a", "/prive/", "/prive", "/-/files/prive/a/", "/-/files/prive/a/notes.txt"):
        assert browser.get(address).status_code == 404, address


def test_a_deleted_closed_page_is_not_told_of(admin: Browser, browser: Browser) -> None:
    admin.write("tresor", CLOSED)
    admin.post("/-/delete/tresor")

    assert (admin.get("/tresor").status_code, browser.get("/tresor").status_code) == (410, 404)
    assert "Trésor" not in browser.get("/-/changes").text
    assert browser.post("/-/undelete/tresor", author="Zoé").status_code == 404


def test_a_closed_page_cannot_be_changed_by_who_may_not_read_it(admin: Browser, browser: Browser) -> None:
    admin.write("tresor", CLOSED)
    base = admin.base("tresor")
    before = admin.typed("tresor")
    answers = [
        browser.post(edit_address("tresor"), text="x", base=base, author="Zoé"),
        browser.post(edit_address("tresor"), text="x", base="", author="Zoé"),
        browser.post("/-/rename/tresor", to="x", author="Zoé"),
        browser.post("/-/delete/tresor", author="Zoé"),
        browser.post("/-/restore/tresor", revision=base, author="Zoé"),
        browser.post("/-/files/tresor/", file=(io.BytesIO(b"un"), "notes.txt")),
    ]

    assert all(answer.status_code in {403, 404} for answer in answers)
    assert all("Zanzibar" not in answer.text for answer in answers)
    assert admin.typed("tresor") == before


def test_others_keep_the_restricted_keys_and_are_told(admin: Browser, browser: Browser) -> None:
    admin.write("a", "---\naliases: [vieux]\n---\nun\n")
    fields = form(browser.get(edit_address("a")), "form[data-editor]")
    head = fields["head"].replace("vieux", "autre") + "\naudience: admins"
    browser.post(edit_address("a"), **(fields | {"head": head, "text": "deux\n", "author": "Zoé"}))
    page = browser.get("/a")

    assert page.status_code == 200 and "deux" in content(page).text
    assert any("aliases" in notice and "audience" in notice for notice in notices(page))
    assert browser.get("/vieux").status_code == 302 and browser.get("/autre").status_code == 404


def test_an_old_version_does_not_open_a_page_again(admin: Browser, browser: Browser) -> None:
    browser.write("a", "---\nid: abcdefgh\n---\nouvert\n")
    old = browser.base("a")
    admin.write("a", "---\nid: abcdefgh\naudience: admins\n---\nsecret\n")
    admin.post("/-/restore/a", revision=old)

    assert "ouvert" in content(admin.get("/a")).text
    assert browser.get("/a").status_code == 404


def test_a_folder_is_not_opened_by_moving_it_with_closed_pages_that_one_cannot_see(
    admin: Browser, browser: Browser
) -> None:
    admin.write("bureau/index", "---\naudience: admins\n---\n")
    admin.write("bureau/accueil", "---\naudience: public\n---\nouvert\n")
    admin.write("bureau/accueil/paie", "Zanzibar\n")
    response = browser.post("/-/rename/bureau/accueil", to="accueil", with_folder="1", author="Zoé")

    assert response.status_code in {303, 400, 403}
    for address in ("/accueil/paie", "/bureau/accueil/paie"):
        assert "Zanzibar" not in browser.get(address, follow_redirects=True).text


@pytest.fixture
def read_only(instance: Path, make_app: Callable[[], Flask]) -> Flask:
    with (instance / "gare.toml").open("a") as settings:
        settings.write("anonymous_editing = false\n")
    return make_app()


def test_a_site_can_be_read_only_for_those_who_are_not_signed_in(read_only: Flask) -> None:
    browser = Browser(read_only.test_client())
    posts = {
        "/-/edit/a": {"text": "x", "base": "", "author": "Zoé"}, "/-/rename/a": {"to": "b"},
        "/-/delete/a": {}, "/-/undelete/a": {}, "/-/restore/a": {"revision": "x"}, "/-/convert": {},
        "/-/files/a/": {"file": (io.BytesIO(b"x"), "x.txt")}, "/-/reattach/a?name=x.txt": {},
    }  # fmt: skip

    assert {browser.post(address, **fields).status_code for address, fields in posts.items()} <= {403, 404}
    assert browser.get("/-/edit/a").status_code == 403
    assert not soup(browser.get("/")).select("a[href^='/-/edit']")


def test_a_token_that_may_only_read_reads_for_its_owner(app: Flask, admin: Browser, site: Station) -> None:
    admin.write("tresor", CLOSED)
    with site.truth.begin() as connection:
        secret = tokens.make(connection, 1, "x", may_write=False)
    headers = {"Authorization": f"Bearer {secret}"}
    client = app.test_client()

    assert client.get("/-/api/v1/pages/tresor", headers=headers).status_code == 200
    refused = client.put("/-/api/v1/pages/x", json={"text": "x"}, headers=headers | {"If-None-Match": "*"})
    assert refused.status_code == 403
