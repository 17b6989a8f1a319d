"""Answers are kept until something changes, for those who are not signed in."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask, template_rendered

from app.station import Station
from app.web.kept import Kept
from app.web.theme import Theme
from tests.web.hands import Browser


@contextmanager
def counting(app: Flask) -> Iterator[list[str]]:
    """Note the templates that are rendered."""
    rendered: list[str] = []

    def note(_app: Flask, template: object, **_others: object) -> None:
        rendered.append(str(template))

    with template_rendered.connected_to(note, app):
        yield rendered


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
    station.store_settings(station.settings.get().__class__(title="Renamed"))

    assert "Renamed" in browser.get("/a").text


def test_what_is_made_for_somebody_signed_in_is_not_kept(app: Flask, browser: Browser, admin: Browser) -> None:
    browser.write("a", "one\n")
    admin.get("/a")

    with counting(app) as rendered:
        admin.get("/a")
    assert rendered
    assert "/-/admin/" not in browser.get("/a").text


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
