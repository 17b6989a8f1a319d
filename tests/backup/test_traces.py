"""What is erased while a backup is being made leaves the files of the database, at the latest with the next tidying."""

import time
from pathlib import Path

import pytest

from app.backup import write
from app.backup.frozen import frozen
from app.database.engine import forget_traces
from app.jobs import forget_expired
from app.people import accounts, erasing
from app.people.accounts import Account
from app.station import Station

NAME = "Zebulonissime"


@pytest.fixture
def somebody(station: Station) -> Account:
    """Give somebody whose name stands in the files of the database."""
    with station.truth.begin() as connection:
        return accounts.add(connection, NAME, is_admin=False)


def _erase(station: Station, account: Account) -> None:
    with station.truth.begin() as connection:
        erasing.erase(connection, account)
    forget_traces(station.truth)


def _holders(station: Station) -> list[str]:
    files = station.config.instance.glob("gare.db*")
    return [file.name for file in files if NAME.encode() in file.read_bytes()]


def test_while_files_are_copied_nothing_of_who_is_erased_stays(
    station: Station, somebody: Account, tmp_path: Path
) -> None:
    held = []

    def progress(_what: str, done: int, _all: int) -> None:
        if done == 1:
            _erase(station, somebody)
            held.extend(_holders(station))

    write(station, tmp_path / "b.tar", progress)

    assert (held, _holders(station)) == ([], [])


def test_while_tables_are_copied_erasing_waits_for_a_moment_only(station: Station, somebody: Account) -> None:
    with frozen(station):
        began = time.monotonic()
        _erase(station, somebody)
        took = time.monotonic() - began

    assert took < 3


def test_the_next_tidying_forgets_what_a_backup_kept(station: Station, somebody: Account) -> None:
    with frozen(station):
        _erase(station, somebody)
        kept = _holders(station)
    forget_expired(station)

    assert kept
    assert _holders(station) == []
