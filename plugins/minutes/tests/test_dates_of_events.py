"""From an event one comes to the minutes of the right date: late, ahead of time, moved, of a series."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from app.catalog.editing import Edit
from app.people import accounts, groups
from app.people.authors import SYSTEM
from app.people.groups import Group
from app.people.viewer import OPERATOR
from app.station import Station
from plugins.minutes import meetings
from plugins.minutes.tests.conftest import EVENT, write
from plugins.minutes.tests.test_meetings import find, propose
from tests.web.conftest import sign_in
from tests.web.hands import Browser, form, soup


def event(site: Station, days: int, more: str = "", head: str = "") -> date:
    """Move the event to a day in so many days, and add lines to its head; gives the day."""
    day = site.today() + timedelta(days=days)
    page, text = site.door.text(OPERATOR, EVENT)
    moved = re.sub(r"when: .*", f"when: {{start: {day}T20:00, end: {day}T22:00{more}}}{head}", text)
    site.door.save(OPERATOR, Edit(EVENT, moved, page.revision, SYSTEM))
    return day


def ways(browser: Browser) -> list[str]:
    """Name the links of the event that lead to its meetings."""
    links = soup(browser.get(f"/{EVENT}")).select("a[href*='/reunions/'], a[href*='minutes:']")
    return [link.get_text(" ", strip=True) for link in links if link.parent.name != "li"]


def day_of(browser: Browser, words: str) -> str:
    """Give the day that a link of the event names."""
    (link,) = [one for one in soup(browser.get(f"/{EVENT}")).select("a") if words in one.text]
    found = re.search(r"(?:@|%40)(\d{4}-\d\d-\d\d)", str(link["href"]))
    return found[1] if found else ""


@pytest.mark.parametrize("days", [-1, -4, -300])
def test_notes_are_taken_however_late(member: Browser, site: Station, days: int) -> None:
    day = event(site, days)

    assert day_of(member, "Take notes") == day.isoformat()
    assert "Propose something" not in member.get(f"/{EVENT}").text


def test_of_a_series_the_last_is_written_up_and_the_next_is_prepared(member: Browser, site: Station) -> None:
    event(site, -1, ", rule: FREQ=WEEKLY")

    assert day_of(member, "Take notes") == (site.today() - timedelta(days=1)).isoformat()
    assert day_of(member, "Propose something") == (site.today() + timedelta(days=6)).isoformat()


def test_an_agenda_leads_to_the_notes_at_once(member: Browser) -> None:
    path = propose(member)
    page = member.get(f"/{EVENT}").text

    assert "Read the agenda of the meeting" in page and "Read the minutes" not in page
    assert f'href="/reunions/next{path}"' in page


def test_an_agenda_follows_an_event_that_is_moved(member: Browser, site: Station) -> None:
    first = propose(member)
    moved = event(site, 12)

    assert propose(member, "La serre") == first
    assert (find(site).day, len(find(site).rows("points"))) == (moved, 2)


def test_notes_that_begin_after_a_move_have_the_new_day(member: Browser, site: Station) -> None:
    path = propose(member).removeprefix("/")
    moved = event(site, 12)
    member.post(f"/reunions/next/{path}", **{"from": "agenda"})

    assert (find(site).day, find(site).state) == (moved, meetings.RUNNING)


def test_a_day_that_is_none_of_the_event_is_not_taken(member: Browser, site: Station) -> None:
    day = event(site, 5)
    propose(member, event=f"{EVENT}@2099-01-01")
    begun = form(member.get(f"/-/record/new/minutes?from=minutes:{EVENT}@2099-01-01"), "form[data-record]")

    assert find(site).day == day
    assert begun["f.day"] == day.isoformat()


# -- places where only a group writes, or reads ------------------------------------------------------------------------


def of_group(site: Station, policy: str) -> None:
    write(site, "four/index", f"---\ntitle: Four\n{policy}\n---\nOn cuit.\n")
    with site.truth.begin() as connection:
        groups.add(connection, Group(0, "fournil", "Fournil", "four", is_open=False))
    event(site, 5, head="\nspaces: [four]")


def test_any_member_proposes_where_only_a_group_writes(member: Browser, site: Station) -> None:
    of_group(site, "editors: group:fournil")
    path = propose(member).removeprefix("/")
    page = member.get(f"/{EVENT}").text

    assert path.startswith("four/reunions/")
    assert "Propose something" in page and "Begin the notes" not in page
    assert "Begin the notes" not in member.get(f"/{path}").text


def test_minutes_of_a_closed_group_are_not_begun_by_others_and_not_in_the_open(member: Browser, site: Station) -> None:
    of_group(site, "audience: group:fournil")

    assert ways(member) == []
    assert member.post("/reunions/propose", event=EVENT, what="Le toit").status_code == 403
    assert [one for one in meetings.load(site.door, OPERATOR) if "Café" in one.row.title] == []


def test_what_a_closed_group_has_to_do_is_in_no_notes_that_others_read(app: Flask, site: Station) -> None:
    write(site, "four/index", "---\ntitle: Four\naudience: group:fournil\n---\nOn cuit.\n")
    write(site, "four/reunions/2026/2026-02-02-bureau", "---\ntitle: Bureau\nform: minutes\nday: 2026-02-02\nstep: valid\n"
          "actions:\n  - {id: a7, what: Parler au notaire, who: Zoé}\n---\n")  # fmt: skip
    zoe = sign_in(app, site, "Zoé", is_admin=False)
    with site.truth.begin() as connection:
        number = groups.add(connection, Group(0, "fournil", "Fournil", "four", is_open=False))
        account = accounts.find_named(connection, "Zoé")
        assert account
        groups.enter(connection, number, account.id)
    path = propose(zoe).removeprefix("/")
    zoe.post(f"/reunions/next/{path}", **{"from": "agenda"})

    assert "notaire" in zoe.get("/reunions/actions").text
    assert "notaire" not in site.door.text(OPERATOR, path)[1]
