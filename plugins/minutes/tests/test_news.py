"""What the home page says of meetings among what is new."""

from datetime import date

from flask import Flask

from app.people.viewer import ANONYMOUS, OPERATOR
from app.station import Station
from plugins.minutes.tests.conftest import OLD, write
from tests.web.hands import Browser, soup


def news(app: Flask, viewer: object = ANONYMOUS, limit: int = 5) -> list[tuple[str, str, str]]:
    [(_, give)] = [one for one in app.extensions["gare"].hooks.arrivals if one[0].name == "minutes"]
    with app.test_request_context("/"):
        return [(one.word, one.title, one.address) for one in give(viewer, limit)]


def test_minutes_and_what_was_decided_are_news(app: Flask) -> None:
    assert news(app) == [
        ("Minutes of a meeting", "Assemblée de mars", f"/{OLD}"),
        ("Decision", "Le four reste ouvert", f"/{OLD}#decisions-d1"),
    ]


def test_closed_minutes_are_news_for_their_readers_only(app: Flask) -> None:
    assert [title for _, title, _ in news(app, OPERATOR)][:2] == ["Bureau", "Une chose secrète"]
    assert "Bureau" not in str(news(app))


def test_an_agenda_is_no_news_yet(app: Flask, site: Station) -> None:
    write(site, "reunions/2027/2027-01-08-janvier", "---\ntitle: Janvier\nform: minutes\nday: 2027-01-08\n---\n")

    assert "Janvier" not in str(news(app))


def test_without_their_form_there_are_none(app: Flask, site: Station) -> None:
    site.door.delete(OPERATOR, "_forms/minutes", "m-aaaaaaaa")

    assert news(app) == []


def test_lines_are_of_the_day_of_the_meeting(app: Flask, reader: Browser, site: Station) -> None:
    write(site, "index", "# Accueil\n")
    page = soup(reader.get("/"))

    assert page.select_one(".news time")["datetime"] == date(2026, 3, 6).isoformat()
    assert not page.select(".minutes-block")
