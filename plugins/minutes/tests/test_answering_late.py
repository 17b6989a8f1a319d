"""Answers that come too late: what was to be done is done or gone, the link is old, whose it was is blocked."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from app.catalog.editing import Edit
from app.people import accounts
from app.people.accounts import Account
from app.people.authors import SYSTEM
from app.people.viewer import OPERATOR
from app.station import Station
from plugins.minutes import links, meetings
from plugins.minutes.tests.conftest import OLD
from tests.people.successor import replace
from tests.web.hands import Browser

NO_MORE = "This link no longer works"


@pytest.fixture
def place(site: Station) -> str:
    """Give the address by which Nadia answers about the action of the old minutes."""
    site.store_settings(address="https://gare.example")
    with site.truth.begin() as connection:
        account = accounts.add(connection, "Nadia", is_admin=False, email="nadia@example.org")
    [one] = [one for one in meetings.actions(meetings.load(site.door, OPERATOR)) if one.id == "a1"]
    return links.make(site, one, account).removeprefix("https://gare.example")


def nadia(connection: Connection) -> Account:
    found = accounts.find_named(connection, "Nadia")
    assert found
    return found


def rows(site: Station) -> list[dict[str, str]]:
    return next(one for one in meetings.load(site.door, OPERATOR) if one.row.path == OLD).rows("actions")


def test_done_by_somebody_else_is_told(site: Station, member: Browser, reader: Browser, place: str) -> None:
    member.post(f"/reunions/actions/{OLD}", id="a1", done="1")
    before = rows(site)

    assert NO_MORE in reader.get(place).text
    assert reader.post(place, answer="later").status_code == 404
    assert rows(site) == before


def test_minutes_that_are_gone_are_told(site: Station, reader: Browser, place: str) -> None:
    site.door.delete(OPERATOR, OLD, SYSTEM)

    assert NO_MORE in reader.get(place).text
    assert reader.post(place, answer="done").status_code == 404


@pytest.mark.parametrize(("days", "code"), [(59, 200), (61, 404)])
def test_link_holds_for_sixty_days(
    reader: Browser, place: str, monkeypatch: pytest.MonkeyPatch, days: int, code: int
) -> None:
    then = time.time() + timedelta(days=days).total_seconds()
    monkeypatch.setattr(time, "time", lambda: then)

    assert reader.get(place).status_code == code


def test_who_is_blocked_answers_no_more(site: Station, reader: Browser, place: str) -> None:
    with site.truth.begin() as connection:
        accounts.block(connection, nadia(connection), is_blocked=True)

    assert reader.post(place, answer="done").status_code == 404
    assert "done" not in rows(site)[0]


def test_the_link_of_somebody_erased_is_none_for_who_gets_number_and_name(
    site: Station, reader: Browser, place: str
) -> None:
    with site.truth.begin() as connection:
        replace(connection, "Nadia", "Nadia", email="autre.nadia@example.org")

    assert reader.get(place).status_code == reader.post(place, answer="done").status_code == 404
    assert "done" not in rows(site)[0]


def test_who_reads_the_minutes_no_more_sees_nothing_of_them(site: Station, reader: Browser, place: str) -> None:
    known, text = site.door.text(OPERATOR, OLD)
    site.door.save(OPERATOR, Edit(OLD, text.replace("step:", "audience: admins\nstep:"), known.revision, SYSTEM))

    assert "Appeler le couvreur" not in reader.get(place).text
    assert reader.post(place, answer="done").status_code == 404
    assert "done" not in rows(site)[0]
