"""Each commit is a pack; many small ones become one, and nothing is lost or stopped by it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.wiki import git_packs
from app.wiki.store import Store
from tests.wiki.store_faults import list_revisions, save, stand_in_for


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(git_packs, "MANY", 6)
    store = Store(tmp_path / "content.git")
    store.create()
    yield store
    store.close()


def list_packs(store: Store) -> list[Path]:
    return list(store.folder.glob("objects/pack/pack-*.pack"))


def test_packs_stay_few_and_every_commit_can_be_read(store: Store) -> None:
    made = [save(store, "a.md", f"text {number}") for number in range(20)]

    assert len(list_packs(store)) < 6
    assert [store.read("a.md", commit.revision) for commit in made] == [
        f"text {number}".encode() for number in range(20)
    ]
    assert store.fsck() == []


def test_another_process_reads_on_while_packs_are_put_together(store: Store) -> None:
    first = save(store, "a.md", "one")
    reader = Store(store.folder)
    assert reader.read("a.md", first.revision) == b"one"

    before = set(list_packs(store))
    while before & set(list_packs(store)):
        save(store, "b.md", str(len(list_revisions(store))))

    assert reader.read("a.md", first.revision) == b"one"
    assert reader.read("b.md", list_revisions(store)[-1]) is not None
    reader.close()


def test_a_pack_that_a_killed_import_kept_is_put_together_too(store: Store) -> None:
    save(store, "a.md", "one")
    for pack in list_packs(store):
        pack.with_suffix(".keep").write_text("fast-import")
    kept = set(list_packs(store))

    for number in range(6):
        save(store, "b.md", str(number))

    assert not kept & set(list_packs(store)) and not list(store.folder.glob("objects/pack/*.keep"))


def test_a_pack_that_somebody_else_keeps_is_left_its_mark(store: Store) -> None:
    save(store, "a.md", "one")
    mark = list_packs(store)[0].with_suffix(".keep")
    mark.write_text("for the archive")

    for number in range(9):
        save(store, "b.md", str(number))
    store.maintain()

    assert mark.exists() and mark.with_suffix(".pack").exists()


def test_a_save_stands_where_packs_cannot_be_put_together(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in_for(tmp_path, monkeypatch, "pack-objects", "exit 1")

    made = [save(store, "a.md", str(number)) for number in range(10)]

    assert len(list_packs(store)) > 6
    assert list_revisions(store)[-10:] == [commit.revision for commit in made]


def test_a_pack_that_a_kill_left_without_its_index_stops_nothing(store: Store) -> None:
    save(store, "a.md", "one")
    left = list_packs(store)[0].with_name("pack-left.pack")
    left.write_bytes(b"PACK")
    os.utime(left, (0, 0))

    for number in range(20):
        save(store, "a.md", str(number))
    assert len(list_packs(store)) < 8
    store.maintain()
    assert not left.exists() and store.fsck() == []
