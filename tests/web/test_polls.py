"""A member answers a poll, changes the answer, takes it back; what is seen by whom; when nothing is taken any more."""

import io
import zipfile

import pytest
from flask import Flask

from app.station import Station
from tests.web.conftest import sign_in
from tests.web.hands import Browser, errors, form, notices, one, soup
from tests.web.poll_hands import (
    ADDRESS,
    CONSENT,
    DATES,
    FIRST,
    PATH,
    SECOND,
    SOUP,
    TODAY,
    TOMORROW,
    YESTERDAY,
    dates,
    kept,
    make_poll,
)


def words(browser: Browser, address: str = ADDRESS) -> str:
    return " ".join(soup(browser.get(address)).select_one("main").text.split())  # type: ignore[union-attr]


def test_the_page_leads_to_the_answer(member: Browser, site: Station) -> None:
    page_id = make_poll(site)
    link = one(member.get(f"/{PATH}"), "section.poll a.button")
    fields = form(member.get(str(link["href"])), "form:has([name=comment])")
    response = member.post(ADDRESS, **(fields | dates("yes", "perhaps") | {"comment": "Plutôt tard"}))

    assert (response.status_code, response.location) == (303, ADDRESS)
    assert notices(member.get(ADDRESS)) == ["Your answer is noted. You can change it as long as it is open."]
    assert kept(site, page_id) == [("Idris", {FIRST: "yes", SECOND: "perhaps"}, "Plutôt tard")]


def test_who_answers_again_changes_the_answer(member: Browser, site: Station) -> None:
    page_id = make_poll(site, SOUP)
    member.post(ADDRESS, choice="soupe")
    member.post(ADDRESS, choice="tarte")

    assert kept(site, page_id) == [("Idris", {"tarte": "yes"}, "")]


def test_an_answer_is_taken_back_and_given_again(member: Browser, site: Station) -> None:
    page_id = make_poll(site, SOUP)
    member.post(ADDRESS, choice="soupe")
    member.post(ADDRESS, action="withdraw")
    gone = kept(site, page_id)
    member.post(ADDRESS, choice="tarte")

    assert gone == []
    assert kept(site, page_id) == [("Idris", {"tarte": "yes"}, "")]


def test_several_may_be_chosen_where_several_are_asked_for(member: Browser, site: Station) -> None:
    page_id = make_poll(site, "kind: several, options: [Soupe, Tarte, Pain]")
    member.post(ADDRESS, choice=["soupe", "pain"])

    assert kept(site, page_id) == [("Idris", {"soupe": "yes", "tarte": "no", "pain": "yes"}, "")]


@pytest.mark.parametrize("asked", [DATES, SOUP, CONSENT])
def test_who_chooses_nothing_hears_what_to_do(member: Browser, site: Station, asked: str) -> None:
    page_id = make_poll(site, asked)
    page = member.post(ADDRESS, comment="Bonjour")

    assert (page.status_code, errors(page)) == (400, ["Choose an answer first."])
    assert "Bonjour" in page.text
    assert kept(site, page_id) == []


@pytest.mark.parametrize("choice", ["pizza", "", "s" * 5000, "soupe\0"])
def test_an_option_that_is_not_there_is_refused(member: Browser, site: Station, choice: str) -> None:
    page_id = make_poll(site, SOUP)
    page = member.post(ADDRESS, choice=choice)

    assert page.status_code == 400
    assert kept(site, page_id) == []


def test_a_word_that_is_no_answer_to_a_date_is_refused(member: Browser, site: Station) -> None:
    page_id = make_poll(site)
    page = member.post(ADDRESS, **dates("maybe"))

    assert page.status_code == 400
    assert kept(site, page_id) == []


def test_who_objects_says_why(member: Browser, site: Station) -> None:
    page_id = make_poll(site, CONSENT)
    page = member.post(ADDRESS, choice="objection")
    before = kept(site, page_id)
    member.post(ADDRESS, choice="objection", comment="Qui chauffe ?")

    assert (page.status_code, errors(page)) == (400, ["Say why you object: then the proposal can be made better."])
    assert before == []
    assert kept(site, page_id) == [("Idris", {"objection": "yes"}, "Qui chauffe ?")]


def test_a_proposal_that_is_still_talked_about_takes_no_answers(member: Browser, site: Station) -> None:
    page_id = make_poll(site, "kind: consent, stage: reactions")
    page = member.post(ADDRESS, choice="consent")

    assert page.status_code == 403
    assert "still talked about" in page.text
    assert kept(site, page_id) == []


