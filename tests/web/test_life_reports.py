"""Errors that are reported: by whom, read by whom, dealt with; and what else waits on the list of care."""

import io
import zipfile

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.people import accounts
from app.records import duplicates, reports, twins
from app.station import Station
from app.web import visitor_form
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser, errors, form, notices, one, soup
from tests.web.leaking import OPERATOR
from tests.web.life_hands import ZOE, again, make, make_form, referent
from tests.web.mailed import last_letter, letters

AT, CARE = "/-/record/report/offres/velo", "/-/records/care"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test type as fast as it can."""
    monkeypatch.setattr(visitor_form, "LEAST_SECONDS", 0)


@pytest.fixture(autouse=True)
def _record(can_mail: None, site: Station) -> None:
    make_form(site)
    make(site, "offres/velo", "Un vélo")


def send(browser: Browser, **more: str) -> TestResponse:
    fields = form(browser.get(AT), f"form[action='{AT}']")
    return browser.post(AT, **(fields | {"reason": "gone", "text": "Vendu à Privas."} | more))


def test_a_member_s_report_is_on_the_list_at_once_and_is_dealt_with_and_undone(member: Browser, admin: Browser) -> None:
    assert send(member).status_code == 303
    care = admin.get(CARE)
    assert "It does not exist any more" in care.text and "Vendu à Privas." in care.text and "Idris" in care.text
    admin.post(CARE, action="done", id=form(care, f"form[action='{CARE}']")["id"])
    done = admin.get(CARE)
    assert "Vendu" not in done.text and notices(done)[0] == "It is dealt with."
    admin.post(str(one(done, ".notice form")["action"]))

    assert "Vendu à Privas." in admin.get(CARE).text


def test_a_visitor_s_report_waits_for_its_link(browser: Browser, admin: Browser, site: Station) -> None:
    sent = send(browser, **ZOE)
    asked = last_letter(site)
    assert sent.status_code == 200 and asked.to == ZOE["email"] and "Vendu" not in asked.text
    browser.get(asked.path)
    assert "Vendu" not in admin.get(CARE).text
    browser.post(asked.path)
    browser.post(asked.path)

    assert admin.get(CARE).text.count("Vendu à Privas.") == 1 and ZOE["email"] not in admin.get(CARE).text


def test_a_report_needs_one_of_the_four_reasons_and_keeps_what_was_typed(member: Browser) -> None:
    refused = send(member, reason="because")
    long = send(member, text="x" * 1001)

    assert errors(refused) == ["Choose what is wrong."] and "Vendu à Privas." in refused.text
    assert errors(long) and list(reports.REASONS) == ["gone", "wrong", "rules", "twice"]


def test_markup_in_a_report_is_shown_as_it_was_typed(member: Browser, admin: Browser) -> None:
    send(member, text="<script>alert(1)</script><b>x</b>")

    assert not soup(admin.get(CARE)).select("main script, main .summary b")
    assert "<script>alert(1)" in one(admin.get(CARE), "main .summary").text


def test_the_list_is_for_who_looks_after_records_and_each_sees_their_own(
    app: Flask, site: Station, member: Browser, browser: Browser
) -> None:
    rose = sign_in(app, site, "Rose", is_admin=False)
    referent(site, "Rose", "jardins")
    sign_in_again(rose, site, "Rose")
    make(site, "jardins/pomme", "Des pommes", state="to-verify")
    make(site, "offres/poire", "Des poires", state="to-verify")
    send(member)
    found = rose.get(CARE)
    number = 1

    assert browser.get(CARE).status_code == member.get(CARE).status_code == 403
    assert "Des pommes" in found.text and "Des poires" not in found.text and "Vendu" not in found.text
    assert rose.post(CARE, action="done", id=str(number)).status_code == 404


def test_what_has_expired_is_on_the_list(admin: Browser, site: Station) -> None:
    make(site, "offres/scie", "Une scie", expires="2020-01-01")

    assert "Une scie" in admin.get(CARE).text and "Was shown until 1 January 2020" in admin.get(CARE).text


def test_likely_twins_are_on_the_list_until_somebody_says_that_they_are_two(admin: Browser, site: Station) -> None:
    other = make(site, "offres/velo-2", "Le vélo")
    with site.truth.begin() as connection:
        twins.keep(connection, duplicates.pairs(site.door.form(OPERATOR, "offre"),
                                                twins.rows_of(site.door, OPERATOR, "offre")))  # fmt: skip
    care = admin.get(CARE)
    about = f"{min(other.id, again(site, 'offres/velo').id)} {max(other.id, again(site, 'offres/velo').id)}"
    assert "Perhaps there twice" in care.text and "The same name" in care.text
    admin.post(CARE, action="two", id=about)
    with site.truth.begin() as connection:
        twins.keep(connection, twins.find_all(site.door, OPERATOR))
    said = admin.get(CARE)

    assert "Perhaps there twice" not in said.text
    admin.post(str(one(said, ".notice form")["action"]))
    assert "Perhaps there twice" in admin.get(CARE).text


def test_who_looks_after_a_record_hears_that_something_waits(
    app: Flask, site: Station, admin: Browser, member: Browser
) -> None:
    with site.truth.begin() as connection:
        nadia = accounts.find_named(connection, "Nadia")
        assert nadia
        accounts.set_email(connection, nadia.id, "nadia@example.org")
    send(member)

    assert [one.to for one in letters(site)] == ["nadia@example.org"]


def test_a_copy_of_ones_own_data_holds_what_one_reported(member: Browser) -> None:
    send(member)
    with zipfile.ZipFile(io.BytesIO(member.get("/-/me/data").data)) as packed:
        said = " ".join(packed.read(name).decode() for name in packed.namelist())

    assert "Vendu à Privas." in said and "It does not exist any more" in said
