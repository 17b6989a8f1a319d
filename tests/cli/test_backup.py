"""`gare backup`, `gare restore`, `gare upgrade`."""

import gzip
import io
import json
import os
import resource
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.backup.reading import FILES, FOLDERS, SECRETS
from app.backup.schedule import ask
from app.backup.tables import lines_of, tables_of
from app.catalog.editing import Edit
from app.config import load
from app.database.truth import HEAD, version
from app.hooks import Hooks
from app.people.search import SearchQuery, search
from app.people.viewer import READER, signed_in
from app.station import Station, open_station
from app.wiki.uploads import prepare_upload
from tests.cli.conftest import Gare

Done = Callable[..., str]
OPERATOR = signed_in("x", "m-aaaaaaaa", is_admin=True)
ROOT = Path(__file__).parents[2]
TRUTHS = ("files", *FOLDERS, *FILES)


@pytest.fixture
def written(done: Done, station: Station) -> None:
    """A wiki with people, pages, history, a file, a mail, a theme."""
    done("user", "add", "Zoé", "--admin")
    done("page", "put", "jardins/compost", "--author", "Nadia", input="Trois bacs.\n")
    done("page", "put", "jardins/compost", "--author", "Bernard", input="Trois bacs et un tamis.\n")
    upload = prepare_upload("plan.txt", b"un plan\n", max_bytes=1000)
    station.door.attach(OPERATOR, "jardins/compost", [upload], "m-aaaaaaaa")
    for name in ("mail/vallee/2026.mbox", "themes/ours/theme.toml", "plugins/ours/notes.txt", *SECRETS[1:]):
        file = station.config.instance / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
        file.chmod(0o600 if name in SECRETS else 0o640)


