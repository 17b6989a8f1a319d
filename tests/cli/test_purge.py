"""`gare page purge`: what the law wants erased is nowhere any more."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.catalog import searching
from app.catalog.catalog import get_fact, set_fact
from app.catalog.moving import Rename
from app.comments import reading, writing
from app.database.engine import make_engine, sqlite_url
from app.people.search import SearchQuery, search
from app.people.viewer import READER, signed_in
from app.proposals import proposals
from app.proposals.proposals import Draft
from app.station import Station
from app.wiki.files import Pointer
from app.wiki.uploads import prepare_upload
from tests.cli.conftest import Gare

Done = Callable[..., str]
ROOT = Path(__file__).parents[2]
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

    assert _holders(instance) == []


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("is_deleted", [False, True])
def test_comments_go_with_their_page_and_those_of_others_stay(done: Done, station: Station, is_deleted: bool) -> None:
    ids = [station.door.find(OPERATOR, path).id or "" for path in ("cachette", "reste")]
    with station.truth.begin() as connection:
        for page_id, word in zip(ids, ("tabarnouche", "autre"), strict=True):
            writing.add(connection, page_id, word, "m-aaaaaaaa")
    if is_deleted:
        station.door.delete(OPERATOR, "cachette", "m-aaaaaaaa")
    done("page", "purge", "cachette", "--yes")

    with station.truth.connect() as connection:
        assert reading.counts(connection) == {ids[1]: (1, 0)}
    assert _holders(station.config.instance) == []


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("is_deleted", [False, True])
def test_proposals_go_with_their_page_and_those_of_others_stay(done: Done, station: Station, is_deleted: bool) -> None:
    now = station.door.find(OPERATOR, "cachette")
    old = station.door.history(OPERATOR, "cachette")[1][-1]
    other = station.door.find(OPERATOR, "reste")
    if is_deleted:
        station.door.delete(OPERATOR, "cachette", "m-aaaaaaaa")
    drafts = [Draft("cachette", now.revision, "tabarnouche", "tabarnouche\n", "tabarnouche"),
              Draft("secret", old.revision, "tabarnouche", "tabarnouche\n"),
              Draft("cachette", None, "tabarnouche", "tabarnouche\n"),
              Draft("ailleurs", "f" * 40, "tabarnouche", f"---\nid: {now.id}\n---\ntabarnouche\n"),
              Draft("reste", other.revision, "Reste", "Il reste.\n")]  # fmt: skip
    with station.truth.begin() as connection:
        for draft in drafts:
            number = proposals.add(connection, draft, "m-aaaaaaaa")
            proposals.act(connection, proposals.get(connection, number), "refused", "m-aaaaaaaa", draft.title)
    done("page", "purge", "cachette", "--yes")

    with station.truth.connect() as connection:
        assert [one.draft.path for one, _ in proposals.list_decided(connection, 0)] == ["reste"]
    assert _holders(station.config.instance) == []


def _holders(instance: Path) -> list[Path]:
    """List the files that hold a word of the page or of its file."""
    return [
        file
        for file in instance.rglob("*")
        if file.is_file() and any(word in file.read_bytes() for word in (b"tabarnouche", b"rumpelstilzchen"))
    ]


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
def test_a_file_that_another_page_gets_meanwhile_stays(
    done: Done, gare: Gare, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = prepare_upload("copie.txt", b"rumpelstilzchen-42\n", max_bytes=10_000)
    put = station.wiki.files.put

    def put_just_before_the_purge(content: bytes) -> Pointer:
        pointer = put(content)
        monkeypatch.undo()
        done("page", "purge", "cachette", "--yes")
        return pointer

    monkeypatch.setattr(station.wiki.files, "put", put_just_before_the_purge)
    station.door.attach(OPERATOR, "reste", [upload], "m-aaaaaaaa")

    assert station.door.file(READER, "reste", "copie.txt")[1].read_bytes() == b"rumpelstilzchen-42\n"
    assert "CARE  Files" not in gare("check").stdout


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


def _purge_killed_at(place: str, instance: Path) -> int:
    """Purge in a process that kills itself where it first comes to a place; gives its exit status."""
    program = f"""
import os, sys, app.cli
{place} = lambda *_, **__: os.kill(os.getpid(), 9)
sys.argv = ["gare", "--instance", {str(instance)!r}, "page", "purge", "cachette", "--yes"]
app.cli.main()
"""
    return subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True).returncode


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    "place",
    [
        "app.catalog.catalog.Catalog.mark_damaged",
        "app.wiki.files.FileStore.remove",
        "app.catalog.rebuild._swap",
        "app.catalog.searching.rebuild",
    ],
)
def test_killed_anywhere_it_is_reported_and_the_same_command_goes_on(
    done: Done, gare: Gare, instance: Path, place: str
) -> None:
    done("jobs")
    killed = _purge_killed_at(place, instance)
    cure = "Go on: gare page purge cachette"
    reported = cure in gare("check").stdout
    done("page", "purge", "cachette", "--yes")

    assert killed == -9
    assert reported
    assert _holders(instance) == []
    assert gare("check").exit_code == 0


@pytest.mark.usefixtures("told")
def test_the_job_process_may_heal_the_lists_before_the_erasing_goes_on(done: Done, instance: Path) -> None:
    _purge_killed_at("app.wiki.files.FileStore.remove", instance)
    (instance / "jobs.json").unlink(missing_ok=True)
    done("jobs")
    done("page", "purge", "cachette", "--yes")

    assert _holders(instance) == []


@pytest.mark.usefixtures("told")
def test_nothing_of_a_half_built_catalog_comes_into_the_new_one(done: Done, station: Station) -> None:
    half_built = station.wiki.catalog.file.with_suffix(".building")
    shutil.copyfile(station.wiki.catalog.file, half_built)
    with make_engine(sqlite_url(half_built)).begin() as connection:
        set_fact(connection, "left", "over")
    done("page", "purge", "cachette", "--yes")

    with station.wiki.catalog.reading() as connection:
        assert get_fact(connection, "left") is None


def test_it_asks_before(gare: Gare, done: Done) -> None:
    done("page", "put", "a", input="un\n")

    result = gare("page", "purge", "a", input="n\n")

    assert result.exit_code == 1
    assert done("page", "get", "a").endswith("un\n")


def test_a_page_that_never_was_is_said(gare: Gare) -> None:
    assert "no page “nowhere”" in gare("page", "purge", "nowhere", "--yes").stderr
