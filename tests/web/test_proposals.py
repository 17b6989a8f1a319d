"""Proposals: somebody who may not write a page proposes a change, and who looks after the page decides."""

from pathlib import Path

import pytest

from app.config import load
from app.station import Station, open_station
from app.wiki.frontmatter import parse
from tests.web.hands import Browser, content, errors, form, notices, one, soup, textarea
from tests.web.mailed import MAIL_SETTINGS, last_letter, letters
from tests.web.proposing import BREAD, decide, for_members, long_ago, numbers, propose


@pytest.fixture(autouse=True)
def _for_members(can_mail: None, admin: Browser, site: Station) -> None:
    admin.write("pain", BREAD)
    for_members(site)


def test_a_visitor_proposes_confirms_by_mail_and_a_moderator_accepts(
    admin: Browser, browser: Browser, site: Station
) -> None:
    button = one(browser.get("/pain"), ".tools > a.button")
    assert (button.text.strip(), button["href"]) == ("Propose a change", "/-/propose/pain")
    sent = propose(browser, site, "pain", "18 h", "19 h", summary="l’heure")
    assert sent.headers["Location"] == "/-/proposals/sent" and "18 h" in content(browser.get("/pain")).text
    assert numbers(admin) == []
    letter = last_letter(site)
    assert letter.to == "zoe@example.org"
    browser.get(letter.path)
    assert numbers(admin) == []  # mail scanners open links, too
    confirmed = browser.post(letter.path, action="confirmed")
    assert notices(browser.get(confirmed.headers["Location"]))

    (number,) = numbers(admin)
    shown = admin.get(f"/-/proposals/{number}")
    assert "l’heure" in shown.text and [mark.text for mark in soup(shown).select(".diff ins mark")] == ["19"]
    accepted = decide(admin, number, "accepted")

    assert accepted.headers["Location"] == "/pain" and "19 h" in content(browser.get("/pain")).text
    assert "Zoé" in browser.get("/-/history/pain").text and numbers(admin) == []
    assert "acceptée" in last_letter(site).subject and len(letters(site)) == 2
    assert "It is accepted" in browser.get(letter.path).text


def test_without_mail_it_waits_unconfirmed_and_the_link_is_shown(
    instance: Path, admin: Browser, browser: Browser, site: Station
) -> None:
    file = instance / "gare.toml"
    file.write_text(file.read_text().replace(MAIL_SETTINGS, ""))
    app = admin.client.application
    app.extensions["gare"] = open_station(load(instance), site.hooks)
    sent = browser.get(propose(browser, site, "pain", "18 h", "19 h").headers["Location"])
    app.extensions["gare"].close()
    app.extensions["gare"] = site
    link = one(sent, "#gc-own-link")["value"].removeprefix("http://localhost")

    (number,) = numbers(admin)
    assert "address not confirmed" in admin.get(f"/-/proposals/{number}").text and letters(site) == []
    own = browser.get(link)
    assert "waits for somebody" in own.text and not soup(own).select("[value=confirmed]")
    assert browser.post(link, action="confirmed").status_code == 409


def test_a_member_proposes_at_once_and_finds_it_among_his_own(
    admin: Browser, member: Browser, browser: Browser, site: Station
) -> None:
    for_members(site, "admins")
    propose(member, site, "pain", "18 h", "19 h")
    (number,) = numbers(admin)
    own = f"/-/proposals/mine/{number}"

    assert own in member.get("/-/proposals/mine/").text and "waits for somebody" in member.get(own).text
    assert [admin.get(own).status_code, browser.get(own).status_code] == [404, 403]
    decide(admin, number, "asked", question="Vraiment ?")
    answered = member.post(own, action="answered", words="Oui")
    assert answered.status_code == 303 and "Vraiment ?" in member.get(own).text
    assert "Oui" in admin.get(f"/-/proposals/{number}").text
    decide(admin, number, "accepted")
    assert "Idris" in browser.get("/-/history/pain").text


def test_a_part_of_a_page_is_proposed_by_its_pencil(admin: Browser, browser: Browser, site: Station) -> None:
    link = one(browser.get("/pain"), ".pencil a")
    assert link["href"] == "/-/propose/pain?section=1"
    propose(browser, site, "pain?section=1", "midi", "onze heures")
    browser.post(last_letter(site).path, action="confirmed")
    decide(admin, *numbers(admin), "accepted")

    assert admin.typed("pain").endswith("Elle commence à 18 h.\n\n## Le four\n\nIl chauffe dès onze heures.\n")


