"""Names that cannot be: refused with a sentence wherever one may be typed; nothing is written, no text is lost."""

import re

import pytest
from flask import Flask

from app.station import Station
from tests.web.hands import Browser, edit_address, errors, one, soup, textarea

IMPOSSIBLE = (
    "../secret", "a/../b", "..", ".git/config", ".hidden", "a/.hidden", "a//b", "a\0b", "a\nb", "a\x7fb", "a\u202eb", "a\u200bb",
    "a.md", "a b", "a?b", "a#b", "a%b", "a\\b", "a:b", "a*b", "é" * 150, "x" * 300, "x/" * 13 + "x", "-", "_", "-/x", "static/x",
    "robots.txt", "git/x", "\u0301a", "…", "a@b", "💩", "\ufffd",
)  # fmt: skip


@pytest.fixture
def tip(shared_app: Flask) -> str | None:
    site: Station = shared_app.extensions["gare"]
    return site.wiki.store.tip()


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_page_cannot_be_written_under_an_impossible_name(
    passer_by: Browser, shared_app: Flask, tip: str, name: str
) -> None:
    response = passer_by.post(edit_address(name), text="mon texte\n", base="", author="Zoé")

    assert response.status_code in {400, 404, 308}
    assert shared_app.extensions["gare"].wiki.store.tip() == tip
    assert response.status_code != 400 or one(response, "main .lead").text.strip()


@pytest.mark.parametrize("name", [name for name in IMPOSSIBLE if not re.fullmatch(r"[\w ]+", name)])
def test_a_page_cannot_be_renamed_to_an_impossible_name(passer_by: Browser, name: str) -> None:
    if passer_by.get("/page-a-renommer").status_code == 404:
        passer_by.write("page-a-renommer", "un\n")
    response = passer_by.post("/-/rename/page-a-renommer", to=name, author="Zoé")

    assert response.status_code == 400
    assert len(errors(response)) == 1 and errors(response)[0]
    assert one(response, "input[name=author]")["value"] == "Zoé"
    assert passer_by.get("/page-a-renommer").status_code == 200


def test_words_with_blanks_become_an_address(passer_by: Browser) -> None:
    passer_by.write("brouillon", "un\n")

    assert passer_by.post("/-/rename/brouillon", to="jardins/4 décembre", author="Zoé").headers["Location"] == (
        "/jardins/4-decembre"
    )


@pytest.mark.parametrize("folder", ["../..", ".git", "-", "a//b", "x" * 300])
def test_a_new_page_cannot_be_put_into_an_impossible_folder(passer_by: Browser, folder: str) -> None:
    response = passer_by.post("/-/new", title="Compost", folder=folder)

    assert response.status_code == 400
    assert errors(response) and one(response, "input[name=title]")["value"] == "Compost"


@pytest.mark.parametrize("title", ["", "   ", "…", "💩", "///", "\u200b", "x" * 1000 + "/" * 10])
def test_a_title_needs_letters_and_becomes_a_name_of_good_length(passer_by: Browser, title: str) -> None:
    response = passer_by.post("/-/new", title=title, anyway="1")

    if any(char.isalnum() for char in title):
        assert response.status_code == 303 and len(response.headers["Location"].partition("?")[0]) < 250
    else:
        assert response.status_code == 400 and errors(response)


@pytest.mark.parametrize(
    "twin", ["Le-Compost", "le-cômpost", "le-co\u0302mpost", "LE-COMPOST", "le-compost/index", "le_compost"]
)
def test_a_twin_of_a_page_is_refused_and_the_text_kept(passer_by: Browser, twin: str) -> None:
    if passer_by.get("/le-compost").status_code == 404:
        passer_by.write("le-compost", "un\n")
    response = passer_by.post(edit_address(twin), text="mon texte\n", base="", author="Zoé")

    assert response.status_code == 409
    assert errors(response) and textarea(response) == "mon texte\n"
    assert len([link for link in soup(passer_by.get("/-/pages")).select(".rows a") if "ompost" in link.text]) == 1


def test_one_name_in_two_normal_forms_is_one_page(passer_by: Browser) -> None:
    passer_by.write("forêt-de-chênes", "un\n")

    assert passer_by.get("/fore\u0302t-de-che\u0302nes").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/-/history/", "/-/diff/", "/-/source/", "/-/version/", "/-/blame/", "/-/links/", "/-/rename/", "/-/delete/",
     "/-/files/", "/-/edit/", "/-/api/v1/pages/", "/-/api/v1/history/"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["nulle-part", "../secret", "a%00b", "%ff", "x" * 300, ".git/config", "a%2f..%2fb"])
def test_no_address_breaks_on_a_name(passer_by: Browser, address: str, name: str) -> None:
    assert passer_by.get(address + name).status_code in {200, 400, 404, 308}
