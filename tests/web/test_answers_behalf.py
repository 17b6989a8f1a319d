"""Members write down who said on paper or by telephone that he comes: with a trace, and nobody overwrites another."""

from datetime import timedelta

from flask import Flask
from werkzeug.test import TestResponse

from app.answers.answer import About
from app.answers.reading import list_at
from app.station import Station
from tests.web.coming_hands import PATH, TODAY, make_event, press, seen
from tests.web.conftest import sign_in
from tests.web.hands import Browser, errors, form, soup

ADDRESS = f"/-/answer/behalf/{PATH}"


def write_down(browser: Browser, name: str, **more: str) -> TestResponse:
    return browser.post(ADDRESS, **({"name": name, "channel": "phone", "value": "yes", "people": "2"} | more))


def names(site: Station, page_id: str) -> list[str]:
    with site.truth.connect() as connection:
        return [one.name for one in list_at(connection, About(page_id))]


def test_a_member_writes_somebody_down_and_all_members_see_who_did(member: Browser, site: Station) -> None:
    make_event(site)
    fields = form(member.get(ADDRESS), "form:has(#gc-field-name)")
    response = member.post(ADDRESS, **(fields | {"name": "Marie", "channel": "paper"}))

    assert response.status_code == 303
    assert "Marie Written down by Idris, on paper" in seen(member)


def test_nobody_without_an_account_writes_others_down(browser: Browser, site: Station) -> None:
    page_id = make_event(site)

    assert browser.get(ADDRESS).status_code == 403
    assert write_down(browser, "Marie").status_code == 403
    assert names(site, page_id) == []


def test_two_people_of_one_name_are_told_apart(app: Flask, member: Browser, site: Station) -> None:
    page_id = make_event(site)
    write_down(member, "Marie")
    other = sign_in(app, site, "Zoé", is_admin=False)
    response = write_down(other, "marie", value="no")

    assert errors(response) == ["Somebody of this name is on the list. Add something to the name."]
    assert names(site, page_id) == ["Marie"]


def test_a_name_and_how_one_heard_it_are_needed(member: Browser, site: Station) -> None:
    make_event(site)

    assert errors(write_down(member, " ")) == ["Type the name of this person."]
    assert errors(write_down(member, "Marie", channel="pigeon")) == ["Choose how you heard it."]


def test_who_wrote_it_down_takes_it_off_again_and_others_do_not(app: Flask, member: Browser, site: Station) -> None:
    page_id = make_event(site)
    write_down(member, "Marie")
    with site.truth.connect() as connection:
        number = str(list_at(connection, About(page_id))[0].id)
    other = sign_in(app, site, "Zoé", is_admin=False)
    refused = other.post(f"/-/answer/remove/{PATH}", answer=number)
    kept = names(site, page_id)
    member.post(f"/-/answer/remove/{PATH}", answer=number)

    assert (refused.status_code, kept, names(site, page_id)) == (403, ["Marie"], [])


def test_nobody_takes_off_what_is_about_another_page(admin: Browser, member: Browser, site: Station) -> None:
    page_id = make_event(site)
    press(member, "yes")
    make_event(site, path="chantiers/autre")
    with site.truth.connect() as connection:
        number = str(list_at(connection, About(page_id))[0].id)

    assert admin.post("/-/answer/remove/chantiers/autre", answer=number).status_code == 404
    assert admin.post(f"/-/answer/remove/{PATH}", answer="٣" * 20).status_code == 404
    assert names(site, page_id) == ["Idris"]


def test_organisers_write_down_from_the_sheet_when_it_is_over_and_others_do_not(
    admin: Browser, member: Browser, site: Station
) -> None:
    page_id = make_event(site, day=TODAY - timedelta(days=2))

    assert write_down(member, "Marie").status_code == 403
    assert write_down(admin, "Paul").status_code == 303
    assert names(site, page_id) == ["Paul"]


def test_who_waits_for_a_place_is_written_down_as_waiting(member: Browser, site: Station) -> None:
    make_event(site, "{open: yes, places: 2}")
    write_down(member, "Marie")
    response = member.get(write_down(member, "Paul").location)

    assert "All places are taken. It is number 1 on the waiting list." in soup(response).text


def test_who_may_not_read_the_page_writes_nobody_down(member: Browser, site: Station) -> None:
    page_id = make_event(site, audience="group:jardin")

    assert member.get(ADDRESS).status_code == 404
    assert write_down(member, "Marie").status_code == 404
    assert member.post(f"/-/answer/remove/{PATH}", answer="1").status_code == 404
    assert names(site, page_id) == []


def test_what_people_type_is_shown_as_words(member: Browser, site: Station) -> None:
    make_event(site)
    write_down(member, "<script>alert(1)</script>", comment="{{ 7*7 }} <img src=x onerror=alert(1)>")
    page = member.get(f"/-/answers/{PATH}")

    assert soup(page).select("main script, main img") == []
    assert "<script>alert(1)</script>" in soup(page).text and "{{ 7*7 }} <img" in soup(page).text
