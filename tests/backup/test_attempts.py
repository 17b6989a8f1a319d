"""What became of the last backup: written down whole, with the cause of a failure; asked for without disturbing."""

import fcntl
import os
from pathlib import Path

import pytest

from app.backup import last_backup
from app.backup.schedule import LOCK_FILE, ask, is_under_way, last_attempt
from app.locks import is_held, only_one
from app.station import Station
from tests.backup.conftest import moment, named, run


def _last_sentence(station: Station) -> str:
    attempt = last_attempt(station.config.instance)
    return attempt.sentence % attempt.values if attempt else ""


def test_what_the_system_says_of_a_failed_backup_is_said(aged: Station) -> None:
    folder = aged.config.instance / "backups"
    folder.write_text("somebody's notes")
    said = run(aged, moment(12, 3))

    assert said == f"The backup failed (File exists: {folder}). Mend that, or tell who looks after the machine."
    assert _last_sentence(aged) == said


def test_what_the_database_says_of_a_failed_backup_is_said(aged: Station) -> None:
    aged.truth.dispose()
    for name in ("gare.db-wal", "gare.db-shm"):
        (aged.config.instance / name).unlink(missing_ok=True)
    (aged.config.instance / "gare.db").write_bytes(b"no database" * 1000)
    said = run(aged, moment(12, 3))

    assert said == "The backup failed (file is not a database). Mend that, or tell who looks after the machine."
    assert _last_sentence(aged) == said


def test_what_nobody_foresaw_is_not_taken_for_a_success(aged: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("app.backup.schedule.write", stumble)
    with pytest.raises(RuntimeError):
        run(aged, moment(12, 3))

    assert _last_sentence(aged).startswith("The last backup was stopped half-way.")


def test_a_full_disk_does_not_damage_what_is_known_of_the_last_backup(aged: Station) -> None:
    run(aged, moment(12, 3))
    before = last_backup(aged.config.instance)
    draft = aged.config.instance / f"last-backup.json.{os.getpid()}"
    draft.symlink_to("/dev/full")  # ENOSPC from the kernel itself
    said = run(aged, moment(13, 3))

    assert said is not None and said.startswith(f"{named(13)} written")  # the backup lies on another disk
    assert last_backup(aged.config.instance) == before
    assert not draft.is_symlink()


def test_two_who_ask_at_once_do_not_take_each_other_for_a_backup(aged: Station) -> None:
    lock = aged.config.instance / LOCK_FILE
    run(aged, moment(12, 3))
    with lock.open() as other:
        fcntl.flock(other, fcntl.LOCK_SH)  # as `is_held` takes it in another process
        beside_another = is_under_way(aged.config.instance)
    with only_one(lock):
        beside_the_job = is_under_way(aged.config.instance)

    assert (beside_another, beside_the_job, is_under_way(aged.config.instance)) == (False, True, False)


def test_a_lock_that_nobody_ever_took_is_not_held_and_not_made(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "lock")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_was_asked_for_is_under_way(aged: Station) -> None:
    ask(aged.config.instance)

    assert is_under_way(aged.config.instance)
