"""Where no mail goes out an answer counts at once, and its private link is shown; nobody's answer is replaced."""

from app.answers.answer import About
from app.answers.reading import list_at
from app.station import Station
from tests.web.coming_hands import FULL, make_event, seen, visit
from tests.web.hands import Browser, errors, one


def test_the_link_is_shown_and_works(browser: Browser, site: Station) -> None:
    make_event(site)
    link = str(one(visit(browser, site, "Zoé", "zoe@example.org"), "a[href*='/-/answer/mine/']")["href"])

    assert "I come" in browser.get(link).text


def test_nobody_replaces_an_answer_by_typing_its_address(browser: Browser, site: Station) -> None:
    page_id = make_event(site)
    visit(browser, site, "Zoé", "zoe@example.org")
    response = visit(browser, site, "Zoé", "zoe@example.org", value="no")

    assert errors(response) == ["Somebody with this address has answered already. Use the link you got then."]
    with site.truth.connect() as connection:
        assert [one.wish.value for one in list_at(connection, About(page_id))] == ["yes"]


def test_who_finds_all_places_taken_reads_so_at_once(browser: Browser, site: Station) -> None:
    make_event(site, "{open: yes, places: 1}")
    visit(browser, site, "Zoé", "zoe@example.org")
    response = visit(browser, site, "Yann", "yann@example.org")

    assert "You are number 1 on the waiting list." in response.text


def test_a_number_that_is_none_loses_nothing_else(browser: Browser, site: Station) -> None:
    make_event(site, FULL)
    response = visit(browser, site, "Zoé", "zoe@example.org", people="2", role="montage", meal="deux")

    assert one(response, "[name=people]")["value"] == "2"
    assert one(response, "[name=role][checked]")["value"] == "montage"
    assert one(response, "#gc-error-meal").text.strip() == "Type a number, for example 2."


def test_a_task_that_is_full_says_so_before_one_chooses_it(browser: Browser, site: Station) -> None:
    make_event(site, "{open: yes, roles: [{name: Four, places: 1}, {name: Bar, places: 1}]}")
    visit(browser, site, "Zoé", "zoe@example.org", role="four")
    page = seen(browser)

    assert page.count("All places are taken. There is a waiting list.") == 1
