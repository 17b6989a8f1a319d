"""How everybody arrives is read by members of the spaces concerned: in no page source, history, search, mail or export."""

from dataclasses import replace

import pytest
from flask import Flask

from app.people import accounts, groups
from app.people.groups import Group
from app.station import Station
from plugins.minutes.tests.conftest import write
from tests.web.conftest import sign_in
from tests.web.hands import Browser, fields_of, follow_search, soup

PATH = "reunions/2026/2026-05-01-jardin"
WORD = "zanzibar"


def join(site: Station, name: str, space: str, member: str) -> None:
    with site.truth.begin() as connection:
        found = groups.find(connection, name)
        number = found.id if found else groups.add(connection, Group(0, name, name, space, is_open=False))
        account = accounts.find_named(connection, member)
        assert account
        groups.enter(connection, number, account.id)
    site.stamp.touch()


@pytest.fixture
def admin(app: Flask, site: Station) -> Browser:
    return sign_in(app, site, "Nadia", is_admin=True)


@pytest.fixture
def minutes(admin: Browser, site: Station) -> str:
    """Let Nadia write minutes of the space of the gardens, with a private round; no group has that space."""
    return write_round(admin, site)


def begin(site: Station) -> None:
    write(site, "jardins/index", "---\ntitle: Jardins\n---\nOn jardine.\n")
    write(
        site,
        PATH,
        "---\ntitle: Jardin de mai\nform: minutes\nday: 2026-05-01\nspaces: [jardins]\nstep: running\n---\nNotes.\n",
    )


def write_round(admin: Browser, site: Station, path: str = "", words: str = WORD) -> str:
    if not path:
        begin(site)
    form = admin.get(f"/-/record/edit/{path or PATH}")
    assert form.status_code == 200
    fields = fields_of(soup(form).select_one("form:has([name='f.weather'])"))
    done = admin.post(f"/-/record/edit/{path or PATH}", **(fields | {"f.weather": words, "action": "publish"}))
    assert done.status_code == 303, done.text
    return path or PATH


def test_members_read_it_where_no_group_has_the_space(member: Browser, reader: Browser, minutes: str) -> None:
    assert WORD in member.get(f"/{minutes}").text
    assert WORD not in reader.get(f"/{minutes}").text


@pytest.fixture
def of_group(app: Flask, admin: Browser, site: Station) -> str:
    """Let the same be written where the gardens are the space of a group, in which Zoé is."""
    sign_in(app, site, "Zoé", is_admin=False)
    join(site, "jardiniers", "jardins", "Zoé")
    return write_round(admin, site)


def test_where_a_group_has_the_space_its_members_read_it_and_no_others(
    app: Flask, member: Browser, of_group: str, site: Station
) -> None:
    assert WORD in sign_in_anew(app, site, "Zoé").get(f"/{of_group}").text
    assert WORD not in member.get(f"/{of_group}").text


def change_spaces(browser: Browser, path: str, *spaces: str) -> None:
    fields = fields_of(soup(browser.get(f"/-/record/edit/{path}")).select_one("form:has([name='f.title'])"))
    assert "f.weather" not in fields
    sent = {**fields, "f.spaces": list(spaces), "action": "publish"}
    assert browser.post(f"/-/record/edit/{path}", **sent).status_code == 303


@pytest.mark.parametrize("spaces", [(), ("four",)])
def test_who_changes_the_spaces_of_the_minutes_reads_it_no_more_than_before(
    app: Flask, member: Browser, of_group: str, site: Station, spaces: tuple[str, ...]
) -> None:
    write(site, "four/index", "---\ntitle: Four\n---\nOn cuit.\n")
    join(site, "fournil", "four", "Idris")
    change_spaces(member, of_group, *spaces)

    assert WORD not in member.get(f"/{of_group}").text
    assert WORD in sign_in_anew(app, site, "Zoé").get(f"/{of_group}").text


def test_who_corrects_it_later_opens_it_to_nobody_though_the_spaces_are_gone(
    app: Flask, admin: Browser, member: Browser, of_group: str, site: Station
) -> None:
    change_spaces(member, of_group)
    write_round(admin, site, of_group, f"{WORD} encore")

    assert f"{WORD} encore" in sign_in_anew(app, site, "Zoé").get(f"/{of_group}").text
    assert WORD not in member.get(f"/{of_group}").text


def test_spaces_that_go_while_it_is_being_written_open_it_to_nobody(
    app: Flask, admin: Browser, member: Browser, site: Station
) -> None:
    sign_in(app, site, "Zoé", is_admin=False)
    join(site, "jardiniers", "jardins", "Zoé")
    begin(site)
    fields = fields_of(soup(admin.get(f"/-/record/edit/{PATH}")).select_one("form:has([name='f.weather'])"))
    theirs = fields_of(soup(member.get(f"/-/record/edit/{PATH}")).select_one("form:has([name='f.title'])"))
    assert member.post(f"/-/record/edit/{PATH}", **(theirs | {"f.spaces": [], "action": "publish"})).status_code == 303
    sent = admin.post(f"/-/record/edit/{PATH}", **(fields | {"f.weather": WORD, "action": "publish"}))

    assert sent.status_code == 303
    assert WORD not in member.get(f"/{PATH}").text


def test_who_made_the_minutes_reads_it_only_with_the_group(
    app: Flask, admin: Browser, member: Browser, site: Station
) -> None:
    sign_in(app, site, "Zoé", is_admin=False)
    join(site, "jardiniers", "jardins", "Zoé")
    write(site, "jardins/index", "---\ntitle: Jardins\n---\nOn jardine.\n")
    fields = fields_of(soup(member.get("/-/record/new/minutes")).select_one("form[data-record]"))
    said = {"f.title": "Jardin", "f.day": "2026-05-01", "f.spaces": ["jardins"], "f.weather": "", "action": "publish"}
    path = member.post("/-/record/new/minutes", **(fields | said)).location.lstrip("/")
    write_round(admin, site, path)

    assert WORD in sign_in_anew(app, site, "Zoé").get(f"/{path}").text
    assert WORD not in member.get(f"/{path}").text + member.get(f"/-/record/edit/{path}").text


def test_a_group_that_moves_opens_it_to_nobody_else(app: Flask, member: Browser, of_group: str, site: Station) -> None:
    with site.truth.begin() as connection:
        found = groups.find(connection, "jardiniers")
        assert found
        groups.change(connection, replace(found, space="potager"))
    site.stamp.touch()

    assert WORD in sign_in_anew(app, site, "Zoé").get(f"/{of_group}").text
    assert WORD not in member.get(f"/{of_group}").text


def sign_in_anew(app: Flask, site: Station, name: str) -> Browser:
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, name)
        assert account
        secret = accounts.make_link(connection, account.id)
    browser = Browser(app.test_client())
    assert browser.post("/-/signin", token=secret).status_code == 303
    return browser


def test_it_is_in_no_source_history_feed_export_or_search(
    admin: Browser, member: Browser, minutes: str, site: Station
) -> None:
    follow_search(site)
    places = (
        f"/-/source/{minutes}", f"/-/history/{minutes}", "/reunions/feed.atom", "/reunions/paper?year=2026", "/-/changes",
        f"/-/search?q={WORD}",
    )  # fmt: skip
    found = {place: admin.get(place).text.count(WORD) for place in places}

    assert {place: count for place, count in found.items() if count and "search" not in place} == {}
    assert "Jardin de mai" not in admin.get(f"/-/search?q={WORD}").text
