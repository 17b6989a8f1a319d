"""Two wikis may keep their backups in one place: each knows its own by name, and leaves the others alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.backup.reading import verify
from app.backup.schedule import list_backups
from app.backup.series import is_of_another, series_of
from app.cli.init import create
from app.config import load
from app.database.settings import Settings
from app.hooks import Hooks
from app.shipped.content import Content
from app.station import Station, open_station
from tests.backup.conftest import SERIES, configured, moment, named, run

DAY = date(2026, 3, 12)


def test_only_names_of_ours_are_recognised() -> None:
    mark = SERIES.mark
    names = [named(12), f"gare-{mark}-2026-13-01.tar.gz", "gare-00000000-2026-03-12.tar.gz", "gare-2026-03-12.tar.gz",
             "gare-3.tar.gz", f"gare-{mark}-2026-03-12.tar"]  # fmt: skip

    assert [SERIES.day_of(name) for name in names] == [DAY, None, None, None, None, None]
    assert [is_of_another(name, SERIES) for name in names] == [False, True, True, False, False, False]


def test_of_backups_of_days_to_come_none_is_the_newest(tmp_path: Path) -> None:
    for day in (10, 11, 20):
        (tmp_path / named(day)).touch()

    assert SERIES.newest_day(tmp_path, DAY) == date(2026, 3, 11)
    assert SERIES.newest_day(tmp_path, date(2026, 3, 9)) is None


@pytest.fixture
def neighbour(tmp_path: Path) -> Iterator[Station]:
    """Give the instance of another wiki on the same machine."""
    folder = tmp_path / "neighbour"
    create(folder, Settings(title="L’autre"), Content({"index": "# L’autre\n"}, {}))
    station = open_station(load(folder), Hooks())
    yield station
    station.close()


def _at(station: Station, place: str) -> Station:
    return configured(station, backup_folder=place, backup_hour=-1)


def _backed_up(station: Station, day: int) -> None:
    """Press the button on a day of March."""
    (station.config.instance / "backup-asked").touch()
    run(station, moment(day, 12))


def test_two_wikis_keep_their_backups_in_one_folder(aged: Station, neighbour: Station, tmp_path: Path) -> None:
    shared = tmp_path / "disk"
    shared.mkdir()
    for day in range(4, 13):
        for station in (aged, neighbour):
            _backed_up(_at(station, str(shared)), day)
    tips = {station.wiki.store.tip() for station in (aged, neighbour)}
    days = [series_of(station.config).list_days(shared) for station in (aged, neighbour)]

    assert days == [[date(2026, 3, day) for day in (4, *range(6, 13))]] * 2
    assert {verify(shared / series_of(one.config).name_of(DAY))["tip"] for one in (aged, neighbour)} == tips
    assert [len(list_backups(_at(one, str(shared)).config)) for one in (aged, neighbour)] == [8, 8]


@pytest.mark.parametrize("is_machine", [False, True])
def test_two_wikis_copy_their_backups_to_one_place(
    aged: Station, neighbour: Station, tmp_path: Path, machines: Path, is_machine: bool
) -> None:
    there = machines / "gare@ailleurs.example/copies" if is_machine else tmp_path / "stick"
    there.mkdir(parents=True)
    (there / f".{named(12)}.part").touch()  # the first wiki is copying at this moment
    target = "gare@ailleurs.example:copies" if is_machine else str(there)
    _backed_up(configured(neighbour, backup_copy=target, backup_hour=-1), 12)
    is_left_alone = (there / f".{named(12)}.part").exists()
    _backed_up(configured(aged, backup_copy=target, backup_hour=-1), 12)

    assert is_left_alone
    assert sorted(file.name for file in there.iterdir()) == sorted(
        series_of(one.config).name_of(DAY) for one in (aged, neighbour)
    )


def test_the_name_tells_nothing_of_the_key(aged: Station) -> None:
    other = replace(aged.config, secret_key="j" * 64)

    assert SERIES.mark not in aged.config.secret_key
    assert series_of(other).mark != SERIES.mark
