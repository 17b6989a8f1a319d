"""Whatever happens to the folder: questions are answered, damage is told, and the index can be built again."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.errors import StorageFull
from app.wiki.search import SearchDamaged, SearchIndex
from tests.wiki.search_pages import EVERYBODY, find, index_of, page

PAGES = [page(f"p{i}", f"Verger {i}", f"le mot commun numéro{i}") for i in range(30)]


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    index = index_of(tmp_path, *PAGES[:20])
    index.update(PAGES[20:])
    assert len(find(index, "verger", size=100)) == 30
    return index


def delete_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def empty_folder(folder: Path) -> None:
    for build in folder.iterdir():
        shutil.rmtree(build)


def delete_files(folder: Path) -> None:
    for file in folder.rglob("*.pst"):
        file.unlink()


def truncate_files(folder: Path) -> None:
    for file in folder.rglob("*.pst"):
        os.truncate(file, file.stat().st_size // 2)


def empty_files(folder: Path) -> None:
    for file in folder.rglob("*.*"):
        if file.is_file():
            os.truncate(file, 0)


def scribble_contents(folder: Path) -> None:
    for file in folder.rglob("*.toc"):
        file.write_bytes(random.Random(1).randbytes(500))


def scribble_middle_of_contents(folder: Path) -> None:
    for file in folder.rglob("*.toc"):
        data = bytearray(file.read_bytes())
        data[60:-20] = random.Random(2).randbytes(len(data) - 80)
        file.write_bytes(data)


def come_from_the_future(folder: Path) -> None:
    for file in folder.rglob("*.toc"):
        data = file.read_bytes()
        file.write_bytes(data[:7] + (-999).to_bytes(4, "big", signed=True) + data[11:])


def be_a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("?")


FAULTS = [
    delete_folder, empty_folder, delete_files, truncate_files, empty_files, scribble_contents,
    scribble_middle_of_contents, come_from_the_future,
]  # fmt: skip


@pytest.mark.parametrize("damage", [*FAULTS, be_a_file])
def test_a_damaged_index_is_told_and_answers_nothing(index: SearchIndex, tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    damage(tmp_path / "search")
    fresh = SearchIndex(tmp_path / "search")
    results = fresh.search("verger", audiences=EVERYBODY)

    assert results.is_rebuilding and results.hits == () and not fresh.is_sound() and fresh.count() == 0
    assert fresh.suggest_titles("ver", EVERYBODY) == ()
    with pytest.raises(SearchDamaged):
        fresh.keys()


@pytest.mark.parametrize("damage", FAULTS)
def test_a_reader_that_is_open_outlives_the_damage(index: SearchIndex, tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    damage(tmp_path / "search")

    for text in ("verger", "numéro7", '"mot commun"', "nmuero7", "ver"):
        index.search(text, audiences=EVERYBODY)
        index.suggest_titles(text, EVERYBODY)
    assert not index.is_sound(deep=True)


@pytest.mark.parametrize("damage", FAULTS)
def test_a_damaged_index_is_rebuilt(index: SearchIndex, tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    damage(tmp_path / "search")
    index.search("verger", audiences=EVERYBODY)
    index.rebuild(PAGES)

    assert index.is_sound(deep=True) and len(find(index, "verger", size=100)) == 30
    assert len(find(SearchIndex(tmp_path / "search"), "verger", size=100)) == 30


@pytest.mark.parametrize("damage", FAULTS)
def test_an_update_works_after_clearing_a_damaged_index(index: SearchIndex, tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    damage(tmp_path / "search")
    index.clear()
    index.update(PAGES)

    assert index.is_sound(deep=True) and len(find(index, "verger", size=100)) == 30


@pytest.mark.parametrize("damage", [delete_files, empty_files, scribble_contents, come_from_the_future])
def test_an_update_of_a_damaged_index_is_refused(index: SearchIndex, tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    damage(tmp_path / "search")

    with pytest.raises(SearchDamaged):
        index.update(PAGES)


@pytest.mark.parametrize("ending", [".pst", ".trm", ".voc", ".col"])
def test_changed_bytes_are_found_by_looking_deep(index: SearchIndex, tmp_path: Path, ending: str) -> None:
    file = next(file for file in (tmp_path / "search").rglob(f"*{ending}") if file.stat().st_size)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 255
    file.write_bytes(data)

    assert index.is_sound() and not index.is_sound(deep=True)


def test_noise_in_the_lists_never_raises_and_is_reported(index: SearchIndex, tmp_path: Path) -> None:
    chance = random.Random(3)
    for file in (tmp_path / "search").rglob("*.*"):
        if file.suffix in (".pst", ".trm", ".col", ".voc"):
            file.write_bytes(chance.randbytes(file.stat().st_size))
    fresh = SearchIndex(tmp_path / "search")

    for text in ("verger", "numéro7", '"mot commun"', "nmuero7", "ver"):
        fresh.search(text, audiences=EVERYBODY)
    assert not fresh.is_sound()


def test_files_of_another_version_of_the_format_are_not_read(index: SearchIndex, tmp_path: Path) -> None:
    for file in (tmp_path / "search").rglob("*gare1*.toc"):
        file.rename(file.with_name(file.name.replace("gare1", "gare2")))

    assert index.search("verger", audiences=EVERYBODY).is_rebuilding and not index.is_sound()


def test_a_full_disk_is_told_and_the_index_still_answers(
    index: SearchIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("app.wiki.search_codec.TermsWriter.add_postings", no_space)
        with pytest.raises(StorageFull):
            index.update([page("new", "Verger")])
        with pytest.raises(StorageFull):
            index.rebuild(PAGES)
    assert index.is_sound(deep=True) and len(find(index, "verger", size=100)) == 30

    index.update([page("new", "Verger")])
    assert len(find(index, "verger", size=100)) == 31


WRITER = """
import sys
from pathlib import Path
from app.wiki.search import SearchIndex
from tests.wiki.search_pages import page
index = SearchIndex(Path(sys.argv[1]))
for i in range(10_000):
    index.update([page(f"q{i % 50}", f"Verger {i}", "le mot commun " * 50), page(f"r{i}", "Rucher")], [f"r{i - 20}"])
    print(i, flush=True)
"""


@pytest.mark.slow
def test_killing_the_writer_loses_no_commit(index: SearchIndex, tmp_path: Path) -> None:
    chance = random.Random(4)
    for _ in range(8):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, tmp_path / "search"], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(chance.randrange(1, 6))]
        time.sleep(chance.random() * 0.05)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        written = int((lines + writer.stdout.read().split())[-1])
        writer.stdout.close()

        assert index.is_sound(deep=True) and {f"p{i}" for i in range(30)} < index.keys()
        assert {f"r{written}"} <= index.keys()
        index.update([page("after", "Verger")])
        assert "after" in find(index, "verger", size=100)


def test_what_a_killed_rebuild_leaves_is_cleared_away(index: SearchIndex, tmp_path: Path) -> None:
    draft = tmp_path / "search" / "build-000002.new"
    shutil.copytree(tmp_path / "search" / "build-000001", draft)
    assert len(find(index, "verger", size=100)) == 30
    index.rebuild(PAGES[:5])

    assert index.count() == 5 and not draft.exists()
