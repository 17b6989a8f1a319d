"""Days that do not exist: told where they are typed, and no harm where they come in otherwise."""

import time

import pytest

from app.people import accounts
from app.people.viewer import OPERATOR
from app.station import Station
from plugins.minutes import digest, meetings, reminding
from plugins.minutes.tests.conftest import EVENT, write
from plugins.minutes.tests.test_meetings import NOTES
from tests.web.hands import Browser, form
from tests.web.mailed import letters

BAD = ("2026-02-31", "2026-13-01", "31/02/2026", "2026-W12-1", "20260312", "demain")
PATH = "reunions/2026/2026-03-2{}-chantier"


@pytest.fixture
def strange(site: Station) -> list[str]:
    """Give the paths of minutes, written by hand, in each of which every day is wrong in the same way."""
    for number, day in enumerate(BAD):
        write(site, PATH.format(number), f"---\ntitle: Chantier\nform: minutes\nday: {day}\nstep: valid\n"
              f"decisions:\n  - {{id: dx{number}, what: On refait le toit {number}, review: {day}}}\n"
              f"actions:\n  - {{id: ax{number}, what: Acheter des vis {number}, who: Idris, due: {day}}}\n"
              f"  - {{id: bx{number}, what: Ranger, done: {day}}}\n---\nUn mot.\n")  # fmt: skip
    return [PATH.format(number) for number in range(len(BAD))]


def test_day_of_notes_from_elsewhere_is_told_and_what_was_pasted_stays(member: Browser, site: Station) -> None:
    before = len(meetings.load(site.door, OPERATOR))
    sent = [member.post("/reunions/import", text=NOTES, title="Chantier", day=day) for day in BAD]

    assert {one.status_code for one in sent} == {400}
    assert all("This day does not exist" in one.text and "on refait le toit" in one.text for one in sent)
    assert len(meetings.load(site.door, OPERATOR)) == before


def test_day_in_the_notes_that_does_not_exist_is_not_taken_for_the_day_of_the_meeting(
    member: Browser, site: Station
) -> None:
    sent = member.post("/reunions/import", text=f"# Chantier\n\nLe 31 février 2026, puis le 12 mars 2026.\n\n{NOTES}")

    assert "/2026-03-12-chantier" in sent.location


def test_day_of_minutes_is_told_by_their_form(member: Browser, site: Station) -> None:
    typed = form(member.get("/-/record/new/minutes"), "form[data-record]")
    sent = member.post(
        "/-/record/new/minutes", **(typed | {"f.title": "Chantier", "f.day": "2026-02-31"}), action="send"
    )

    assert sent.status_code == 400
    assert [one for one in meetings.load(site.door, OPERATOR) if one.row.title == "Chantier"] == []


def test_a_day_of_a_line_that_does_not_exist_is_told_beside_the_field_for_it(member: Browser, site: Station) -> None:
    member.post("/reunions/import", text=f"{NOTES}\n\nÀ faire : Idris range la salle avant le 31 février\n")
    (path,) = [one.row.path for one in meetings.load(site.door, OPERATOR) if one.state != meetings.VALID]
    page = member.get(f"/reunions/found/{path}")

    assert "The notes say “31 février”. There is no such day" in page.text


def test_day_of_an_event_that_does_not_exist_becomes_its_next_one(member: Browser, site: Station) -> None:
    sent = {member.post("/reunions/propose", event=f"{EVENT}@{day}", what="Le toit").location for day in BAD}

    assert len(sent) == 1
    assert max(one.day for one in meetings.load(site.door, OPERATOR) if one.day) > site.today()


def test_pages_show_minutes_whose_days_are_wrong(member: Browser, strange: list[str]) -> None:
    lists = ("", "decisions", "decisions?review=1", "actions?show=all", "actions?show=late", "paper", "feed.atom")
    own = [f"{before}/{path}" for path in strange for before in ("", "/reunions/next", "/reunions/found")]
    pages = {place: member.get(place) for place in (*(f"/reunions/{name}" for name in lists), *own)}
    todo = [pages[f"/reunions/actions?show={which}"].text for which in ("all", "late")]

    assert {place: page.status_code for place, page in pages.items() if page.status_code != 200} == {}
    assert all(f"On refait le toit {number}" in pages["/reunions/decisions"].text for number in range(len(BAD)))
    assert [[f"Acheter des vis {number}" in text for number in range(len(BAD))] for text in todo] == [
        [True] * len(BAD), [False] * len(BAD),
    ]  # fmt: skip


def test_nobody_is_reminded_of_a_day_that_does_not_exist(site: Station, strange: list[str]) -> None:
    with site.truth.begin() as connection:
        accounts.add(connection, "Idris", is_admin=False, email="idris@example.org")
    reminding.run(site)
    new, _ = digest.sections(site, OPERATOR, 0, int(time.time()) + 60)

    assert letters(site) == []
    assert len([line for line in new.lines if "Chantier" in line.words]) == len(strange)
    assert [values["count"] for _, values in digest.checkup(site)] == ["1", "1"]


def test_year_of_which_there_are_no_minutes_is_an_empty_page(reader: Browser) -> None:
    pages = [reader.get("/reunions/paper", query_string={"year": year}) for year in ("0", "99999", *BAD)]

    assert all("No meeting is noted here yet" in page.text for page in pages)
