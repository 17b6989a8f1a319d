"""Which backups still hold what is erased today, and until when."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.backup.holding import Holding, holding
from app.backup.retention import DAILY, last_day, too_old
from app.backup.series import series_of
from app.config import Config
from app.station import Station

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()


@pytest.fixture
def config(station: Station) -> Config:
    """Give the settings of an instance with a backup of today and one that somebody made by hand."""
    folder = station.config.instance / "backups"
    folder.mkdir()
    for name in (series_of(station.config).name_of(TODAY), "by-hand.tar.gz"):
        (folder / name).touch()
    return station.config


def names(held: Holding) -> set[str]:
    return {Path(name).name for name in held.others}


def test_backups_on_schedule_go_by_a_day_and_others_by_somebodys_hand(config: Config) -> None:
    held = holding(config, NOW)

    assert held.until == last_day([TODAY], TODAY) and names(held) == {"by-hand.tar.gz"}


def test_where_none_is_made_any_more_none_goes_by_itself(config: Config) -> None:
    held = holding(replace(config, backup_hour=-1), NOW)

    assert held.until is None and names(held) == {"by-hand.tar.gz", series_of(config).name_of(TODAY)}


def test_a_machine_that_copies_go_to_is_no_file_that_somebody_deletes(config: Config) -> None:
    assert names(holding(replace(config, backup_copy="gare@example.org:backups"), NOW)) == {"by-hand.tar.gz"}


def test_without_a_backup_nothing_holds_it(station: Station) -> None:
    assert holding(station.config, NOW) == Holding(None, ())


def test_the_last_day_of_a_backup_is_the_one_on_which_it_would_be_removed() -> None:
    today = TODAY
    days = {today - timedelta(days=count) for count in range(DAILY)}
    end = last_day(days, today)
    assert end is not None
    kept = set(days)
    for count in range(1, (end - today).days):
        kept |= {today + timedelta(days=count)}
        kept -= too_old(kept, today + timedelta(days=count))

    assert kept & days and not (kept | {end}) - too_old(kept | {end}, end) & days
    assert last_day([], today) is None
