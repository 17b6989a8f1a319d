"""An administrator adds an agenda by its address, looks first at what it holds, and sees how it is going."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import update

from app.station import Station
from plugins.agenda.sources import every
from plugins.agenda.tables import sources
from plugins.agenda.tests.neighbour import MARKET, Neighbour, asked_here, calendar, neighbour
from tests.web.hands import Browser, errors, fields_of, notices, soup

PAGE = "/agenda/sources"


@pytest.fixture
def mairie(monkeypatch: pytest.MonkeyPatch) -> Iterator[Neighbour]:
    """Give a neighbour that may be asked."""
    asked_here(monkeypatch)
    with neighbour() as told:
        yield told


def keep(admin: Browser, told: Neighbour, **more: str):  # type: ignore[no-untyped-def]
    found = admin.post(PAGE, calendar=told.address)
    return admin.post(PAGE, **fields_of(soup(found).select_one("main form")) | {"action": "keep"} | more)


def test_what_an_address_holds_is_shown_before_it_is_kept(admin: Browser, mairie: Neighbour) -> None:
    mairie.body = calendar(MARKET, "UID:x\nSUMMARY:Sans date")
    said = soup(admin.post(PAGE, calendar=mairie.address)).select_one("main").get_text(" ", strip=True)

    assert "Mairie de Vallon" in said and "Marché de Noël" in said and "1 event · 1 date to come" in said
    assert "Sans date: It does not say when it begins." in said
    assert "Mairie de Vallon" not in admin.get(PAGE).text


def test_an_agenda_that_is_kept_stands_in_the_list(admin: Browser, mairie: Neighbour) -> None:
    kept = keep(admin, mairie, title="La mairie", audience="members")
    page = admin.get(kept.headers["Location"])
    one = soup(admin.get(soup(page).select_one(".rows a")["href"])).select_one(".facts").get_text(" ", strip=True)

    assert notices(page) == ["The dates of “La mairie” stand in the agenda now."]
    assert "2 events · Members" in soup(page).select_one(".rows").get_text(" ", strip=True)
    assert "Asked for last" in one and "Asked for next" in one and mairie.address in one


def test_an_address_is_typed_as_calendars_are_called(admin: Browser, mairie: Neighbour) -> None:
    assert errors(admin.post(PAGE, calendar="")) and errors(admin.post(PAGE, calendar="javascript:alert(1)"))
    assert admin.post(PAGE, calendar="file:///etc/passwd").status_code == 400
    mairie.status = 404
    assert "The server answered 404" in admin.post(PAGE, calendar=mairie.address).text


def test_the_same_agenda_is_kept_once(admin: Browser, mairie: Neighbour) -> None:
    keep(admin, mairie)

    assert "This agenda is here already." in admin.post(PAGE, calendar=mairie.address).text


def test_what_went_wrong_is_shown_and_it_can_be_asked_for_now(admin: Browser, mairie: Neighbour) -> None:
    keep(admin, mairie)
    mairie.status = 500
    sent = admin.post(f"{PAGE}/1", action="fetch")
    broken = admin.get(sent.headers["Location"]).text
    mairie.status = 200
    mended = admin.get(admin.post(f"{PAGE}/1", action="fetch").headers["Location"])

    assert "The server answered 500" in broken
    assert notices(mended) == ["It was asked for just now."] and "What went wrong" not in mended.text


def test_it_is_taken_away_and_brought_back(admin: Browser, app: Flask, mairie: Neighbour) -> None:
    keep(admin, mairie, title="La mairie")
    page = admin.get(admin.post(f"{PAGE}/1", action="remove").headers["Location"])
    back = soup(page).select_one(".notice form")["action"]
    admin.post(back)

    assert "“La mairie” is not shown any more." in notices(page)[-1]
    assert soup(admin.get(PAGE)).select_one(".rows a").get_text() == "La mairie"


def test_its_name_is_changed(admin: Browser, mairie: Neighbour) -> None:
    keep(admin, mairie)
    wrong = admin.post(f"{PAGE}/1", title=" ", audience="public")
    admin.post(f"{PAGE}/1", title="Vallon", audience="nobody", space="nowhere")

    assert wrong.status_code == 400
    assert "Vallon" in admin.get(PAGE).text and "Members" in admin.get(PAGE).text


def test_a_group_that_sees_it_stays_though_its_administrator_is_not_in_it(
    admin: Browser, site: Station, mairie: Neighbour
) -> None:
    keep(admin, mairie)
    with site.truth.begin() as connection:
        connection.execute(update(sources).values(audience="group:secret"))
    admin.post(f"{PAGE}/1", **fields_of(soup(admin.get(f"{PAGE}/1")).select("main form")[1]) | {"title": "Vallon"})
    page = admin.get(admin.post(f"{PAGE}/1", action="remove").headers["Location"])
    admin.post(soup(page).select_one(".notice form")["action"])
    with site.truth.connect() as connection:
        (kept,) = every(connection)

    assert (kept.title, kept.audience) == ("Vallon", "group:secret")


def test_only_administrators_look_after_them(member: Browser, app: Flask, site: Station) -> None:
    passer_by = Browser(app.test_client())

    assert [one.get(PAGE).status_code for one in (member, passer_by)] == [403, 403]
    assert [one.post(PAGE, calendar="https://x.example").status_code for one in (member, passer_by)] == [403, 403]
    assert member.post(f"{PAGE}/1", action="remove").status_code == 403
    assert member.post(f"{PAGE}/again?calendar=https://x.example").status_code == 403
