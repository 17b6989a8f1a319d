"""Deciding on proposals: on the page as it stands, with words for who proposed, by those who look after the page."""

from typing import Any

import pytest
from flask import Flask

from app.catalog.editing import Outcome
from app.people import accounts, groups
from app.people.groups import Group
from app.proposals import moderating, proposals
from app.station import Station
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser, content, errors, form, one, soup
from tests.web.mailed import last_letter, letters
from tests.web.proposing import BREAD, decide, for_members, numbers, propose


@pytest.fixture(autouse=True)
def _for_members(can_mail: None, admin: Browser, site: Station) -> None:
    admin.write("pain", BREAD)
    for_members(site)


@pytest.fixture
def number(admin: Browser, browser: Browser, site: Station) -> str:
    """Give the number of a confirmed proposal: the feast begins an hour later."""
    return confirmed(admin, browser, site, "pain")


def confirmed(admin: Browser, browser: Browser, site: Station, path: str) -> str:
    propose(browser, site, path, "18 h", "19 h")
    browser.post(last_letter(site).path, action="confirmed")
    return numbers(admin)[-1]


def referent(app: Flask, site: Station, folder: str) -> Browser:
    """Give the browser of Rose, who looks after a folder."""
    rose = sign_in(app, site, "Rose", is_admin=False)
    with site.truth.begin() as connection:
        made = groups.add(connection, Group(0, "jardin", "Jardin", folder, True))
        account = accounts.find_named(connection, "Rose")
        assert account
        groups.enter(connection, made, account.id)
        groups.set_referent(connection, made, account.id, is_referent=True)
    sign_in_again(rose, site, "Rose")
    return rose


def test_whoever_looks_after_pages_is_told_how_many_wait(admin: Browser, member: Browser, number: str) -> None:
    assert "1 proposal waits for you" in admin.get("/-/me").text
    assert "proposal waits" not in member.get("/-/me").text


def test_it_is_compared_with_the_page_as_it_stands(admin: Browser, number: str) -> None:
    admin.write("pain", admin.typed("pain").replace("midi", "onze heures"))
    shown = soup(admin.get(f"/-/proposals/{number}"))
    decide(admin, number, "accepted")

    assert [mark.text for mark in shown.select(".diff mark")] == ["18", "19"]
    text = admin.typed("pain")
    assert "19 h" in text and "onze heures" in text


def test_a_page_that_changes_under_the_eyes_of_a_moderator_is_shown_again(admin: Browser, number: str) -> None:
    base = form(admin.get(f"/-/proposals/{number}"), "form:has([value=accepted])")["base"]
    admin.write("pain", admin.typed("pain").replace("midi", "onze heures"))
    again = admin.post(f"/-/proposals/{number}", action="accepted", base=base)

    assert again.status_code == 409 and "just changed" in errors(again)[0]
    assert decide(admin, number, "accepted").status_code == 303


def test_two_who_changed_the_same_place_are_put_together_by_the_moderator(admin: Browser, number: str) -> None:
    admin.write("pain", admin.typed("pain").replace("18 h", "20 h"))
    shown = soup(admin.get(f"/-/proposals/{number}"))
    assert not shown.select("[value=accepted]")
    assert decide(admin, number, "accepted").status_code == 409
    editor = admin.get(f"/-/proposals/{number}/edit")
    fields = form(editor, "form[data-editor]")
    assert "20 h" in one(editor, "#gc-their-text").text and "19 h" in fields["text"]
    fields["text"] = fields["text"].replace("19 h", "19 h 30")
    saved = admin.post(f"/-/proposals/{number}/edit", **(fields | {"action": "save"}))

    assert saved.headers["Location"] == "/pain" and "19 h 30" in content(admin.get("/pain")).text
    assert numbers(admin) == []


def test_it_is_changed_before_it_is_accepted_and_stays_its_makers(admin: Browser, number: str) -> None:
    fields = form(admin.get(f"/-/proposals/{number}/edit"), "form[data-editor]")
    fields["text"] = fields["text"].replace("19 h", "19 h 15")
    shown = admin.post(f"/-/proposals/{number}/edit", **(fields | {"action": "preview"}))
    assert "19 h 15" in one(shown, "#gc-preview-body").text and "18 h" in content(admin.get("/pain")).text
    admin.post(f"/-/proposals/{number}/edit", **(form(shown, "form[data-editor]") | {"action": "save"}))

    assert "19 h 15" in content(admin.get("/pain")).text
    assert "Zoé" in admin.get("/-/history/pain").text


def test_a_change_while_the_moderator_edits_loses_nothing(admin: Browser, number: str) -> None:
    fields = form(admin.get(f"/-/proposals/{number}/edit"), "form[data-editor]")
    admin.write("pain", admin.typed("pain").replace("18 h", "20 h"))
    again = admin.post(f"/-/proposals/{number}/edit", **(fields | {"action": "save"}))

    assert again.status_code == 409 and "20 h" in one(again, "#gc-their-text").text
    assert "19 h" in form(again, "form[data-editor]")["text"] and numbers(admin) == [number]


def test_a_question_and_its_answer_go_by_mail(admin: Browser, browser: Browser, site: Station, number: str) -> None:
    assert decide(admin, number, "asked", question=" ").status_code == 400
    decide(admin, number, "asked", question="Qui l’a dit ?")
    letter = last_letter(site)
    assert (letter.to, "Qui l’a dit ?" in letter.text) == ("zoe@example.org", True)
    assert "waits for an answer" in admin.get("/-/proposals/").text
    browser.post(letter.path, action="answered", words="Samira")

    assert "Samira" in admin.get(f"/-/proposals/{number}").text
    assert "waits for an answer" not in admin.get("/-/proposals/").text


