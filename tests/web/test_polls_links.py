"""The link by which a member answers a poll names that member, as long as the address is the same."""

from app.station import Station
from tests.people.successor import replace
from tests.web.hands import Browser
from tests.web.poll_hands import SOUP, kept, make_poll
from tests.web.test_polls_others import _mails_lead_here, ask, give_address  # noqa: F401 - a fixture


def test_the_link_of_somebody_erased_is_none_for_who_gets_the_number(
    admin: Browser, member: Browser, browser: Browser, site: Station
) -> None:
    page_id = make_poll(site, SOUP)
    give_address(site, "Idris", "idris@example.org")
    (link,) = ask(admin, site)
    with site.truth.begin() as connection:
        replace(connection, "Idris", "Zoé", email="zoe@example.org")

    assert browser.get(link).status_code == browser.post(link, choice="soupe").status_code == 404
    assert kept(site, page_id) == []


def test_the_link_ends_with_the_address_that_it_was_sent_to(
    admin: Browser, member: Browser, browser: Browser, site: Station
) -> None:
    page_id = make_poll(site, SOUP)
    give_address(site, "Idris", "idris@example.org")
    (link,) = ask(admin, site)
    give_address(site, "Idris", "autre@example.org")

    assert browser.get(link).status_code == browser.post(link, choice="soupe").status_code == 404
    assert kept(site, page_id) == []
