"""A backup is whole or it fails: beside a second one, beside files that vanish, read back without the repository."""

import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.backup import write
from app.backup.reading import verify
from app.people.viewer import signed_in
from app.station import Station
from app.wiki.uploads import prepare_upload
from tests.cli.conftest import Gare
from tests.wiki.store_faults import take_apart

Done = Callable[..., str]
OPERATOR = signed_in("x", "m-aaaaaaaa", is_admin=True)


@pytest.fixture
def written(done: Done, station: Station) -> None:
    """A page with a file."""
    done("page", "put", "jardins/compost", input="Trois bacs.\n")
    upload = prepare_upload("plan.txt", b"un plan\n", max_bytes=1000)
    station.door.attach(OPERATOR, "jardins/compost", [upload], "m-aaaaaaaa")


def test_a_folder_of_an_administrator_stays_whatever_its_name(done: Done, instance: Path, tmp_path: Path) -> None:
    (instance / "backup-2026").mkdir()
    (instance / "backup-2026/precious.tar.gz").touch()
    done("backup", tmp_path / "b.tar")

    assert (instance / "backup-2026/precious.tar.gz").exists()


@pytest.mark.usefixtures("written")
def test_a_second_backup_at_the_same_time_is_refused_and_harms_none(
    gare: Gare, station: Station, tmp_path: Path
) -> None:
    refused = []

    def progress(_what: str, done: int, _all: int) -> None:
        if done == 1:  # the first one stands in the middle of its files
            refused.append(gare("backup", tmp_path / "second.tar"))

    write(station, tmp_path / "first.tar", progress)

    assert refused[0].stderr == "gare: Another backup is being written. Wait for its end.\n"
    assert not (tmp_path / "second.tar").exists()
    assert gare("restore", tmp_path / "first.tar", instance=tmp_path / "back").exit_code == 0


@pytest.mark.usefixtures("written")
def test_a_backup_from_which_a_file_of_git_vanishes_fails(station: Station, tmp_path: Path) -> None:
    def progress(_what: str, done: int, _all: int) -> None:
        if done == 1:
            for folder in station.config.instance.glob(".gare-frozen-*"):
                shutil.rmtree(folder)

    with pytest.raises(FileNotFoundError):
        write(station, tmp_path / "b.tar", progress)
    assert not list(tmp_path.glob("*.tar"))


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("is_packed", [True, False])
def test_a_page_that_is_missing_among_the_objects_fails_the_backup(
    gare: Gare, station: Station, tmp_path: Path, is_packed: bool
) -> None:
    if is_packed:
        station.wiki.store.maintain()
        gone = list((station.wiki.store.folder / "objects/pack").glob("*.pack"))
    else:
        take_apart(station.wiki.store)
        tip = station.wiki.store.tip() or ""
        blobs = [blob for _file, blob, _size in station.wiki.store.files(tip)]
        gone = [station.wiki.store.folder / "objects" / blob[:2] / blob[2:] for blob in blobs]
    for file in gone:
        file.unlink(missing_ok=True)
    result = gare("backup", tmp_path / "b.tar")

    assert result.exit_code == 1
    assert not (tmp_path / "b.tar").exists()


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("is_packed", [True, False])
def test_a_backup_without_the_tip_is_refused(
    done: Done, gare: Gare, station: Station, tmp_path: Path, is_packed: bool
) -> None:
    if not is_packed:
        take_apart(station.wiki.store)
    done("backup", tmp_path / "b.tar")
    _without_git(tmp_path / "b.tar", tmp_path / "empty.tar")

    assert verify(tmp_path / "b.tar")["tip"] == station.wiki.store.tip()
    assert (
        "content.git is damaged or missing" in gare("restore", tmp_path / "empty.tar", instance=tmp_path / "x").stderr
    )


def _without_git(source: Path, target: Path) -> None:
    """Copy a backup as it was written when its repository had been deleted: all checksums are right."""
    with tarfile.open(source) as old, tarfile.open(target, "w:") as new:
        for member in old:
            content = old.extractfile(member).read()  # type: ignore[union-attr]
            if member.name == "manifest.json":
                manifest = json.loads(content)
                kept = {name: one for name, one in manifest["members"].items() if not name.startswith("content.git")}
                content = json.dumps({**manifest, "members": kept}).encode()
                member.size = len(content)
            if not member.name.startswith("content.git"):
                new.addfile(member, io.BytesIO(content))


@pytest.mark.usefixtures("written")
def test_a_file_that_is_erased_meanwhile_is_left_out(gare: Gare, station: Station, tmp_path: Path) -> None:
    def progress(_what: str, done: int, _all: int) -> None:
        if done == 1:
            for oid in station.wiki.files.list_oids():
                station.wiki.files.remove(oid)

    write(station, tmp_path / "b.tar", progress)

    assert not [name for name in verify(tmp_path / "b.tar")["members"] if name.startswith("files/")]
