"""Those who look after a page hear by mail that something waits: twice a day at most, and not what it is."""

import time

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.outbox.tables import mails
from app.people import accounts, groups
from app.people.groups import Group
from app.station import Station
from app.web.moderator_mails import HALF_DAY
from tests.web.conftest import sign_in
from tests.web.hands import Browser, form
from tests.web.mailed import Letter, last_letter, letters
from tests.web.proposing import BREAD, for_members, long_ago, propose


@pytest.fixture(autouse=True)
def _mended(can_mail: None, admin: Browser, site: Station) -> None:
    admin.write("pain", BREAD)
    admin.write("jardins/pain", BREAD)
    for_members(site)
    give_address(site, "Nadia")


def give_address(site: Station, name: str) -> None:
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, name)
        accounts.set_email(connection, account.id, f"{name.lower()}@example.org")


def confirmed(browser: Browser, site: Station, path: str = "pain", new: str = "19 h") -> None:
    propose(browser, site, path, "18 h", new)
    letter = [one for one in letters(site) if one.to == "zoe@example.org"][-1]
    browser.post(letter.path, action="confirmed")


def told(site: Station) -> list[Letter]:
    return [letter for letter in letters(site) if letter.to != "zoe@example.org"]


def test_a_moderator_is_told_once_the_address_is_confirmed(browser: Browser, site: Station) -> None:
    propose(browser, site, "pain", "18 h", "19 h")
    before = told(site)
    confirmed(browser, site)

    (letter,) = told(site)
    assert before == [] and letter.to == "nadia@example.org"
    assert letter.path == "/-/proposals/first" and "19 h" not in letter.text and "pain" not in letter.text


def test_of_what_comes_while_a_mail_waits_no_other_tells(browser: Browser, site: Station) -> None:
    confirmed(browser, site, new="19 h")
    confirmed(browser, site, new="20 h")

    assert len(told(site)) == 1


def test_what_comes_soon_after_a_mail_is_told_half_a_day_later(browser: Browser, site: Station) -> None:
    confirmed(browser, site, new="19 h")
    with site.truth.begin() as connection:
        connection.execute(update(mails).where(mails.c.to_address == "nadia@example.org").values(sent_at=1))
    now = time.time()
    confirmed(browser, site, new="20 h")
    confirmed(browser, site, new="21 h")

    with site.truth.connect() as connection:
        due = (
            connection.execute(select(mails.c.due_at).where(mails.c.to_address == "nadia@example.org")).scalars().all()
        )
    assert len(due) == 2 and abs(due[1] - now - HALF_DAY) < 60


def test_referents_hear_of_their_own_folder_only(app: Flask, browser: Browser, site: Station) -> None:
    for name in ("Mona", "Paul"):
        sign_in(app, site, name, is_admin=False)
        give_address(site, name)
    with site.truth.begin() as connection:
        for name, space, member in (("jardin", "jardins", "Mona"), ("four", "fours", "Paul")):
            group = groups.add(connection, Group(0, name, name.title(), space, True))
            account = accounts.find_named(connection, member)
            groups.enter(connection, group, account.id)
            groups.set_referent(connection, group, account.id, is_referent=True)
    confirmed(browser, site, "jardins/pain")

    assert {letter.to for letter in told(site)} == {"nadia@example.org", "mona@example.org"}


def test_who_is_blocked_or_has_no_address_is_not_written_to(app: Flask, browser: Browser, site: Station) -> None:
    sign_in(app, site, "Sans Adresse", is_admin=True)
    sign_in(app, site, "Ancienne", is_admin=True)
    give_address(site, "Ancienne")
    with site.truth.begin() as connection:
        accounts.block(connection, accounts.find_named(connection, "Ancienne"), is_blocked=True)
    confirmed(browser, site)

    assert [letter.to for letter in told(site)] == ["nadia@example.org"]


def test_a_comment_that_waits_is_told_too(browser: Browser, site: Station) -> None:
    address = "/-/comments/pain"
    fields = long_ago(form(browser.get(address), f"form[action='{address}']"), site)
    browser.post(address, **(fields | {"author": "Zoé", "email": "zoe@example.org", "text": "bonjour"}))
    browser.post(last_letter(site).path, action="confirm")

    assert [letter.to for letter in told(site)] == ["nadia@example.org"]
