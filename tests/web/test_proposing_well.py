"""Proposing without loss: nothing typed is lost, sent twice or silently changed, and no mail says a stranger's words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.proposals import proposals
from app.station import Station
from tests.web.hands import Browser, errors, form, notices, one, soup
from tests.web.mailed import last_letter, letters
from tests.web.proposing import BREAD, decide, for_members, long_ago, numbers, propose

ZOE = {"author": "Zoé", "email": "zoe@example.org", "action": "save"}


@pytest.fixture(autouse=True)
def _for_members(can_mail: None, admin: Browser, site: Station) -> None:
    admin.write("pain", BREAD)
    for_members(site)


@pytest.mark.parametrize("action", ["save", "preview"])
def test_who_may_write_meanwhile_gets_the_editor_with_his_text(member: Browser, site: Station, action: str) -> None:
    for_members(site, "admins")
    fields = form(member.get("/-/propose/pain"), "form[data-editor]") | {"text": "Elle commence à 19 h.\n"}
    for_members(site)
    shown = member.post("/-/propose/pain", **(fields | {"action": action}))

    assert shown.status_code == 409 and errors(shown) == ["You may change this page yourself now. Save your text."]
    again = form(shown, "form[data-editor]")
    assert "19 h" in again["text"] and one(shown, "form[data-editor]")["action"] == "/-/edit/pain"
    assert member.post("/-/edit/pain", **(again | {"action": "save"})).status_code == 303


def test_what_only_administrators_set_is_left_out_and_that_is_said(member: Browser, site: Station) -> None:
    for_members(site, "admins")
    fields = form(member.get("/-/propose/pain"), "form[data-editor]")
    fields |= {"head": f"{fields['head']}\naudience: members", "action": "save"}
    alone = member.post("/-/propose/pain", **fields)
    sent = member.post("/-/propose/pain", **(fields | {"text": fields["text"].replace("18 h", "19 h")}))

    assert errors(alone) == ["Only administrators set this: audience. Change the text, then propose it."]
    assert any("audience" in said for said in notices(member.get(sent.headers["Location"])))


def test_a_button_pressed_twice_is_one_proposal_and_one_mail(
    admin: Browser, browser: Browser, member: Browser, site: Station
) -> None:
    for _ in range(2):
        assert propose(browser, site, "pain", "18 h", "19 h").headers["Location"] == "/-/proposals/sent"
    assert len(letters(site)) == 1
    browser.post(last_letter(site).path, action="confirmed")
    for_members(site, "admins")
    for _ in range(2):
        propose(member, site, "pain", "midi", "onze heures")

    assert len(numbers(admin)) == 2


def test_the_mail_that_asks_to_confirm_says_nothing_that_was_typed(browser: Browser, site: Station) -> None:
    fields = long_ago(form(browser.get("/-/propose/gain"), "form[data-editor]"), site)
    spam = {"title": "Gagnez sur https://spam.example/x", "author": "https://spam.example/y", "text": "Mots.\n"}
    browser.post("/-/propose/gain", **(fields | ZOE | spam))

    letter = last_letter(site)
    assert letter.to == "zoe@example.org" and letter.path.startswith("/-/proposals/mine/")
    assert "spam" not in letter.text + letter.subject and "gain" not in letter.text


def test_likes_of_a_new_page_are_shown_before_it_is_sent(browser: Browser, member: Browser, site: Station) -> None:
    for_members(site, "admins")
    propose(member, site, "marche-de-noel", "", "Le samedi.\n")
    like = browser.get("/-/propose/marche-de-noel-2026").text
    named = browser.get("/-/propose/autre?title=fête+du+pain")

    assert "1 new page with a title like this waits already." in like
    assert soup(named).select(".notice a[href='/pain']") and "title like this" not in named.text


def test_likes_that_wait_where_one_may_not_read_are_not_told(admin: Browser, browser: Browser, site: Station) -> None:
    for_members(site, "admins")
    admin.write("bureau/index", "---\naudience: members\n---\n\nmots\n")
    with site.truth.begin() as connection:
        draft = proposals.Draft("bureau/licenciement", None, "Licenciement", "mots\n")
        proposals.add(connection, draft, "m-aaaaaaaa")

    assert "title like this" not in browser.get("/-/propose/licenciement").text


def test_a_summary_with_signs_that_no_page_may_hold_is_taken(admin: Browser, browser: Browser, site: Station) -> None:
    propose(browser, site, "pain", "18 h", "19 h", summary="l’\0heure\x07")
    browser.post(last_letter(site).path, action="confirmed")
    (number,) = numbers(admin)

    assert one(admin.get(f"/-/proposals/{number}"), "p.summary").text == "l’ heure"
    assert decide(admin, number, "accepted").status_code == 303


def test_enough_words_without_signing_in_are_refused_with_the_cure_and_kept(
    instance: Path, make_app: Callable[[], Flask], site: Station
) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write("anonymous_proposal_bytes = 150\n")
    browser = Browser(make_app().test_client())
    sent = [propose(browser, site, "pain", "18 h", f"{hour} h") for hour in (19, 20)]

    assert [answer.status_code for answer in sent] == [303, 403]
    assert errors(sent[1]) == ["Too much was sent today without signing in. Sign in, or come back tomorrow."]
    assert "20 h" in form(sent[1], "form[data-editor]")["text"]


def test_a_title_and_keywords_that_are_too_long_are_refused_and_kept(browser: Browser, site: Station) -> None:
    typed = {"title": "a" * 301, "tags": "b," * 1001}
    refused = propose(browser, site, "pain", "18 h", "19 h", **typed)
    again = form(refused, "form[data-editor]")

    assert refused.status_code == 400 and errors(refused) == ["This title is too long. Type at most 300 letters."]
    assert "19 h" in again["text"] and {name: again[name] for name in typed} == typed
