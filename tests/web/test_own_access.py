"""One's password and one's e-mail address: chosen on one's own page, confirmed by mail, told by mail when they change."""

import time
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from app.people import accounts, tables
from app.station import Station
from tests.people.successor import replace
from tests.web.conftest import sign_in
from tests.web.hands import Browser, errors, form, notices, one, soup
from tests.web.mailed import last_letter, letters

pytestmark = pytest.mark.usefixtures("can_mail")

EMAIL, PASSWORD = "idris@example.org", "quatre mots bien connus"


@pytest.fixture
def reached(member: Browser, site: Station) -> Browser:
    """Give the browser of Idris, who has an address."""
    with site.truth.begin() as connection:
        accounts.set_email(connection, accounts.find_named(connection, "Idris").id, EMAIL)
    return member


def by_password(browser: Browser, email: str = EMAIL, password: str = PASSWORD):  # type: ignore[no-untyped-def]
    fields = form(browser.get("/-/signin", query_string={"back": "/-/changes"}), "details form")
    return browser.post("/-/signin/password", **(fields | {"account": email, "password": password}))


def test_who_chose_a_password_signs_in_with_it(app: Flask, reached: Browser) -> None:
    saved = reached.post("/-/me/password", password=PASSWORD)
    other = Browser(app.test_client())
    entered = by_password(other)

    assert saved.status_code == 303 and notices(reached.get("/-/me")) == ["Your password is saved."]
    assert entered.headers["Location"] == "/-/signin/device?back=%2F-%2Fchanges"
    assert "Idris" in other.get("/-/me").text


def test_a_wrong_password_and_an_unknown_address_are_told_in_the_same_words(app: Flask, reached: Browser) -> None:
    reached.post("/-/me/password", password=PASSWORD)
    other = Browser(app.test_client())
    answers = [by_password(other, EMAIL, "mistyped"), by_password(other, "nobody@example.org", "mistyped")]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert errors(answers[0]) == errors(answers[1]) == ["Address and password do not belong together."]
    assert soup(answers[0]).select_one("details[open]") and "mistyped" not in answers[0].text


def test_too_many_tries_are_refused_also_the_right_one_and_who_is_signed_in_stays_so(
    app: Flask, reached: Browser
) -> None:
    reached.post("/-/me/password", password=PASSWORD)
    other = Browser(app.test_client())
    answers = [by_password(other, EMAIL, f"wrong {number}") for number in range(10)] + [by_password(other)]

    assert [answer.status_code for answer in answers] == [400] * 10 + [429]
    assert reached.get("/-/me").status_code == 200


def test_a_new_password_signs_the_other_devices_out_and_is_told_by_mail(
    app: Flask, reached: Browser, site: Station
) -> None:
    with site.truth.begin() as connection:
        secret = accounts.make_link(connection, accounts.find_named(connection, "Idris").id)
    other = Browser(app.test_client())
    other.post("/-/signin", token=secret)
    reached.post("/-/me/password", password=PASSWORD)

    assert [browser.get("/-/me").status_code for browser in (reached, other)] == [200, 403]
    assert (last_letter(site).to, last_letter(site).subject) == (EMAIL, "Your access to Essai was changed")


def test_a_password_is_taken_away_again(app: Flask, reached: Browser) -> None:
    reached.post("/-/me/password", password=PASSWORD)
    reached.post("/-/me/password", action="remove")

    assert by_password(Browser(app.test_client())).status_code == 400
    assert "You have none" in reached.get("/-/me").text


def test_a_short_password_is_refused_at_its_field(reached: Browser) -> None:
    response = reached.post("/-/me/password", password="court")

    assert response.status_code == 400
    assert errors(response) == ["Choose a password of 10 to 200 letters."]
    assert "court" not in response.text


def old_session(site: Station) -> None:
    """Let everybody have signed in an hour ago."""
    with site.truth.begin() as connection:
        connection.execute(update(tables.sessions).values(created_at=int(time.time()) - 3600))


@pytest.mark.parametrize("fields", [{"password": "un autre bien long"}, {"action": "remove"}])
def test_the_password_of_now_is_asked_before_it_is_changed(
    app: Flask, reached: Browser, site: Station, fields: dict[str, str]
) -> None:
    reached.post("/-/me/password", password=PASSWORD)
    old_session(site)
    refused = [reached.post("/-/me/password", **fields, **typed) for typed in ({}, {"old": "mistyped"})]
    offered = soup(reached.get("/-/me/password")).select("input[name=old][type=password]")

    assert [one.status_code for one in refused] == [400, 400] and offered
    assert errors(refused[1]) == ["This is not your password of now. Type it again."]
    assert "mistyped" not in refused[1].text
    assert by_password(Browser(app.test_client())).status_code == 303
    assert reached.post("/-/me/password", **fields, old=PASSWORD).status_code == 303


def test_the_password_of_now_is_asked_before_another_address_is_taken(reached: Browser, site: Station) -> None:
    reached.post("/-/me/password", password=PASSWORD)
    old_session(site)
    before = len(letters(site))
    refused = reached.post("/-/me/email", email="mallory@example.org")

    assert refused.status_code == 400 and len(letters(site)) == before
    assert reached.post("/-/me/email", email="new@example.org", old=PASSWORD).status_code == 303


def test_the_password_of_now_cannot_be_guessed_in_an_open_browser(reached: Browser, site: Station) -> None:
    reached.post("/-/me/password", password=PASSWORD)
    old_session(site)
    codes = [reached.post("/-/me/password", old=f"wrong {n}", password="x" * 12).status_code for n in range(11)]

    assert codes == [400] * 10 + [429]


