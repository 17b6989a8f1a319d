"""What comes back from a backup, and what an upgrade keeps: every table, whichever there are, and every file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.catalog.unfinished import list_unfinished, note_unfinished
from app.config import load
from app.database import truth
from app.database.engine import make_engine, sqlite_url
from app.database.truth import migrate_to
from app.hooks import Hooks
from app.outbox import mails
from app.station import Station, open_station
from tests.backup.filling import Rows, fill, rows_of
from tests.cli.conftest import Gare

Done = Callable[..., str]
OLD = "0004"


def _rows(instance: Path) -> Rows:
    engine = make_engine(sqlite_url(instance / "gare.db"))
    with engine.connect() as connection:
        found = rows_of(connection)
    engine.dispose()
    return found


@pytest.fixture
def filled(station: Station) -> Rows:
    """Fill every table of the instance, and give what stands in them; no mail waits."""
    with station.truth.begin() as connection:
        fill(connection)
        mails.put_aside(connection)
        return rows_of(connection)


def test_every_table_of_the_program_is_filled_by_these_tests(filled: Rows) -> None:
    assert truth.metadata.tables.keys() <= filled.keys()
    assert [name for name, rows in filled.items() if len(rows) < 2] == []


def test_every_row_of_every_table_comes_back(filled: Rows, done: Done, tmp_path: Path) -> None:
    done("backup", tmp_path / "b.tar")
    done("restore", tmp_path / "b.tar", instance=tmp_path / "back")

    assert _rows(tmp_path / "back") == filled


def test_rows_come_back_on_another_database_too(
    filled: Rows, done: Done, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("backup", tmp_path / "b.tar")
    monkeypatch.setenv("GARE_DATABASE_URL", sqlite_url(tmp_path / "gare.db"))
    done("restore", tmp_path / "b.tar", instance=tmp_path / "back")

    assert _rows(tmp_path) == filled


def test_mails_that_waited_come_back_put_aside_and_that_is_said(
    station: Station, done: Done, gare: Gare, tmp_path: Path
) -> None:
    with station.truth.begin() as connection:
        for name in ("nadia", "idris", "zoe"):
            mails.queue(connection, mails.Mail(f"{name}@example.org", "Rappel", "Demain."))
    done("backup", tmp_path / "b.tar")
    said = done("restore", tmp_path / "b.tar", instance=tmp_path / "back")
    back = open_station(load(tmp_path / "back"), Hooks())
    with back.truth.connect() as connection:
        listed = mails.list_unsent(connection, 10)
    back.close()

    assert said.startswith("Mails that waited then were put aside: 3. See the settings page.\n")
    assert [(bool(mail.failed_at), mail.error) for mail in listed] == [(True, mails.BROUGHT_BACK)] * 3
    assert gare("check", instance=tmp_path / "back").exit_code == 0


def test_an_erasure_that_was_stopped_goes_on_after_a_restore(
    station: Station, done: Done, gare: Gare, tmp_path: Path
) -> None:
    note_unfinished(station.config.instance, {"jardins/compost": ["ab" * 32]})
    done("backup", tmp_path / "b.tar")
    done("restore", tmp_path / "b.tar", instance=tmp_path / "back")

    assert list_unfinished(tmp_path / "back") == {"jardins/compost": ["ab" * 32]}
    assert "Go on: gare page purge jardins/compost" in gare("check", instance=tmp_path / "back").stdout


@pytest.fixture
def old(station: Station) -> Rows:
    """Bring the database back to that of an older program, with every table filled; give what stands in them."""
    station.truth.dispose()
    for file in station.config.instance.glob("gare.db*"):
        file.unlink()
    migrate_to(station.truth, OLD)
    with station.truth.begin() as connection:
        fill(connection)
        connection.execute(text("UPDATE mails SET failed_at = 1 WHERE failed_at IS NULL"))  # none waits, in its columns
        return rows_of(connection)


def _as_before(rows: Rows, before: Rows) -> Rows:
    """Leave out what the older program did not know."""
    return {table: sorted(_cut(line, lines[0]) for line in rows[table]) for table, lines in before.items()}


def _cut(line: bytes, pattern: bytes) -> bytes:
    row = json.loads(line)
    return json.dumps({key: row[key] for key in json.loads(pattern)}, ensure_ascii=False).encode() + b"\n"


def test_an_upgrade_keeps_every_row_of_every_table(old: Rows, done: Done, instance: Path) -> None:
    done("upgrade")

    assert done("upgrade") == "Everything is up to date.\n"
    assert _as_before(_rows(instance), old) == old


def test_the_backup_before_an_upgrade_brings_every_row_back(
    old: Rows, done: Done, instance: Path, tmp_path: Path
) -> None:
    done("upgrade")
    (file,) = (instance / "backups").glob("*.tar.gz")
    done("restore", file, instance=tmp_path / "back")

    assert file.name.endswith(f"-{OLD}.tar.gz")
    assert _as_before(_rows(tmp_path / "back"), old) == old
