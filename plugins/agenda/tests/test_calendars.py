"""The agenda in calendars of other programs: the same filters, the same readers, the same answer until it changes."""

import gzip
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events
from flask import Flask
from sqlalchemy import insert

from app.answers.tables import answers
from app.catalog.occurrence_rows import OccurrenceQuery
from app.people import accounts
from app.people.viewer import READER
from app.station import Station
from app.web.calendars import calendar_file
from plugins.agenda.tests.conftest import serve
from plugins.agenda.tests.year import LATER, NEXT, save
from tests.web.hands import Browser, one, soup


def titles(said: str) -> list[str]:
    """List the titles of a calendar, each event once."""
    calendar = icalendar.Calendar.from_ical(said)
    return sorted({str(event["SUMMARY"]) for event in calendar.events})


def test_the_agenda_is_a_calendar(reader: Browser) -> None:
    answer = reader.get("/agenda.ics")

    assert answer.content_type == "text/calendar; charset=utf-8"
    assert titles(answer.text) == ["Bal", "Chantier", "Fête du four"]
    assert "X-WR-CALNAME:Essai · Agenda\r\n" in answer.text and "TZID:Europe/Paris\r\n" in answer.text
    assert "\r\nURL:http://localhost/\r\n agenda/2026/fete\r\n" in answer.text


def test_another_library_finds_its_dates(reader: Browser) -> None:
    calendar = icalendar.Calendar.from_ical(reader.get("/agenda.ics?tag=jardin").text)
    found = recurring_ical_events.of(calendar).between(NEXT, NEXT + timedelta(days=60))

    assert [(event["DTSTART"].dt.date(), event["STATUS"]) for event in found] == [
        (NEXT + timedelta(days=days), "CANCELLED" if days == 7 else "CONFIRMED") for days in (0, 7, 14, 21)
    ]


@pytest.mark.parametrize(
    ("query", "found"), [("tag=pain", ["Fête du four"]), ("q=chant", ["Chantier"]), ("tag=no", [])]
)
def test_it_is_filtered_as_the_views_are(reader: Browser, query: str, found: list[str]) -> None:
    assert titles(reader.get(f"/agenda.ics?{query}").text) == found


def test_who_has_it_already_gets_a_304_until_something_changes(admin: Browser, site: Station) -> None:
    first = admin.get("/agenda.ics")
    again = admin.get("/agenda.ics", headers={"If-None-Match": first.headers["ETag"]})
    save(site, "agenda/2026/loto", f"---\nform: event\ntitle: Loto\nwhen: {{start: {NEXT}}}\n---\n")
    later = admin.get("/agenda.ics", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data, later.status_code) == (304, b"", 200)
    assert "Loto" in later.text and later.headers["Cache-Control"] == "private, no-cache"


def test_it_is_packed_for_who_reads_that(reader: Browser) -> None:
    plain = reader.get("/agenda.ics")
    packed = reader.get("/agenda.ics", headers={"Accept-Encoding": "gzip, br"})

    assert packed.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data