@pytest.mark.parametrize("more", [f"until: {YESTERDAY}", f"closed: {TODAY}, outcome: none, words: Rien"])
def test_after_the_last_day_and_once_closed_no_answer_is_taken(member: Browser, site: Station, more: str) -> None:
    page_id = make_poll(site, f"{SOUP}, {more}")
    page = member.post(ADDRESS, choice="soupe")

    assert page.status_code == 403
    assert soup(member.get(ADDRESS)).select("[name=choice]") == []
    assert kept(site, page_id) == []


def test_on_the_last_day_answers_are_taken(member: Browser, site: Station) -> None:
    page_id = make_poll(site, f"{SOUP}, until: {TODAY}")
    member.post(ADDRESS, choice="soupe")

    assert len(kept(site, page_id)) == 1


def test_members_see_names_and_others_see_numbers(browser: Browser, member: Browser, site: Station) -> None:
    make_poll(site, SOUP)
    member.post(ADDRESS, choice="soupe", comment="Au potiron")

    assert "Idris" in words(member)
    assert "Idris" not in browser.get(ADDRESS).text and "Au potiron" not in browser.get(ADDRESS).text
    assert "1 person has answered" in words(browser)


def test_names_may_be_for_who_looks_after_it_or_for_nobody(
    app: Flask, admin: Browser, member: Browser, site: Station
) -> None:
    make_poll(site, f"{SOUP}, names: organisers")
    member.post(ADDRESS, choice="soupe")
    seen = "Idris" in words(admin), "Who answered what" in words(sign_in(app, site, "Zoé", is_admin=False))
    make_poll(site, f"{SOUP}, names: nobody")

    assert seen == (True, False)
    assert "Who answered what" not in words(admin)


def test_the_numbers_may_wait_for_ones_own_answer_or_for_the_end(
    admin: Browser, member: Browser, site: Station
) -> None:
    make_poll(site, f"{SOUP}, shown: answered")
    admin.post(ADDRESS, choice="tarte")
    before = "Option" in words(member)
    member.post(ADDRESS, choice="soupe")
    after = "Option" in words(member)
    make_poll(site, f"{SOUP}, shown: closed")

    assert (before, after) == (False, True)
    assert "The answers are seen once it is closed." in words(member)


def test_the_page_says_who_may_answer_until_when_and_what_is_done_with_it(browser: Browser, site: Station) -> None:
    make_poll(site, f"{SOUP}, until: {TOMORROW}, then: Aïcha fait les courses")
    said = words(browser)

    assert "Members who can read this page" in said
    assert "Last day to answer" in said and "Aïcha fait les courses" in said
    assert "It is no secret ballot" in said


def test_who_has_no_account_is_sent_to_sign_in_where_members_answer(browser: Browser, site: Station) -> None:
    page_id = make_poll(site, SOUP)
    page = browser.post(ADDRESS, choice="soupe")

    assert page.status_code == 403
    assert soup(browser.get(ADDRESS)).select("[name=choice]") == []
    assert kept(site, page_id) == []


def test_a_poll_of_members_is_not_there_for_others(browser: Browser, member: Browser, site: Station) -> None:
    make_poll(site, f"{SOUP}, who: everyone", audience="members")

    assert browser.get(ADDRESS).status_code == 404
    assert browser.post(ADDRESS, choice="soupe").status_code == 404
    assert member.get(ADDRESS).status_code == 200


def test_a_page_that_asks_nothing_says_so(member: Browser, site: Station) -> None:
    make_poll(site)
    member.write("jardins/compost", "Du compost.")

    assert member.get("/-/polls/jardins/compost").status_code == 404


def test_the_copy_of_ones_data_holds_ones_votes(member: Browser, site: Station) -> None:
    make_poll(site, SOUP)
    member.post(ADDRESS, choice="soupe", comment="Au potiron")
    held = zipfile.ZipFile(io.BytesIO(member.get("/-/me/data").data))

    assert "Au potiron" in "".join(held.read(name).decode(errors="ignore") for name in held.namelist())


def test_ones_answers_stand_in_ones_corner(member: Browser, admin: Browser, site: Station) -> None:
    make_poll(site, SOUP)
    member.post(ADDRESS, choice="soupe")
    admin.post(ADDRESS, choice="tarte")

    assert "QuandSoupe" in words(member, "/-/me/answers")
    assert "Tarte" not in words(member, "/-/me/answers")
