"""A neighbour without an account announces an event: shown what is alike, confirmed by mail, accepted at one press."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import plugins.agenda
from app.people import accounts
from app.station import Station
from tests.web.hands import Browser, form, one, soup
from tests.web.mailed import last_letter, letters
from tests.web.proposing import for_members
from tests.web.record_hands import ADMIN, fill_in, make_form

NEW = "/-/record/new/event"
EVENT = (Path(plugins.agenda.__file__).parent / "forms" / "event.yaml").read_text(encoding="utf-8")
SOON = datetime.now(UTC).date() + timedelta(days=30)
FEAST = {
    "title": "Fête du pain", "when__start": SOON.isoformat(), "when__from": "10h", "when__to": "18h",
    "place__commune": "Arzenoux",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _site(can_mail: None, admin: Browser, site: Station) -> None:
    make_form(site, EVENT, "event")
    for_members(site)
    with site.truth.begin() as connection:
        nadia = accounts.find_named(connection, "Nadia")
        assert nadia is not None
        accounts.set_email(connection, nadia.id, "nadia@example.org")


def test_what_is_alike_is_shown_before_it_is_sent(browser: Browser, admin: Browser, site: Station) -> None:
    fill_in(admin, site, NEW, **FEAST)
    tomorrow = FEAST | {"title": "La fête du pain", "when__start": (SOON + timedelta(days=1)).isoformat()}
    page = fill_in(browser, site, NEW, **tomorrow)

    assert [link.text for link in soup(page).select("#gc-likes a")] == ["Fête du pain"]
    assert fill_in(browser, site, NEW, **tomorrow, _anyway="1").headers["Location"] == "/-/proposals/sent"


def test_it_is_accepted_at_one_press_on_the_page_that_the_mail_opens(
    browser: Browser, admin: Browser, site: Station
) -> None:
    fill_in(browser, site, NEW, **FEAST)
    browser.post(last_letter(site).path, action="confirmed")
    letter = next(one for one in letters(site) if one.to == "nadia@example.org")
    page = admin.get(admin.get(letter.path).headers["Location"])
    button = one(page, "main .actions [value=accepted]")
    sent = admin.post(page.request.path, **form(page, "form:has([value=accepted])"), action=str(button["value"]))

    path = f"agenda/{SOON.year}/fete-du-pain"
    assert "10:00" in one(page, ".facts").text and "Arzenoux" in one(page, ".facts").text
    assert sent.headers["Location"] == f"/{path}"
    row = site.door.find_record(ADMIN, path)
    assert row is not None and row.title == "Fête du pain"


def test_where_nothing_waits_the_mail_leads_to_the_list(admin: Browser) -> None:
    assert admin.get("/-/proposals/first").headers["Location"] == "/-/proposals/"
