"""Backups by themselves: when they are due, what becomes of them, what is said when they fail."""

import os
import resource
import signal
import subprocess
import sys
import tarfile
from datetime import date, datetime
from pathlib import Path

import pytest

from app.backup import last_backup
from app.backup.schedule import ask, is_due, is_under_way, last_attempt
from app.jobs import Runner
from app.station import Station
from tests.backup.conftest import ZONE, configured, moment, named, run

ROOT = Path(__file__).parents[2]


def _at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "hour", "last", "expected"),
    [
        (_at(12, 3), 3, date(2026, 3, 11), True),
        (_at(12, 2, 59), 3, date(2026, 3, 11), False),
        (_at(12, 2, 59), 3, date(2026, 3, 10), True),  # the machine was off last night
        (_at(12, 18), 3, date(2026, 3, 11), True),  # it was off this night
        (_at(12, 18), 3, date(2026, 3, 12), False),
        (_at(12, 0), 0, date(2026, 3, 11), True),
        (_at(12, 23), -1, date(2026, 1, 1), False),
        (_at(29, 2, 30), 2, date(2026, 3, 28), True),  # the clock goes forward: there is no half past two
        (_at(12, 3), 3, date(2027, 1, 1), True),  # the clock was wrong then
    ],
)
def test_a_backup_is_due_once_its_hour_has_struck(now: datetime, hour: int, last: date, expected: bool) -> None:
    assert is_due(now, hour, [last]) is expected


def test_a_new_instance_waits_for_its_first_night(aged: Station) -> None:
    os.utime(aged.config.instance / "secret.key", (moment(12, 15),) * 2)

    assert run(aged, moment(12, 16)) is None
    assert (run(aged, moment(13, 3)) or "").startswith(f"{named(13)} written")


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_one_backup_a_night_is_made(aged: Station) -> None:
    said = [run(aged, moment(12, hour)) for hour in range(3, 30)]

    assert [hour for hour, one in zip(range(3, 30), said, strict=True) if one] == [3, 27]
    assert _names(aged.config.instance / "backups") == [named(12), named(13)]


def test_the_last_backup_is_known_afterwards(aged: Station) -> None:
    run(aged, moment(12, 3))
    last = last_backup(aged.config.instance)

    assert last and last.file == aged.config.instance / "backups" / named(12)


def test_old_ones_go_and_what_others_put_there_stays(aged: Station) -> None:
    folder = aged.config.instance / "backups"
    folder.mkdir()
    for name in ("2026-01-05-101500-0003.tar.gz", "gare-copy.tar.gz", "notes.txt"):
        (folder / name).touch()
    for day in range(1, 31):
        (folder / named(day, month=1)).touch()
    run(aged, moment(31, 4, month=1))

    assert len(_names(folder)) == 3 + 7 + 4


def test_a_backup_holds_no_other_backups(aged: Station) -> None:
    for day in (11, 12):
        run(aged, moment(day, 3))
    with tarfile.open(aged.config.instance / "backups" / named(12)) as tar:
        names = tar.getnames()

    assert "secret.key" in names
    assert [name for name in names if "backup" in name or name.endswith(".gz")] == []


@pytest.mark.parametrize("inside", ["mail", "files/backups", "themes/../mail/x", "content.git"])
def test_a_folder_that_is_backed_up_itself_is_refused(aged: Station, inside: str) -> None:
    (aged.config.instance / inside).mkdir(parents=True, exist_ok=True)
    said = run(configured(aged, backup_folder=inside), moment(12, 3))

    assert said == "The folder of backups lies in what is backed up. Change “backup_folder”."


def test_a_folder_of_the_settings_is_used_but_never_made(aged: Station, tmp_path: Path) -> None:
    elsewhere = configured(aged, backup_folder=str(tmp_path / "disk"))
    without = run(elsewhere, moment(12, 3))
    (tmp_path / "disk").mkdir()
    run(elsewhere, moment(12, 5))

    assert without == f"The folder of backups, {tmp_path / 'disk'}, is not there. Plug its disk in."
    assert _names(tmp_path / "disk") == [named(12)]
    assert not (aged.config.instance / "backups").exists()


