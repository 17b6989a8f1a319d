"""Asking to be in a group: who looks after it hears of it, who asked hears the answer; somebody always looks after."""

import pytest
from flask import Flask

from app.people import accounts, groups
from app.people.groups import Group
from app.station import Station
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser, errors, notices, one, soup
from tests.web.mailed import last_letter, letters

PAGE = "/-/groups/jardins"


@pytest.fixture
def people(app: Flask, site: Station, admin: Browser) -> dict[str, Browser]:
    """Give Rosa, who looks after the gardens, Mona, who is in them, and Zoé, who is not."""
    made = {name: sign_in(app, site, name, is_admin=False) for name in ("Rosa", "Mona", "Zoé")}
    with site.truth.begin() as connection:
        number = groups.add(connection, Group(0, "jardins", "Jardins", "jardins", is_open=False))
        for name in ("Nadia", *made):
            accounts.set_email(connection, account(site, name).id, f"{name[:2].lower()}@example.org")
        for name in ("Rosa", "Mona"):
            groups.enter(connection, number, account(site, name).id)
        groups.set_referent(connection, number, account(site, "Rosa").id, is_referent=True)
    sign_in_again(made["Rosa"], site, "Rosa")
    return made


def account(site: Station, name: str) -> accounts.Account:
    with site.truth.connect() as connection:
        found = accounts.find_named(connection, name)
    assert found
    return found


def do(browser: Browser, site: Station, action: str, person: str = ""):  # type: ignore[no-untyped-def]
    who = {"person": account(site, person).pseudonym} if person else {}
    return browser.post(PAGE, action=action, **who)


@pytest.mark.usefixtures("can_mail")
def test_who_looks_after_a_group_hears_once_that_somebody_asks(people: dict[str, Browser], site: Station) -> None:
    for _ in range(2):
        do(people["Zoé"], site, "join")

    assert [(letter.to, letter.path) for letter in letters(site)] == [("ro@example.org", PAGE)]


@pytest.mark.usefixtures("can_mail")
def test_where_nobody_looks_after_a_group_administrators_hear(
    people: dict[str, Browser], admin: Browser, site: Station
) -> None:
    do(admin, site, "no-referent", "Rosa")
    do(people["Zoé"], site, "join")

    assert [letter.to for letter in letters(site)] == ["na@example.org"]


@pytest.mark.usefixtures("can_mail")
@pytest.mark.parametrize(("answer", "words"), [("accept", "maintenant dans ce groupe"), ("remove", "refusée")])
def test_who_asked_hears_the_answer(people: dict[str, Browser], site: Station, answer: str, words: str) -> None:
    do(people["Zoé"], site, "join")
    do(people["Rosa"], site, answer, "Zoé")

    assert last_letter(site).to == "zo@example.org" and words in last_letter(site).text


def test_how_many_ask_stands_in_the_list_and_on_ones_own_page(people: dict[str, Browser], site: Station) -> None:
    do(people["Zoé"], site, "join")

    assert "1 person asks to be in it" in people["Rosa"].get("/-/groups/").text
    assert "1 person asks to be in a group" in people["Rosa"].get("/-/me").text
    assert not any("asks to be in" in people["Mona"].get(page).text for page in ("/-/groups/", "/-/me"))


@pytest.mark.parametrize(("action", "person"), [("leave", ""), ("no-referent", "Rosa"), ("remove", "Rosa")])
def test_the_last_one_who_looks_after_members_does_not_go_without_another(
    people: dict[str, Browser], site: Station, action: str, person: str
) -> None:
    refused = do(people["Rosa"], site, action, person)

    assert refused.status_code == 403 and "Share the care" in refused.text
    do(people["Rosa"], site, "referent", "Mona")
    assert do(people["Rosa"], site, action, person).status_code == 303


def test_who_steps_down_is_told_so(people: dict[str, Browser], site: Station) -> None:
    do(people["Rosa"], site, "referent", "Mona")
    do(people["Rosa"], site, "no-referent", "Rosa")

    assert "You do not look after the group any more." in people["Rosa"].get(PAGE).text


def test_an_alone_referent_may_leave(people: dict[str, Browser], site: Station) -> None:
    do(people["Rosa"], site, "remove", "Mona")

    assert do(people["Rosa"], site, "leave").status_code == 303
    assert "Nobody is in this group yet." in people["Rosa"].get(PAGE).text


def test_signing_in_beside_is_offered_only_where_it_is_allowed(
    people: dict[str, Browser], admin: Browser, site: Station
) -> None:
    do(admin, site, "add", "Nadia")
    offered = {link["href"] for link in soup(people["Rosa"].get(PAGE)).select("a[href^='/-/people/m-']")}

    assert offered == {f"/-/people/{account(site, 'Mona').pseudonym}"}


def test_from_the_group_one_finds_who_reads_its_folder_and_is_told_what_was_chosen(
    people: dict[str, Browser], admin: Browser, site: Station
) -> None:
    admin.write("jardins/index", "Bienvenue\n")
    link = one(people["Rosa"].get(PAGE), "a[href*='rights=1']")["href"].split("#")[0]
    editor = people["Rosa"].get(link)
    fields = {field["name"]: field.get("value", "") for field in soup(editor).select("form[data-editor] input[name]")}
    fields |= {"text": "Bienvenue\n", "head": "", "editors": "", "audience": "members", "action": "save"}
    saved = people["Rosa"].post("/-/edit/jardins/index", **fields)

    assert one(editor, "details[open] select[name=audience]") and "and all below it" in editor.text
    assert saved.status_code == 303, errors(saved)
    assert "Who reads this folder now: Members only." in " ".join(notices(people["Rosa"].get("/jardins/")))
    assert "and all below it" not in people["Rosa"].get("/-/edit/jardins/plan").text
