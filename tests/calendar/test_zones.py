"""Wall time in the nights when clocks change, and far from them."""

from datetime import UTC, datetime

import pytest

from app.calendar.zones import existing, find_zone, is_zone, moment, wall_time
from app.errors import Invalid

PARIS, MARTINIQUE = "Europe/Paris", "America/Martinique"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("wall", "zone", "expected"),
    [
        ("2026-03-28T22:00", PARIS, "2026-03-28T21:00"),
        ("2026-03-29T02:30", PARIS, "2026-03-29T01:30"),  # does not exist: 03:30 in summer time
        ("2026-03-29T06:00", PARIS, "2026-03-29T04:00"),
        ("2026-10-25T02:30", PARIS, "2026-10-25T00:30"),  # there twice: the first
        ("2026-10-25T06:00", PARIS, "2026-10-25T05:00"),
        ("2026-03-29T02:30", MARTINIQUE, "2026-03-29T06:30"),
        ("2026-10-25T02:30", MARTINIQUE, "2026-10-25T06:30"),
    ],
)
def test_wall_time_has_one_moment(wall: str, zone: str, expected: str) -> None:
    assert moment(local(wall), zone) == utc(expected)


def test_a_night_ends_when_the_clock_shows_its_end() -> None:
    spring = moment(local("2026-03-29T06:00"), PARIS) - moment(local("2026-03-28T22:00"), PARIS)
    autumn = moment(local("2026-10-25T06:00"), PARIS) - moment(local("2026-10-24T22:00"), PARIS)

    assert (spring, autumn) == (7 * 3600, 9 * 3600)


def test_a_time_that_is_left_out_moves_forward() -> None:
    assert existing(local("2026-03-29T02:30"), PARIS) == local("2026-03-29T03:30")
    assert existing(local("2026-10-25T02:30"), PARIS) == local("2026-10-25T02:30")
    assert existing(local("2026-03-29T02:30"), MARTINIQUE) == local("2026-03-29T02:30")


def test_the_clock_is_read_back() -> None:
    for wall in ("2026-03-29T03:30", "2026-10-25T02:30", "1905-01-01T12:00"):
        assert wall_time(moment(local(wall), PARIS), PARIS) == local(wall)


def test_the_first_and_the_last_day_of_all_have_a_moment() -> None:
    assert moment(local("0001-01-01T00:00"), PARIS) < moment(local("9999-12-31T23:59"), MARTINIQUE)


@pytest.mark.parametrize(
    "name", ["", "europe/paris", "Romance Standard Time", "../../etc/passwd", "Paris", "Europe/\0"]
)
def test_only_names_of_zones_are_zones(name: str) -> None:
    assert not is_zone(name)
    with pytest.raises(Invalid):
        find_zone(name)