def test_a_new_page_is_proposed_after_its_likes_are_shown(admin: Browser, browser: Browser, site: Station) -> None:
    asked = browser.post("/-/new", title="fête du pain", folder="")
    assert "/pain" in one(asked, "#gc-similar").decode() and asked.status_code == 200
    started = browser.post("/-/new", title="Le marché", folder="", anyway="1")
    assert started.headers["Location"].startswith("/-/propose/le-marche?title=Le+march")
    propose(browser, site, "le-marche?title=Le+marché", "", "Le samedi.\n")
    browser.post(last_letter(site).path, action="confirmed")
    assert "1 proposal waits for this page already." in browser.get("/-/propose/le-marche").text
    (number,) = numbers(admin)
    assert "This page does not exist yet." in admin.get(f"/-/proposals/{number}").text
    decide(admin, number, "accepted")

    assert "Le samedi." in content(browser.get("/le-marche")).text


def test_what_decides_who_reads_never_comes_from_a_proposal(admin: Browser, browser: Browser, site: Station) -> None:
    head = "title: La fête\naudience: admins\neditors: all\naliases: [accueil]\nredirect: /x"
    propose(browser, site, "pain", "18 h", "19 h", head=head, title="La fête", title_was="La fête")
    browser.post(last_letter(site).path, action="confirmed")
    (number,) = numbers(admin)
    assert "audience" not in admin.get(f"/-/proposals/{number}").text
    decide(admin, number, "accepted")

    assert "19 h" in content(browser.get("/pain")).text
    assert not {"audience", "editors", "aliases", "redirect"} & set(parse(admin.typed("pain")).values)


def test_a_text_that_says_nothing_new_is_not_sent(browser: Browser, site: Station) -> None:
    for old, new in (("18 h", "18 h"), (BREAD.partition("---\n\n")[2], " ")):
        refused = propose(browser, site, "pain", old, new)
        assert refused.status_code == 400 and len(errors(refused)) == 1
    assert letters(site) == []


def test_a_preview_sends_nothing(browser: Browser, site: Station) -> None:
    shown = propose(browser, site, "pain", "18 h", "**19 h**", action="preview")

    assert one(shown, "#gc-preview-body strong").text == "19 h" and letters(site) == []
    assert browser.post("/-/preview/pain", text="**mots**").status_code == 200


def test_a_new_page_that_somebody_else_wrote_meanwhile_keeps_the_text(
    admin: Browser, browser: Browser, site: Station
) -> None:
    fields = form(browser.get("/-/propose/marche"), "form[data-editor]") | {"text": "Le samedi.\n"}
    admin.write("marche", "Le dimanche.\n")
    refused = browser.post("/-/propose/marche", **(long_ago(fields, site) | {"author": "Zoé", "email": "z@b.org"}))

    assert refused.status_code == 409 and "Le samedi." in textarea(refused) and len(errors(refused)) == 1


def test_who_may_write_is_led_to_the_editor(admin: Browser, member: Browser) -> None:
    address = "/-/propose/pain?section=1&path=x&_external=1&_scheme=gopher"
    assert member.get(address).headers["Location"] == "/-/edit/pain?section=1"
    assert not soup(member.get("/pain")).select("a[href^='/-/propose']")
    assert member.post("/-/propose/pain", text="x", base="").status_code in {403, 409}


def test_a_proposal_is_taken_back(admin: Browser, browser: Browser, site: Station) -> None:
    propose(browser, site, "pain", "18 h", "19 h")
    path = last_letter(site).path
    browser.post(path, action="confirmed")
    browser.post(path, action="withdrawn")

    assert numbers(admin) == [] and "You have taken your proposal back." in browser.get(path).text
    assert browser.post(path, action="answered", words="x").status_code == 409
    assert browser.post(path, action="accepted").status_code == 400


def test_a_link_that_nobody_has_leads_nowhere(browser: Browser) -> None:
    assert browser.get("/-/proposals/mine/x").status_code == 404
    assert browser.post("/-/proposals/mine/x", action="confirmed").status_code == 404
    assert not soup(browser.get("/-/proposals/sent?link=https://evil.example")).select("#gc-own-link")
