"""What may be announced twice: nearly the same name on the same day or the next; what comes back each year is not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import plugins.agenda
from app.catalog.editing import Edit
from app.people.authors import SYSTEM
from app.people.viewer import ANONYMOUS
from app.records.duplicates import find, pairs
from app.station import Station
from tests.web.leaking import OPERATOR

EVENT = (Path(plugins.agenda.__file__).parent / "forms" / "event.yaml").read_text(encoding="utf-8")
FEAST = """\
---
title: Fête du pain d’Arzenoux
form: event
when: {start: 2031-06-14T10:00, end: 2031-06-14T18:00, timezone: Europe/Paris}
place: {lat: "44.6000", lon: "4.4000", commune: Arzenoux, precision: exact}
---
"""
SOON = datetime.now(UTC).date() + timedelta(days=30)
MARKET = f"""\
---
title: Marché du soir
form: event
when: {{start: {SOON}T17:00, end: {SOON}T20:00, timezone: Europe/Paris, rule: FREQ=WEEKLY}}
---
"""
NEAR, FAR = {"lat": "44.6010", "lon": "4.4000"}, {"lat": "44.9000", "lon": "4.4000"}


@pytest.fixture
def site(station: Station) -> Station:
    for path, text in (("_forms/event", EVENT), ("agenda/2031/fete", FEAST), ("agenda/2031/marche", MARKET)):
        station.door.save(OPERATOR, Edit(path, text, None, SYSTEM))
    return station


def alike(site: Station, title: str, day: str, **more: object) -> list[tuple[str, str]]:
    """Ask what is like an event that is about to be sent."""
    form = site.door.form(OPERATOR, "event")
    values = {"title": title, "when": {"start": f"{day}T10:00", "end": f"{day}T12:00"}, **more}
    return [(one.row.title, one.why) for one in find(site.door, ANONYMOUS, form, values)]  # type: ignore[arg-type]


@pytest.mark.parametrize("day", ["2031-06-13", "2031-06-14", "2031-06-15"])
def test_nearly_the_same_name_on_the_same_day_or_the_next_is_found(site: Station, day: str) -> None:
    assert alike(site, "La fete du pain, Arzenoux", day) == [("Fête du pain d’Arzenoux", "day")]


def test_what_comes_back_another_year_is_not_the_same(site: Station) -> None:
    assert alike(site, "Fête du pain d’Arzenoux", "2032-06-14") == []


def test_the_place_tells_two_feasts_of_one_day_apart(site: Station) -> None:
    assert alike(site, "Fête du pain", "2031-06-14", place=NEAR) == [("Fête du pain d’Arzenoux", "day")]
    assert alike(site, "Fête du pain", "2031-06-14", place=FAR) == []
    assert alike(site, "Concert", "2031-06-14", place=NEAR) == []


def test_one_date_of_a_series_is_found(site: Station) -> None:
    assert alike(site, "Marché du soir !", str(SOON + timedelta(days=14))) == [("Marché du soir", "day")]
    assert alike(site, "Marché du soir", str(SOON + timedelta(days=17))) == []


def test_two_of_one_name_in_two_years_are_no_twins(site: Station) -> None:
    for year in ("2031", "2032"):
        text = FEAST.replace("2031", year)
        site.door.save(OPERATOR, Edit(f"agenda/{year}/encore", text, None, SYSTEM))
    form = site.door.form(OPERATOR, "event")
    rows = list(site.door.records_by_id(OPERATOR, [site.door.find(OPERATOR, path).id or "" for path in (
        "agenda/2031/fete", "agenda/2031/encore", "agenda/2032/encore")]).values())  # fmt: skip

    assert [{twins.first.path, twins.second.path} for twins in pairs(form, rows)] == [
        {"agenda/2031/fete", "agenda/2031/encore"}
    ]
