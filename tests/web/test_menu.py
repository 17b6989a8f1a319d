"""The main menu that an administrator types: good lines are shown, others are refused with the line and the right form."""

import pytest

from app.web.menu import read_menu
from tests.web.hands import Browser, errors, form, one, soup


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("Aide = aide", "aide"), ("Aide=/aide/", "aide"), ("Le compost = jardins/compost", "jardins/compost"),
        ("Accueil = /", "index"), ("Nouveautés = /-/changes", "-/changes"), ("  Été =  été  ", "été"),
    ],
)  # fmt: skip
def test_a_line_of_words_and_a_page_is_an_entry(line: str, path: str) -> None:
    assert read_menu(f"\n{line}\n\n") == (((line.partition("=")[0].strip(), path),), ())


@pytest.mark.parametrize(
    "line",
    ["Aide", "Aide =", "= aide", "=", "Aide : aide", "Forum = https://forum.example", "Aide = aide?x=1", "A = une page",
     "A = a//b", "A = -/changes?days=7", "A = javascript:alert(1)"],
)  # fmt: skip
def test_any_other_line_is_none(line: str) -> None:
    assert read_menu(f"Aide = aide\n{line}") == ((("Aide", "aide"),), (line,))


def test_a_wrong_line_is_named_and_what_was_typed_is_kept(admin: Browser) -> None:
    fields = form(admin.get("/-/admin/menu"), "main form") | {"menu": "Aide = aide\nForum : https://forum.example"}
    response = admin.post("/-/admin/menu", **fields)

    assert response.status_code == 400
    assert errors(response) == [
        "The line “Forum : https://forum.example” leads nowhere. Type it so: words = page."
    ]  # fmt: skip
    assert form(response, "main form")["menu"] == fields["menu"]
    assert not soup(admin.get("/")).select(".menu a")


def test_the_menu_is_shown_as_it_was_typed(admin: Browser) -> None:
    fields = form(admin.get("/-/admin/menu"), "main form") | {"menu": "Nouveautés = /-/changes\r\nAide = aide"}
    admin.post("/-/admin/menu", **fields)
    links = soup(admin.get("/-/pages")).select(".menu a")

    assert [(link.text, link["href"]) for link in links] == [("Nouveautés", "/-/changes"), ("Aide", "/aide")]


def test_control_characters_do_not_enter_the_settings(admin: Browser) -> None:
    named = admin.post(
        "/-/admin/site", **(form(admin.get("/-/admin/site"), "main form") | {"title": "La\0 vallée\x07"})
    )
    listed = admin.post("/-/admin/menu", menu="Ai\0de = aide\0")

    assert (named.status_code, listed.status_code) == (303, 303)
    assert form(admin.get("/-/admin/site"), "main form")["title"] == "La vallée"
    assert form(admin.get("/-/admin/menu"), "main form")["menu"] == "Aide = aide"
    assert one(admin.get("/-/admin/"), ".sign").text.strip() == "La vallée"
