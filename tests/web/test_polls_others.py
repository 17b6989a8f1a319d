"""Answers that come another way: without an account, by the link of a mail, on paper, by telephone."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.answers import looking
from app.people import accounts
from app.station import Station
from tests.web.conftest import sign_in
from tests.web.hands import Browser, errors, soup
from tests.web.mailed import last_letter, letters
from tests.web.poll_hands import ADDRESS, PATH, SOUP, TODAY, TOMORROW, kept, make_poll, visit

OPEN = f"{SOUP}, who: everyone"
BEHALF = f"/-/poll/behalf/{PATH}"


@pytest.fixture(autouse=True)
def _mails_lead_here(instance: Path, can_mail: None) -> None:
    """Let mails go out that say where the site is."""
    with (instance / "gare.toml").open("a") as settings:
        settings.write('address = "http://localhost"\n')


def give_address(site: Station, name: str, email: str) -> None:
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, name)
        assert account
        accounts.set_email(connection, account.id, email)


def ask(admin: Browser, site: Station) -> list[str]:
    """Let the members be asked by mail; gives the links."""
    admin.post(f"/-/poll/ask/{PATH}")
    return [
        link.removeprefix("http://localhost") for one in letters(site) for link in one.links if "/poll/mail/" in link
    ]


# -- without an account ----------------------------------------------------------------------------------------------


def test_a_visitors_answer_counts_once_the_address_is_confirmed(browser: Browser, site: Station) -> None:
    page_id = make_poll(site, OPEN)
    said = visit(browser, site, "Zoé", "zoe@example.org", choice="tarte")
    before, link = kept(site, page_id), last_letter(site).path
    opened = browser.get(link)
    still = kept(site, page_id)
    browser.post(link, action="confirm")

    assert "zoe@example.org" in said.text
    assert "Confirm my answer" in opened.text
    assert (before, still) == ([], [])
    assert kept(site, page_id) == [("Zoé", {"tarte": "yes"}, "")]


def test_the_same_link_changes_the_answer_and_takes_it_back(browser: Browser, site: Station) -> None:
    page_id = make_poll(site, OPEN)
    visit(browser, site, "Zoé", "zoe@example.org", choice="tarte")
    link = last_letter(site).path
    browser.post(link, action="confirm")
    browser.post(link, choice="soupe")
    changed = kept(site, page_id)
    browser.post(link, action="withdraw")

    assert changed == [("Zoé", {"soupe": "yes"}, "")]
    assert kept(site, page_id) == []


def test_one_address_answers_once(browser: Browser, site: Station) -> None:
    page_id = make_poll(site, OPEN)
    for name, choice in (("Zoé", "tarte"), ("Zoé B.", "soupe")):
        visit(browser, site, name, "zoe@example.org", choice=choice)
        browser.post(last_letter(site).path, action="confirm")

    assert kept(site, page_id) == [("Zoé B.", {"soupe": "yes"}, "")]


def test_a_member_who_answered_as_a_visitor_answers_once(app: Flask, browser: Browser, site: Station) -> None:
    page_id = make_poll(site, OPEN)
    zoe = sign_in(app, site, "Zoé", is_admin=False)
    give_address(site, "Zoé", "zoe@example.org")
    visit(browser, site, "Zoé sans compte", "zoe@example.org", choice="tarte")
    browser.post(last_letter(site).path, action="confirm")
    zoe.post(ADDRESS, choice="soupe")

    assert [said for _, said, _ in kept(site, page_id)] == [{"soupe": "yes"}]


def test_a_link_that_nobody_made_says_so(browser: Browser, site: Station) -> None:
    make_poll(site, OPEN)

    assert browser.get("/-/poll/mine/nonsense").status_code == 404
    assert browser.get("/-/poll/mail/nonsense").status_code == 404


def test_a_link_takes_no_answer_once_it_is_closed(browser: Browser, site: Station) -> None:
    page_id = make_poll(site, OPEN)
    visit(browser, site, "Zoé", "zoe@example.org", choice="tarte")
    link = last_letter(site).path
    make_poll(site, f"{OPEN}, closed: {TODAY}, outcome: none, words: Rien")
    page = browser.post(link, action="confirm")

    assert page.status_code == 403
    assert kept(site, page_id) == []


def test_a_link_of_an_earlier_round_says_that_the_proposal_was_changed(browser: Browser, site: Station) -> None:
    page_id = make_poll(site, "kind: consent, stage: objections, who: everyone")
    visit(browser, site, "Zoé", "zoe@example.org", choice="consent")
    link = last_letter(site).path
    browser.post(link, action="confirm")
    make_poll(site, "kind: consent, stage: objections, who: everyone, round: 2")
    page = browser.post(link, choice="objection", comment="Non")

    assert (page.status_code, errors(page)) == (403, ["The proposal was changed since. Answer again on its page."])
    assert kept(site, page_id) == []


# -- by the link of a mail -------------------------------------------------------------------------------------------


def test_members_are_asked_by_mail_and_answer_without_signing_in(
    app: Flask, admin: Browser, member: Browser, browser: Browser, site: Station
) -> None:
    page_id = make_poll(site, f"{SOUP}, until: {TOMORROW}")
    give_address(site, "Idris", "idris@example.org")
    (link,) = ask(admin, site)
    opened = browser.get(link)
    before = kept(site, page_id)
    done = browser.post(link, choice="soupe")

    assert "You answer as Idris." in opened.text and before == []
    assert "Your answer is noted." in done.text
    assert kept(site, page_id) == [("Idris", {"soupe": "yes"}, "")]


def test_members_are_asked_once(admin: Browser, member: Browser, site: Station) -> None:
    make_poll(site, SOUP)
    give_address(site, "Idris", "idris@example.org")
    ask(admin, site)

    assert len(ask(admin, site)) == 1


def test_who_may_not_read_it_or_has_answered_is_not_asked(app: Flask, admin: Browser, site: Station) -> None:
    make_poll(site, SOUP, audience="admins")
    sign_in(app, site, "Idris", is_admin=False)
    give_address(site, "Idris", "idris@example.org")
    give_address(site, "Nadia", "nadia@example.org")
    admin.post(ADDRESS, choice="soupe")

    assert ask(admin, site) == []


def test_only_who_looks_after_it_asks_all_members(member: Browser, site: Station) -> None:
    make_poll(site, SOUP)

    assert member.post(f"/-/poll/ask/{PATH}").status_code == 403


def test_who_was_asked_and_has_not_answered_is_reminded_once(
    admin: Browser, member: Browser, browser: Browser, site: Station
) -> None:
    make_poll(site, f"{SOUP}, until: {TODAY + timedelta(days=2)}")
    give_address(site, "Idris", "idris@example.org")
    ask(admin, site)
    looking.look_after(site, time.time() + 60)
    at_once = [one.subject for one in letters(site)]
    for _ in range(2):
        looking.look_after(site, _at((TODAY + timedelta(days=2)).isoformat(), 12))

    assert at_once == ["Votre réponse, s’il vous plaît : Quand"]
    assert [one.subject for one in letters(site) if "oujours ouvert" in one.subject] == ["Toujours ouvert : Quand"]


def test_who_answered_meanwhile_is_not_reminded(admin: Browser, member: Browser, site: Station) -> None:
    make_poll(site, f"{SOUP}, until: {TOMORROW}")
    give_address(site, "Idris", "idris@example.org")
    ask(admin, site)
    member.post(ADDRESS, choice="soupe")
    looking.look_after(site, _at(TODAY.isoformat(), 12))

    assert [one for one in letters(site) if "oujours ouvert" in one.subject] == []


def test_when_the_last_day_is_over_whoever_looks_after_it_is_asked_to_close_it(admin: Browser, site: Station) -> None:
    page_id = make_poll(site, SOUP)
    give_address(site, "Nadia", "nadia@example.org")
    admin.post(ADDRESS, choice="soupe")
    make_poll(site, f"{SOUP}, until: 2026-01-15")
    for _ in range(2):
        looking.look_after(site, _at(TODAY.isoformat(), 12))

    assert len(kept(site, page_id)) == 1
    assert [one.subject for one in letters(site)] == ["À clore : Quand"]


def _at(day: str, hour: int) -> float:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=ZoneInfo("Europe/Paris")).timestamp()


# -- on paper, by telephone ------------------------------------------------------------------------------------------


def test_a_member_writes_down_what_somebody_answered_by_telephone(member: Browser, site: Station) -> None:
    page_id = make_poll(site, SOUP)
    member.post(BEHALF, name="Paulette", channel="phone", choice="soupe")
    seen = " ".join(member.get(ADDRESS).text.split())

    assert kept(site, page_id) == [("Paulette", {"soupe": "yes"}, "")]
    assert "written down by Idris, by telephone" in seen


def test_a_name_that_answered_already_is_refused(member: Browser, admin: Browser, site: Station) -> None:
    page_id = make_poll(site, SOUP)
    member.post(BEHALF, name="Paulette", channel="phone", choice="soupe")
    page = admin.post(BEHALF, name="paulette", channel="paper", choice="tarte")

    assert (page.status_code, errors(page)) == (
        409, ["Somebody of this name has answered. Add something to the name."],
    )  # fmt: skip
    assert kept(site, page_id) == [("Paulette", {"soupe": "yes"}, "")]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "", "channel": "phone", "choice": "soupe"}, "Type the name of this person."),
        ({"name": "Paulette", "channel": "dream", "choice": "soupe"}, "Choose how you heard it."),
        ({"name": "Paulette", "channel": "phone"}, "Choose an answer first."),
    ],
)
def test_what_misses_is_said(member: Browser, site: Station, fields: dict[str, str], said: str) -> None:
    page_id = make_poll(site, SOUP)
    page = member.post(BEHALF, **fields)

    assert (page.status_code, errors(page)) == (400, [said])
    assert kept(site, page_id) == []


def test_whoever_wrote_it_down_takes_it_off_and_nobody_else(app: Flask, member: Browser, site: Station) -> None:
    page_id = make_poll(site, SOUP)
    member.post(BEHALF, name="Paulette", channel="phone", choice="soupe")
    number = str(soup(member.get(ADDRESS)).select_one("[name=answer]")["value"])  # type: ignore[index]
    other = sign_in(app, site, "Zoé", is_admin=False)
    refused = other.post(f"/-/poll/remove/{PATH}", answer=number)
    still = kept(site, page_id)
    member.post(f"/-/poll/remove/{PATH}", answer=number)

    assert refused.status_code == 403 and len(still) == 1
    assert kept(site, page_id) == []


def test_nobody_takes_off_what_somebody_answered_himself(admin: Browser, member: Browser, site: Station) -> None:
    page_id = make_poll(site, SOUP)
    member.post(ADDRESS, choice="soupe")
    refused = admin.post(f"/-/poll/remove/{PATH}", answer="1")

    assert refused.status_code == 404
    assert len(kept(site, page_id)) == 1


def test_papers_are_written_down_after_the_last_day_by_who_looks_after_it(
    admin: Browser, member: Browser, site: Station
) -> None:
    page_id = make_poll(site, f"{SOUP}, until: 2026-01-15")
    refused = member.post(BEHALF, name="Paulette", channel="paper", choice="soupe")
    admin.post(BEHALF, name="Mireille", channel="paper", choice="soupe")

    assert refused.status_code == 403
    assert [name for name, _, _ in kept(site, page_id)] == ["Mireille"]


def test_the_paper_has_a_column_for_each_option(member: Browser, browser: Browser, site: Station) -> None:
    make_poll(site, SOUP)
    heads = [one.text for one in soup(member.get(f"/-/poll/sheet/{PATH}")).select("table.signups th")]

    assert heads == ["Name", "Soupe", "Tarte", "Remark"]
    assert browser.get(f"/-/poll/sheet/{PATH}").status_code == 403
