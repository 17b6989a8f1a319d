"""Who does something is reminded in time, once, and answers by one press without signing in."""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date

from app.catalog.editing import Edit
from app.people import accounts
from app.people.authors import SYSTEM
from app.people.named import find_people
from app.people.viewer import OPERATOR
from app.station import Station
from plugins.minutes import meetings, reminding
from plugins.minutes.tests.conftest import write
from tests.web.hands import Browser
from tests.web.mailed import last_letter, letters

PATH = "reunions/2026/2026-11-01-chantier"


@pytest.fixture(autouse=True)
def _at_noon(site: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    zone = ZoneInfo(site.config.timezone)
    noon = datetime.combine(site.today(), datetime.min.time(), zone).replace(hour=12).timestamp()
    monkeypatch.setattr(time, "time", lambda: noon)
    site.store_settings(address="https://gare.example")
    with site.truth.begin() as connection:
        accounts.add(connection, "Samia Roux", is_admin=False, email="samia@example.org")


def due_in(site: Station, days: int, who: str = "Samia", done: str = "") -> None:
    day = (site.today() + timedelta(days=days)).isoformat()
    write(site, PATH, f"---\ntitle: Chantier\nform: minutes\nday: 2026-11-01\nstep: valid\n"
          f"actions:\n  - {{id: a1, what: Acheter des vis, who: {who}, due: {day}{done}}}\n---\nRien.\n")  # fmt: skip


def action(site: Station) -> dict[str, str]:
    return next(one for one in meetings.load(site.door, OPERATOR) if one.row.path == PATH).rows("actions")[0]


@pytest.mark.parametrize(("days", "count"), [(4, 0), (3, 1), (1, 1), (0, 1), (-1, 1), (-14, 1), (-15, 0)])
def test_reminded_three_days_before_and_after(site: Station, days: int, count: int) -> None:
    due_in(site, days)

    reminding.run(site)

    assert len([one for one in letters(site) if one.to == "samia@example.org"]) == count


def test_reminded_once(site: Station) -> None:
    due_in(site, 2)

    reminding.run(site)
    assert reminding.run(site) is None
    assert len(letters(site)) == 1


def test_nobody_is_reminded_at_night(site: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    due_in(site, 2)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 6 * 3600)

    assert reminding.run(site) is None
    assert letters(site) == []


@pytest.mark.parametrize("more", [{"done": ", done: 2026-11-02"}, {"who": "Personne"}])
def test_nobody_is_reminded_of_what_is_done_or_of_nobody(site: Station, more: dict[str, str]) -> None:
    due_in(site, 2, **more)

    reminding.run(site)

    assert letters(site) == []


@pytest.mark.parametrize("words", ["Samia", "Samia Roux", "samia et Paul"])
def test_name_means_whom_it_can_only_mean(site: Station, words: str) -> None:
    with site.truth.connect() as connection:
        assert [one.name for one in find_people(connection, words)] == ["Samia Roux"]


def test_first_name_of_two_means_nobody(site: Station) -> None:
    with site.truth.begin() as connection:
        accounts.add(connection, "Samia Petit", is_admin=False)

        assert find_people(connection, "Samia") == []


def link(site: Station) -> str:
    due_in(site, 2)
    reminding.run(site)
    return last_letter(site).text.partition("https://gare.example")[2].split()[0]


def test_opening_the_link_changes_nothing(site: Station, reader: Browser) -> None:
    assert "Say that it is done" in reader.get(link(site)).text
    assert "done" not in action(site)


def test_done_by_one_press(site: Station, reader: Browser) -> None:
    place = link(site)

    assert "Thank you" in reader.post(place, answer="done").text
    assert action(site)["done"] == site.today().isoformat()
    assert reader.get(place).status_code == 404


def test_later_gives_a_week(site: Station, reader: Browser) -> None:
    reader.post(link(site), answer="later")

    assert action(site)["due"] == (site.today() + timedelta(days=9)).isoformat()


def test_who_cannot_is_taken_off(site: Station, reader: Browser) -> None:
    reader.post(link(site), answer="cannot")

    assert "who" not in action(site)


def test_wrong_links_and_buttons_are_told(site: Station, reader: Browser) -> None:
    assert reader.get("/reunions/answer/nothing").status_code == 404
    assert reader.post(link(site), answer="dance").status_code == 400


def test_nobody_is_reminded_of_minutes_that_are_closed_to_them(site: Station) -> None:
    due_in(site, 2)
    known, text = site.door.text(OPERATOR, PATH)
    site.door.save(OPERATOR, Edit(PATH, text.replace("step:", "audience: admins\nstep:"), known.revision, SYSTEM))

    reminding.run(site)

    assert letters(site) == []


def test_day_is_written_as_people_say_it(site: Station) -> None:
    site.store_settings(language="fr")
    due_in(site, 2)
    reminding.run(site)
    day = format_date(site.today() + timedelta(days=2), "long", "fr")

    assert day in last_letter(site).subject and day in last_letter(site).text
