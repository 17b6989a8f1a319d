"""How far dates of series are worked out: moved on with the months, wider on demand, the same after a rebuild."""

from datetime import date, timedelta

import pytest

from app.catalog import horizon, occurrence_writing, rolling
from app.catalog.horizon import Horizon, around
from app.catalog.occurrence_rows import OccurrenceQuery
from app.catalog.rebuild import rebuild
from app.jobs import roll_dates
from app.people.viewer import ANONYMOUS
from app.station import Station
from tests.catalog.hands import Hands

FORM = (
    "title: Event\nfields:\n  - {name: title, type: text, label: Name}\n  - {name: when, type: schedule, label: When}\n"
)
DAY = timedelta(days=1)


@pytest.fixture
def hands(station: Station) -> Hands:
    """Give a wiki with a series, holidays left out, and an event of long ago."""
    found = Hands(station.wiki)
    found.write("_forms/event", FORM)
    weekly = "start: 2020-01-01T18:00, rule: FREQ=WEEKLY, except: [public], changes: {2024-01-10: {cancelled: yes}}"
    found.write("choir", f"---\nform: event\nid: choir222\ntitle: Choir\nwhen: {{{weekly}}}\n---\n")
    found.write("fair", "---\nform: event\ntitle: Fair\nwhen: 1999-05-01\n---\n")
    return found


def days(station: Station, first: date = date(1990, 1, 1)) -> list[date]:
    """Give the days of the series as they are found."""
    found, _ = station.door.occurrences(ANONYMOUS, OccurrenceQuery(first))
    return [row.start.date() for row in found if row.title == "Choir"]


def test_a_horizon_is_of_whole_months() -> None:
    assert around(date(2026, 11, 22), "Europe/Paris") == Horizon(
        date(2025, 11, 1), date(2028, 11, 30), date(2026, 11, 1), "Europe/Paris"
    )
    assert around(date(2024, 2, 29), "Europe/Paris").first == date(2023, 2, 1)


def test_a_horizon_gets_wider_by_whole_years_within_bounds() -> None:
    usual = around(date(2026, 11, 22), "Europe/Paris")

    assert usual.wider(date(2030, 3, 1)).last == date(2030, 12, 31)
    assert usual.wider(date(2024, 3, 1)).first == date(2024, 1, 1)
    assert (usual.wider(date.max).last, usual.wider(date.min).first) == (date(2036, 11, 30), date(2021, 11, 1))
    assert usual.wider(date(2027, 1, 1)) == usual


def test_dates_reach_as_far_as_the_horizon(hands: Hands, station: Station) -> None:
    reach, found = station.door.horizon(), days(station)

    assert reach.first <= found[0] < reach.first + 15 * DAY
    assert reach.last - 15 * DAY < found[-1] <= reach.last


def test_what_takes_place_once_is_there_whatever_its_year(hands: Hands, station: Station) -> None:
    found, _ = station.door.occurrences(ANONYMOUS, OccurrenceQuery(date(1999, 5, 1), date(1999, 5, 1)))

    assert [row.title for row in found] == ["Fair"]


def test_the_horizon_moves_on_once_a_month(hands: Hands, station: Station) -> None:
    generation, today = station.door.generation(), station.today()
    before = rolling.roll(station.wiki, today)
    is_unchanged = station.door.generation() == generation
    said = rolling.roll(station.wiki, today + 70 * DAY)

    assert (before, is_unchanged, said) == (None, True, "1 series")
    assert station.door.generation() != generation
    assert station.door.horizon() == around(today + 70 * DAY, "Europe/Paris")
    assert station.door.horizon().first <= days(station)[0]
    assert station.door.horizon().last - 15 * DAY < days(station)[-1]


def test_the_job_works_out_the_dates_of_a_new_month(hands: Hands, station: Station) -> None:
    with hands.wiki.catalog.changing() as connection:
        occurrence_writing.settle(connection, around(station.today() - 70 * DAY, "Europe/Paris"))
    before = days(station)[-1]

    assert [roll_dates(station), roll_dates(station)] == ["1 series", None]
    assert days(station)[-1] > before


def test_whoever_looks_further_widens_it_once(hands: Hands, station: Station) -> None:
    far = date(station.today().year + 4, 6, 1)
    found = [station.door.widen(far), station.door.widen(far), station.door.widen(station.today())]

    assert found == [True, False, False]
    assert station.door.horizon().last == date(far.year, 12, 31)
    assert days(station)[-1] > far
    assert len(days(station)) == len(set(days(station)))


def test_nobody_looks_further_than_the_bounds(hands: Hands, station: Station) -> None:
    assert station.door.widen(date.max)
    assert not station.door.widen(date.max)
    assert days(station)[-1] <= around(station.today(), "UTC").wider(date.max).last


def test_a_date_beyond_the_horizon_is_found_by_its_day(hands: Hands, station: Station) -> None:
    old = station.door.occurrence(ANONYMOUS, "choir222", "2024-01-10")

    assert old is not None
    assert (old.title, old.status, old.start.date()) == ("Choir", "cancelled", date(2024, 1, 10))
    for no_date in ("2024-01-11", "2024-05-01", "nonsense", ""):
        assert station.door.occurrence(ANONYMOUS, "choir222", no_date) is None


def test_a_rebuild_works_out_the_same_dates(hands: Hands, station: Station) -> None:
    before = hands.tables()
    rebuild(hands.wiki)

    assert hands.tables() == before
    assert before["occurrences"]
    assert before["calendar_texts"]


def test_another_zone_of_the_site_holds_for_dates_that_name_none(hands: Hands, station: Station) -> None:
    with hands.wiki.catalog.changing() as connection:
        horizon.keep(connection, around(station.today(), "America/Martinique"))
    hands.wiki.catch_up()

    assert station.door.horizon().zone == "Europe/Paris"
    assert len(days(station)) > 100