@pytest.fixture(params=["by hand", "by the job process", "copied elsewhere"])
def restored(written: None, done: Done, instance: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The instance after a backup of each kind and its restore."""
    if request.param == "by hand":
        file = tmp_path / "b.tar.gz"
        done("backup", file)
    else:
        copies = tmp_path / "stick"
        copies.mkdir()
        (instance / "gare.toml").write_text(f'backup_copy = "{copies}"\n')
        ask(instance)
        done("jobs")
        (file,) = (instance / "backups" if request.param == "by the job process" else copies).glob("gare-*.tar.gz")
    done("restore", file, instance=tmp_path / "back")
    return tmp_path / "back"


def _opened(instance: Path) -> Station:
    return open_station(load(instance), Hooks())


def _told(instance: Path) -> list[object]:
    """Collect what an instance knows: every commit, row, file; and what of it is closed to others."""
    station = _opened(instance)
    _page, changes, _count = station.door.history(READER, "jardins/compost")
    with station.truth.connect() as connection:
        tables = {table.name: sorted(lines_of(connection, table)) for table in tables_of(connection)}
    files = [file for name in TRUTHS for file in [instance / name, *(instance / name).rglob("*")] if _is_kept(file)]
    told = [
        list(station.wiki.store.log(None, station.wiki.store.tip() or "")),
        station.door.author_names(change.author for change in changes),
        station.door.file(READER, "jardins/compost", "plan.txt")[1].read_bytes(),
        tables,
        {str(file.relative_to(instance)): file.read_bytes() for file in files},
        [(instance / name).stat().st_mode & 0o777 for name in SECRETS],
        station.settings.get(),
    ]
    station.close()
    return told


def _is_kept(file: Path) -> bool:
    """Leave out locks: they hold nothing, and come with whoever writes."""
    return file.is_file() and file.suffix != ".lock"


def test_a_restored_wiki_holds_all_that_was_in_it(restored: Path, instance: Path) -> None:
    assert _told(restored) == _told(instance)


def test_a_restored_wiki_needs_no_care_can_be_searched_and_takes_changes(
    restored: Path, gare: Gare, done: Done
) -> None:
    done("user", "add", "Une autre", instance=restored)
    done("page", "put", "neuf", input="Une page.\n", instance=restored)
    done("jobs", instance=restored)
    station = _opened(restored)
    found = [search(station.wiki, READER, SearchQuery(word))[0] for word in ("tamis", "page")]
    station.close()

    assert gare("check", instance=restored).exit_code == 0
    assert [one.row.path for hits in found for one in hits] == ["jardins/compost", "neuf"]


def test_a_backup_comes_back_on_the_database_that_the_settings_name(
    written: None, done: Done, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("backup", tmp_path / "b.tar")
    monkeypatch.setenv("GARE_DATABASE_URL", f"sqlite:///{tmp_path / 'elsewhere.db'}")
    done("restore", tmp_path / "b.tar", instance=tmp_path / "back")

    assert done("user", "list", instance=tmp_path / "back") == "Zoé\tadministrator\n"
    assert not (tmp_path / "back/gare.db").exists()


@pytest.mark.parametrize(("name", "magic"), [("b.tar", b"tables/"), ("b.tar.gz", b"\x1f\x8b"), ("b", b"\x1f\x8b")])
def test_the_name_says_whether_a_backup_is_packed(done: Done, tmp_path: Path, name: str, magic: bytes) -> None:
    done("backup", tmp_path / name)

    assert (tmp_path / name).read_bytes().startswith(magic)


def test_a_backup_is_closed_to_others(written: None, done: Done, tmp_path: Path) -> None:
    done("backup", tmp_path / "b.tar")

    assert (tmp_path / "b.tar").stat().st_mode & 0o077 == 0


def test_a_backup_made_under_writing_is_of_one_moment(station: Station, done: Done, gare: Gare, tmp_path: Path) -> None:
    """Each page is signed by a name of its own: a state in which git is ahead of the database would lack a name."""
    stop, faults = threading.Event(), []

    def write() -> None:
        number = 0
        while not stop.is_set() or number < 5:
            number += 1
            try:
                author = station.door.author_of(READER, f"Auteur {number}")
                station.door.save(OPERATOR, Edit(f"p{number}", f"Page {number}.\n", None, author))
            except Exception as error:  # noqa: BLE001 - told by the test
                faults.append(error)
                return

    writer = threading.Thread(target=write)
    writer.start()
    for number in range(3):
        done("backup", tmp_path / f"{number}.tar")
    stop.set()
    writer.join()
    done("restore", tmp_path / "2.tar", instance=tmp_path / "back")

    assert faults == []
    assert gare("check", instance=tmp_path / "back").exit_code == 0
    assert _nameless(tmp_path / "back") == []


def _nameless(instance: Path) -> list[str]:
    station = _opened(instance)
    tip = station.wiki.store.tip()
    authors = {commit.author for commit in station.wiki.store.log(None, tip or "")} - {"gare"}
    names = station.door.author_names(authors)
    station.close()
    return sorted(authors - names.keys())


@pytest.fixture
def backup(written: None, done: Done, tmp_path: Path) -> Path:
    done("backup", tmp_path / "b.tar")
    return tmp_path / "b.tar"


def _damaged(backup: Path) -> Iterator[bytes]:
    """Cut it anywhere, turn a bit in any file, packed or not."""
    with tarfile.open(backup) as tar:
        places = [member.offset_data + member.size // 2 for member in tar if member.size]
    whole = backup.read_bytes()
    for at in places[:: max(1, len(places) // 5)]:
        bad = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        yield from (whole[:at], bad, gzip.compress(bad), gzip.compress(whole)[: at // 8])
    yield b""
    yield b"not a backup at all" * 100


def test_a_damaged_backup_is_refused_and_leaves_nothing(backup: Path, gare: Gare, tmp_path: Path) -> None:
    for number, content in enumerate(_damaged(backup)):
        bad = tmp_path / f"bad{number}.tar"
        bad.write_bytes(content)
        result = gare("restore", bad, instance=tmp_path / "back")

        assert (result.exit_code, result.stderr[:29]) == (1, "gare: This is no whole backup"), number
        assert not (tmp_path / "back").exists()


@pytest.mark.parametrize("name", ["../outside.txt", "/tmp/outside.txt", "content.git/../../outside.txt", "other.txt"])
def test_a_backup_with_a_strange_name_is_refused(backup: Path, gare: Gare, tmp_path: Path, name: str) -> None:
    with tarfile.open(backup, "a:") as tar:
        member = tarfile.TarInfo(name)
        member.size = 3
        tar.addfile(member, io.BytesIO(b"bad"))

    assert gare("restore", backup, instance=tmp_path / "back").exit_code == 1
    assert not (tmp_path / "outside.txt").exists()


def test_a_backup_of_a_newer_program_is_refused(backup: Path, gare: Gare, tmp_path: Path) -> None:
    _change_manifest(backup, tmp_path / "newer.tar", schema="9999")

    assert "Upgrade the program first" in gare("restore", tmp_path / "newer.tar", instance=tmp_path / "back").stderr


def _change_manifest(source: Path, target: Path, **facts: object) -> None:
    with tarfile.open(source) as old, tarfile.open(target, "w:") as new:
        for member in old:
            content = old.extractfile(member).read()  # type: ignore[union-attr]
            if member.name == "manifest.json":
                content = json.dumps({**json.loads(content), **facts}).encode()
                member.size = len(content)
            new.addfile(member, io.BytesIO(content))


def test_nothing_is_restored_over_what_is_there(backup: Path, gare: Gare, instance: Path) -> None:
    before = sorted(file.name for file in instance.iterdir())
    result = gare("restore", backup)

    assert "is not empty" in result.stderr
    assert sorted(file.name for file in instance.iterdir()) == before


def test_nothing_is_restored_into_a_database_that_is_in_use(backup: Path, gare: Gare, station: Station, tmp_path: Path,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("GARE_DATABASE_URL", f"sqlite:///{station.config.instance / 'gare.db'}")
    result = gare("restore", backup, instance=tmp_path / "back")

    assert "The database is not empty" in result.stderr
    assert not list((tmp_path / "back").iterdir())


def test_a_full_disk_is_said_and_leaves_nothing_half_written(written: None, instance: Path, tmp_path: Path) -> None:
    target = tmp_path / "full"
    target.mkdir()
    (instance / "mail/vallee/2025.mbox").write_bytes(b"x" * 300_000)
    result = subprocess.run(
        [sys.executable, "-m", "app.cli", "--instance", instance, "backup", target / "b.tar"],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, "LANGUAGE": "en"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)),
    )  # fmt: skip

    assert (result.returncode, result.stderr[:36]) == (1, "gare: The disk of this site is full.")
    assert list(target.iterdir()) == []
    assert not list(instance.glob(".gare-frozen-*"))


def test_a_backup_in_no_folder_is_refused(gare: Gare, tmp_path: Path) -> None:
    assert "Name a file in a folder that exists" in gare("backup", tmp_path / "no/b.tar").stderr


def test_what_a_killed_backup_left_is_cleared_away(done: Done, instance: Path, tmp_path: Path) -> None:
    (instance / ".gare-frozen-1/objects").mkdir(parents=True)
    done("backup", tmp_path / "b.tar")

    assert not list(instance.glob(".gare-frozen-*"))


def test_an_upgrade_of_what_is_new_changes_nothing(done: Done, instance: Path) -> None:
    assert done("upgrade") == "Everything is up to date.\n"
    assert not (instance / "backups").exists()


def test_an_upgrade_makes_a_backup_and_runs_the_migrations(gare: Gare, done: Done, instance: Path,
                                                            station: Station) -> None:  # fmt: skip
    station.truth.dispose()
    for file in instance.glob("gare.db*"):
        file.unlink()
    refused = gare("check")
    done("upgrade")

    assert "Run: gare upgrade" in refused.stderr
    assert version(station.truth) == HEAD
    assert len(list((instance / "backups").glob("*.tar.gz"))) == 1
    assert done("upgrade") == "Everything is up to date.\n"
