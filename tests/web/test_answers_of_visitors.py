"""A neighbour without an account says “I come”: confirmed by a link, changed and taken back by the same link."""

import re
from pathlib import Path

import pytest

from app.answers.answer import About
from app.answers.reading import list_at
from app.station import Station
from tests.web.coming_hands import FULL, PATH, make_event, press, seen, visit
from tests.web.hands import Browser, errors, form, one, soup
from tests.web.mailed import last_letter, letters

ADDRESS = f"/-/answers/{PATH}"


@pytest.fixture(autouse=True)
def _mails_lead_here(instance: Path, can_mail: None) -> None:
    """Let mails go out that say where the site is."""
    with (instance / "gare.toml").open("a") as settings:
        settings.write('address = "http://localhost"\n')


def kept(site: Station, page_id: str) -> list[tuple[str, str, int, str]]:
    with site.truth.connect() as connection:
        return [(a.name, a.wish.value, a.wish.people, a.state) for a in list_at(connection, About(page_id))]


def arrive(browser: Browser, site: Station, name: str = "Zoé", email: str = "zoe@example.org", **more: str) -> str:
    """Answer and confirm; gives the private link."""
    visit(browser, site, name, email, **more)
    link = last_letter(site).path
    browser.post(link, action="confirm")
    return link


@pytest.fixture
def event(site: Station) -> str:
    return make_event(site, FULL)


def test_the_button_on_the_page_leads_to_a_form_that_asks_for_name_and_address(browser: Browser, event: str) -> None:
    link = one(browser.get(f"/{PATH}"), "section.coming a.button")
    fields = form(browser.get(str(link["href"])), "form:has(#gc-field-people)")

    assert {"author", "email", "people", "role", "meal", "comment"} <= fields.keys() | {"role"}


def test_an_answer_counts_when_its_address_is_confirmed(browser: Browser, site: Station, event: str) -> None:
    said = visit(browser, site, "Zoé", "zoe@example.org", people="2")
    before = kept(site, event)
    link = last_letter(site).path
    opened = browser.get(link)
    browser.post(link, action="confirm")

    assert "zoe@example.org" in said.text and before == []
    assert "Confirm my answer" in opened.text
    assert kept(site, event) == [("Zoé", "yes", 2, "standing")]


def test_opening_the_link_confirms_nothing(browser: Browser, site: Station, event: str) -> None:
    visit(browser, site, "Zoé", "zoe@example.org")
    browser.get(last_letter(site).path)

    assert kept(site, event) == []


def test_the_confirmation_brings_the_date_for_a_calendar(browser: Browser, site: Station, event: str) -> None:
    arrive(browser, site)

    assert "Votre inscription" in last_letter(site).subject


def test_a_button_that_is_not_known_does_nothing_and_says_so(browser: Browser, site: Station, event: str) -> None:
    link = arrive(browser, site)
    page = browser.post(link, action="explode")

    assert (page.status_code, errors(page)) == (400, ["This button is not known here. Go back and try again."])
    assert kept(site, event) == [("Zoé", "yes", 1, "standing")]


def test_the_same_link_changes_the_answer_and_takes_it_back(browser: Browser, site: Station, event: str) -> None:
    link = arrive(browser, site)
    browser.post(link, action="change", value="yes", people="3", comment="Avec Paul")
    changed = kept(site, event)
    browser.post(link, action="withdraw")

    assert changed == [("Zoé", "yes", 3, "standing")]
    assert kept(site, event) == []
    assert "You have taken your answer back." in seen(browser, link)


def test_who_takes_the_answer_back_gives_the_place_to_who_waits(
    browser: Browser, member: Browser, site: Station
) -> None:
    event = make_event(site, "{open: yes, places: 1}")
    link = arrive(browser, site)
    press(member, "yes")
    browser.post(link, action="withdraw")

    assert kept(site, event) == [("Idris", "yes", 1, "standing")]


def test_who_has_confirmed_when_all_is_full_waits_and_reads_so(
    browser: Browser, member: Browser, site: Station
) -> None:
    make_event(site, "{open: yes, places: 1}")
    press(member, "yes")
    link = arrive(browser, site)

    assert "You are number 1 on the waiting list." in seen(browser, link)


