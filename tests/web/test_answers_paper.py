"""The paper of a sign-up: printed, typed afterwards, who was there noted, given as a table; for who organises."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.answers.answer import About
from app.answers.reading import list_at
from app.answers.tables import answers as table
from app.station import Station
from app.web.answers.sheet import FULL_PAGE
from tests.web.coming_hands import FULL, PATH, SOON, TODAY, make_event, press, seen
from tests.web.conftest import sign_in
from tests.web.hands import Browser, form, soup

SHEET, QUICK, THERE, LIST = (f"/-/answer/{name}/{PATH}" for name in ("sheet", "quick", "attendance", "list"))


@pytest.fixture
def event(site: Station) -> str:
    """Give an event that is over since yesterday: then papers are typed."""
    return make_event(site, FULL, day=TODAY - timedelta(days=1))


def _kept(site: Station, page_id: str) -> dict[str, tuple[str, int]]:
    with site.truth.connect() as connection:
        return {one.name: (one.attended, one.wish.people) for one in list_at(connection, About(page_id))}


def _rows(browser: Browser, address: str = f"{LIST}.csv") -> list[list[str]]:
    text = browser.get(address).data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_sheet_has_a_code_a_person_and_empty_rows_with_numbers(admin: Browser, site: Station) -> None:
    make_event(site, FULL)
    press(admin, "yes", people="2", role="cuisine", bring="beche")
    table_rows = soup(admin.get(SHEET)).select("table.signups tbody tr")
    cells = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in table_rows]

    assert len(cells[0][0]) == 2 and cells[0][1].endswith("brings: Bêche") and cells[0][2:4] == ["2", "Cuisine"]
    assert [row[0] for row in cells[1:4]] == ["1", "2", "3"]
    assert len(cells) == FULL_PAGE


@pytest.mark.parametrize("address", [SHEET, QUICK, THERE, f"{LIST}.csv"])
def test_only_who_organises_sees_papers(app: Flask, browser: Browser, site: Station, event: str, address: str) -> None:
    other = sign_in(app, site, "Zoé", is_admin=False)

    assert browser.get(address).status_code == 403
    assert other.get(address).status_code == 403
    assert "Ask one of them." in other.get(address).text


def test_who_made_the_event_organises_it(app: Flask, site: Station) -> None:
    maker = sign_in(app, site, "Ana", is_admin=False)
    make_event(site)
    maker.write("chantiers/lavoir", "---\ntitle: Lavoir\nform: chantier\nsignup: {open: yes}\n"
                f"when: {{start: {SOON}T08:00, end: {SOON}T12:00, timezone: Europe/Paris}}\n---\n")  # fmt: skip

    assert maker.get("/-/answer/sheet/chantiers/lavoir").status_code == 200
    assert maker.get(SHEET).status_code == 403


def test_papers_are_of_sign_ups_only(admin: Browser, site: Station) -> None:
    admin.write("notes", "Rien.\n")

    assert admin.get("/-/answer/sheet/notes").status_code == 404
    make_event(site)
    assert admin.get(f"{SHEET}?day=1999-01-01").status_code == 404


def test_a_sheet_is_typed_by_codes_and_names(admin: Browser, site: Station, event: str) -> None:
    admin.post(QUICK, lines="Nadia 2\n1 Karim\nz9 yes")
    code = next(row.select_one("td").text for row in soup(admin.get(SHEET)).select("tbody tr") if "Nadia" in row.text)  # type: ignore[union-attr]
    page = admin.post(QUICK, lines=f"{code} no\nKarim x")

    assert _kept(site, event) == {"Nadia": ("no", 2), "Karim": ("yes", 1)}
    assert [item.get_text(" ", strip=True) for item in soup(page).select("ul.rows li")] == [
        "Nadia · was not there", "Karim · was there",
    ]  # fmt: skip


def test_lines_that_were_not_understood_stay_in_the_box(admin: Browser, site: Station, event: str) -> None:
    page = admin.post(QUICK, lines="Nadia\nz9 yes\n<b>Eve</b> 2")

    assert form(page, "form:has(textarea)")["lines"] == "z9 yes"
    assert "z9 yes · Nobody on this list has this code." in soup(page).select_one(".error-summary").text  # type: ignore[union-attr]
    assert "<b>Eve</b>" in _kept(site, event)
    assert "&lt;b&gt;Eve" in page.text


def test_before_it_begins_typing_signs_up_and_a_no_lets_others_move_up(admin: Browser, site: Station) -> None:
    page_id = make_event(site, "{open: yes, places: 1}")
    admin.post(QUICK, lines="Nadia\nKarim")
    admin.post(QUICK, lines="Nadia no")
    with site.truth.connect() as connection:
        said = {one.name: (one.wish.value, one.state) for one in list_at(connection, About(page_id))}

    assert said == {"Nadia": ("no", "standing"), "Karim": ("yes", "standing")}


def test_perhaps_is_written_down_and_an_unknown_code_is_said_with_its_line(admin: Browser, site: Station) -> None:
    make_event(site, FULL)
    page = soup(admin.post(QUICK, lines="Nadia peut-être\nzz9 oui"))
    done, wrong = page.select_one("main ul.rows"), page.select_one("#gc-errors")

    assert done is not None and " ".join(done.text.split()).startswith("Nadia · comes perhaps")
    assert wrong is not None and "zz9 oui · Nobody on this list has this code." in wrong.text


def test_who_was_there_is_ticked(admin: Browser, site: Station, event: str) -> None:
    admin.post(QUICK, lines="Nadia 2\nKarim")
    with site.truth.connect() as connection:
        ids = {one.name: str(one.id) for one in list_at(connection, About(event))}
    admin.post(THERE, shown=list(ids.values()), there=[ids["Karim"]])

    assert _kept(site, event) == {"Nadia": ("no", 2), "Karim": ("yes", 1)}
    assert "1 person was there." in seen(admin, THERE)


def test_of_whom_the_page_did_not_show_nothing_is_noted(admin: Browser, site: Station, event: str) -> None:
    other = make_event(site, FULL, path="chantiers/autre")
    admin.post("/-/answers/chantiers/autre", value="yes")
    with site.truth.begin() as connection:
        foreign = connection.execute(select(table.c.id).where(table.c.page_id == other)).scalar_one()
    admin.post(THERE, shown=[str(foreign), "x", "99999999999"], there=[str(foreign)])

    assert [attended for attended, _ in _kept(site, other).values()] == [""]


def test_the_table_holds_what_people_said_and_runs_no_formula(admin: Browser, site: Station) -> None:
    make_event(site, FULL)
    press(admin, "yes", people="2", role="montage", meal="2", seats="1", bring="gants", comment="=HYPERLINK(1)")
    admin.post(QUICK, lines="+33612345678\n@eve 2")
    header, *rows = _rows(admin)

    assert header[1] == "Name"
    assert rows[0][0] == SOON.isoformat()
    assert rows[0][2:] == ["comes", "Montage", "2", "2", "1", "", "Gants", "", "'=HYPERLINK(1)", "", "on this site", ""]
    assert "'@eve" in {row[1] for row in rows}


def test_of_a_series_the_table_holds_one_date_or_all(admin: Browser, site: Station) -> None:
    make_event(site, more=", rule: FREQ=WEEKLY;COUNT=3")
    days = [(SOON + timedelta(days=7 * number)).isoformat() for number in range(2)]
    for day in days:
        press(admin, "yes", day)

    assert [row[0] for row in _rows(admin)[1:]] == days
    assert [row[0] for row in _rows(admin, f"{LIST}.csv?day={days[1]}")[1:]] == [days[1]]


def test_the_page_of_who_comes_leads_organisers_to_the_papers(admin: Browser, member: Browser, site: Station) -> None:
    make_event(site)

    assert SHEET in admin.get(f"/-/answers/{PATH}").text
    assert SHEET not in member.get(f"/-/answers/{PATH}").text
