"""A legal erasure: the file is gone from every commit and from the disk, everything else stays as it was."""

import subprocess
import zlib

import pytest

from app.errors import NotFound
from app.wiki.store import Change, Commit, Move, Store, blob_id
from tests.wiki.store_faults import AUTHOR, get_tip

SECRET = b"what nobody may know\n"


def save(store: Store, *changes: Change | Move, summary: str = "") -> Commit:
    with store.writing() as writer:
        return writer.commit(changes, author=AUTHOR, summary=summary)


def told(store: Store) -> list[tuple[str, list[tuple[str, str | None, str]]]]:
    """Give the history after the first commit, as (summary, changes)."""
    commits = list(store.log(None, get_tip(store)))[1:]
    return [(c.summary, [(f.status, f.old_file, f.file) for f in c.files]) for c in commits]


def on_disk(store: Store, words: bytes) -> list[str]:
    """Name the places of the repository where words stand, unpacked."""
    everything = subprocess.run(
        ["git", "-C", str(store.folder), "cat-file", "--batch-all-objects", "--batch"], capture_output=True, check=True
    ).stdout
    loose = (file.read_bytes() for file in store.folder.glob("objects/??/*"))
    found = [f"object {number}" for number, content in enumerate(loose) if words in zlib.decompress(content)]
    names = [str(file) for file in store.folder.rglob("*") if file.is_file() and words in file.read_bytes()]
    return [*found, *names, *(["git"] if words in everything else [])]


def test_a_purged_page_is_gone_from_history_and_disk(store: Store) -> None:
    save(store, Change("secret.md", SECRET), Change("other.md", b"1"), summary="two pages")
    save(store, Change("secret.md", SECRET + b"more"), summary="about Nadia")
    save(store, Change("other.md", b"2"), summary="other")
    store.maintain()
    save(store, Change("secret.md", None), summary="deleted")
    assert on_disk(store, SECRET)

    tip = store.purge("secret.md")

    assert tip == store.tip() and not on_disk(store, SECRET) and not on_disk(store, b"secret.md")
    assert not on_disk(store, b"about Nadia")
    assert told(store) == [
        ("two pages", [("A", None, "other.md")]), ("", []), ("other", [("M", None, "other.md")]), ("", []),
    ]  # fmt: skip
    assert store.fsck() == []


def test_a_purge_follows_renames_and_spares_who_has_the_name_now(store: Store) -> None:
    save(store, Change("nadia.md", SECRET), Change("b.md", b"b"))
    save(store, Move("nadia.md", "n.md"), Change("n.md", SECRET + b"2"), Change("nadia.md", b"redirect"))
    save(store, Change("nadia.md", b"another page\n"))
    save(store, Move("b.md", "c.md"), Move("n.md", "notes/n.md"))

    tip = store.purge("notes/n.md")

    assert tip is not None and not on_disk(store, SECRET)
    assert store.read("nadia.md", tip) == b"another page\n" and store.read("c.md", tip) == b"b"
    assert told(store) == [
        ("", [("A", None, "b.md")]),
        ("", [("A", None, "nadia.md")]),
        ("", [("M", None, "nadia.md")]),
        ("", [("R", "b.md", "c.md")]),
    ]


def test_a_folder_is_purged_with_all_that_was_in_it(store: Store) -> None:
    save(store, Change("a.files/x.jpg", SECRET), Change('a.files/é "2".jpg', SECRET + b"2"), Change("a.md", b"a"))
    save(store, Move("a.files", "b.files"), Move("a.md", "b.md"))
    save(store, Change("b.files/x.jpg", None))

    tip = store.purge("b.files/")

    assert tip is not None and not on_disk(store, SECRET) and not on_disk(store, b".jpg")
    assert told(store) == [("", [("A", None, "a.md")]), ("", [("R", "a.md", "b.md")]), ("", [])]


def test_the_same_text_in_another_page_stays(store: Store) -> None:
    save(store, Change("a.md", b"template\n"), Change("b.md", b"template\n"))

    tip = store.purge("a.md")

    assert tip is not None and store.read("b.md", tip) == b"template\n" and store.read("a.md", tip) is None


def test_a_reader_that_is_open_does_not_see_it_any_more(store: Store) -> None:
    save(store, Change("a.md", SECRET), Change("b.md", b"b"))
    store.maintain()
    reader = Store(store.folder)
    assert reader.read_blob(blob_id(SECRET)) == SECRET

    store.purge("a.md")

    with pytest.raises(NotFound):
        reader.read_blob(blob_id(SECRET))
    assert reader.read_blob(blob_id(b"b")) == b"b"
    reader.close()


def test_saving_goes_on_after_a_purge(store: Store) -> None:
    save(store, Change("a.md", SECRET))
    tip = store.purge("a.md")

    assert save(store, Change("a.md", b"new")).parent == tip
    assert store.fsck() == []


def test_commits_before_the_first_trace_keep_their_numbers(store: Store) -> None:
    before = save(store, Change("b.md", b"b")).revision
    save(store, Change("a.md", SECRET))

    tip = store.purge("a.md")

    assert tip is not None and store.parent(tip) == before


def test_purging_nothing_rewrites_nothing_and_still_sweeps(store: Store) -> None:
    tip = save(store, Change("b.md", b"b")).revision
    store._git.check("hash-object", "-w", "--stdin", stdin=SECRET)
    assert on_disk(store, SECRET)

    assert store.purge("none.md") == tip
    assert not on_disk(store, SECRET)
