"""The copy elsewhere: in a folder, on another machine; what fails leaves the backup itself and is said."""

from datetime import date
from pathlib import Path

import pytest

from app.backup.copying import copy
from app.backup.reading import verify
from app.backup.schedule import last_attempt, list_backups
from app.config import load
from app.errors import Misconfigured, Unavailable
from app.station import Station
from tests.backup.conftest import SERIES, configured, moment, named, run

TODAY = named(12)


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Give another disk, with backups of last winter on it."""
    folder = tmp_path / "stick"
    folder.mkdir()
    for day in range(1, 29):
        (folder / named(day, month=2)).touch()
    (folder / "photos.zip").touch()
    return folder


def test_a_copy_in_a_folder_is_whole_and_closed_to_others(aged: Station, stick: Path) -> None:
    run(configured(aged, backup_copy=str(stick)), moment(12, 3))

    assert (stick / TODAY).read_bytes() == (aged.config.instance / "backups" / TODAY).read_bytes()
    assert verify(stick / TODAY)["tip"] == aged.wiki.store.tip()
    assert (stick / TODAY).stat().st_mode & 0o077 == 0


def test_old_copies_go_too_and_nothing_else(aged: Station, stick: Path) -> None:
    run(configured(aged, backup_copy=str(stick)), moment(12, 3))

    assert len(_names(stick)) == 7 + 4 + 1
    assert "photos.zip" in _names(stick)


def test_a_missing_folder_keeps_the_backup_and_is_said(aged: Station, tmp_path: Path) -> None:
    said = run(configured(aged, backup_copy=str(tmp_path / "stick")), moment(12, 3))
    attempt = last_attempt(aged.config.instance)

    assert said == f"The folder for copies, {tmp_path / 'stick'}, is not there. Plug its disk in."
    assert attempt and attempt.sentence % attempt.values == said
    assert not (tmp_path / "stick").exists()
    assert _names(aged.config.instance / "backups") == [TODAY]


def test_a_copy_that_failed_is_repeated_without_another_backup(aged: Station, tmp_path: Path) -> None:
    copied = configured(aged, backup_copy=str(tmp_path / "stick"))
    run(copied, moment(12, 3))
    made_at = (aged.config.instance / "backups" / TODAY).stat().st_mtime_ns
    (tmp_path / "stick").mkdir()
    said = [run(copied, moment(12, 3) + minutes * 60) for minutes in (1, 61, 122)]
    attempt = last_attempt(aged.config.instance)

    assert said == [None, f"copied to {tmp_path / 'stick'}", None]
    assert (aged.config.instance / "backups" / TODAY).stat().st_mtime_ns == made_at
    assert attempt and (attempt.sentence, attempt.copied) == ("", TODAY)


def test_a_copy_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path, stick: Path) -> None:
    backup = tmp_path / TODAY
    backup.write_bytes(b"x")
    (stick / f".{TODAY}.part").symlink_to("/dev/full")  # ENOSPC from the kernel itself
    with pytest.raises(Unavailable, match="No space left on device") as failure:
        copy(backup, str(stick), SERIES, date(2026, 3, 12))

    assert str(failure.value).endswith("Make room, or check who may write.")
    assert [name for name in _names(stick) if "03-12" in name] == []


def test_a_copy_beside_the_backup_is_refused(aged: Station) -> None:
    (aged.config.instance / "backups").mkdir()
    said = run(configured(aged, backup_copy=str(aged.config.instance / "backups")), moment(12, 3))

    assert said is not None and "lie beside the backup" in said


TARGET = "gare@ailleurs.example:copies d’ici"


@pytest.fixture
def elsewhere(machines: Path) -> Path:
    """Give the folder for copies on another machine, with backups of last winter in it."""
    folder = machines / "gare@ailleurs.example/copies d’ici"
    folder.mkdir(parents=True)
    for day in range(1, 29):
        (folder / named(day, month=2)).touch()
    return folder


def test_a_copy_on_another_machine_is_whole_and_old_ones_go(aged: Station, elsewhere: Path) -> None:
    said = run(configured(aged, backup_copy=TARGET), moment(12, 3))

    assert said is not None and said.endswith(f"copied to {TARGET}")
    assert (elsewhere / TODAY).read_bytes() == (aged.config.instance / "backups" / TODAY).read_bytes()
    assert len(_names(elsewhere)) == 7 + 4


def test_what_copies_that_were_stopped_left_goes(tmp_path: Path, stick: Path, elsewhere: Path) -> None:
    (tmp_path / TODAY).touch()
    for folder, target in ((stick, str(stick)), (elsewhere, TARGET)):
        for name in (f".{named(11)}.part", f".{named(11)}.0a1b2c3d.part"):
            (folder / name).touch()
        (folder / ".gare-notes").touch()
        copy(tmp_path / TODAY, target, SERIES, date(2026, 3, 12))

    assert [[name for name in _names(folder) if name.startswith(".")] for folder in (stick, elsewhere)] == [
        [".gare-notes"],
        [".gare-notes"],
    ]


def test_the_second_copy_of_a_day_replaces_the_first(tmp_path: Path, elsewhere: Path) -> None:
    for content in (b"first", b"second"):
        (tmp_path / TODAY).write_bytes(content)
        copy(tmp_path / TODAY, TARGET, SERIES, date(2026, 3, 12))

    assert (elsewhere / TODAY).read_bytes() == b"second"


@pytest.mark.usefixtures("elsewhere")
def test_a_machine_that_refuses_is_said_with_what_to_try(aged: Station) -> None:
    said = run(configured(aged, backup_copy="other@ailleurs.example:copies"), moment(12, 3))

    assert said == (
        "other@ailleurs.example takes no copy of the backup (Permission denied (publickey)). "
        "Try by hand: sftp other@ailleurs.example"
    )
    assert _names(aged.config.instance / "backups") == [TODAY]


@pytest.mark.usefixtures("elsewhere")
def test_a_folder_that_is_missing_there_is_said(aged: Station) -> None:
    said = run(configured(aged, backup_copy="gare@ailleurs.example:nowhere"), moment(12, 3))

    assert said is not None and "remote put: No such file or directory" in said


def test_a_machine_that_never_ends_is_given_up(tmp_path: Path, machines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (machines.parent / "bin/sftp").write_text("#!/bin/sh\nexec sleep 60\n")
    (tmp_path / TODAY).touch()
    monkeypatch.setattr("app.backup.copying.LIMIT", 0.2)
    with pytest.raises(Unavailable, match="took too long"):
        copy(tmp_path / TODAY, TARGET, SERIES, date(2026, 3, 12))


def test_a_missing_sftp_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / TODAY).touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="Install openssh-client"):
        copy(tmp_path / TODAY, TARGET, SERIES, date(2026, 3, 12))


@pytest.mark.parametrize(
    "value",
    [
        "stick",
        "-oProxyCommand=x@h:f",
        "u@-h:f",
        "@h:f",
        "u@h:",
        'u@h:a"b',
        "u@h:a\nrm b",
        "u@h:*",
        "u h@h:f",
        "ssh://u@h/f",
    ],
)
def test_what_is_no_place_for_copies_is_refused_at_start(tmp_path: Path, value: str) -> None:
    with pytest.raises(Misconfigured, match="neither a whole path"):
        load(tmp_path, {"GARE_BACKUP_COPY": value})


def test_whoever_erases_a_page_is_told_of_all_backups(aged: Station, stick: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    placed = configured(aged, backup_folder=str(tmp_path / "disk"), backup_copy=str(stick))
    run(placed, moment(12, 3))
    known = list_backups(placed.config)

    assert {str(tmp_path / "disk" / TODAY), str(stick / TODAY)} <= set(known)
    assert list_backups(configured(aged, backup_copy=TARGET).config) == [TARGET]


def test_a_clock_that_was_ahead_does_not_end_the_copies(aged: Station, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    copied = configured(aged, backup_copy=str(tmp_path / "stick"))
    run(copied, moment(20, 3, month=8))  # then the clock is set right
    said = [run(copied, moment(day, 3)) for day in (12, 13)]

    assert [bool(one) and one.endswith(f"copied to {tmp_path / 'stick'}") for one in said] == [True, True]
    assert _names(tmp_path / "stick") == [named(12), named(13), named(20, month=8)]
    assert run(copied, moment(13, 4)) is None  # nothing is left to be copied
