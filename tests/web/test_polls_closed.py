"""The end of a poll: the outcome stands on its page, with the numbers of then; a proposal goes through its stages."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.answers.tables import answers
from app.station import Station
from tests.web.hands import Browser, errors, soup
from tests.web.poll_hands import (
    ADDRESS,
    CONSENT,
    DATES,
    FIRST,
    PATH,
    SECOND,
    SOUP,
    TODAY,
    dates,
    kept,
    make_poll,
    poll_of,
)

CLOSE = f"/-/poll/close/{PATH}"


def test_closing_writes_outcome_and_numbers_onto_the_page(
    admin: Browser, member: Browser, browser: Browser, site: Station
) -> None:
    make_poll(site)
    admin.post(ADDRESS, **dates("yes", "perhaps"))
    member.post(ADDRESS, **dates("no", "yes"))
    response = admin.post(CLOSE, winner=SECOND, words="On se voit le 10 décembre.")
    outcome, page = poll_of(site).outcome, browser.get(f"/{PATH}").text

    assert (response.status_code, response.location) == (303, ADDRESS)
    assert outcome is not None
    assert (outcome.day, outcome.kind, outcome.winner) == (TODAY, "chosen", SECOND)
    assert (outcome.counts[SECOND].yes, outcome.counts[SECOND].perhaps, outcome.counts[FIRST].no) == (1, 1, 1)
    assert "On se voit le 10 décembre." in page and "Idris" not in page


def test_the_date_that_suits_most_is_proposed(admin: Browser, member: Browser, site: Station) -> None:
    make_poll(site)
    admin.post(ADDRESS, **dates("yes", "perhaps"))
    member.post(ADDRESS, **dates("no", "perhaps"))
    page = admin.get(CLOSE).text

    assert f'value="{SECOND}" checked' in page


def test_the_numbers_stay_when_the_answers_are_forgotten(admin: Browser, browser: Browser, site: Station) -> None:
    page_id = make_poll(site, SOUP)
    admin.post(ADDRESS, choice="soupe")
    admin.post(CLOSE, winner="soupe", words="Soupe.")
    with site.truth.begin() as connection:
        from app.answers.erasing import erase_page

        erase_page(connection, page_id)
    site.stamp.touch()

    assert kept(site, page_id) == []
    assert "most chosen" in browser.get(f"/{PATH}").text


@pytest.mark.parametrize(
    ("asked", "fields", "said"),
    [
        (SOUP, {"winner": "soupe", "words": " "}, "Write in a sentence what becomes of it."),
        (CONSENT, {"words": "Adopté."}, "Choose what became of it."),
        (
            CONSENT,
            {"words": "Adopté.", "outcome": "adopted", "review": "31/02/2027"},
            "This is no date. Example: 12/03/2026",
        ),
    ],
)
def test_what_misses_is_said_and_nothing_is_closed(
    admin: Browser, site: Station, asked: str, fields: dict[str, str], said: str
) -> None:
    make_poll(site, asked)
    page = admin.post(CLOSE, **fields)

    assert (page.status_code, errors(page)) == (400, [said])
    assert poll_of(site).outcome is None


def test_it_is_closed_once(admin: Browser, site: Station) -> None:
    make_poll(site, SOUP)
    admin.post(CLOSE, winner="soupe", words="Soupe.")
    again = admin.post(CLOSE, winner="tarte", words="Tarte.")
    outcome = poll_of(site).outcome

    assert again.status_code == 409
    assert outcome and outcome.winner == "soupe"


def test_only_who_looks_after_it_closes_it(member: Browser, browser: Browser, site: Station) -> None:
    make_poll(site, SOUP)

    assert member.get(CLOSE).status_code == 403
    assert member.post(CLOSE, winner="soupe", words="Soupe.").status_code == 403
    assert browser.post(CLOSE, winner="soupe", words="Soupe.").status_code == 403
    assert poll_of(site).outcome is None


def test_a_proposal_goes_from_questions_to_objections(admin: Browser, member: Browser, site: Station) -> None:
    make_poll(site, "kind: consent")
    early = member.post(ADDRESS, choice="consent").status_code
    for stage in ("reactions", "objections"):
        admin.post(f"/-/poll/stage/{PATH}", stage=stage)
    late = member.post(ADDRESS, choice="consent").status_code

    assert (early, late) == (403, 303)
    assert poll_of(site).stage == "objections"


def test_a_changed_proposal_is_asked_about_once_more(admin: Browser, member: Browser, site: Station) -> None:
    page_id = make_poll(site, CONSENT)
    member.post(ADDRESS, choice="objection", comment="Qui chauffe ?")
    admin.post(CLOSE, outcome="again")
    asked_again = kept(site, page_id)
    member.post(ADDRESS, choice="consent")

    assert asked_again == []
    assert poll_of(site).round_ == 2
    assert kept(site, page_id) == [("Idris", {"consent": "yes"}, "")]


def test_a_decision_by_consent_has_a_day_to_look_at_it_again(admin: Browser, browser: Browser, site: Station) -> None:
    make_poll(site, CONSENT)
    admin.post(CLOSE, outcome="adopted", words="Adopté.", review="2027-06-01")
    outcome = poll_of(site).outcome

    assert outcome and (outcome.kind, str(outcome.review)) == ("adopted", "2027-06-01")
    assert "To be reviewed on 1 June 2027" in browser.get(f"/{PATH}").text


def test_a_stage_that_is_none_is_refused(admin: Browser, site: Station) -> None:
    make_poll(site, CONSENT)

    assert admin.post(f"/-/poll/stage/{PATH}", stage="party").status_code == 400


def test_the_table_holds_who_answered_what(admin: Browser, member: Browser, site: Station) -> None:
    make_poll(site, DATES)
    member.post(ADDRESS, **dates("yes", "perhaps"), comment="=1+1")
    table = admin.get(f"/-/poll/list/{PATH}.csv").get_data(as_text=True)

    assert "Idris" in table and "If need be" in table
    assert ";=1+1" not in table and ",=1+1" not in table
    assert member.get(f"/-/poll/list/{PATH}.csv").status_code == 403


def test_a_poll_that_was_closed_meanwhile_takes_no_more(admin: Browser, member: Browser, site: Station) -> None:
    page_id = make_poll(site, SOUP)
    opened = member.get(ADDRESS)
    admin.post(CLOSE, winner="soupe", words="Soupe.")
    late = member.post(ADDRESS, choice="tarte")

    assert opened.status_code == 200
    assert late.status_code == 403
    assert kept(site, page_id) == []


def test_what_was_closed_by_mistake_is_opened_by_one_press_with_its_answers(
    admin: Browser, member: Browser, site: Station
) -> None:
    page_id = make_poll(site, SOUP)
    member.post(ADDRESS, choice="soupe")
    page = soup(admin.get(admin.post(CLOSE, winner="tarte", words="Tarte.").location))
    (again,) = page.select(".notice form")
    admin.post(str(again["action"]))

    assert poll_of(site).outcome is None
    assert kept(site, page_id) == [("Idris", {"soupe": "yes"}, "")]
    assert member.post(ADDRESS, choice="tarte").status_code == 303


def test_who_does_not_look_after_a_poll_does_not_open_it(admin: Browser, member: Browser, site: Station) -> None:
    make_poll(site, SOUP)
    admin.post(CLOSE, winner="soupe", words="Soupe.")

    assert member.post(f"/-/poll/open/{PATH}").status_code == 403
    assert "Open it again" not in member.get(ADDRESS).text and "Open it again" in admin.get(ADDRESS).text


def test_after_some_days_people_count_on_the_outcome(admin: Browser, site: Station) -> None:
    day = TODAY - timedelta(days=8)
    make_poll(site, f"{SOUP}, closed: {day}, outcome: chosen, winner: soupe, words: Soupe.")
    refused = admin.post(f"/-/poll/open/{PATH}")

    assert (refused.status_code, poll_of(site).outcome is None) == (403, False)
    assert "more than 7 days ago" in refused.text and "Open it again" not in admin.get(ADDRESS).text


def test_what_is_open_is_not_opened(admin: Browser, site: Station) -> None:
    make_poll(site, SOUP)

    assert admin.post(f"/-/poll/open/{PATH}").status_code == 409


def test_a_proposal_that_was_changed_after_answers_says_so(admin: Browser, member: Browser, site: Station) -> None:
    page_id = make_poll(site, CONSENT)
    member.post(ADDRESS, choice="consent")
    before = "after some had answered" in member.get(ADDRESS).text
    with site.truth.begin() as connection:
        connection.execute(update(answers).where(answers.c.page_id == page_id).values(changed_at=1_700_000_000))
    site.stamp.touch()

    assert (before, "after some had answered" in member.get(ADDRESS).text) == (False, True)
