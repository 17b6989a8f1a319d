"""Taking part: one says by one press that one comes, with whom and what; all see numbers, members see names."""

from datetime import timedelta

import pytest
from flask import Flask

from app.answers.answer import About
from app.answers.reading import list_at
from app.station import Station
from tests.web.coming_hands import FULL, PATH, SOON, TODAY, make_event, press, seen
from tests.web.conftest import sign_in
from tests.web.hands import Browser, errors, form, notices, one, soup

ADDRESS = f"/-/answers/{PATH}"
FORM = "form[action]:has(#gc-field-people)"


def kept(site: Station, page_id: str, day: str = "") -> list[tuple[str, str, int, str]]:
    with site.truth.connect() as connection:
        return [(a.name, a.wish.value, a.wish.people, a.state) for a in list_at(connection, About(page_id, day))]


def test_a_member_says_by_one_press_on_the_page_that_he_comes(member: Browser, site: Station) -> None:
    page_id = make_event(site)
    button = one(member.get(f"/{PATH}"), "section.coming form button[value=yes]")
    fields = form(member.get(f"/{PATH}"), "section.coming form")
    response = member.post(ADDRESS, **fields, value=str(button["value"]))

    assert (response.status_code, response.location) == (303, ADDRESS)
    assert notices(member.get(ADDRESS)) == ["You come. Thank you for saying so."]
    assert kept(site, page_id) == [("Idris", "yes", 1, "standing")]


def test_the_page_shows_to_everybody_how_many_come(browser: Browser, member: Browser, site: Station) -> None:
    make_event(site, FULL)
    before = one(browser.get(f"/{PATH}"), ".coming-numbers").text
    press(member, "yes")

    assert before == "Nobody signed up yet · 3 places left"
    assert one(browser.get(f"/{PATH}"), ".coming-numbers").text == "1 comes · 2 places left"


def test_members_see_names_and_others_see_numbers(browser: Browser, member: Browser, site: Station) -> None:
    make_event(site)
    press(member, "perhaps")

    assert "Idris" in seen(member)
    assert "Idris" not in browser.get(ADDRESS).text
    assert "Nobody signed up yet · 1 perhaps" in seen(browser) and "Members see the names." in seen(browser)


def test_a_name_that_is_to_be_hidden_is_shown_to_organisers_only(
    app: Flask, admin: Browser, member: Browser, site: Station
) -> None:
    make_event(site)
    press(member, "yes", people="2", hidden="1", comment="Dos fragile")
    other = sign_in(app, site, "Zoé", is_admin=False)

    assert "Idris" in seen(admin) and "Dos fragile" in seen(admin)
    assert "Idris" not in other.get(ADDRESS).text and "Dos fragile" not in other.get(ADDRESS).text
    assert "Somebody · 2 people" in seen(other)


def test_the_form_takes_task_meal_seats_tools_and_words(member: Browser, site: Station) -> None:
    make_event(site, FULL)
    fields = form(member.get(ADDRESS), FORM)
    member.post(ADDRESS, **(fields | {"people": "2", "role": "montage", "meal": "2", "seats": "3", "bring": "beche",
                                      "borrow": "gants", "comment": "J’arrive <b>tôt</b>"}))  # fmt: skip
    text = seen(member)

    assert "Idris · 2 people · Montage · meals: 2 · seats offered: 3 · brings: Bêche · needs: Gants" in text
    assert "J’arrive <b>tôt</b>" in text
    assert "1 brought, 0 needed" in text


def test_what_cannot_be_is_said_and_nothing_typed_is_lost(member: Browser, site: Station) -> None:
    page_id = make_event(site, FULL)
    response = press(member, "yes", people="99", comment="Avec la fanfare")

    assert response.status_code == 400
    assert errors(response) == ["Say between 1 and 20 people. Larger groups ask the organisers."]
    assert "Avec la fanfare" in response.text
    assert kept(site, page_id) == []


def test_a_button_keeps_what_was_said_besides(member: Browser, site: Station) -> None:
    page_id = make_event(site, FULL)
    press(member, "perhaps", people="3")
    press(member, "yes")

    assert kept(site, page_id) == [("Idris", "yes", 3, "standing")]


