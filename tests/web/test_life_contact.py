"""Writing to who stands behind a record: the message arrives, the address is shown to nobody, nothing is injectable."""

import json
import time
from email import message_from_bytes, policy

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from werkzeug.test import TestResponse

from app.outbox.message import Letter as Letterform
from app.outbox.message import Sender as SentFrom
from app.outbox.message import write
from app.outbox.tables import mails
from app.people import accounts
from app.people.accounts import Account
from app.records import contact, life_tables
from app.records.life_tables import messages
from app.station import Station
from app.web import visitor_form
from tests.web.conftest import sign_in
from tests.web.hands import Browser, errors, form, soup
from tests.web.life_hands import RECEIVER, ZOE, make, make_form
from tests.web.mailed import last_letter, letters

AT = "/-/contact/offres/velo"
WORDS = "Bonjour,\nle vélo est-il encore là ?"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test type as fast as it can."""
    monkeypatch.setattr(visitor_form, "LEAST_SECONDS", 0)


@pytest.fixture
def _record(can_mail: None, site: Station) -> None:
    make_form(site)
    make(site, "offres/velo", "Un vélo", contact=RECEIVER)


def send(browser: Browser, text: str = WORDS, **more: str) -> TestResponse:
    """Fill the form in and send it."""
    fields = form(browser.get(AT), f"form[action='{AT}']")
    return browser.post(AT, **(fields | {"text": text} | more))


def own_address(site: Station, name: str, email: str) -> Account:
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, name)
        assert account
        accounts.set_email(connection, account.id, email)
    return account


def headers(site: Station) -> list[dict[str, str]]:
    """Write the mails that wait as they are sent, and read them as a mail program does."""
    with site.truth.connect() as connection:
        rows = connection.execute(select(mails).order_by(mails.c.id)).all()
    sender = SentFrom("gare@example.org", "Essai", "fr", "clé")
    read = [message_from_bytes(write(Letterform(row.to_address, row.subject, row.text, row.html,
                                                json.loads(row.headers)), sender), policy=policy.default)
            for row in rows]  # fmt: skip
    return [dict(one.items()) for one in read]


@pytest.mark.usefixtures("_record")
def test_a_visitor_s_message_goes_out_once_its_link_is_pressed(browser: Browser, site: Station) -> None:
    kept = send(browser, **ZOE)
    asked = last_letter(site)
    assert kept.status_code == 200 and asked.to == ZOE["email"] and "vélo" not in asked.text
    browser.get(asked.path)
    assert len(letters(site)) == 1  # mail scanners open links

    sent = browser.post(asked.path, action="send")
    again = browser.post(asked.path, action="send")
    passed_on = last_letter(site)
    assert (sent.status_code, again.status_code, len(letters(site))) == (303, 303, 2)
    assert passed_on.to == RECEIVER and "> le vélo est-il encore là ?" in passed_on.text
    assert "> — Zoé" in passed_on.text and headers(site)[-1]["Reply-To"] == ZOE["email"]


@pytest.mark.usefixtures("_record")
def test_a_member_s_message_goes_out_at_once_with_his_own_address(member: Browser, site: Station) -> None:
    own_address(site, "Idris", "idris@example.org")
    sent = send(member)

    assert sent.status_code == 303 and last_letter(site).to == RECEIVER
    assert headers(site)[-1]["Reply-To"] == "idris@example.org"
    with site.truth.connect() as connection:
        (kept,) = connection.execute(select(life_tables.messages)).all()
    assert (kept.text, kept.state) == ("", contact.SENT)


@pytest.mark.usefixtures("_record")
def test_a_member_without_an_address_is_asked_for_one(member: Browser, site: Station) -> None:
    shown = member.get(AT)

    assert soup(shown).select("main a[href='/-/me/email']") and not soup(shown).select("textarea")
    assert errors(member.post(AT, text=WORDS)) and letters(site) == []


@pytest.mark.usefixtures("_record")
def test_nobody_is_shown_the_address_in_any_answer_nor_mail(
    browser: Browser, member: Browser, site: Station, admin: Browser
) -> None:
    own_address(site, "Idris", "idris@example.org")
    send(browser, **ZOE)
    link = last_letter(site).path
    answers = [browser.get(AT), browser.post(AT, text=""), send(browser, "x" * 6000), browser.get(link),
               browser.post(link, action="send"), browser.get(link), send(member), member.get(AT),
               member.get("/offres/velo"), browser.get("/offres/velo"), admin.get("/-/source/offres/velo")]  # fmt: skip

    assert not [one.request.path for one in answers if RECEIVER in one.text or RECEIVER in str(one.headers)]
    assert not [one for one in letters(site) if RECEIVER in one.text + one.subject]


@pytest.mark.usefixtures("_record")
@pytest.mark.parametrize("text", ["a\r\nBcc: x@example.org\r\n\r\nb", "a\u2028Subject: b", "a\x0b\x0cCc: y\x85To: z"])
def test_no_header_and_no_line_of_ours_can_be_smuggled_in(browser: Browser, site: Station, text: str) -> None:
    send(browser, text, **(ZOE | {"author": "Zoé\r\nBcc: x@example.org"}))
    browser.post(last_letter(site).path, action="send")
    (_, passed_on), sent = letters(site), headers(site)[-1]

    assert {name.lower() for name in sent} <= {"from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version",
                                               "content-language", "content-type", "reply-to"}  # fmt: skip
    assert (sent["To"], sent["Reply-To"]) == (RECEIVER, ZOE["email"])
    ours = [line for line in passed_on.text.splitlines() if not line.startswith(">")]
    assert not [line for line in ours if "x@example.org" in line or "Subject" in line or "Cc:" in line]


@pytest.mark.usefixtures("can_mail")
def test_a_title_cannot_smuggle_a_header_in(member: Browser, site: Station) -> None:
    own_address(site, "Idris", "idris@example.org")
    make_form(site)
    make(site, "offres/velo", "Un vélo\nBcc: x@example.org =?utf-8?q?a=0ab?=", contact=RECEIVER)
    send(member)

    assert "Bcc" not in headers(site)[-1] and "\n" not in letters(site)[-1].subject


@pytest.mark.usefixtures("_record")
@pytest.mark.parametrize(
    "email", ["zoe@example.org, x@example.org", "zoe@example.org\nBcc: x@x.org", "Zoé <zoe@a.org>"]
)
def test_an_address_that_is_more_than_one_is_refused(browser: Browser, site: Station, email: str) -> None:
    assert errors(send(browser, author="Zoé", email=email)) and letters(site) == []


@pytest.mark.usefixtures("_record")
def test_a_sender_a_record_and_the_site_have_each_enough_some_day(
    app: Flask, member: Browser, site: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_address(site, "Idris", "idris@example.org")
    codes = [send(member, f"mot {count}").status_code for count in range(6)]
    assert codes == [303] * 5 + [429]

    other = sign_in(app, site, "Ana", is_admin=False)
    own_address(site, "Ana", "ana@example.org")
    monkeypatch.setattr(contact, "TO_RECORD", contact.Rule("relay-to", 5))
    assert errors(send(other, "encore")) == ["Enough messages went there today. Try again tomorrow."]
    monkeypatch.setattr(contact, "TO_RECORD", contact.Rule("relay-to", 50))
    monkeypatch.setattr(contact, "OF_SITE", contact.Rule("relay-all", 5))
    assert send(other, "encore").status_code == 429 and len(letters(site)) == 5


@pytest.mark.usefixtures("_record")
def test_the_receiver_reports_misuse_and_the_sender_writes_to_nobody_until_a_moderator_has_looked(
    member: Browser, browser: Browser, admin: Browser, site: Station
) -> None:
    own_address(site, "Idris", "idris@example.org")
    make(site, "offres/pomme", "Des pommes", contact="autre@example.org")
    send(member)
    stop = next(link for link in last_letter(site).links if "/-/message/stop/" in link).removeprefix("http://localhost")
    assert browser.get(stop).status_code == 200 and send(member).status_code == 303  # opening it stops nothing

    browser.post(stop, action="report")
    refused = member.post("/-/contact/offres/pomme", text=WORDS)
    assert refused.status_code == 403 and "Messages from this address are stopped" in refused.text
    care = admin.get("/-/records/care")
    assert "Messages reported as misuse" in care.text and "Idris" in care.text
    number = form(care, "form[action='/-/records/care']")["id"]
    admin.post("/-/records/care", action="clear", id=number)
    assert member.post("/-/contact/offres/pomme", text=WORDS).status_code == 303


@pytest.mark.usefixtures("_record")
def test_the_link_of_a_forgotten_message_is_none_for_the_next_one_of_its_number(
    app: Flask, member: Browser, browser: Browser, site: Station
) -> None:
    own_address(site, "Idris", "idris@example.org")
    send(member)
    stop = next(link for link in last_letter(site).links if "/-/message/stop/" in link).removeprefix("http://localhost")
    with site.truth.begin() as connection:
        before = connection.execute(delete(messages).returning(messages.c.id)).scalar_one()
    zora = sign_in(app, site, "Zora", is_admin=False)
    own_address(site, "Zora", "zora@example.org")
    send(zora)
    with site.truth.begin() as connection:
        connection.execute(update(messages).values(id=before))

    assert browser.get(stop).status_code == browser.post(stop, action="report").status_code == 404
    assert send(zora).status_code == 303


@pytest.mark.usefixtures("_record")
def test_the_receiver_takes_no_more_messages_and_takes_them_again(
    member: Browser, browser: Browser, site: Station
) -> None:
    own_address(site, "Idris", "idris@example.org")
    send(member)
    stop = next(link for link in last_letter(site).links if "/-/message/stop/" in link).removeprefix("http://localhost")
    browser.post(stop, action="stop")
    assert (member.get(AT).status_code, member.post(AT, text=WORDS).status_code) == (404, 404)
    browser.post(stop, action="again")

    assert send(member).status_code == 303


@pytest.mark.usefixtures("can_mail")
def test_a_message_goes_to_who_made_the_record_where_it_names_no_contact(
    app: Flask, member: Browser, site: Station
) -> None:
    own_address(site, "Idris", "idris@example.org")
    sign_in(app, site, "Ana", is_admin=False)
    ana = own_address(site, "Ana", "ana@example.org")
    make_form(site)
    make(site, "offres/velo", "Un vélo", by=ana.pseudonym)
    send(member)

    assert last_letter(site).to == "ana@example.org"


@pytest.mark.usefixtures("can_mail")
def test_nobody_is_written_to_where_nobody_can_be_and_closed_records_say_nothing(
    browser: Browser, site: Station, admin: Browser
) -> None:
    make_form(site)
    make(site, "offres/velo", "Un vélo")
    assert "Nobody can be written to here." in browser.get(AT).text
    make(site, "bureau/velo", "Un autre", contact=RECEIVER, audience="admins")

    assert browser.get("/-/contact/bureau/velo").status_code == browser.get("/-/contact/rien").status_code == 404
    assert admin.get("/-/contact/bureau/velo").status_code == 200


def test_nobody_is_written_to_where_the_site_sends_no_mails(browser: Browser, site: Station) -> None:
    make_form(site)
    make(site, "offres/velo", "Un vélo", contact=RECEIVER)

    assert browser.get(AT).status_code == 404


@pytest.mark.usefixtures("_record")
def test_what_is_known_of_messages_is_forgotten(
    browser: Browser, site: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(browser, **ZOE)
    browser.post(last_letter(site).path, action="send")
    later = time.time() + 31 * 86_400
    monkeypatch.setattr("time.time", lambda: later)
    with site.truth.begin() as connection:
        contact.forget_sent(connection)
        left = connection.execute(select(life_tables.messages)).all()

    assert left == []