def test_one_address_twice_is_one_answer(browser: Browser, site: Station, event: str) -> None:
    first = arrive(browser, site)
    arrive(browser, site, people="3")

    assert kept(site, event) == [("Zoé", "yes", 3, "standing")]
    assert "3 people" in seen(browser, first)


def test_what_was_never_confirmed_is_dropped_by_one_press(browser: Browser, site: Station, event: str) -> None:
    visit(browser, site, "Zoé", "zoe@example.org")
    link = last_letter(site).path
    browser.post(link, action="withdraw")

    assert browser.get(link).status_code == 404
    assert browser.post(link, action="change", value="yes").status_code == 404


def test_what_is_not_confirmed_cannot_be_changed_into_an_answer(browser: Browser, site: Station, event: str) -> None:
    visit(browser, site, "Zoé", "zoe@example.org")
    response = browser.post(last_letter(site).path, action="change", value="yes", people="2")

    assert response.status_code == 400
    assert kept(site, event) == []


def test_a_program_that_fills_the_trap_is_thanked_and_leaves_nothing(
    browser: Browser, site: Station, event: str
) -> None:
    response = visit(browser, site, "Zoé", "zoe@example.org", website="http://spam.example")

    assert response.status_code == 200
    assert letters(site) == []


def test_a_wrong_address_is_said_and_uses_up_no_mail(browser: Browser, site: Station, event: str) -> None:
    response = visit(browser, site, "Zoé", "zoe", comment="Avec Paul")

    assert errors(response) == ["This is not an e-mail address. One looks like: nadia@example.org"]
    assert "Avec Paul" in response.text
    assert letters(site) == []


def test_the_mail_that_asks_holds_nothing_that_was_typed(browser: Browser, site: Station, event: str) -> None:
    visit(browser, site, "Gagnez 1000 euros", "zoe@example.org", comment="http://spam.example")

    assert "Gagnez" not in last_letter(site).text and "spam" not in last_letter(site).text


def test_nobody_reads_an_address_on_any_page(browser: Browser, admin: Browser, site: Station, event: str) -> None:
    link = arrive(browser, site)

    assert [page for page in (ADDRESS, f"/{PATH}", link) if "zoe@example.org" in admin.get(page).text] == []


def test_a_page_that_is_closed_meanwhile_is_not_told_by_the_link(browser: Browser, site: Station, event: str) -> None:
    link = arrive(browser, site)
    make_event(site, FULL, audience="members")

    assert "Haies" not in browser.get(link).text
    browser.post(link, action="withdraw")
    assert kept(site, event) == []


def test_a_link_that_nobody_made_opens_nothing(browser: Browser, event: str) -> None:
    assert browser.get("/-/answer/mine/" + "a" * 43).status_code == 404


def test_a_member_who_answered_without_signing_in_has_one_answer(
    browser: Browser, member: Browser, site: Station, event: str
) -> None:
    from app.people import accounts

    with site.truth.begin() as connection:
        idris = accounts.find_named(connection, "Idris")
        assert idris is not None
        accounts.set_email(connection, idris.id, "idris@example.org")
    arrive(browser, site, "Idris d’en bas", "idris@example.org", people="2")
    press(member, "perhaps")

    assert kept(site, event) == [("Idris", "perhaps", 2, "standing")]


def test_tokens_of_links_stand_in_no_page_of_others(
    browser: Browser, admin: Browser, site: Station, event: str
) -> None:
    secret = arrive(browser, site).rpartition("/")[2]

    assert not re.search(secret, admin.get(ADDRESS).text)
    assert soup(admin.get(ADDRESS)).select("ol.people li")


def test_who_moves_up_is_told_by_mail(browser: Browser, member: Browser, site: Station) -> None:
    make_event(site, "{open: yes, places: 1}")
    press(member, "yes")
    arrive(browser, site)
    before = len(letters(site))
    press(member, "no")

    assert [(one.to, "Une place" in one.text) for one in letters(site)[before:]] == [("zoe@example.org", True)]
