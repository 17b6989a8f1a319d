"""Comments of people without an account: confirmed by a link, read by a moderator, followed by the same link."""

import time

import pytest
from werkzeug.test import TestResponse

from app.people import forgetting
from app.station import Station
from app.web import visitor_form
from tests.web.comment_hands import number, press, said, say
from tests.web.hands import Browser, errors, form, soup
from tests.web.mailed import last_letter, letters

ZOE = {"author": "Zoé", "email": "zoe@example.org"}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test type as fast as it can."""
    monkeypatch.setattr(visitor_form, "LEAST_SECONDS", 0)


def send(browser: Browser, path: str, text: str, **more: str) -> TestResponse:
    """Fill the form in and send it."""
    fields = form(browser.get(f"/-/comments/{path}"), f"form[action='/-/comments/{path}']")
    return browser.post(f"/-/comments/{path}", **(fields | ZOE | {"text": text} | more))


def waiting(browser: Browser) -> list[str]:
    """Read what waits for a moderator."""
    return [one.get_text("\n") for one in soup(browser.get("/-/comments/")).select("p[dir=auto]")]


@pytest.mark.usefixtures("can_mail")
def test_a_comment_waits_for_its_link_then_for_a_moderator_then_is_shown(
    admin: Browser, browser: Browser, site: Station
) -> None:
    admin.write("a", "mots\n")
    sent = send(browser, "a", "bonjour")
    link = last_letter(site).path
    assert sent.status_code == 200 and "zoe@example.org" in sent.text and link not in sent.text
    assert (waiting(admin), said(browser, "a")) == ([], [])

    browser.get(link)
    assert waiting(admin) == []  # mail scanners open links
    browser.post(link, action="confirm")
    assert (waiting(admin), said(browser, "a")) == (["bonjour"], [])
    assert "1 waits for you" in admin.get("/a").text and "waits for you" not in browser.get("/a").text
    press(admin, number(admin, "a", "bonjour"), "show")
    assert (waiting(admin), said(browser, "a")) == ([], ["Zoé: bonjour"])
    told = last_letter(site)
    assert told.to == "zoe@example.org" and "maintenant publié" in told.text  # in the language of the site
    assert "It is shown." in browser.get(told.path).text


@pytest.mark.usefixtures("can_mail")
def test_who_is_refused_gets_the_reason_by_mail_and_behind_the_link(
    admin: Browser, browser: Browser, site: Station
) -> None:
    admin.write("a", "mots\n")
    send(browser, "a", "bonjour")
    browser.post(last_letter(site).path, action="confirm")
    press(admin, number(admin, "a", "bonjour"), "refuse", reason="hors sujet")
    letter = last_letter(site)

    assert "hors sujet" in letter.text and "hors sujet" in browser.get(letter.path).text
    assert (waiting(admin), said(browser, "a"), said(admin, "a")) == ([], [], [])


@pytest.mark.usefixtures("can_mail")
def test_the_private_link_takes_the_comment_back_and_says_that_it_is_answered(
    admin: Browser, browser: Browser, site: Station
) -> None:
    admin.write("a", "mots\n")
    send(browser, "a", "question")
    link = last_letter(site).path
    browser.post(link, action="confirm")
    press(admin, number(admin, "a", "question"), "show")
    browser.post(link, action="answered")
    assert soup(browser.get("/-/comments/a")).select(".badge")
    browser.post(link, action="withdraw")

    assert said(browser, "a") == []
    assert browser.post(link, action="confirm").status_code == 303 and waiting(admin) == []


@pytest.mark.usefixtures("can_mail")
def test_a_link_that_nobody_was_given_opens_nothing(admin: Browser, browser: Browser) -> None:
    admin.write("a", "mots\n")
    send(browser, "a", "bonjour")

    for secret in ("x", "0" * 43, "%00"):
        assert browser.get(f"/-/comment/mine/{secret}").status_code == 404
        assert browser.post(f"/-/comment/mine/{secret}", action="confirm").status_code == 404


@pytest.mark.usefixtures("can_mail")
def test_what_nobody_confirms_is_forgotten_after_a_week(
    admin: Browser, browser: Browser, site: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin.write("a", "mots\n")
    send(browser, "a", "bonjour")
    link = last_letter(site).path
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 8 * 86_400)
    with site.truth.begin() as connection:
        forgetting.forget_expired(connection)

    assert browser.get(link).status_code == 404


def test_without_mail_a_comment_waits_unconfirmed_and_its_link_is_shown(admin: Browser, browser: Browser) -> None:
    admin.write("a", "mots\n")
    sent = send(browser, "a", "bonjour")
    link = str(soup(sent).select_one("main a[href*='/comment/mine/']")["href"])  # type: ignore[index]

    assert waiting(admin) == ["bonjour"]
    assert "was not confirmed" in admin.get("/-/comments/").text
    assert "bonjour" in browser.get(link).text


def test_a_program_that_fills_every_field_is_thanked_and_nothing_is_kept(admin: Browser, browser: Browser) -> None:
    admin.write("a", "mots\n")
    sent = send(browser, "a", "achetez", website="https://spam.example")

    assert sent.status_code == 200 and "Thank you" in sent.text
    assert waiting(admin) == []


@pytest.mark.parametrize("wrong", [{"author": ""}, {"email": "x"}, {"text": " "}, {"author": "Nadia"}])
def test_what_is_wrong_is_said_and_the_words_are_kept(admin: Browser, browser: Browser, wrong: dict[str, str]) -> None:
    admin.write("a", "mots\n")
    refused = send(browser, "a", **({"text": "bonjour"} | wrong))

    assert refused.status_code == 400 and len(errors(refused)) == 1
    assert form(refused, "form[action='/-/comments/a']")["text"] == wrong.get("text", "bonjour")
    assert waiting(admin) == []


def test_the_local_question_is_asked_below_comments_too(site: Station, admin: Browser, browser: Browser) -> None:
    admin.write("a", "mots\n")
    site.store_settings(question="Quelle rivière ?", answer="La Drôme")
    refused, taken = send(browser, "a", "bonjour", answer="Le Rhône"), send(browser, "a", "bonjour", answer="la drome")

    assert (refused.status_code, taken.status_code) == (400, 200)
    assert "Quelle rivière" in refused.text and waiting(admin) == ["bonjour"]


def test_an_answer_to_what_went_meanwhile_is_kept_in_the_form(admin: Browser, browser: Browser) -> None:
    admin.write("a", "mots\n")
    say(admin, "a", "question")
    asked = number(admin, "a", "question")
    fields = form(browser.get(f"/-/comments/a?reply={asked}"), "form[action='/-/comments/a']")
    press(admin, asked, "withdraw")
    refused = browser.post("/-/comments/a", **(fields | ZOE | {"text": "réponse"}))

    assert refused.status_code == 400 and form(refused, "form[action='/-/comments/a']")["text"] == "réponse"


@pytest.mark.usefixtures("can_mail")
def test_no_mail_goes_to_members(admin: Browser, member: Browser, site: Station) -> None:
    member.write("a", "mots\n")
    say(member, "a", "insulte")
    press(admin, number(admin, "a", "insulte"), "hide", reason="non")

    assert letters(site) == []


def test_who_looks_after_nothing_sees_no_queue(member: Browser, browser: Browser) -> None:
    assert member.get("/-/comments/").status_code == browser.get("/-/comments/").status_code == 403


@pytest.mark.usefixtures("can_mail")
def test_a_button_pressed_twice_is_one_comment_and_one_mail(admin: Browser, browser: Browser, site: Station) -> None:
    admin.write("a", "mots\n")
    assert [send(browser, "a", "bonjour").status_code for _ in range(2)] == [200, 200]
    assert len(letters(site)) == 1
    browser.post(last_letter(site).path, action="confirm")

    assert waiting(admin) == ["bonjour"]


@pytest.mark.usefixtures("can_mail")
def test_an_answer_to_nothing_uses_up_no_mail(admin: Browser, browser: Browser, site: Station) -> None:
    admin.write("a", "mots\n")
    assert [send(browser, "a", "bonjour", reply="999").status_code for _ in range(4)] == [400] * 4

    assert send(browser, "a", "bonjour").status_code == 200 and len(letters(site)) == 1


@pytest.mark.usefixtures("can_mail")
def test_the_mail_that_asks_to_confirm_says_nothing_that_was_typed(
    admin: Browser, browser: Browser, site: Station
) -> None:
    admin.write("a", "mots\n")
    send(browser, "a", "https://spam.example/x", author="https://spam.example/y")
    letter = last_letter(site)

    assert "spam" not in letter.text + letter.subject and letter.path.startswith("/-/comment/mine/")


@pytest.mark.usefixtures("can_mail")
def test_who_left_an_address_hears_of_an_answer(admin: Browser, browser: Browser, site: Station) -> None:
    admin.write("a", "mots\n")
    send(browser, "a", "question")
    browser.post(last_letter(site).path, action="confirm")
    of = number(admin, "a", "question")
    press(admin, of, "show")
    before = len(letters(site))
    for words in ("réponse", "et encore"):
        say(admin, "a", words, reply=str(of))

    assert len(letters(site)) == before + 1
    assert last_letter(site).to == "zoe@example.org" and "a répondu à votre commentaire" in last_letter(site).text
    assert "It is shown." in browser.get(last_letter(site).path).text


def test_no_answer_by_mail_is_promised_where_no_mail_goes_out(admin: Browser, browser: Browser) -> None:
    admin.write("a", "mots\n")
    page = browser.get("/-/comments/a").text

    assert "Nobody sees it." in page and "You get the answer there." not in page


def test_the_private_link_opens_and_takes_back_where_comments_are_switched_off(
    admin: Browser, browser: Browser, site: Station
) -> None:
    admin.write("a", "mots\n")
    link = str(soup(send(browser, "a", "bonjour")).select_one("main a[href*='/comment/mine/']")["href"])  # type: ignore[index]
    site.store_settings(comments="off")

    assert "bonjour" in browser.get(link).text
    assert browser.post(link, action="answered").status_code != 303
    assert browser.post(link, action="withdraw").status_code == 303
    assert "You have taken it back." in browser.get(link).text