def test_one_event_has_an_address_of_its_own(reader: Browser) -> None:
    answer = reader.get("/agenda/2026/chantier.ics")

    assert titles(answer.text) == ["Chantier"] and "RRULE:FREQ=WEEKLY;COUNT=4" in answer.text
    assert answer.headers["Content-Disposition"] == "inline; filename*=UTF-8''chantier.ics"
    assert reader.get("/agenda/2026/chantier.ics", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", ["2026/nothing", "2026/conseil", "x%00y", "index", "2026"])
def test_what_is_no_event_for_the_reader_is_not_there(reader: Browser, path: str) -> None:
    for ending in ("ics", "jsonld"):
        assert reader.get(f"/agenda/{path}.{ending}").status_code == 404


def test_a_record_without_dates_is_no_event(reader: Browser, site: Station) -> None:
    save(site, "_forms/tool", "title: Tool\nfields:\n  - {name: title, type: text, label: Name}\n")
    save(site, "agenda/2026/beche", "---\nform: tool\ntitle: Bêche\n---\n")

    assert [reader.get(f"/agenda/2026/beche.{ending}").status_code for ending in ("ics", "jsonld")] == [404, 404]


def test_no_words_of_people_or_addresses_begin_a_line(admin: Browser, site: Station) -> None:
    title = json.dumps("a\r\nATTENDEE:x\u2028ATTENDEE:y\x0bATTENDEE:z")
    save(site, "agenda/2026/nasty", f"---\nform: event\ntitle: {title}\nwhen: {{start: {NEXT}}}\n---\n")
    places = ("", "?q=a%0D%0AATTENDEE:x", "?tag=%E2%80%A8ATTENDEE:x")
    answers = [*(admin.get(f"/agenda.ics{query}") for query in places), admin.get("/agenda/2026/nasty.ics")]

    assert [line for answer in answers for line in answer.text.splitlines() if line.startswith("ATTENDEE")] == []


def test_what_was_cancelled_long_ago_is_left_out(year: Flask) -> None:
    texts = year.extensions["gare"].door.calendar_texts(READER, OccurrenceQuery(date.min))
    month = int(timedelta(days=31).total_seconds())
    with year.test_request_context("/agenda.ics"):
        said = calendar_file([one._replace(modified=one.modified - month) for one in texts], "A").decode()

    assert titles(said) == ["Chantier", "Fête du four"]


def test_the_page_of_an_event_leads_to_its_calendar(reader: Browser) -> None:
    page = reader.get("/agenda/2026/fete")

    assert one(page, ".actions a[href='/agenda/2026/fete.ics']").get_text(strip=True) == "Put into my calendar"
    kinds = {str(link["type"]) for link in soup(page).select("link[rel=alternate]")}
    assert {"text/calendar", "application/ld+json"} <= kinds


def test_the_agenda_is_not_there_while_it_is_switched_off(site: Station, admin: Browser) -> None:
    admin.post("/-/admin/plugins")

    assert admin.get("/agenda.ics").status_code == 404
    assert "fete.ics" not in admin.get("/agenda/2026/fete").text


def test_calendars_follow_the_word_and_the_folder_of_the_site(instance: Path) -> None:
    (instance / "gare.toml").write_text('plugin_words = "agenda=calendrier"\n')
    app = serve(instance)
    client = app.test_client()
    root = {"SCRIPT_NAME": "/gare"}
    page = client.get("/agenda/2026/fete", environ_overrides=root).text
    whole = client.get("/calendrier.ics", environ_overrides=root).text
    app.extensions["gare"].close()

    assert 'href="/gare/calendrier/agenda/2026/fete.ics"' in page
    assert "URL:http://localhost/gare/\r\n agenda/2026/fete\r\n" in whole


# -- private addresses -----------------------------------------------------------------------------------------------


@pytest.fixture
def addresses(member: Browser) -> list[str]:
    """Give the private addresses of Idris: of what he may read, of what he goes to."""
    page = member.post("/agenda/subscribe")
    return [str(field["value"]).removeprefix("http://localhost") for field in soup(page).select(".notice input")]


def test_a_private_address_shows_what_its_owner_may_read(app: object, addresses: list[str], admin: Browser) -> None:
    passer_by = Browser(admin.client.application.test_client())
    answer = passer_by.get(addresses[0])

    assert "Conseil zanzibar" in titles(answer.text)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "key=" not in answer.text and "zanzibar" not in passer_by.get("/agenda.ics").text


def test_a_key_that_is_of_no_use_opens_nothing(reader: Browser) -> None:
    for address in ("/agenda.ics", "/agenda.atom", "/agenda.jsonld", "/agenda/mine.ics", "/agenda/2026/conseil.ics"):
        assert reader.get(f"{address}?key=no").status_code == 404
    assert reader.get("/agenda/mine.ics").status_code == 404


def test_the_address_of_what_one_goes_to_has_just_these_dates(
    member: Browser, site: Station, addresses: list[str]
) -> None:
    for page, day, value, state in (
        ("evchanti", LATER + timedelta(days=7), "yes", "standing"), ("evfete00", "", "yes", "waiting"),
        ("evbal000", "", "no", "standing"), ("gone", "", "yes", "standing"),
    ):  # fmt: skip
        says(site, page, str(day), value, state)
    calendar = icalendar.Calendar.from_ical(member.get(addresses[1]).text)
    found = {str(event["SUMMARY"]): event for event in calendar.events}

    assert set(found) == {"Chantier", "Fête du four"}
    assert found["Chantier"]["DTSTART"].dt.date() == LATER + timedelta(days=7) and "RRULE" not in found["Chantier"]
    assert (found["Chantier"]["STATUS"], found["Fête du four"]["STATUS"]) == ("CONFIRMED", "TENTATIVE")


def says(site: Station, page: str, day: str, value: str, state: str) -> None:
    """Let Idris answer."""
    now = int(datetime.now(UTC).timestamp())
    with site.truth.begin() as connection:
        idris = accounts.find_named(connection, "Idris")
        assert idris
        row = {"page_id": page, "date": day, "key": "coming", "value": value, "account_id": idris.id, "channel": "web"}
        connection.execute(insert(answers), row | {"state": state, "asked_at": now, "changed_at": now})


def test_a_passer_by_makes_no_private_address(reader: Browser) -> None:
    assert reader.post("/agenda/subscribe").status_code in {401, 403}


def test_the_page_about_calendars_says_the_address_that_is_filtered(reader: Browser) -> None:
    page = reader.get("/agenda/subscribe?tag=pain")

    assert one(page, "#gc-address")["value"] == "http://localhost/agenda.ics?tag=pain"
    assert one(page, ".actions a.button")["href"] == "webcal://localhost/agenda.ics?tag=pain"
    assert "Make my private addresses" not in page.text


def test_a_code_brings_the_page_about_calendars_to_another_phone(reader: Browser) -> None:
    page, other = reader.get("/agenda/subscribe"), reader.get("/agenda/subscribe?tag=pain")
    picture = one(page, "figure.qr [role=img]")

    assert picture["aria-label"] == "QR code of the link" and picture.select("svg path")
    assert str(picture) != str(one(other, "figure.qr [role=img]"))  # it leads to the filtered one


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("en", ["On an iPhone or iPad", "On an Android phone", "On a computer"]),
        ("fr", ["Sur un iPhone ou un iPad", "Sur un téléphone Android", "Sur un ordinateur"]),
    ],
)
def test_the_page_about_calendars_has_words_for_every_device(year: Flask, language: str, heads: list[str]) -> None:
    browser = Browser(year.test_client())
    browser.client.set_cookie("gare_display", f"auto.normal.{language}")
    found = soup(browser.get("/agenda/subscribe")).select("main h2")
    words = {head.text: head.find_next_sibling().text.strip() for head in found}

    assert [head for head in words if words[head]][:3] == heads
    assert "ICSx⁵" in words[heads[1]] and "Thunderbird" in words[heads[2]] and "Google" in words[heads[2]]


def test_filters_that_no_picture_holds_have_their_address_without_one(reader: Browser) -> None:
    long = "&".join(f"tag={'é' * 190}{number}" for number in range(3))
    page = soup(reader.get(f"/agenda/subscribe?{long}"))

    assert page.select_one("#gc-address") and not page.select("figure.qr")
