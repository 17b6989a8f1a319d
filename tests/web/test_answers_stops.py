"""Mails about what one comes to end by one press, without signing in."""

import pytest

from app.answers import recipients
from app.station import Station
from tests.web.coming_hands import make_event, seen
from tests.web.hands import Browser, form, one, soup

NADIA = "nadia@example.org"


@pytest.fixture
def link(site: Station) -> str:
    """Give the link of a mail about an event."""
    secret = recipients.make_stop(site.config.secret_key, make_event(site), NADIA)
    return f"/-/answer/stop/{secret}"


def _is_quiet(site: Station, link: str, page_id: str = "") -> bool:
    found = recipients.read_stop(site.config.secret_key, link.rpartition("/")[2])
    assert found
    with site.truth.connect() as connection:
        return recipients.is_quiet(connection, page_id or found[0], NADIA)


def _labels(browser: Browser, link: str) -> list[str]:
    return [button.text.strip() for button in soup(browser.get(link)).select("main button")]


def test_opening_the_link_changes_nothing_and_a_press_ends_them(browser: Browser, site: Station, link: str) -> None:
    browser.get(link)
    before = _is_quiet(site, link)
    browser.post(link, action="this")

    assert (before, _is_quiet(site, link), _is_quiet(site, link, "another1")) == (False, True, False)
    assert _labels(browser, link) == ["Stop such mails about all events", "Send them again"]


def test_all_such_mails_end_and_come_again(browser: Browser, site: Station, link: str) -> None:
    browser.post(link, action="all")
    ended = _is_quiet(site, link, "another1")
    assert "no more reminders" in seen(browser, link)
    browser.post(link, action="again")

    assert (ended, _is_quiet(site, link, "another1")) == (True, False)


def test_a_mail_program_ends_them_by_one_press_from_its_own_site(browser: Browser, site: Station, link: str) -> None:
    headers = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    said = browser.client.post(link, data={"List-Unsubscribe": "One-Click"}, headers=headers)

    assert said.status_code == 200
    assert _is_quiet(site, link)


def test_no_other_press_comes_from_another_site(browser: Browser, site: Station, link: str) -> None:
    headers = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    said = browser.client.post(link, data={"action": "all"}, headers=headers)

    assert said.status_code in {400, 403}
    assert not _is_quiet(site, link)


def test_a_link_that_nobody_here_has_made_ends_nothing(browser: Browser, link: str) -> None:
    assert browser.get(f"{link}x").status_code == 410
    assert browser.post("/-/answer/stop/nonsense", action="all").status_code == 410
    assert form(browser.get(link), "main form") == {}
    assert one(browser.get(link), "meta[name=referrer]")["content"] == "no-referrer"