def test_a_failure_is_remembered_and_not_repeated_at_once(aged: Station, tmp_path: Path) -> None:
    lost = configured(aged, backup_folder=str(tmp_path / "disk"))
    said = [run(lost, moment(12, 3) + minutes * 60) for minutes in (0, 1, 59, 61)]
    attempt = last_attempt(aged.config.instance)

    assert [bool(one) for one in said] == [True, False, False, True]
    assert attempt and (attempt.sentence % attempt.values).startswith("The folder of backups, ")


def test_a_success_takes_the_failure_back(aged: Station, tmp_path: Path) -> None:
    run(configured(aged, backup_folder=str(tmp_path / "disk")), moment(12, 3))
    run(aged, moment(12, 5))
    attempt = last_attempt(aged.config.instance)

    assert attempt and attempt.sentence == ""


def test_the_button_makes_one_at_any_hour_even_after_a_failure(aged: Station, tmp_path: Path) -> None:
    never = configured(aged, backup_hour=-1, backup_folder=str(tmp_path / "disk"))
    ask(aged.config.instance)
    run(never, moment(12, 15))
    (tmp_path / "disk").mkdir()
    ask(aged.config.instance)
    was_asked = is_under_way(aged.config.instance)
    run(never, moment(12, 15) + 5)

    assert (was_asked, is_under_way(aged.config.instance)) == (True, False)
    assert _names(tmp_path / "disk") == [named(12)]


def test_the_job_process_makes_it(aged: Station) -> None:
    ask(aged.config.instance)
    results = dict(Runner(aged).once())

    assert results["backup"].said and "written" in results["backup"].said
    assert results["backup"].error is None


def test_a_disk_with_too_little_room_is_said_before_anything_is_written(
    aged: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.backup.schedule._SPARE", 10**18)
    said = run(aged, moment(12, 3))

    assert said is not None and said.startswith("No room for a backup: ")
    assert _names(aged.config.instance / "backups") == []


JOB = """
import sys; from pathlib import Path
from app.backup import schedule; from app.config import load; from app.errors import GareError
from app.hooks import Hooks; from app.station import open_station
station = open_station(load(Path(sys.argv[1])), Hooks())
try:
    schedule.run(station, float(sys.argv[2]))
except GareError as error:
    print(error)
"""


def test_a_disk_that_fills_up_meanwhile_is_said_and_keeps_the_old_backups(aged: Station) -> None:
    folder = aged.config.instance / "backups"
    run(aged, moment(11, 3))
    (aged.config.instance / "mail").mkdir(exist_ok=True)
    (aged.config.instance / "mail/2025.mbox").write_bytes(os.urandom(600_000))
    done = subprocess.run(
        [sys.executable, "-c", JOB, aged.config.instance, str(moment(12, 3))], cwd=ROOT, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)),
    )  # fmt: skip
    attempt = last_attempt(aged.config.instance)

    assert done.stdout.startswith("The disk of this site is full."), done.stderr
    assert attempt and attempt.sentence.startswith("The disk of this site is full.")
    assert _names(folder) == [named(11)]


KILLED = JOB.replace("try:", "import os; schedule.write = lambda *_: os.kill(os.getpid(), 9)\ntry:")


def test_who_is_killed_over_a_backup_does_not_begin_again_at_once(aged: Station) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, aged.config.instance, str(moment(12, 3))], cwd=ROOT)
    attempt = last_attempt(aged.config.instance)

    assert done.returncode == -signal.SIGKILL
    assert attempt and attempt.sentence.startswith("The last backup was stopped half-way.")
    assert (run(aged, moment(12, 3) + 60), bool(run(aged, moment(12, 5)))) == (None, True)


def test_what_a_killed_one_left_is_cleared_away_a_day_later(aged: Station) -> None:
    folder = aged.config.instance / "backups"
    folder.mkdir()
    for name, age in (("old", 2 * 86_400), ("young", 60)):
        file = folder / f".{named(11)}.{name}"
        file.touch()
        os.utime(file, (file.stat().st_mtime - age,) * 2)
    run(aged, moment(12, 3))

    assert _names(folder) == [f".{named(11)}.young", named(12)]
