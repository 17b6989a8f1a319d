"""Who may change forms in the browser, and what is typed there to break them."""

import pytest
from flask import Flask

from app.catalog.editing import Edit
from app.forms.form import Form
from app.people.authors import SYSTEM
from app.people.viewer import signed_in
from app.station import Station
from app.wiki.store import Change
from tests.web.conftest import sign_in_again
from tests.web.hands import Browser, soup

OPERATOR = signed_in("x", "m-aaaaaaaa", is_admin=True)
FORM = """title: {fr: Trajet, en: Lift}
fields:
  - {name: title, type: text, label: {fr: Nom, en: Name}, required: yes}
  - {name: day, type: date, label: {fr: Jour, en: Day}}
  - {name: kind, type: choice, label: Genre, choices: [Aller, Retour]}
"""
STRANGE = (
    "\0",
    "\ud800".encode("utf-8", "surrogatepass"),
    "x" * 5000,
    "---\n",
    "&a *a !!x",
    "é\u2028: [",
    "{{7*7}}",
    "-" * 300,
)


@pytest.fixture
def lift(site: Station) -> Form:
    site.door.save(OPERATOR, Edit("_forms/lift", FORM, None, SYSTEM))
    return site.door.form(OPERATOR, "lift")


def names(site: Station) -> list[str]:
    return [one.name for one in site.door.form(OPERATOR, "lift").fields]


def test_the_text_editor_leads_to_the_builder_and_stays_there_for_asking(admin: Browser, lift: Form) -> None:
    assert admin.get("/-/edit/_forms/lift").headers["Location"].endswith("/-/forms/edit/lift")
    assert "title: {fr: Trajet" in admin.get("/-/edit/_forms/lift?text=1").text


@pytest.mark.parametrize(
    "address", ["/-/forms/", "/-/forms/new", "/-/forms/edit/lift", "/-/forms/add/lift", "/-/forms/question/lift/day",
                "/-/forms/settings/lift", "/-/forms/delete/lift"],
)  # fmt: skip
def test_forms_are_changed_by_those_who_look_after_pages(
    admin: Browser, member: Browser, browser: Browser, lift: Form, address: str
) -> None:
    assert [one.get(address).status_code for one in (admin, member, browser)] == [200, 403, 403]


def test_what_is_not_there_is_said(admin: Browser, lift: Form) -> None:
    missing = ("/-/forms/edit/nothing", "/-/forms/edit/..", "/-/forms/question/lift/nothing", "/-/forms/edit/A b")

    assert [admin.get(address).status_code for address in missing] == [404] * 4


def test_markup_in_questions_is_shown_as_words(admin: Browser, site: Station, lift: Form) -> None:
    evil = "<script>alert(1)</script>"
    admin.post("/-/forms/add/lift", label=evil, kind="choice", answers=f"{evil}\n<b>", help=evil, action="add")

    for address in ("/-/forms/edit/lift", f"/-/forms/question/lift/{names(site)[-1]}"):
        assert evil not in admin.get(address).text


def test_who_looks_after_a_group_makes_forms(app: Flask, admin: Browser, member: Browser, site: Station) -> None:
    admin.post("/-/groups/", name="jardin", title="Jardin", space="jardin", entry="open")
    member.post("/-/groups/jardin", action="join")
    person = str(soup(admin.get("/-/groups/jardin")).select_one("input[name=person]")["value"])  # type: ignore[index]
    admin.post("/-/groups/jardin", action="referent", person=person)
    sign_in_again(member, site, "Idris")
    response = member.post("/-/forms/new", title="Arrosage", submit="members")

    assert response.status_code == 303 and member.get("/-/forms/edit/arrosage").status_code == 200


def test_a_form_that_cannot_be_read_is_mended_by_hand(admin: Browser, site: Station) -> None:
    with site.wiki.store.writing() as writer:
        writer.commit([Change("_forms/broken.yaml", b"title: [")], author=SYSTEM, summary="")
    site.wiki.catch_up()

    assert admin.get("/-/forms/edit/broken").headers["Location"].endswith("/-/edit/_forms/broken?text=1")
    assert admin.get("/-/forms/").status_code == 200


@pytest.mark.parametrize("typed", STRANGE, ids=range(len(STRANGE)))
def test_strange_words_break_no_form(admin: Browser, site: Station, lift: Form, typed: str) -> None:
    for address in ("/-/forms/add/lift", "/-/forms/question/lift/kind", "/-/forms/settings/lift", "/-/forms/new"):
        fields = (
            "label",
            "help",
            "answers",
            "answers_en",
            "kind",
            "linked",
            "title",
            "title_rule",
            "folder",
            "only_if",
        )
        admin.post(address, **dict.fromkeys(fields, typed))
        admin.post(address, **dict.fromkeys(fields, typed) | {"kind": "choice", "title": "X", "label": "X"})

    assert admin.get("/-/forms/edit/lift").status_code in (200, 302)
    assert site.door.find_form(OPERATOR, "lift")


def test_what_was_typed_stays_after_the_session_has_ended(admin: Browser, lift: Form) -> None:
    admin.forget()
    response = admin.post("/-/forms/add/lift", label="Où déposer les gens ?", kind="text", action="add")

    assert response.status_code == 403 and "Où déposer les gens ?" in response.text


def test_an_e_mail_address_is_asked_for_members_so_that_no_page_holds_it(
    admin: Browser, lift: Form, site: Station
) -> None:
    admin.post("/-/forms/add/lift", label="Courriel", kind="email", action="add")
    field = site.door.form(OPERATOR, "lift").find("courriel")

    assert field and field.is_private and field.readers == "members"
