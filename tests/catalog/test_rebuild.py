"""The catalog may be thrown away: a rebuild makes it anew, goes on where it was stopped, and is taken up at once."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.catalog import rebuild as rebuilding
from app.catalog.attaching import attach
from app.catalog.catalog import Catalog, CatalogDamaged
from app.catalog.deleting import delete, undelete
from app.catalog.rebuild import rebuild
from app.errors import Unavailable
from app.jobs import heal_catalog
from app.wiki.uploads import Prepared
from tests.catalog.hands import NADIA, Hands


class Killed(BaseException):
    """As `kill -9` would: nobody catches it."""


def stop_at_pages(what: str, _done: int, _all: int) -> None:
    if what == "pages":
        raise Killed


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "PAGES", 2)


def test_a_stopped_rebuild_goes_on_with_what_is_missing(
    hands: Hands, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abcde":
        hands.write(name, f"[[{name}x]]\n")
    before = hands.tables()
    with pytest.raises(Killed):
        rebuild(hands.wiki, stop_at_pages)
    rendered: list[str] = []
    read = hands.wiki.indexer.read
    monkeypatch.setattr(hands.wiki.indexer, "read", lambda state: (rendered.append(state.path), read(state))[1])
    rebuild(hands.wiki)

    assert sorted(rendered) == ["c", "d", "e"]
    assert hands.tables() == before


def test_a_stopped_rebuild_sees_what_changed_meanwhile(hands: Hands, small_batches: None) -> None:
    for name in "abcde":
        hands.write(name, "un\n")
    with pytest.raises(Killed):
        rebuild(hands.wiki, stop_at_pages)
    delete(hands.wiki, "a", NADIA)
    undelete(hands.wiki, "a", NADIA)
    hands.write("b", "deux\n")
    delete(hands.wiki, "c", NADIA)
    before = hands.tables()
    rebuild(hands.wiki)

    assert hands.tables() == before


def test_a_rebuild_leaves_the_site_readable_and_takes_in_what_is_saved_meanwhile(hands: Hands) -> None:
    hands.write("a", "un\n")

    def save(what: str, _done: int, _all: int) -> None:
        if what == "pages" and hands.find("a"):
            hands.write("b", "deux\n")

    rebuild(hands.wiki, save)

    assert hands.find("b")


def test_a_damaged_left_over_is_begun_anew(hands: Hands) -> None:
    hands.write("a", "un\n")
    hands.wiki.catalog.file.with_suffix(".building").write_bytes(b"no database at all, but long enough" * 100)
    rebuild(hands.wiki)

    assert hands.find("a")


def test_another_process_takes_the_new_catalog_up(hands: Hands) -> None:
    hands.write("a", "un\n")
    other = Catalog(hands.wiki.catalog.file)
    with other.reading() as connection:
        inode = connection.exec_driver_sql("PRAGMA database_list").fetchone()
    before = os.stat(hands.wiki.catalog.file).st_ino  # noqa: PTH116
    rebuild(hands.wiki)

    assert inode and os.stat(hands.wiki.catalog.file).st_ino != before  # noqa: PTH116
    with other.reading() as connection:
        assert connection.exec_driver_sql("SELECT path FROM pages").scalar() == "a"
    other.close()


def test_an_empty_wiki_can_be_rebuilt(hands: Hands) -> None:
    assert rebuild(hands.wiki) == 0
    assert hands.wiki.catalog.is_sound()


def damage(file: Path, how: str) -> None:
    if how == "deleted":
        rebuilding.remove_database(file)
    elif how == "overwritten":
        file.write_bytes(b"garbage" * 2000)
    elif how == "cut":
        os.truncate(file, 3000)
    elif how == "of another version":
        import sqlite3

        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE facts SET value = '0' WHERE key = 'schema'")
        connection.close()


@pytest.mark.parametrize("how", ["deleted", "overwritten", "cut", "of another version"])
def test_a_catalog_that_is_damaged_heals_by_itself(hands: Hands, how: str) -> None:
    hands.write("jardins/a", "[[b]]\n")
    attach(hands.wiki, "jardins/a", [Prepared("plan.pdf", b"1", "document")], NADIA)
    before = hands.tables()
    hands.wiki.catalog.close()  # as after a restart: nothing is held open
    damage(hands.wiki.catalog.file, how)
    assert not hands.wiki.catalog.is_sound()
    heal_catalog(hands.wiki)

    assert hands.tables() == before
    assert heal_catalog(hands.wiki) is None


def test_a_catalog_that_is_busy_is_not_built_anew(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.database.engine.BUSY_SECONDS", 0.01)
    hands.write("a", "un\n")
    hands.wiki.catalog.close()
    with closing(sqlite3.connect(hands.wiki.catalog.file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unavailable, match="busy"), hands.wiki.catalog.reading():
            pass

        assert heal_catalog(hands.wiki) is None and not hands.wiki.catalog.damage_mark.exists()


def test_damage_that_a_reader_meets_asks_for_a_rebuild(hands: Hands) -> None:
    hands.write("a", "un\n")
    hands.wiki.catalog.close()
    damage(hands.wiki.catalog.file, "overwritten")

    with pytest.raises(CatalogDamaged), hands.wiki.catalog.reading() as connection:
        connection.exec_driver_sql("SELECT 1 FROM pages")
    assert hands.wiki.catalog.damage_mark.exists()


def test_a_save_during_damage_is_refused_and_works_after(hands: Hands) -> None:
    hands.write("a", "un\n")
    tip = hands.wiki.store.tip()
    hands.wiki.catalog.close()
    damage(hands.wiki.catalog.file, "overwritten")
    with pytest.raises(CatalogDamaged):
        hands.wiki.change(lambda session: None)  # noqa: ARG005
    heal_catalog(hands.wiki)
    hands.write("a", "deux\n")

    assert hands.wiki.store.parent(hands.wiki.store.tip() or "") == tip
    assert hands.history("a") == ["edited", "created"]


def test_a_catalog_deleted_while_it_is_open_loses_no_save(hands: Hands) -> None:
    hands.write("a", "un\n")
    damage(hands.wiki.catalog.file, "deleted")
    hands.write("b", "deux\n")
    heal_catalog(hands.wiki)

    assert hands.find("a") and hands.find("b")
    assert hands.changes() == [("created", "b"), ("created", "a")]
