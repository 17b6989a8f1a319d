"""Comments of members: who reads and writes them, two levels, answered, taken back, judged by whoever looks after."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.comments import writing
from app.people import accounts, groups
from app.people.groups import Group
from app.station import Station
from app.wiki.store import Change
from tests.web.comment_hands import number, press, said, say
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser, errors, form, notices, one, soup
from tests.web.leaking import OPERATOR
from tests.web.test_protection import limited


def set_comments(site: Station, who: str) -> None:
    site.store_settings(comments=who)


def test_a_comment_of_a_member_is_shown_at_once_to_all_who_read_the_page(member: Browser, browser: Browser) -> None:
    member.write("a", "mots\n")
    answer = say(member, "a", "Quand taillons-nous ?")

    assert answer.status_code == 303 and "#gc-comment-" in answer.headers["Location"]
    assert said(browser, "a") == ["Idris: Quand taillons-nous ?"]


def test_the_foot_of_a_page_counts_its_comments_and_leads_to_them(member: Browser, browser: Browser) -> None:
    member.write("a", "mots\n")
    empty = one(browser.get("/a"), "a[href='/-/comments/a']").text
    say(member, "a", "un")
    say(member, "a", "deux")

    assert (empty.strip(), one(browser.get("/a"), "a[href='/-/comments/a']").text.strip()) == (
        "Write a comment", "2 comments",
    )  # fmt: skip


def test_answers_stand_below_what_they_answer_on_two_levels(member: Browser, admin: Browser, browser: Browser) -> None:
    member.write("a", "mots\n")
    say(member, "a", "question")
    first = str(number(member, "a", "question"))
    say(member, "a", "autre")
    say(admin, "a", "réponse", reply=first)
    nested = str(number(member, "a", "réponse"))

    assert said(browser, "a") == ["Idris: autre", "Idris: question", "Nadia: réponse"]
    assert soup(browser.get("/-/comments/a")).select_one(f"#gc-comment-{first} ol #gc-comment-{nested}")
    assert errors(say(member, "a", "encore", reply=nested)) and "encore" not in browser.get("/-/comments/a").text


def test_the_form_of_an_answer_shows_what_is_answered(member: Browser) -> None:
    member.write("a", "mots\n")
    say(member, "a", "question")
    say(member, "a", "autre")
    first = str(number(member, "a", "question"))
    page = member.get(f"/-/comments/a?reply={first}")

    assert form(page, "form[action='/-/comments/a']")["reply"] == first
    assert "question" in page.text and "autre" not in page.text


def test_words_are_shown_as_typed_with_safe_links(member: Browser, browser: Browser) -> None:
    member.write("a", "mots\n")
    say(member, "a", "<b>gras</b>\r\nVoir https://exemple.fr/a?b=1&c=2.\r\n\r\n\r\njavascript:alert(1) **x** {{pages}}")
    page = soup(browser.get("/-/comments/a"))

    assert said(browser, "a") == [
        "Idris: <b>gras</b>\nVoir \nhttps://exemple.fr/a?b=1&c=2\n. / javascript:alert(1) **x** {{pages}}"
    ]
    (link,) = page.select(".talk p[dir=auto] a")
    assert (link["href"], link["rel"]) == ("https://exemple.fr/a?b=1&c=2", ["nofollow", "noopener", "ugc"])
    assert not page.select(".talk p[dir=auto] b")


@pytest.mark.parametrize("text", ["", " \n\t ", "x" * 5001])
def test_what_is_no_comment_is_refused_and_kept_in_the_form(member: Browser, text: str) -> None:
    member.write("a", "mots\n")
    refused = say(member, "a", text)

    assert refused.status_code == 400 and len(errors(refused)) == 1
    assert form(refused, "form[action='/-/comments/a']")["text"] == text
    assert said(member, "a") == []


def test_a_button_pressed_twice_makes_one_comment(member: Browser) -> None:
    member.write("a", "mots\n")
    say(member, "a", "une fois")
    say(member, "a", "une fois")

    assert said(member, "a") == ["Idris: une fois"]


def test_a_question_is_marked_as_answered_by_who_asked_or_who_looks_after(
    app: Flask, site: Station, member: Browser, admin: Browser
) -> None:
    other = sign_in(app, site, "Zoé", is_admin=False)
    member.write("a", "mots\n")
    say(member, "a", "question")
    asked = number(member, "a", "question")

    assert press(other, asked, "answered").status_code == 403
    assert press(member, asked, "answered").status_code == 303
    assert soup(other.get("/-/comments/a")).select(".badge")
    assert press(admin, asked, "open").status_code == 303
    assert not soup(other.get("/-/comments/a")).select(".badge")


def test_one_takes_ones_own_words_back_and_may_undo_it(
    app: Flask, site: Station, member: Browser, browser: Browser
) -> None:
    other = sign_in(app, site, "Zoé", is_admin=False)
    member.write("a", "mots\n")
    say(member, "a", "de trop")
    mine = number(member, "a", "de trop")
    assert press(other, mine, "withdraw").status_code == 403
    press(member, mine, "withdraw")
    shown = member.get("/-/comments/a")

    assert said(browser, "a") == []
    assert notices(shown)[0] == "Your comment is taken back."
    undo = one(shown, ".notice form")["action"]
    assert other.post(str(undo)).status_code == 403
    member.post(str(undo))
    assert said(browser, "a") == ["Idris: de trop"]


def test_the_place_of_a_comment_that_is_gone_stays_where_it_has_answers(member: Browser, browser: Browser) -> None:
    member.write("a", "mots\n")
    say(member, "a", "question")
    first = number(member, "a", "question")
    say(member, "a", "réponse", reply=str(first))
    press(member, first, "withdraw")

    assert said(browser, "a") == ["Idris: ", "Idris: réponse"]
    assert "Taken back" in browser.get("/-/comments/a").text


def test_a_comment_is_hidden_with_a_reason_that_its_writer_reads_and_nobody_else(
    app: Flask, site: Station, member: Browser, admin: Browser, browser: Browser
) -> None:
    other = sign_in(app, site, "Zoé", is_admin=False)
    member.write("a", "mots\n")
    say(member, "a", "insulte")
    bad = number(member, "a", "insulte")

    assert (
        press(other, bad, "hide", reason="x").status_code == 403 and other.get(f"/-/comment/{bad}").status_code == 403
    )
    assert press(member, bad, "hide", reason="x").status_code == 403
    assert errors(press(admin, bad, "hide", reason=" ")) == ["Say why in a few words. Whoever wrote it reads them."]
    assert press(admin, bad, "hide", reason="pas ici").status_code == 303
    assert (said(browser, "a"), said(other, "a")) == ([], [])
    assert "pas ici" in member.get("/-/comments/a").text and "pas ici" not in browser.get("/-/comments/a").text
    assert press(member, bad, "back").status_code == 303 and said(browser, "a") == []
    press(admin, bad, "show")
    assert said(browser, "a") == ["Idris: insulte"]


def test_a_deleted_comment_is_gone_and_the_act_is_noted(member: Browser, admin: Browser, browser: Browser) -> None:
    member.write("a", "mots\n")
    say(member, "a", "réclame")
    press(admin, number(member, "a", "réclame"), "delete", reason="publicité")

    assert said(browser, "a") == said(admin, "a") == []
    assert "deleted a comment" in admin.get("/-/admin/health").text


def test_who_looks_after_a_group_judges_below_the_pages_of_its_folder_only(
    site: Station, member: Browser, admin: Browser
) -> None:
    with site.truth.begin() as connection:
        made = groups.add(connection, Group(0, "jardin", "Jardin", "jardin", True))
        idris = accounts.find_by_pseudonym(connection, site.door.authors_named("Idris")[0])
        assert idris
        groups.join(connection, Group(made, "jardin", "", "", True), idris.id)
        groups.set_referent(connection, made, idris.id, is_referent=True)
    sign_in_again(member, site, "Idris")
    for path in ("jardin/a", "b"):
        admin.write(path, "mots\n")
        say(admin, path, "à cacher")
    codes = [
        press(member, number(admin, path, "à cacher"), "hide", reason="x").status_code for path in ("jardin/a", "b")
    ]

    assert codes == [303, 403]


def test_a_narrow_page_hides_its_comments_from_others(member: Browser, admin: Browser, browser: Browser) -> None:
    admin.write("a", "mots\n")
    say(member, "a", "zanzibar")
    written = number(member, "a", "zanzibar")
    admin.write("a", "---\naudience: admins\n---\nmots\n")

    for reader in (member, browser):
        assert reader.get("/-/comments/a").status_code == reader.get(f"/-/comment/{written}").status_code == 404
        assert press(reader, written, "withdraw").status_code == say(reader, "a", "x").status_code == 404
    assert said(admin, "a") == ["Idris: zanzibar"]


def test_an_address_with_the_number_of_another_page_s_comment_shows_nothing_of_it(
    member: Browser, admin: Browser
) -> None:
    admin.write("a", "---\naudience: admins\n---\nmots\n")
    admin.write("b", "mots\n")
    say(admin, "a", "zanzibar")
    hidden = number(admin, "a", "zanzibar")

    assert "zanzibar" not in member.get(f"/-/comments/b?reply={hidden}").text
    assert errors(say(member, "b", "x", reply=str(hidden)))


def test_comments_follow_a_page_that_moves_is_deleted_and_comes_back(admin: Browser, browser: Browser) -> None:
    admin.write("a", "mots\n")
    say(admin, "a", "fidèle")
    admin.post("/-/rename/a", to="b", with_folder="")
    assert said(browser, "b") == ["Nadia: fidèle"]
    admin.post("/-/delete/b")
    assert browser.get("/-/comments/b").status_code == 404
    admin.post("/-/undelete/b")

    assert said(browser, "b") == ["Nadia: fidèle"]


def test_a_page_written_with_the_identity_of_a_deleted_one_does_not_bring_its_comments(
    site: Station, admin: Browser, member: Browser
) -> None:
    admin.write("a", "---\naudience: admins\n---\nmots\n")
    say(admin, "a", "zanzibar")
    identity = site.door.find(OPERATOR, "a").id
    admin.post("/-/delete/a")
    member.write("b", f"---\nid: {identity}\n---\nmots\n")

    assert said(member, "b") == []


def test_a_page_that_came_by_a_push_takes_comments_too(site: Station, member: Browser, browser: Browser) -> None:
    with site.wiki.store.writing() as writer:
        writer.commit([Change("a.md", b"mots\n")], author="m-aaaaaaaa", summary="")
    site.wiki.catch_up()
    say(member, "a", "bonjour")

    assert said(browser, "a") == ["Idris: bonjour"]


@pytest.mark.parametrize(("who", "codes"), [("off", (404, 404)), ("members", (200, 303)), ("all", (200, 303))])
def test_the_site_says_who_comments(
    site: Station, member: Browser, browser: Browser, who: str, codes: tuple[int, int]
) -> None:
    member.write("a", "mots\n")
    set_comments(site, who)

    assert (browser.get("/-/comments/a").status_code, say(member, "a", "x").status_code) == codes
    assert bool(soup(browser.get("/a")).select("a[href='/-/comments/a']")) == (who != "off")
    if who == "members":
        assert say(browser, "a", "x").status_code == 403
        assert not soup(browser.get("/-/comments/a")).select("textarea")


def test_who_sends_too_often_waits_and_the_words_are_kept(instance: Path, make_app: Callable[[], Flask]) -> None:
    browser = limited(instance, make_app, 'write_rate = "2 per minute"\n')
    browser.write("a", "mots\n")
    refused = [say(browser, "a", "mes mots") for _ in range(2)][-1]

    assert refused.status_code == 429
    assert form(refused, "form[action='/-/comments/a']")["text"] == "mes mots"


def test_a_long_list_is_cut_into_pages_of_fifty(member: Browser, site: Station, browser: Browser) -> None:
    member.write("a", "mots\n")
    page = site.door.find(OPERATOR, "a")
    with site.truth.begin() as connection:
        for count in range(60):
            writing.add(connection, page.id or "", f"mot {count}", "m-aaaaaaaa")
    site.stamp.touch()

    first, second = said(browser, "a"), said(browser, "a", "?page=2")
    assert (len(first), len(second)) == (50, 10)
    assert first[0].endswith("mot 59") and second[-1].endswith("mot 0")
    assert soup(browser.get("/-/comments/a")).select("a[rel=next]")
