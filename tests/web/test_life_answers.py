"""The links of the mails that ask whether a record is right still: one press, nobody signs in."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from itsdangerous import URLSafeTimedSerializer

from app.people import accounts
from app.records.life import make_ask
from app.station import Station
from tests.web.hands import Browser, notices, one, soup
from tests.web.leaking import OPERATOR
from tests.web.life_hands import again, make, make_form

DAY = datetime.now(ZoneInfo("Europe/Paris")).date()


@pytest.fixture
def link(site: Station) -> str:
    """Give the link of a mail about the offer of somebody."""
    make_form(site)
    with site.truth.begin() as connection:
        ana = accounts.add(connection, "Ana", is_admin=False)
    row = make(site, "offres/velo", "Un vélo", by=ana.pseudonym, expires=(DAY + timedelta(days=3)).isoformat())
    return f"/-/record/answer/{make_ask(site.config.secret_key, row.id)}"


def test_opening_the_link_changes_nothing_and_one_press_renews(browser: Browser, site: Station, link: str) -> None:
    before = again(site, "offres/velo")
    shown = browser.get(f"{link}?deed=renew")
    assert again(site, "offres/velo") == before
    assert one(shown, "main button.button:not(.second)").text.strip() == "Show it for 60 days more"
    browser.post(link, deed="renew")
    row = again(site, "offres/velo")

    assert (row.expires, row.verified) == ((DAY + timedelta(days=60)).isoformat(), DAY.isoformat())
    assert row.author == before.author == row.creator  # signed by who made it


def test_settled_archives_it_and_the_press_is_undone(browser: Browser, site: Station, link: str) -> None:
    shown = browser.get(f"{link}?deed=archive")
    assert "settled" in one(shown, "main button.button:not(.second)").text
    browser.post(link, deed="archive")
    assert again(site, "offres/velo").state == "archived"
    after = browser.get(link)
    assert notices(after)[0].startswith("It is archived")
    browser.post(str(one(after, ".notice form")["action"]))

    assert again(site, "offres/velo").state == ""


def test_a_link_of_somebody_else_s_making_too_old_or_of_a_record_that_is_gone_opens_nothing(
    browser: Browser, site: Station, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    forged = URLSafeTimedSerializer("autre", salt="is a record right still").dumps(again(site, "offres/velo").id)
    assert browser.get(f"/-/record/answer/{forged}").status_code == 410
    assert browser.post(link, deed="check").status_code == 400
    monkeypatch.setattr("app.records.life.ASK_DAYS", -1)
    assert browser.get(link).status_code == browser.post(link, deed="renew").status_code == 410
    monkeypatch.undo()
    site.door.delete(OPERATOR, "offres/velo", "m-aaaaaaaa")

    assert browser.get(link).status_code == browser.post(link, deed="renew").status_code == 410


def test_an_old_link_does_not_bring_back_what_was_archived_before_its_time(
    browser: Browser, site: Station, link: str
) -> None:
    site.door.keep_life(again(site, "offres/velo").id, {"state": "archived"}, "m-aaaaaaaa")

    assert soup(browser.get(f"{link}?deed=renew")).select("main button") == []
    assert browser.post(link, deed="renew").status_code == 403 and again(site, "offres/velo").state == "archived"


def test_the_yearly_link_says_that_it_is_right_still(browser: Browser, site: Station) -> None:
    make_form(site)
    row = make(site, "offres/lavoir", "Le lavoir", state="to-verify")
    link = f"/-/record/answer/{make_ask(site.config.secret_key, row.id)}?deed=verify"
    assert [button["value"] for button in soup(browser.get(link)).select("main button")] == ["verify", "archive"]
    browser.post(link, deed="verify")

    assert (again(site, "offres/lavoir").state, again(site, "offres/lavoir").verified) == ("", DAY.isoformat())