def test_it_is_refused_with_a_reason_only(admin: Browser, browser: Browser, site: Station, number: str) -> None:
    sent = len(letters(site))
    refused = decide(admin, number, "refused", reason="")
    assert (refused.status_code, len(errors(refused)), len(letters(site))) == (400, 1, sent)
    decide(admin, number, "refused", reason="C’est déjà décidé en réunion.")

    assert "réunion" in last_letter(site).text and "réunion" in browser.get(last_letter(site).path).text
    assert numbers(admin) == [] and "18 h" in content(admin.get("/pain")).text
    assert decide(admin, number, "accepted").status_code in {400, 409}


def test_a_page_that_was_deleted_meanwhile_comes_back(admin: Browser, number: str) -> None:
    admin.post("/-/delete/pain", base=admin.base("pain"))
    assert admin.get("/pain").status_code == 410
    decide(admin, number, "accepted")

    assert "19 h" in content(admin.get("/pain")).text


def test_a_page_that_was_moved_meanwhile_is_found(admin: Browser, number: str) -> None:
    admin.post("/-/rename/pain", to="fetes/pain")
    decide(admin, number, "accepted")

    assert "19 h" in content(admin.get("/fetes/pain")).text


def test_a_new_page_that_somebody_else_wrote_meanwhile_is_put_together(
    admin: Browser, browser: Browser, site: Station
) -> None:
    propose(browser, site, "marche", "", "Le samedi.\n")
    browser.post(last_letter(site).path, action="confirmed")
    admin.write("marche", "Le dimanche.\n")
    (number,) = numbers(admin)

    assert "Put both together" in admin.get(f"/-/proposals/{number}").text
    assert decide(admin, number, "accepted").status_code == 409


def test_members_and_visitors_decide_nothing(browser: Browser, member: Browser, number: str) -> None:
    for somebody in (browser, member):
        assert [somebody.get(f"/-/proposals/{end}").status_code for end in ("", number, f"{number}/edit")] == [403] * 3
        assert decide(somebody, number, "accepted").status_code == 403
        assert somebody.post(f"/-/proposals/{number}/edit", text="x", base="").status_code == 403
        assert '/-/proposals/"' not in somebody.get("/pain").text


def test_a_referent_decides_on_what_he_reads_of_his_folder(
    app: Flask, admin: Browser, browser: Browser, site: Station
) -> None:
    for path in ("potager/serre", "potager/caisse"):
        admin.write(path, BREAD)
    outside, own, hidden = (
        confirmed(admin, browser, site, path) for path in ("pain", "potager/serre", "potager/caisse")
    )
    admin.write("potager/caisse", admin.typed("potager/caisse").replace("---\n", "---\naudience: admins\n", 1))
    rose = referent(app, site, "potager")

    assert numbers(rose) == [own] and "/-/proposals/" in rose.get("/potager/serre").text
    assert [rose.get(f"/-/proposals/{one}").status_code for one in (outside, hidden)] == [404, 404]
    assert decide(rose, hidden, "accepted").status_code == 404
    assert decide(rose, own, "accepted").status_code == 303


def test_what_is_proposed_for_a_folder_goes_along_when_it_moves(
    app: Flask, admin: Browser, browser: Browser, site: Station
) -> None:
    admin.write("potager/index", "---\ntitle: Potager\neditors: members\n---\n\nmots\n")
    admin.write("potager/serre", BREAD)
    there = confirmed(admin, browser, site, "potager/serre")
    propose(browser, site, "potager/neuf", "", "Une serre neuve.\n")
    browser.post(last_letter(site).path, action="confirmed")
    rose = referent(app, site, "potager")
    new = numbers(rose)[-1]
    admin.post("/-/rename/potager/index", to="jardin/index", with_folder="1")

    assert numbers(rose) == [there, new]
    assert decide(rose, there, "accepted").headers["Location"] == "/jardin/serre"
    assert decide(rose, new, "accepted").headers["Location"] == "/jardin/neuf"
    assert admin.get("/potager/neuf").status_code == 404


def test_what_is_taken_back_while_it_is_accepted_is_accepted(
    admin: Browser, browser: Browser, site: Station, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, accept = last_letter(site).path, moderating.accept

    def accept_late(*arguments: Any) -> Outcome:
        saved = accept(*arguments)
        with site.truth.begin() as connection:
            proposal = proposals.get(connection, int(number))
            proposals.act(connection, proposal, "withdrawn", proposal.pseudonym)
        return saved

    monkeypatch.setattr(moderating, "accept", accept_late)
    accepted = decide(admin, number, "accepted")

    assert accepted.headers["Location"] == "/pain" and "19 h" in content(admin.get("/pain")).text
    assert "It is accepted" in browser.get(link).text


def test_decisions_are_listed_to_those_who_might_have_made_them_and_kept_among_the_acts(
    app: Flask, admin: Browser, browser: Browser, site: Station, number: str
) -> None:
    decide(admin, number, "asked", question="Quand ?")
    decide(admin, number, "refused", reason="non")
    rose = referent(app, site, "potager")

    shown = admin.get("/-/proposals/")
    assert "Nadia decided on what Zoé proposed." in shown.text and numbers(admin) == []
    assert soup(shown).select(f"#gc-decided ~ ul a[href='/-/proposals/{number}']")
    assert "gc-decided" not in rose.get("/-/proposals/").text
    health = admin.get("/-/admin/health").text
    assert "refused a proposal" in health and "asked something about a proposal" in health