def test_who_forgot_the_password_comes_in_by_mail_and_chooses_another(
    app: Flask, reached: Browser, site: Station
) -> None:
    reached.post("/-/me/password", password=PASSWORD)
    old_session(site)
    other = Browser(app.test_client())
    other.post("/-/signin", email=EMAIL)
    other.post("/-/signin", **form(other.get(last_letter(site).path), "main form"))

    assert other.post("/-/me/password", password="un autre bien long").status_code == 303


def by_all_devices(browser: Browser, _site: Station) -> None:
    browser.post("/-/me/devices", device="all", sure="1")


def by_password_change(browser: Browser, _site: Station) -> None:
    browser.post("/-/me/password", password=PASSWORD)


def by_address(browser: Browser, site: Station) -> None:
    browser.post("/-/me/email", email="new@example.org")
    browser.post("/-/me/email", **form(browser.get(last_letter(site).path), "main form"))


@pytest.mark.parametrize("shut", [by_all_devices, by_password_change, by_address])
def test_links_and_codes_of_before_open_nothing_once_the_doors_are_shut(
    app: Flask, reached: Browser, site: Station, shut: Callable[[Browser, Station], None]
) -> None:
    with site.truth.begin() as connection:
        printed = accounts.make_link(connection, accounts.find_named(connection, "Idris").id)
    other = Browser(app.test_client())
    other.post("/-/signin", email=EMAIL)
    mailed, code = last_letter(site).path, last_letter(site).subject.split()[0]
    shut(reached, site)

    assert other.get(f"/-/signin?token={printed}").status_code == other.get(mailed).status_code == 410
    assert other.post("/-/signin/code", code=code).status_code == 400
    assert other.get("/-/me").status_code == 403


def test_an_address_is_kept_once_its_mail_was_opened_and_the_button_pressed(member: Browser, site: Station) -> None:
    member.post("/-/me/email", email="new@example.org")
    letter = last_letter(site)
    before = member.get("/-/me").text
    page = member.get(letter.path)
    member.post("/-/me/email", **form(page, "main form"))

    assert letter.to == "new@example.org" and "none yet" in before
    assert "new@example.org" in member.get("/-/me").text


def test_the_old_address_is_told(reached: Browser, site: Station) -> None:
    reached.post("/-/me/email", email="new@example.org")
    reached.post("/-/me/email", **form(reached.get(last_letter(site).path), "main form"))

    assert last_letter(site).to == EMAIL


def test_a_proof_works_once_and_for_nobody_else(app: Flask, reached: Browser, site: Station) -> None:
    zora = sign_in(app, site, "Zora", is_admin=False)
    reached.post("/-/me/email", email="new@example.org")
    fields = {"proof": form(reached.get(last_letter(site).path), "main form")["proof"]}
    first = zora.post("/-/me/email", **fields).status_code
    again = reached.post("/-/me/email", **fields).status_code
    with site.truth.connect() as connection:
        of_zora = accounts.find_named(connection, "Zora")

    assert (first, again) == (303, 410)
    assert of_zora and of_zora.email is None


def test_a_proof_of_somebody_erased_is_none_for_who_gets_the_number(member: Browser, site: Station) -> None:
    member.post("/-/me/email", email="mallory@example.org")
    link = last_letter(site).path
    fields = {"proof": form(member.get(link), "main form")["proof"]}
    with site.truth.begin() as connection:
        admin = replace(connection, "Idris", "Nouvelle", is_admin=True)

    assert member.get(link).status_code == member.post("/-/me/email", **fields).status_code == 410
    with site.truth.connect() as connection:
        assert accounts.get(connection, admin.id).email is None


@pytest.mark.parametrize("proof", ["x", "a.b.c", "\0", "WzEsIiIsIngiXQ.aaaa.bbbb"])
def test_an_invented_proof_does_nothing(member: Browser, proof: str) -> None:
    assert member.get("/-/me/email", query_string={"proof": proof}).status_code == 410
    assert member.post("/-/me/email", proof=proof).status_code == 410


def test_an_address_that_somebody_has_is_told_only_to_who_reads_its_mails(
    app: Flask, reached: Browser, site: Station
) -> None:
    zora = sign_in(app, site, "Zora", is_admin=False)
    asked = zora.post("/-/me/email", email=EMAIL)
    kept = zora.post("/-/me/email", **form(zora.get(last_letter(site).path), "main form"))

    assert asked.status_code == 303 and kept.status_code == 409
    assert errors(kept) == ["Somebody here has this e-mail address already."]


def test_the_mail_opened_in_another_browser_confirms_the_address_of_its_account(
    app: Flask, member: Browser, site: Station
) -> None:
    member.post("/-/me/email", email="new@example.org")
    elsewhere = Browser(app.test_client())
    page = elsewhere.get(last_letter(site).path)
    response = elsewhere.post("/-/me/email", **form(page, "main form"))
    with site.truth.connect() as connection:
        account = accounts.find_named(connection, "Idris")

    assert "Idris" in one(page, "main").text
    assert (response.status_code, response.headers["Location"]) == (303, "/-/signin")
    assert notices(elsewhere.get("/-/signin")) == ["Your e-mail address is saved."]
    assert account and account.email == "new@example.org"
    assert member.get("/-/me").status_code == 200, "the window where one has joined stays signed in"


def test_no_more_than_five_mails_an_hour_are_sent_to_confirm(member: Browser, site: Station) -> None:
    answers = [member.post("/-/me/email", email=f"n{number}@example.org").status_code for number in range(6)]

    assert answers == [303] * 5 + [429]
    assert len(letters(site)) == 5
