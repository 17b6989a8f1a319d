"""What the job process finds is kept for the settings page: when it is looked again, what counts as a fault."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from app.backup import schedule
from app.backup.schedule import ASKED_FILE as BACKUP_ASKED
from app.catalog.editing import Edit
from app.catalog.searching import follow
from app.checkup import Finding, Report, examine, read_report
from app.checkup.report import EVERY, FILE, ask, is_asked, keep_report
from app.people.viewer import signed_in
from app.station import Station

OPERATOR = signed_in("x", "m-aaaaaaaa", is_admin=True)
NOON = 1_780_000_000.0
DAY = 86_400


def _no_pause() -> None:
    """Do not wait."""


@pytest.fixture
def ready(station: Station) -> Station:
    """Give an instance in which all is in step."""
    station.door.save(OPERATOR, Edit("compost", "Trois bacs.\n", None, "m-aaaaaaaa"))
    follow(station.wiki)
    return station


def test_what_was_found_can_be_read_back(ready: Station) -> None:
    said = keep_report(ready, NOON, _no_pause)
    report = read_report(ready.config.instance)

    assert said is None
    assert report and report.at == NOON and report.care == []
    assert Finding("Lists", True, "in step, %(count)s pages", {"count": 1}) in report.findings


def test_it_is_looked_again_after_ten_minutes_not_before(ready: Station) -> None:
    moments = []
    for seconds in (0, 5, EVERY - 1, EVERY, EVERY + 5):
        keep_report(ready, NOON + seconds, _no_pause)
        report = read_report(ready.config.instance)
        moments.append(report.at - NOON if report else None)

    assert moments == [0, 0, 0, EVERY, EVERY]


def test_a_large_site_is_looked_at_less_often() -> None:
    assert [Report(NOON, seconds, ()).rest for seconds in (0.2, 12, 60)] == [600, 600, 3000]


def test_a_clock_that_was_set_back_does_not_stop_it(ready: Station) -> None:
    keep_report(ready, NOON + 10 * DAY, _no_pause)
    keep_report(ready, NOON, _no_pause)
    report = read_report(ready.config.instance)

    assert report and report.at == NOON


def test_whoever_asks_is_answered_at_once_and_once(ready: Station) -> None:
    instance = ready.config.instance
    keep_report(ready, NOON, _no_pause)
    ask(instance)
    was_asked = is_asked(instance)
    for seconds in (5, 10):
        keep_report(ready, NOON + seconds, _no_pause)
    report = read_report(instance)

    assert (was_asked, is_asked(instance), report and report.at) == (True, False, NOON + 5)


def test_a_fault_is_told_once_and_its_end_too(ready: Station) -> None:
    key = ready.config.instance / "secret.key"
    key.chmod(0o644)
    said = [keep_report(ready, NOON + number * EVERY, _no_pause) for number in range(2)]
    key.chmod(0o600)
    said.append(keep_report(ready, NOON + 2 * EVERY, _no_pause))

    assert said == ["needs care: Secret key", None, "all is well again"]


def test_what_was_only_under_way_alarms_nobody(ready: Station) -> None:
    """A page is saved while the search is compared: the second look finds it in step."""
    ready.wiki.search.update([], ["compost"])

    def follow_meanwhile() -> None:
        with ready.wiki.catalog.changing() as connection:
            connection.exec_driver_sql("INSERT INTO search_queue VALUES ('compost', 0, 1)")
        follow(ready.wiki)

    assert keep_report(ready, NOON, follow_meanwhile) is None


@pytest.mark.parametrize("content", ["", "{]", "[]", '{"at": 1}', '{"at": 1, "seconds": 1, "findings": [{"x": 1}]}'])
def test_a_damaged_report_counts_as_none(station: Station, content: str) -> None:
    (station.config.instance / FILE).write_text(content)

    assert read_report(station.config.instance) is None


def test_a_report_that_a_full_disk_refuses_stops_nothing_and_the_old_one_stays(ready: Station) -> None:
    instance = ready.config.instance
    keep_report(ready, NOON, _no_pause)
    draft = instance / f"{FILE}.{os.getpid()}"
    draft.symlink_to("/dev/full")  # ENOSPC from the kernel itself
    (instance / "secret.key").chmod(0o644)
    said = keep_report(ready, NOON + EVERY, _no_pause)
    report = read_report(instance)

    assert said == "needs care: Secret key"
    assert report and (report.at, report.care) == (NOON, [])
    assert not draft.is_symlink()


def test_what_nobody_foresaw_in_one_examination_hides_no_other(ready: Station) -> None:
    ready.truth.dispose()
    for name in ("gare.db-wal", "gare.db-shm"):
        (ready.config.instance / name).unlink(missing_ok=True)
    (ready.config.instance / "gare.db").write_bytes(b"no database" * 1000)
    (ready.config.instance / "secret.key").chmod(0o644)
    said = keep_report(ready, NOON, _no_pause)

    assert said == "needs care: Accounts and settings, Secret key, Mail"
    assert any(line.startswith("Mail: cannot be looked at: ") and "not a database" in line for line in _care(ready))


def _care(station: Station) -> list[str]:
    return [f"{one.subject}: {one.sentence % one.values}" for one in examine(station) if not one.is_good]


def test_a_backup_that_failed_is_found_with_its_cure(ready: Station, tmp_path: Path) -> None:
    lost = replace(ready, config=replace(ready.config, backup_folder=str(tmp_path / "disk")))
    (ready.config.instance / BACKUP_ASKED).touch()
    with pytest.raises(Exception, match="Plug its disk in"):
        schedule.run(lost, time.time())

    assert _care(lost) == [f"Backup: The folder of backups, {tmp_path / 'disk'}, is not there. Plug its disk in."]


def test_while_a_backup_is_being_made_none_has_failed(ready: Station) -> None:
    attempt = schedule.Attempt(NOON, schedule.STOPPED)
    schedule._note(ready.config.instance, attempt)
    stopped = _care(ready)
    schedule.ask(ready.config.instance)

    assert (len(stopped), _care(ready)) == (1, [])


@pytest.mark.parametrize(
    ("hour", "seconds", "is_found"),
    [(3, 3 * DAY - 60, False), (3, 3 * DAY + 60, True), (-1, 8 * DAY - 60, False), (-1, 8 * DAY + 60, True)],
)
def test_two_nights_without_a_backup_are_found(ready: Station, hour: int, seconds: int, is_found: bool) -> None:
    os.utime(ready.config.instance / "secret.key", (time.time() - seconds,) * 2)
    placed = replace(ready, config=replace(ready.config, backup_hour=hour))

    assert bool(_care(placed)) is is_found
