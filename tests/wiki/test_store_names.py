"""Pages in git: what may stand in a name, a place, a signature or a revision."""

import pytest

from app.errors import Conflict, Invalid, NotFound
from app.wiki.store import Change, Commit, Move, Store

AUTHOR = "m-abcdefgh"


def save(store: Store, *changes: Change | Move, summary: str = "") -> Commit:
    with store.writing() as writer:
        return writer.commit(changes, author=AUTHOR, summary=summary)


def kinds(commit: Commit) -> list[tuple[str, str | None, str]]:
    return [(change.status, change.old_file, change.file) for change in commit.files]


@pytest.mark.parametrize("file", ["", "/a", "a/", "a//b", "../a", "a/../b", ".", ".git/config", "a/.GIT/x", "git~1"])
def test_hostile_names_are_refused(store: Store, file: str) -> None:
    with pytest.raises(Invalid), store.writing() as writer:
        writer.commit([Change(file, b"")], author=AUTHOR, summary="")

    assert store.read(file, store.tip() or "") is None


@pytest.mark.parametrize("file", ["a\nb", "a\0b", "a\\b", ".g\u200cit/x", "x" * 300, "\ud800", "a\u2028b", ".git ./x"])
def test_names_that_git_or_a_clone_would_misread_are_refused(store: Store, file: str) -> None:
    with pytest.raises(Invalid), store.writing() as writer:
        writer.commit([Move("a.md", file)], author=AUTHOR, summary="")

    assert store.read(file, store.tip() or "") is None


def test_names_with_quotes_and_spaces_survive(store: Store) -> None:
    names = ['a "quoted".md', " leading", "trailing ", "'", "R x y.md", "→ é 中.md"]

    commit = save(store, *(Change(name, name.encode()) for name in names))
    moved = save(store, Move(names[0], 'b "x"'))

    assert all(store.read(name, commit.revision) == name.encode() for name in names)
    assert kinds(moved) == [("R", names[0], 'b "x"')]
    assert list(store.log(commit.revision, moved.revision)) == [moved]


def test_a_file_does_not_silently_replace_a_folder_or_stand_in_a_file(store: Store) -> None:
    save(store, Change("a/b.md", b"1"), Change("c.md", b"2"))

    for change in (Change("a", b""), Change("c.md/d.md", b""), Move("c.md", "a"), Move("a", "c.md/a")):
        with pytest.raises(Invalid):
            save(store, change)


def test_moves_from_nowhere_and_onto_something_are_refused(store: Store) -> None:
    tip = save(store, Change("a.md", b"1"), Change("b.md", b"2")).revision

    with pytest.raises(NotFound):
        save(store, Move("none.md", "c.md"))
    with pytest.raises(Conflict):
        save(store, Move("a.md", "b.md"))
    assert store.tip() == tip


@pytest.mark.parametrize("author", ["Nadia", "m-abc", "m-abcdefgh\n", "m-ABCDEFGH", "", "m-abcdefgh <a@b>"])
def test_only_a_pseudonym_gets_into_git(store: Store, author: str) -> None:
    with pytest.raises(Invalid), store.writing() as writer:
        writer.commit([Change("a.md", b"")], author=author, summary="")


@pytest.mark.parametrize("revision", ["", "HEAD", "main", "a" * 39, "A" * 40, "a" * 41, "--all", "a" * 40 + "\n"])
def test_only_full_revisions_reach_git(store: Store, revision: str) -> None:
    tip = store.tip()
    assert tip is not None

    for ask in (
        lambda: store.read("a.md", revision),
        lambda: store.read_blob(revision),
        lambda: list(store.log(revision or "x", tip)),
        lambda: list(store.log(None, revision)),
        lambda: list(store.files(revision)),
        lambda: list(store.list_folder("a", revision)),
        lambda: store.is_ancestor(revision, tip),
        lambda: store.is_ancestor(tip, revision),
        lambda: store.parent(revision),
        lambda: store.sizes([revision]),
    ):
        with pytest.raises(Invalid):
            ask()
