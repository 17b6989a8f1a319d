"""What keeps programs away from forms of people without an account, and what people are told instead."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from app.people import accounts
from app.station import Station
from tests.web.hands import Browser, errors, form, one
from tests.web.mailed import letters
from tests.web.proposing import BREAD, for_members, long_ago, propose


@pytest.fixture(autouse=True)
def _for_members(can_mail: None, admin: Browser, site: Station) -> None:
    admin.write("pain", BREAD)
    for_members(site)


@pytest.fixture
def send(browser: Browser, site: Station) -> Callable[..., Any]:
    """Give a function that proposes something, each time something else, filled in as told."""
    minutes = count(1)

    def send(**fields: str) -> Any:
        return propose(browser, site, "pain", "18 h", f"19 h {next(minutes)}", **fields)

    return send


def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept(
    send: Callable[..., Any], browser: Browser, site: Station
) -> None:
    trapped = send(website="https://spam.example")

    assert trapped.headers["Location"] == "/-/proposals/sent" and letters(site) == []
    assert one(browser.get("/-/propose/pain"), "[name=website]")["tabindex"] == "-1"


def test_whoever_is_too_quick_gets_the_text_back(send: Callable[..., Any], browser: Browser, site: Station) -> None:
    fresh = form(browser.get("/-/propose/pain"), "form[data-editor]")["began"]
    for began in (fresh, "", "x", "1.2.3"):
        again = send(began=began)
        assert again.status_code == 400 and "quick" in errors(again)[0]
        kept = form(again, "form[data-editor]")
        assert "19 h" in kept["text"] and (kept["author"], kept["email"]) == ("Zoé", "zoe@example.org")

    assert letters(site) == []
    assert send(began=long_ago(kept, site)["began"]).status_code == 303


def test_everything_that_is_wrong_is_said_at_once(send: Callable[..., Any], site: Station) -> None:
    site.store_settings(question="Quelle rivière ?", answer="La Drôme")
    wrong = send(author=" ", email="zoe", answer="le Rhône")

    assert wrong.status_code == 400 and len(errors(wrong)) == 3
    assert "Quelle rivière ?" in wrong.text


def test_the_question_of_the_place_is_answered_in_any_spelling(send: Callable[..., Any], site: Station) -> None:
    site.store_settings(question="Quelle rivière ?", answer="La Drôme")

    assert send(answer=" la DROME ").status_code == 303


def test_the_name_of_somebody_who_signs_in_is_not_taken(send: Callable[..., Any], site: Station) -> None:
    with site.truth.begin() as connection:
        accounts.add(connection, "Ana", is_admin=False)

    assert "signs in with this name" in errors(send(author="ANA"))[0]


def test_an_address_gets_three_mails_a_day_from_strangers(send: Callable[..., Any], site: Station) -> None:
    codes = [send(email=email).status_code for email in ("z@example.org",) * 3 + ("Z@Example.org", "b@example.org")]

    assert codes == [303, 303, 303, 400, 303]
    assert [letter.to for letter in letters(site)].count("z@example.org") == 3


def test_who_answered_before_may_propose_more(send: Callable[..., Any], browser: Browser, site: Station) -> None:
    for _ in range(5):
        assert send().status_code == 303
        browser.post(letters(site)[-1].path, action="confirmed")


@pytest.mark.parametrize("email", ["z@example.org\nBcc: a@example.org", "a@b@c", "<z@example.org>", "z@example.org,a@example.org", "é" * 400])  # fmt: skip
def test_an_address_that_is_none_is_refused(send: Callable[..., Any], site: Station, email: str) -> None:
    assert send(email=email).status_code == 400 and letters(site) == []


def test_what_is_typed_is_shown_as_words(
    send: Callable[..., Any], admin: Browser, browser: Browser, site: Station
) -> None:
    evil = "<script>alert(1)</script>"
    site.store_settings(question=evil, answer="oui")
    send(author=evil, summary=evil, answer="oui", title=evil, title_was="")
    path = letters(site)[-1].path
    browser.post(path, action="confirmed")
    admin.post("/-/proposals/1", action="asked", question=evil, base="")
    pages = ["/-/propose/pain", path, "/-/proposals/", "/-/proposals/1", "/-/proposals/1/edit"]

    for number, address in enumerate(pages):
        shown = (browser if number < 2 else admin).get(address)
        assert shown.status_code == 200 and evil not in shown.text, address
        assert "&lt;script&gt;" in shown.text, address


def test_the_administrator_chooses_the_question(admin: Browser, member: Browser, browser: Browser) -> None:
    assert [one.get("/-/admin/question").status_code for one in (member, browser)] == [403, 403]
    wrong = [
        admin.post("/-/admin/question", question=question, answer=answer)
        for question, answer in (("Quoi ?", ""), ("", "x"), ("x" * 200, "x"), ("Quoi ?", "!"))
    ]
    assert [(answer.status_code, len(errors(answer))) for answer in wrong] == [(400, 1)] * 4
    admin.post("/-/admin/question", question="Quelle rivière ?", answer="La Drôme")

    assert "Quelle rivière ?" in browser.get("/-/propose/pain").text
    admin.post("/-/admin/question", question="", answer="")
    assert "Quelle rivière ?" not in browser.get("/-/propose/pain").text


@pytest.mark.parametrize(
    ("right", "typed"), [("La Vézoline", "vezoline"), ("l'eau", "L’ eau"), ("Vercors", "le vercors"), ("la", "LA")]
)
def test_an_article_before_the_answer_is_forgiven(
    send: Callable[..., Any], site: Station, right: str, typed: str
) -> None:
    site.store_settings(question="Laquelle ?", answer=right)

    assert send(answer=typed).status_code == 303
    assert send(answer="autre chose", text="Un autre texte.\n").status_code == 400
