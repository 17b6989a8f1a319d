"""Records that may be there already: found by name and place, by what they say, never among what is closed."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.catalog.record_rows import Point, RecordRow
from app.forms.reading import parse
from app.people.viewer import ANONYMOUS, Viewer, signed_in
from app.records.duplicates import find, pairs
from app.station import Station
from tests.web.leaking import OPERATOR
from tests.web.life_hands import FORM, make, make_form

PLACE = {"lat": "44.6000", "lon": "4.4000", "commune": "Vernaz", "precision": "exact"}
NEAR, FAR = PLACE | {"lat": "44.6050"}, PLACE | {"lat": "44.7000"}
MEMBER = signed_in("Idris", "m-idrisaaa", is_admin=False)
OFFER = parse("offre", FORM)


def asked(site: Station, viewer: Viewer = ANONYMOUS, /, **values: object) -> list[tuple[str, str]]:
    """Ask what is like a record that is about to be sent."""
    form = site.door.form(OPERATOR, "offre")
    return [(one.row.title, one.why) for one in find(site.door, viewer, form, values)]  # type: ignore[arg-type]


@pytest.fixture
def site(station: Station) -> Station:
    make_form(station)
    make(station, "offres/jardin", "Jardin partagé de la Lune", place=PLACE, phone="+33475123456")
    make(station, "offres/atelier", "Atelier vélo", site="https://www.velo.example.org/")
    return station


def test_nearly_the_same_name_nearby_is_found_and_far_away_is_not(site: Station) -> None:
    assert asked(site, title="Le jardin partagé de Lune", place=NEAR) == [("Jardin partagé de la Lune", "place")]
    assert asked(site, title="Le jardin partagé de Lune", place=FAR) == []
    assert asked(site, title="Le jardinn partage de Lune", place=NEAR) == [("Jardin partagé de la Lune", "place")]


def test_the_same_telephone_or_website_and_something_of_the_name_are_found(site: Station) -> None:
    assert asked(site, title="Jardin de la Lune", place=FAR, phone="+33475123456") == [
        ("Jardin partagé de la Lune", "phone")
    ]
    assert asked(site, title="Atelier du vélo libre", site="http://velo.example.org") == [("Atelier vélo", "link")]
    assert asked(site, title="Zzz", phone="+33475123456") == []


def test_without_a_position_the_same_name_is_enough_and_a_like_one_is_not(site: Station) -> None:
    assert asked(site, title="atelier  VELO") == [("Atelier vélo", "name")]
    assert asked(site, title="Atelier cuisine") == []


def test_the_record_that_is_edited_and_archived_ones_are_left_out(site: Station) -> None:
    row = make(site, "offres/scie", "Une grande scie")
    make(site, "offres/vieux", "Vieux lavoir", state="archived")
    form = site.door.form(OPERATOR, "offre")

    assert find(site.door, ANONYMOUS, form, {"title": "Une grande scie"}, but=row.id) == []
    assert asked(site, title="Vieux lavoir") == []


def test_nothing_is_told_of_records_that_are_closed_to_who_asks(site: Station) -> None:
    make(site, "offres/secret", "Cachette du trésor", place=PLACE, phone="+33475999999", audience="admins")
    question = {"title": "Cachette du trésor", "place": NEAR, "phone": "+33475999999"}

    assert asked(site, **question) == asked(site, MEMBER, **question) == []
    assert asked(site, OPERATOR, **question) == [("Cachette du trésor", "phone")]


def made(count: int) -> list[RecordRow]:
    """Make records of a whole region, one in a hundred twice."""
    now = datetime.now(UTC)
    kinds, places = "jardin atelier four moulin lavoir cafe epicerie amap".split(), 97
    rows = []
    for number in range(count):
        title = (
            f"{kinds[number % 8].title()} {number * 7919 % places} des {chr(97 + number % 26) * 3}{number * 31 % 1009}"
        )
        point = Point(44 + number % 100 / 100, 4 + number // 100 % 100 / 100)
        rows.append(RecordRow(f"offres/{number}", f"id{number:06}", "offre", title, {"title": title}, "", point,
                              "public", "", "", "", now, now, "", ""))  # fmt: skip
    twins = [replace(row, id=f"{row.id}t", title=f"{row.title}s") for row in rows[::100]]
    return rows + twins


def test_likely_twins_among_ten_thousand_are_found_in_seconds() -> None:
    rows = made(10_000)
    start = time.perf_counter()
    found = pairs(OFFER, rows)

    assert time.perf_counter() - start < 20
    assert {(one.first.id, one.second.id) for one in found} >= {
        (f"id{n:06}", f"id{n:06}t") for n in range(0, 10_000, 100)
    }
