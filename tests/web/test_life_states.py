"""What becomes of a record: who may do what, how it is undone, and what stands in the page afterwards."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.people import accounts
from app.station import Station
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser, notices, one, soup
from tests.web.leaking import OPERATOR
from tests.web.life_hands import again, make, make_form, referent

DAY = datetime.now(ZoneInfo("Europe/Paris")).date()
TODAY = DAY.isoformat()
AT = "/-/record/life/offres/velo"


def press(browser: Browser, deed: str) -> TestResponse:
    return browser.post(AT, action=deed)


def offered(browser: Browser) -> list[str]:
    """Read which buttons somebody sees."""
    return [str(button["value"]) for button in soup(browser.get(AT)).select("main button[name=action]")]


def pseudonym(site: Station, name: str) -> str:
    with site.truth.connect() as connection:
        account = accounts.find_named(connection, name)
    assert account
    return account.pseudonym


@pytest.fixture
def _record(site: Station, member: Browser) -> None:
    """Let Idris have an offer."""
    make_form(site)
    make(site, "offres/velo", "Un vélo", by=pseudonym(site, "Idris"), expires="2030-01-01")


@pytest.mark.usefixtures("_record")
def test_who_looks_after_a_record_checks_it_and_it_says_so(admin: Browser, site: Station) -> None:
    assert press(admin, "check").status_code == 303
    row, (_, text) = again(site, "offres/velo"), site.door.text(OPERATOR, "offres/velo")

    assert (row.state, row.verified) == ("checked", TODAY) and f"checked: {TODAY}" in text.replace('"', "")
    assert "It is checked." in notices(admin.get("/offres/velo"))[0]


@pytest.mark.usefixtures("_record")
@pytest.mark.parametrize("deed", ["check", "doubt", "verify", "renew", "archive"])
def test_every_press_is_undone_by_one_press(admin: Browser, browser: Browser, site: Station, deed: str) -> None:
    before = site.door.text(OPERATOR, "offres/velo")[1]
    press(admin, deed)
    changed = site.door.text(OPERATOR, "offres/velo")[1]
    undo = str(one(admin.get("/offres/velo"), ".notice form")["action"])
    assert changed != before and admin.post(undo).status_code == 303

    assert site.door.text(OPERATOR, "offres/velo")[1] == before
    assert browser.post("/-/record/undo/x").status_code == 404


@pytest.mark.usefixtures("_record")
def test_who_made_a_record_renews_and_archives_it_and_does_no_more(
    app: Flask, site: Station, member: Browser, browser: Browser
) -> None:
    site.store_settings(writing="admins")
    other = sign_in(app, site, "Zoé", is_admin=False)
    assert offered(member) == ["verify", "renew", "archive"]
    assert offered(other) == offered(browser) == []

    codes = {deed: press(other, deed).status_code for deed in ("verify", "renew", "archive", "check", "publish")}
    assert set(codes.values()) == {403} and press(browser, "archive").status_code == 403
    assert [press(member, deed).status_code for deed in ("check", "doubt", "publish", "verify", "archive")] == [
        403, 403, 403, 303, 303,
    ]  # fmt: skip
    assert again(site, "offres/velo").state == "archived"


@pytest.mark.usefixtures("_record")
def test_what_a_moderator_has_archived_its_maker_does_not_bring_back(
    admin: Browser, member: Browser, site: Station
) -> None:
    press(admin, "archive")

    assert offered(member) == [] and press(member, "renew").status_code == press(member, "publish").status_code == 403
    assert press(admin, "publish").status_code == 303 and again(site, "offres/velo").state == ""


def test_who_made_a_record_brings_back_what_has_expired(member: Browser, site: Station) -> None:
    make_form(site)
    make(site, "offres/velo", "Un vélo", by=pseudonym(site, "Idris"), expires="2020-01-01", state="archived")
    assert offered(member) == ["renew"] and press(member, "renew").status_code == 303
    row = again(site, "offres/velo")

    assert (row.state, row.expires) == ("", (DAY + timedelta(days=60)).isoformat())


@pytest.mark.usefixtures("_record")
def test_a_button_that_undoes_takes_back_nothing_that_others_have_done_since(
    admin: Browser, member: Browser, site: Station
) -> None:
    press(member, "archive")
    undo = str(one(member.get("/offres/velo"), ".notice form")["action"])
    assert [member.post(undo).status_code, member.post(undo).status_code] == [303, 303]  # twice is once
    press(admin, "archive")

    assert member.post(undo).status_code == 404 and again(site, "offres/velo").state == "archived"


@pytest.mark.usefixtures("_record")
def test_what_is_right_still_needs_no_verifying_any_more(admin: Browser, member: Browser, site: Station) -> None:
    press(admin, "doubt")
    assert again(site, "offres/velo").state == "to-verify" and "Un vélo" in admin.get("/-/records/care").text
    press(member, "verify")

    assert (again(site, "offres/velo").state, again(site, "offres/velo").verified) == ("", TODAY)
    assert "Un vélo" not in admin.get("/-/records/care").text


@pytest.mark.usefixtures("_record")
def test_a_referent_looks_after_the_records_of_the_folder_only(site: Station, app: Flask) -> None:
    rose = sign_in(app, site, "Rose", is_admin=False)
    referent(site, "Rose", "offres")
    sign_in_again(rose, site, "Rose")
    make(site, "autre/pomme", "Des pommes")
    site.store_settings(writing="admins")

    assert press(rose, "check").status_code == 303
    assert rose.post("/-/record/life/autre/pomme", action="check").status_code == 403


@pytest.mark.usefixtures("_record")
def test_an_unknown_button_changes_nothing(admin: Browser, site: Station) -> None:
    before = again(site, "offres/velo").revision

    assert press(admin, "explode").status_code == 400 and again(site, "offres/velo").revision == before


def test_a_closed_record_is_told_to_nobody_else(site: Station, browser: Browser, member: Browser) -> None:
    make_form(site)
    make(site, "offres/velo", "Un vélo", audience="admins")

    for reader in (browser, member):
        assert reader.get(AT).status_code == press(reader, "archive").status_code == 404
