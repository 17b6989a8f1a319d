"""A calendar from a file, in the browser and by command: looked at first, then taken in as events."""

import io
from pathlib import Path

import pytest

from app.catalog.editing import Edit
from app.people.viewer import signed_in
from app.station import Station
from tests.calendar.foreign_calendars import calendar
from tests.records.event_tables import EVENTS, FEAST, GARDEN
from tests.web.hands import Browser, form, notices, soup

OPERATOR = signed_in("", "m-aaaaaaaa", is_admin=True)
NASTY = "UID:n\nSUMMARY:<b>Gras</b><script>x</script>\nDTSTART:20260401T080000"


@pytest.fixture(autouse=True)
def _form(site: Station) -> None:
    site.door.save(OPERATOR, Edit("_forms/event", EVENTS, None, "m-aaaaaaaa"))


def send(browser: Browser, content: bytes):  # type: ignore[no-untyped-def]
    return browser.post("/-/import/event", file=(io.BytesIO(content), "mairie.ics"))


def test_a_calendar_is_looked_at_and_then_taken_in(admin: Browser, site: Station) -> None:
    shown = send(admin, calendar(FEAST, GARDEN, "UID:x\nSUMMARY:Jamais", NASTY))
    before = site.door.keys_below("agenda")
    done = admin.post("/-/import/event", **form(shown, "main form"))

    assert "It does not say when it begins." in shown.text and "<script>x" not in shown.text and before == set()
    assert done.status_code == 303 and len(site.door.keys_below("agenda")) == 3
    assert notices(admin.get("/")) == ["3 records have been taken in."]


def test_what_is_no_calendar_and_no_table_is_refused(admin: Browser) -> None:
    assert send(admin, b"BEGIN:VCALENDAR\nEND:VCALENDAR\n").status_code == 200
    assert send(admin, b"%PDF-1.4").status_code == 400


def test_the_choice_of_a_file_offers_calendars_where_there_are_dates(admin: Browser) -> None:
    assert "A calendar (.ics), or a table." in admin.get("/-/import/event").text


def test_each_event_is_shown_with_its_dates_in_words(admin: Browser) -> None:
    lines = [row.get_text(" ", strip=True) for row in soup(send(admin, calendar(FEAST, GARDEN))).select("tbody tr")]

    assert "Thursday 12 March 2026, from 20:00 to 22:00" in lines[0]
    assert "every Wednesday from 08:00 to 12:00" in lines[1]


def test_which_records_are_the_same_is_asked_for_tables_only(admin: Browser) -> None:
    asked = soup(admin.get("/-/import/event")).select_one("details #gc-field-key")

    assert asked is not None


def test_passers_by_take_no_calendar_in(browser: Browser) -> None:
    assert send(browser, calendar(FEAST)).status_code == 403


def test_kept_files_are_gone_once_taken_in(admin: Browser, site: Station) -> None:
    admin.post("/-/import/event", **form(send(admin, calendar(FEAST)), "main form"))

    assert list((Path(site.config.instance) / "imports").iterdir()) == []
