"""`gare page purge`: what the law wants erased is nowhere any more."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.catalog import searching
from app.catalog.moving import Rename
from app.people.search import SearchQuery, search
from app.people.viewer import READER, signed_in
from app.station import Station
from app.wiki.uploads import prepare_upload
from tests.cli.conftest import Gare

Done = Callable[..., str]
OPERATOR = signed_in("x", "m-aaaaaaaa", is_admin=True)


@pytest.fixture
def told(done: Done, station: Station) -> None:
    """A page with a secret and a file, that was renamed, beside one that stays."""
    done("page", "put", "secret", input="Le numéro est tabarnouche-4711.\n")
    upload = prepare_upload("liste.txt", b"rumpelstilzchen-42\n", max_bytes=10_000)
    station.door.attach(OPERATOR, "secret", [upload], "m-aaaaaaaa")
    station.door.rename(OPERATOR, Rename("secret", "cachette", "m-aaaaaaaa"))
    done("page", "put", "reste", input="Le jardin reste.\n")


def _everything_in_git(instance: Path) -> bytes:
    git = ["git", "-C", str(instance / "content.git")]
    objects = subprocess.run(
        [*git, "cat-file", "--batch-all-objects", "--batch", "--unordered"], capture_output=True, check=True
    )
    return objects.stdout


@pytest.mark.usefixtures("told")
def test_the_text_is_in_no_object_of_git_any_more(done: Done, instance: Path) -> None:
    before = _everything_in_git(instance)
    done("page", "purge", "cachette", "--yes")

    assert b"tabarnouche" in before
    assert b"tabarnouche" not in _everything_in_git(instance)


@pytest.mark.usefixtures("told")
def test_neither_catalog_nor_search_nor_files_hold_it(done: Done, instance: Path) -> None:
    done("jobs")
    done("page", "purge", "cachette", "--yes")

    held = [
        file
        for file in instance.rglob("*")
        if file.is_file() and any(word in file.read_bytes() for word in (b"tabarnouche", b"rumpelstilzchen"))
    ]
    assert held == []


@pytest.mark.usefixtures("told")
def test_other_pages_keep_their_text_and_history(done: Done, station: Station) -> None:
    done("page", "purge", "cachette", "--yes")

    page, changes, _count = station.door.history(READER, "reste")
    assert (page.title, [change.what for change in changes]) == ("Reste", ["created"])
    found, _results = search(station.wiki, READER, SearchQuery("jardin"))
    assert [one.row.path for one in found] == ["reste"]


@pytest.mark.usefixtures("told")
def test_a_file_that_another_page_has_too_stays(done: Done, station: Station) -> None:
    upload = prepare_upload("copie.txt", b"rumpelstilzchen-42\n", max_bytes=10_000)
    station.door.attach(OPERATOR, "reste", [upload], "m-aaaaaaaa")
    done("page", "purge", "cachette", "--yes")

    assert station.door.file(READER, "reste", "copie.txt")[1].read_bytes() == b"rumpelstilzchen-42\n"


@pytest.mark.usefixtures("told")
def test_the_backups_that_hold_it_are_named(done: Done, tmp_path: Path) -> None:
    done("backup", tmp_path / "before.tar.gz")

    assert str(tmp_path / "before.tar.gz") in done("page", "purge", "cachette", "--yes")


@pytest.mark.usefixtures("told")
def test_after_it_the_doctor_is_content(done: Done, gare: Gare) -> None:
    done("page", "purge", "cachette", "--yes")

    assert gare("check").exit_code == 0


def test_a_deleted_page_can_be_erased_too(done: Done, station: Station, instance: Path) -> None:
    done("page", "put", "secret", input="tabarnouche\n")
    station.door.delete(OPERATOR, "secret", "m-aaaaaaaa")
    searching.follow(station.wiki)
    done("page", "purge", "secret", "--yes")

    assert b"tabarnouche" not in _everything_in_git(instance)


def test_it_asks_before(gare: Gare, done: Done) -> None:
    done("page", "put", "a", input="un\n")

    result = gare("page", "purge", "a", input="n\n")

    assert result.exit_code == 1
    assert done("page", "get", "a").endswith("un\n")


def test_a_page_that_never_was_is_said(gare: Gare) -> None:
    assert "no page “nowhere”" in gare("page", "purge", "nowhere", "--yes").stderr
