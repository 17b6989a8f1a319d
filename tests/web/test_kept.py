"""Answers are kept until something changes, for all readers of equal rights."""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask, template_rendered

from app.station import Station
from app.web.kept import Kept
from app.web.theme import Theme
from tests.web.conftest import sign_in
from tests.web.hands import Browser


@contextmanager
def counting(app: Flask) -> Iterator[list[str]]:
    """Note the templates that are rendered."""
    rendered: list[str] = []

    def note(_app: Flask, template: object, **_others: object) -> None:
        rendered.append(str(template))

    with template_rendered.connected_to(note, app):
        yield rendered


@pytest.fixture
def other_member(app: Flask, site: Station) -> Browser:
    return sign_in(app, site, "Mona & <Co>", is_admin=False)


@pytest.mark.parametrize("address", ["/a", "/-/history/a", "/-/changes", "/-/pages", "/-/links/a", "/-/wanted"])
def test_a_second_reader_gets_the_same_answer_without_work(app: Flask, browser: Browser, address: str) -> None:
    browser.write("a", "[[b]] words\n")
    first = browser.get(address)

    with counting(app) as rendered:
        second = browser.get(address)
    assert (second.data, second.headers["ETag"], rendered) == (first.data, first.headers["ETag"], [])
    assert second.content_type == first.content_type


def test_a_change_is_seen_at_once(browser: Browser) -> None:
    browser.write("a", "one\n")
    browser.get("/a")
    browser.write("a", "two\n")

    assert "two" in browser.get("/a").text


def test_a_setting_is_seen_at_once(browser: Browser, station: Station) -> None:
    browser.write("a", "one\n")
    browser.get("/a")
    station.store_settings(title="Renamed")

    assert "Renamed" in browser.get("/a").text


def test_what_an_administrator_saw_is_not_shown_to_others(browser: Browser, member: Browser, admin: Browser) -> None:
    browser.write("a", "one\n")
    admin.get("/a")

    assert "/-/admin/" not in browser.get("/a").text + member.get("/a").text


def test_two_of_equal_rights_share_an_answer_but_for_name_and_token(
    app: Flask, browser: Browser, member: Browser, other_member: Browser
) -> None:
    browser.write("a", "one\n")
    first = member.get("/a").text

    with counting(app) as rendered:
        second = other_member.get("/a").text
    assert rendered == []
    assert "Idris" in first and "Mona &amp; &lt;Co&gt;" not in first
    assert "Mona &amp; &lt;Co&gt;" in second and "Idris" not in second
    assert len({*tokens_of(first), *tokens_of(second)}) == 2
    assert no_marks(app, first) and no_marks(app, second)


def test_the_token_of_a_shared_answer_opens_its_readers_forms(
    browser: Browser, member: Browser, other_member: Browser
) -> None:
    browser.write("a", "one\n")
    member.get("/a")
    (token,) = tokens_of(other_member.get("/a").text)

    signed_out = other_member.client.post(
        "/-/signout", data={"csrf_token": token, "sure": "1"}, headers={"Origin": "http://localhost"}
    )
    assert signed_out.status_code == 303


@pytest.mark.parametrize("address", ["/moved", "/nowhere", "/folder", "/a?stay=1", "/-/history/nowhere"])
def test_no_mark_stands_in_what_is_not_kept(app: Flask, browser: Browser, member: Browser, address: str) -> None:
    browser.write("a", "one\n")
    browser.write("folder/b", "two\n")
    member.post("/-/rename/a", to="moved", author="Zoé")

    assert no_marks(app, member.get(address).text)


def tokens_of(page: str) -> set[str]:
    return set(re.findall('name="csrf_token" value="([^"]+)"', page))


def no_marks(app: Flask, page: str) -> bool:
    marks = app.extensions["gare.marks"]
    return marks.name not in page and marks.token not in page


def test_a_page_that_is_closed_is_not_shown_from_memory(browser: Browser, admin: Browser) -> None:
    browser.write("a", "one secret\n")
    browser.get("/a")
    admin.write("a", "---\naudience: members\n---\none secret\n")

    assert browser.get("/a").status_code == 404


def test_an_answer_with_a_notice_is_for_one_reader_once(browser: Browser) -> None:
    browser.write("a", "one\n")
    browser.write("a", "one\n")
    told = browser.get("/a")

    assert "Nothing had changed." in told.text and "no-store" in told.headers["Cache-Control"]
    assert "Nothing had changed." not in browser.get("/a").text


def test_the_language_of_the_device_has_an_answer_of_its_own(browser: Browser) -> None:
    browser.write("a", "one\n")
    english = browser.get("/a")
    browser.client.set_cookie("gare_display", "auto.normal.fr")

    assert browser.get("/a").headers["ETag"] != english.headers["ETag"]


def test_a_choice_that_there_is_not_makes_no_answer_of_its_own(app: Flask, browser: Browser) -> None:
    browser.write("a", "one\n")
    browser.client.delete_cookie("gare_display")
    browser.get("/a")

    with counting(app) as rendered:
        for choice in ("x", "auto.normal..7", "auto.normal.de", "pink.huge.en" + "a" * 100):
            browser.client.set_cookie("gare_display", choice)
            browser.get("/a")
    assert rendered == []


def test_the_last_used_answers_stay_within_their_memory() -> None:
    kept = Kept(600)
    for name in "abc":
        kept.keep("1", name, random.Random(name).randbytes(250))
        kept.find("a")

    assert [kept.find(name) is not None for name in "abc"] == [True, False, True]


def test_answers_of_an_older_state_are_dropped() -> None:
    kept = Kept(100)
    kept.keep("1", "a", b"x")
    kept.keep("2", "b", b"x")

    assert (kept.find("a"), kept.find("b")) == (None, b"x")


def test_an_answer_larger_than_the_memory_is_not_kept() -> None:
    kept = Kept(100)
    kept.keep("1", "a", b"x")
    kept.keep("1", "b", random.Random(1).randbytes(200))

    assert (kept.find("a"), kept.find("b")) == (b"x", None)


def test_what_no_page_has_is_not_found_whatever_the_asker_knows(browser: Browser) -> None:
    assert browser.get("/nowhere", headers={"If-None-Match": "*"}).status_code == 404


def test_queries_that_anybody_may_think_of_push_out_no_page(app: Flask, browser: Browser) -> None:
    browser.write("a", "one\n")
    browser.get("/a?from=1")

    with counting(app) as rendered:
        browser.get("/a?from=1")
    assert rendered


def test_a_theme_that_looks_otherwise_has_other_answers(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static/site.css").write_text("a")
    theme = Theme((tmp_path,), tmp_path / "app")
    before = theme.digest()
    (tmp_path / "static/site.css").write_text("b")

    assert theme.digest() != before


def test_what_the_first_page_after_signing_in_is_known_by_holds_for_the_second(member: Browser) -> None:
    etags = {member.get("/-/pages").headers["ETag"] for _ in range(2)}

    assert len(etags) == 1
