"""Dates of other agendas in this one: who sees them, what narrows them, what becomes of them when they are adopted."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.people.viewer import ANONYMOUS, Viewer, signed_in
from app.plugin import OccurrenceQuery
from app.station import Station
from app.wiki import frontmatter
from plugins.agenda import fetching, foreign, sources
from plugins.agenda.sources import Wish
from plugins.agenda.tests.neighbour import SOON, Neighbour, asked_here, calendar, neighbour
from plugins.agenda.tests.year import OPERATOR
from tests.web.hands import Browser, form, notices, soup

MEMBER = signed_in("Idris", "m-bbbbbbbb", is_admin=False)
GARDENER = signed_in("Ana", "m-cccccccc", is_admin=False, groups=("jardin",))
ALL = OccurrenceQuery(SOON - timedelta(days=30))


@pytest.fixture
def mairie(monkeypatch: pytest.MonkeyPatch) -> Iterator[Neighbour]:
    """Give a neighbour that may be asked."""
    asked_here(monkeypatch)
    with neighbour() as told:
        yield told


def shown(
    site: Station, told: Neighbour, *, title: str = "Mairie", space: str = "", audience: str = "public", at: str = ""
) -> int:
    with site.truth.begin() as connection:
        number = sources.add(connection, Wish(told.address + at, title, space, audience), "m-aaaaaaaa")
    fetching.refresh(site, number)
    return number


@pytest.fixture
def listed(app, site: Station):  # type: ignore[no-untyped-def]
    """Give a function that lists the titles that a viewer finds."""

    def titles(viewer: Viewer = ANONYMOUS, query: OccurrenceQuery = ALL) -> list[str]:
        with app.test_request_context():
            return [row.title for row in foreign.list_rows(viewer, query)]

    return titles


def test_dates_of_others_are_listed_as_they_begin(site: Station, mairie: Neighbour, listed) -> None:  # type: ignore[no-untyped-def]
    shown(site, mairie)

    assert listed() == ["Marché de Noël", "Balade", "Balade", "Balade"]
    assert listed(query=OccurrenceQuery(SOON + timedelta(days=1), SOON + timedelta(days=7))) == ["Balade"]
    assert listed(query=OccurrenceQuery(SOON + timedelta(days=1), SOON + timedelta(days=6))) == []


def test_only_those_who_may_see_them_find_them(site: Station, mairie: Neighbour, listed) -> None:  # type: ignore[no-untyped-def]
    shown(site, mairie, audience="group:jardin")

    assert [len(listed(one)) for one in (ANONYMOUS, MEMBER, GARDENER, OPERATOR)] == [0, 0, 4, 4]


def test_a_site_for_members_shows_them_to_members_only(site: Station, mairie: Neighbour, listed) -> None:  # type: ignore[no-untyped-def]
    shown(site, mairie)
    site.store_settings(reading="members")

    assert [len(listed(one)) for one in (ANONYMOUS, MEMBER)] == [0, 4]


def test_filters_of_the_agenda_narrow_them_too(site: Station, mairie: Neighbour, listed) -> None:  # type: ignore[no-untyped-def]
    shown(site, mairie, space="jardins")

    assert listed(query=OccurrenceQuery(SOON, words="noel halle")) == ["Marché de Noël"]
    assert listed(query=OccurrenceQuery(SOON, where={"tags": ("fete",)})) == ["Marché de Noël"]
    assert len(listed(query=OccurrenceQuery(SOON, where={"spaces": ("jardins",)}))) == 4
    assert listed(query=OccurrenceQuery(SOON, where={"spaces": ("cuisine",)})) == []
    assert listed(query=OccurrenceQuery(SOON, where={"place": ("Vallon",)})) == []
    assert listed(query=OccurrenceQuery(SOON, forms=("work-day",))) == []
    assert len(listed(query=OccurrenceQuery(SOON, forms=("event", "work-day"), limit=2))) == 2


def test_what_two_agendas_tell_alike_is_shown_once(site: Station, mairie: Neighbour, listed) -> None:  # type: ignore[no-untyped-def]
    shown(site, mairie)
    shown(site, mairie, title="Office du tourisme", at="?other")

    assert len(listed()) == 4


def test_a_date_says_where_it_comes_from(site: Station, app, mairie: Neighbour) -> None:  # type: ignore[no-untyped-def]
    shown(site, mairie)
    with app.test_request_context():
        row = foreign.list_rows(ANONYMOUS, ALL)[0]
        address = row.address
    page = soup(Browser(app.test_client()).get(address))
    said = page.select_one("main").get_text(" ", strip=True)

    assert page.h1.get_text() == "Marché de Noël" and "Mairie" in said and "Vin chaud gratuit" in said
    assert page.select_one("main a.external")["href"] == "https://mairie.example/marche"
    assert not page.select("main form")


def test_nobody_else_finds_a_date_by_its_address(site: Station, app, mairie: Neighbour, member: Browser) -> None:  # type: ignore[no-untyped-def]
    shown(site, mairie, audience="members")
    passer_by = Browser(app.test_client())

    assert passer_by.get("/agenda/elsewhere/1").status_code == 404
    assert passer_by.post("/agenda/elsewhere/1").status_code in (403, 404)
    assert member.get("/agenda/elsewhere/1").status_code == 200
    assert member.get("/agenda/elsewhere/99").status_code == 404


def test_a_member_adopts_an_event_and_completes_it(site: Station, member: Browser, mairie: Neighbour, listed) -> None:  # type: ignore[no-untyped-def]
    shown(site, mairie)
    page = member.get("/agenda/elsewhere/2")
    sent = member.post("/agenda/elsewhere/2", **form(page, "main form"))
    path = sent.headers["Location"].removeprefix("/-/record/edit/")
    head = frontmatter.parse(site.door.text(OPERATOR, path)[1]).values

    assert (head["uid"], head["when"]["rule"]) == ("marche-a-pied@mairie", "FREQ=WEEKLY;COUNT=3")
    assert notices(member.get(sent.headers["Location"])) == ["This event has a page here now. Complete it if you like."]
    assert listed() == ["Marché de Noël"]
    assert member.get("/agenda/elsewhere/2").headers["Location"] == f"/{path}"


def test_adopting_twice_makes_one_page(site: Station, member: Browser, mairie: Neighbour) -> None:
    shown(site, mairie)
    fields = form(member.get("/agenda/elsewhere/1"), "main form")
    first, second = (member.post("/agenda/elsewhere/1", **fields).headers["Location"] for _ in range(2))

    assert first == second


def test_passers_by_adopt_nothing(site: Station, app, mairie: Neighbour) -> None:  # type: ignore[no-untyped-def]
    shown(site, mairie)
    before = site.door.keys_below("agenda")

    assert Browser(app.test_client()).post("/agenda/elsewhere/1").status_code == 403
    assert site.door.keys_below("agenda") == before


def test_what_members_alone_see_stays_theirs_when_it_is_adopted(
    site: Station, app: Flask, member: Browser, mairie: Neighbour
) -> None:
    shown(site, mairie, audience="members")
    sent = member.post("/agenda/elsewhere/1", **form(member.get("/agenda/elsewhere/1"), "main form"))
    path = sent.headers["Location"].removeprefix("/-/record/edit")

    assert (Browser(app.test_client()).get(path).status_code, member.get(path).status_code) == (404, 200)


def test_for_passers_by_no_calendar_is_read_again(
    site: Station, app: Flask, mairie: Neighbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(site, mairie)
    read: list[object] = []
    monkeypatch.setattr(foreign, "read_calendar_events", lambda *asked: read.append(asked))
    Browser(app.test_client()).post("/agenda/elsewhere/1")

    assert read == []


def test_a_number_that_no_database_holds_leads_nowhere(reader: Browser) -> None:
    assert reader.get("/agenda/elsewhere/99999999999999999999").status_code == 404


def test_markup_of_others_stays_words(site: Station, app, mairie: Neighbour) -> None:  # type: ignore[no-untyped-def]
    nasty = "zq\"'><zq onload=zq>"
    mairie.body = calendar(
        f"UID:n\nSUMMARY:{nasty}\nLOCATION:{nasty}\nDESCRIPTION:{nasty}\nCONTACT:{nasty}\nDTSTART:{SOON:%Y%m%d}T090000"
    )
    shown(site, mairie, title=nasty)
    page = Browser(app.test_client()).get("/agenda/elsewhere/1")

    assert page.status_code == 200 and not soup(page).select("zq")