def test_who_comes_late_waits_and_moves_up(app: Flask, member: Browser, site: Station) -> None:
    page_id = make_event(site, "{open: yes, places: 1}")
    press(member, "yes")
    other = sign_in(app, site, "Zoé", is_admin=False)
    press(other, "yes")
    waiting = seen(other)
    press(member, "", action="withdraw")

    assert "You are number 1 on the waiting list." in waiting
    assert kept(site, page_id) == [("Zoé", "yes", 1, "standing")]
    assert "You come." in seen(other)


def test_nobody_signs_up_for_a_date_that_is_cancelled_and_who_did_may_say_no(member: Browser, site: Station) -> None:
    series = ", rule: FREQ=WEEKLY;COUNT=3"
    page_id = make_event(site, more=series)
    press(member, "yes", day=str(SOON))
    make_event(site, more=f"{series}, changes: {{{SOON}: {{cancelled: yes, reason: Pluie}}}}")
    refused = press(member, "perhaps", day=str(SOON))
    press(member, "no", day=str(SOON))

    assert refused.status_code == 403 and "This date is cancelled." in refused.text
    assert kept(site, page_id, str(SOON)) == [("Idris", "no", 1, "standing")]


def test_nobody_signs_up_for_what_is_closed_or_over(member: Browser, site: Station) -> None:
    sentences = {}
    for name, signup, day in (
        ("over", "{open: yes}", TODAY - timedelta(days=3)),
        ("closed", "{open: no}", SOON),
        ("late", f"{{open: yes, until: {TODAY - timedelta(days=1)}}}", SOON),
    ):
        page_id = make_event(site, signup, day=day)
        response = press(member, "yes")
        sentences[name] = errors(response) or [p.text.strip() for p in soup(response).select("p.notice")]
        assert (response.status_code, kept(site, page_id)) == (403, [])

    assert [text[0].split(" until")[0] for text in sentences.values()] == [
        "It is over.", "Signing up is closed.", "One could sign up"
    ]  # fmt: skip


def test_who_has_said_yes_may_say_no_after_the_last_day(member: Browser, site: Station) -> None:
    make_event(site)
    press(member, "yes")
    page_id = make_event(site, f"{{open: yes, until: {TODAY - timedelta(days=1)}}}")
    press(member, "no")

    assert kept(site, page_id) == [("Idris", "no", 1, "standing")]


def test_each_date_of_a_series_has_answers_of_its_own(member: Browser, site: Station) -> None:
    page_id = make_event(site, more=", rule: FREQ=WEEKLY;COUNT=6")
    first, second = (str(SOON + timedelta(days=days)) for days in (0, 7))
    press(member, "yes", day=second)
    dates = [item.text for item in soup(member.get(f"/{PATH}")).select(".coming-date .coming-numbers")]

    assert (kept(site, page_id, first), len(kept(site, page_id, second))) == ([], 1)
    assert dates == ["Nobody signed up yet", "1 comes", "Nobody signed up yet"]
    assert len(soup(member.get(ADDRESS)).select("ol.rows > li")) == 6


def test_a_day_on_which_nothing_takes_place_is_not_answered(member: Browser, site: Station) -> None:
    make_event(site, more=", rule: FREQ=WEEKLY;COUNT=3")

    assert press(member, "yes", day=str(SOON + timedelta(days=1))).status_code == 404
    assert press(member, "yes", day="../../etc").status_code == 404
    assert press(member, "yes").status_code == 404


@pytest.mark.parametrize("audience", ["group:jardin", "members"])
def test_who_may_not_read_the_page_learns_nothing_and_says_nothing(
    browser: Browser, member: Browser, admin: Browser, site: Station, audience: str
) -> None:
    page_id = make_event(site, audience=audience)
    stranger = member if audience.startswith("group") else browser

    assert stranger.get(ADDRESS).status_code == 404
    assert press(stranger, "yes", people="1", author="X", email="x@example.org").status_code == 404
    assert kept(site, page_id) == []


def test_a_record_without_sign_up_shows_no_buttons(member: Browser, site: Station) -> None:
    make_event(site, "{open: no}")

    assert soup(member.get(f"/{PATH}")).select("section.coming") == []


def test_one_s_own_corner_lists_what_one_said(member: Browser, site: Station) -> None:
    make_event(site)
    press(member, "yes", people="2")

    assert "/-/me/answers" in member.get("/-/me").text
    assert "Haies" in seen(member, "/-/me/answers") and "I come · 2 people" in seen(member, "/-/me/answers")
