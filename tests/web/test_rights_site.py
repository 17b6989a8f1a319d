"""Who reads and writes the site, as its administrators say on their page; and what a page says of who changes it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.people import tokens
from app.station import Station
from tests.web.hands import Browser, edit_address, errors, form, soup

OF_ADMINS = "---\ntitle: Statuts\neditors: admins\n---\nmots\n"


def choose(admin: Browser, **chosen: str) -> None:
    fields = form(admin.get("/-/admin/rights"), "main form")
    assert admin.post("/-/admin/rights", **(fields | chosen)).status_code == 303


def test_a_site_for_members_is_closed_to_everybody_else_at_once(
    admin: Browser, member: Browser, browser: Browser
) -> None:
    browser.write("a", "mots\n")
    assert browser.get("/a").status_code == 200
    choose(admin, reading="members")

    assert [one.get("/a").status_code for one in (browser, member, admin)] == [403, 200, 200]
    assert not soup(browser.get("/a")).select("a[href^='/-/new']")


@pytest.mark.parametrize(("word", "expected"), [("members", [403, 303, 303]), ("admins", [403, 403, 303])])
def test_a_site_is_written_by_whom_its_administrators_say(
    admin: Browser, member: Browser, browser: Browser, word: str, expected: list[int]
) -> None:
    admin.write("a", "mots\n")
    base = admin.base("a")
    choose(admin, writing=word)
    answers = [
        one.post(edit_address("a"), text=f"{number}\n", base=base if not number else admin.base("a"), author="Zoé")
        for number, one in enumerate((browser, member, admin))
    ]

    assert [answer.status_code for answer in answers] == expected
    buttons = [bool(soup(one.get("/a")).select("a[href='/-/edit/a']")) for one in (browser, member, admin)]
    assert buttons == [code == 303 for code in expected]


def test_an_unknown_word_is_refused_with_its_cure(admin: Browser) -> None:
    fields = form(admin.get("/-/admin/rights"), "main form")
    refused = admin.post("/-/admin/rights", **(fields | {"reading": "x", "writing": "y"}))

    assert refused.status_code == 400 and len(errors(refused)) == 2


def test_a_page_for_others_to_change_offers_no_button_and_takes_nothing(admin: Browser, member: Browser) -> None:
    admin.write("statuts", OF_ADMINS)
    base, before = admin.base("statuts"), admin.typed("statuts")
    tools = ("edit", "rename", "delete")
    page = soup(member.get("/statuts"))

    assert not page.select(", ".join(f"main a[href^='/-/{tool}/']" for tool in tools))
    assert [member.get(f"/-/{tool}/statuts").status_code for tool in tools] == [403] * 3
    assert not soup(member.get("/-/files/statuts/")).select("main form")
    posts = {"/-/edit/statuts": {"text": "x", "base": base}, "/-/rename/statuts": {"to": "x"}, "/-/delete/statuts": {},
             "/-/restore/statuts": {"revision": base}}  # fmt: skip
    assert {member.post(address, **fields).status_code for address, fields in posts.items()} == {403}
    assert admin.typed("statuts") == before


def test_a_key_writes_no_page_that_its_owner_may_not_change(
    app: Flask, admin: Browser, member: Browser, site: Station
) -> None:
    admin.write("statuts", OF_ADMINS)
    with site.truth.begin() as connection:
        key = {"Authorization": f"Bearer {tokens.make(connection, 2, '', may_write=True)}", "If-Match": "*"}
    client = app.test_client()

    assert client.put("/-/api/v1/pages/statuts", json={"text": "x"}, headers=key).status_code == 403
    assert client.delete("/-/api/v1/pages/statuts", headers=key).status_code == 403


def test_a_line_of_the_settings_file_that_closed_the_site_to_passers_by_still_does(
    instance: Path, make_app: Callable[[], Flask]
) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write("anonymous_editing = false\n")
    app = make_app()

    assert app.extensions["gare"].settings.get().writing == "members"
