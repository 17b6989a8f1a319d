"""How everybody arrives is read by members of the spaces concerned: in no page source, history, search, mail or export."""

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
    """Let Nadia write minutes of the space of the gardens, with a private round."""
    write(site, "jardins/index", "---\ntitle: Jardins\n---\nOn jardine.\n")
    write(
        site,
        PATH,
        "---\ntitle: Jardin de mai\nform: minutes\nday: 2026-05-01\nspaces: [jardins]\nstep: running\n---\nNotes.\n",
    )
    form = admin.get(f"/-/record/edit/{PATH}")
    assert form.status_code == 200
    fields = fields_of(soup(form).select_one("form:has([name='f.weather'])"))
    done = admin.post(f"/-/record/edit/{PATH}", **(fields | {"f.weather": WORD, "action": "publish"}))
    assert done.status_code == 303, done.text
    return PATH


def test_members_read_it_where_no_group_has_the_space(member: Browser, reader: Browser, minutes: str) -> None:
    assert WORD in member.get(f"/{minutes}").text
    assert WORD not in reader.get(f"/{minutes}").text


def test_where_a_group_has_the_space_its_members_read_it_and_no_others(
    app: Flask, member: Browser, minutes: str, site: Station
) -> None:
    sign_in(app, site, "Zoé", is_admin=False)
    join(site, "jardiniers", "jardins", "Zoé")
    other = sign_in_anew(app, site, "Zoé")

    assert WORD in other.get(f"/{minutes}").text
    assert WORD not in member.get(f"/{minutes}").text


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
