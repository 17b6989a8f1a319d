"""Signing in by mail, as somebody does it: type the address, open the mail, press the button or type the code."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from app.people import accounts, signin
from app.station import Station
from tests.web.hands import Browser, errors, form, notices, one, soup
from tests.web.mailed import last_letter, letters

pytestmark = pytest.mark.usefixtures("can_mail")

EMAIL = "nadia@example.org"


@pytest.fixture
def nadia(site: Station) -> accounts.Account:
    with site.truth.begin() as connection:
        return accounts.add(connection, "Nadia", is_admin=False, email=EMAIL)


def ask(browser: Browser, email: str = EMAIL, back: str = ""):  # type: ignore[no-untyped-def]
    page = browser.get("/-/signin", query_string={"back": back} if back else {})
    fields = form(page, "main form[action='/-/signin']")
    return browser.post("/-/signin", **(fields | {"email": email}))


def answer_device(browser: Browser, response, mine: bool = True):  # type: ignore[no-untyped-def]
    page = browser.get(response.headers["Location"])
    return browser.post("/-/signin/device", **form(page, "main form"), device="mine" if mine else "shared")


@pytest.mark.parametrize(
    ("language", "subject", "button", "greeting"),
    [
        ("en", "is your code for La vallée", "Sign in", "Welcome, Nadia."),
        ("fr", "est votre code pour La vallée", "Se connecter", "Bienvenue, Nadia."),
    ],
)
def test_the_link_of_the_mail_signs_in(
    browser: Browser, site: Station, nadia: accounts.Account, language: str, subject: str, button: str, greeting: str
) -> None:
    site.store_settings(title="La vallée", language=language)
    browser.client.set_cookie("gare_display", f"auto.normal.{language}")
    asked = ask(browser)
    letter = last_letter(site)
    page = browser.get(letter.path)
    entered = browser.post("/-/signin", **form(page, "main form"))
    told = answer_device(browser, entered)

    assert (asked.status_code, asked.headers["Location"]) == (303, "/-/signin/code")
    assert (letter.to, letter.subject) == (EMAIL, f"{letter.code} {subject}")
    assert [one.text.strip() for one in soup(page).select("main button")] == [button]
    assert (entered.status_code, told.headers["Location"]) == (303, "/")
    assert notices(browser.get("/-/me")) == [greeting]


def test_the_code_of_the_mail_signs_in_where_it_was_asked_for(
    browser: Browser, site: Station, nadia: accounts.Account
) -> None:
    browser.write("a", "un\n")
    ask(browser, back="/a")
    code = last_letter(site).code
    entered = browser.post("/-/signin/code", **(form(browser.get("/-/signin/code"), "main form") | {"code": code}))

    assert answer_device(browser, entered).headers["Location"] == "/a"
    assert "Nadia" in browser.get("/a").text
    assert browser.client.get_cookie("gare_ask", path="/-/signin") is None


def test_the_link_leads_back_where_one_was(browser: Browser, site: Station, nadia: accounts.Account) -> None:
    ask(browser, back="/-/changes?page=2")
    entered = browser.post("/-/signin", **form(browser.get(last_letter(site).path), "main form"))

    assert answer_device(browser, entered).headers["Location"] == "/-/changes?page=2"


def test_the_link_works_in_another_browser_and_the_code_does_not(
    app: Flask, browser: Browser, site: Station, nadia: accounts.Account
) -> None:
    ask(browser)
    letter, other = last_letter(site), Browser(app.test_client())

    assert other.post("/-/signin/code", code=letter.code).status_code == 400
    assert other.post("/-/signin", **form(other.get(letter.path), "main form")).status_code == 303
    assert "Nadia" in other.get("/-/me").text


def test_a_wrong_code_says_so_and_may_be_corrected_five_times(
    browser: Browser, site: Station, nadia: accounts.Account
) -> None:
    ask(browser)
    code = last_letter(site).code
    wrong = "000000" if code != "000000" else "111111"
    answers = [browser.post("/-/signin/code", code=wrong) for _ in range(signin.TRIES)]

    assert {answer.status_code for answer in answers} == {400}
    assert errors(answers[0]) == ["This is not the code of the last mail. Look again."]
    assert errors(answers[-1]) == ["This code no longer works. Ask for a new mail."]
    assert browser.post("/-/signin/code", code=code).status_code == 400
    assert browser.get("/-/me").status_code == 403


def test_the_answer_is_the_same_for_an_address_that_nobody_has(
    app: Flask, site: Station, nadia: accounts.Account
) -> None:
    seen = []
    for email in (EMAIL, "nobody@example.org"):
        browser = Browser(app.test_client())
        asked = ask(browser, email)
        pages = [browser.get("/-/signin/code"), *(browser.post("/-/signin/code", code="x") for _ in range(6))]
        headers = {name: value for name, value in asked.headers if name != "Set-Cookie"}
        seen.append([asked.status_code, headers, *(page.text.replace(email, "") for page in pages)])

    assert seen[0] == seen[1]
    assert [letter.to for letter in letters(site)] == [EMAIL, "nobody@example.org"]


@pytest.mark.parametrize(
    ("address", "fields"),
    [("/-/signin", {"email": "{}"}), ("/-/signin/password", {"account": "{}", "password": "not this one"})],
)
def test_as_much_is_done_for_an_address_that_nobody_has(
    app: Flask, site: Station, nadia: accounts.Account, address: str, fields: dict[str, str]
) -> None:
    said: list[str] = []
    event.listen(site.truth, "before_cursor_execute", lambda *all: said.append(" ".join(all[2].split())))
    done = []
    for email in (EMAIL, "nobody@example.org"):
        said.clear()
        Browser(app.test_client()).post(address, **{name: value.format(email) for name, value in fields.items()})
        # Settings are kept for ten seconds; to read them, a transaction begins.
        done.append([statement for statement in said if "FROM settings" not in statement and statement != "BEGIN"])

    assert done[0] == done[1] and len(done[0]) > 3


def test_who_has_no_account_learns_it_from_the_mail_alone(browser: Browser, site: Station) -> None:
    ask(browser, "nobody@example.org")
    letter = last_letter(site)

    assert "Nobody there has this address." in letter.text and letter.links == []


def test_too_many_mails_are_refused_with_what_to_do(browser: Browser, nadia: accounts.Account) -> None:
    answers = [ask(browser) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert errors(answers[-1]) == ["Enough mails went to this address. Use the last one, or wait an hour."]


def test_while_others_guess_who_is_signed_in_stays_so(
    app: Flask, browser: Browser, site: Station, nadia: accounts.Account
) -> None:
    ask(browser)
    browser.post("/-/signin", **form(browser.get(last_letter(site).path), "main form"))
    guesser = Browser(app.test_client())
    for number in range(25):
        if number % 5 == 0:
            ask(guesser)
        guesser.post("/-/signin/code", code="000000")

    assert browser.get("/-/me").status_code == 200


def test_a_session_that_was_laid_ready_is_not_taken_over(
    app: Flask, browser: Browser, site: Station, nadia: accounts.Account
) -> None:
    ask(browser)
    browser.post("/-/signin", **form(browser.get(last_letter(site).path), "main form"))
    laid = browser.client.get_cookie("session")
    victim, thief = Browser(app.test_client()), Browser(app.test_client())
    victim.client.set_cookie("session", laid.value)
    thief.client.set_cookie("session", laid.value)
    victim.post("/-/signin", email=EMAIL)
    page = victim.get(last_letter(site).path)
    assert victim.post("/-/signin", **form(page, "main form")).status_code == 303

    assert victim.client.get_cookie("session").value != laid.value
    assert victim.get("/-/me").status_code == 200
    assert thief.get("/-/me").status_code == 403


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
     "/a\r\nLocation: https://evil.example", "/\t/evil.example", "x", "http:evil.example"],
)  # fmt: skip
def test_signing_in_leads_to_no_other_site(browser: Browser, site: Station, nadia: accounts.Account, back: str) -> None:
    browser.post("/-/signin", email=EMAIL, back=back)
    entered = browser.post("/-/signin/code", code=last_letter(site).code)
    told = browser.post("/-/signin/device", device="mine", back=back)

    assert entered.headers["Location"].startswith("/-/signin/device")
    assert "evil" not in entered.headers["Location"]
    assert told.headers["Location"] == "/"
    assert one(browser.get("/-/signin/device", query_string={"back": back}), "input[name=back]")["value"] == "/"


def test_a_link_in_a_mail_begins_with_the_public_address_whatever_host_is_asked(
    instance: Path, make_app: Callable[[], Flask]
) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write('address = "https://vallee.example"\n')
    app = make_app()
    site: Station = app.extensions["gare"]
    with site.truth.begin() as connection:
        accounts.add(connection, "Nadia", is_admin=False, email=EMAIL)
    app.test_client().post("/-/signin", data={"email": EMAIL}, headers={"Host": "evil.example"})

    assert last_letter(site).links[0].startswith("https://vallee.example/-/signin?token=")
    assert "evil" not in last_letter(site).text


def test_without_a_public_address_a_mail_asked_for_elsewhere_has_a_code_and_no_link(
    browser: Browser, site: Station, nadia: accounts.Account
) -> None:
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:80"):
        browser.client.post("/-/signin", data={"email": EMAIL}, headers={"Host": host})
        letter = last_letter(site)

        assert letter.links == [] and "evil" not in letter.text and letter.code


def test_no_name_ends_a_line_of_a_mail_s_head(browser: Browser, site: Station, nadia: accounts.Account) -> None:
    site.store_settings(title="La vallée\r\nBcc: x@evil.example", language="en")
    ask(browser)

    assert "\n" not in last_letter(site).subject and "\r" not in last_letter(site).subject
    assert letters(site)[0].to == EMAIL


@pytest.mark.parametrize("email", ["", "nadia", f"{EMAIL}\r\nBcc: x@evil.example", f"{EMAIL}, x@evil.example"])
def test_what_is_no_address_is_refused_at_its_field(browser: Browser, site: Station, email: str) -> None:
    response = ask(browser, email)

    assert response.status_code == 400 and soup(response).select("#gc-errors a[href='#gc-field-email']")
    assert letters(site) == []


def test_without_a_mail_server_the_page_says_whom_to_ask(passer_by: Browser) -> None:
    page = soup(passer_by.get("/-/signin"))

    assert "ask the person who looks after this site" in page.select_one("main > p:not(.lead)").text
    assert page.select_one("input[name=email]") is None
