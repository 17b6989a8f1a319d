"""What comes into git past the catalog is taken in: pushes, by hand and by a real clone, and what a crash left behind."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.catalog import searching
from app.catalog.attaching import attach
from app.catalog.catalog import CatalogDamaged
from app.catalog.editing import Edit, save
from app.catalog.finding import texts_of
from app.catalog.moving import Rename, rename
from app.wiki.store import Change, Move
from app.wiki.uploads import Prepared
from tests.catalog.hands import IDRIS, NADIA, Hands

GIT = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"} | {
    f"GIT_{who}_{what}": IDRIS if what == "NAME" else f"{IDRIS}@members.invalid"
    for who in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=folder, env=GIT, capture_output=True, text=True, check=False)


def test_what_was_pushed_is_found_after_catching_up(hands: Hands) -> None:
    hands.write("a", "[[b]]\n")
    hands.push_pages(b="un\n", c__index="deux\n")
    hands.wiki.catch_up()

    assert hands.find("b") and hands.find("c/index")
    assert (hands.wanted(), hands.backlinks("b"), hands.history("b")) == ([], ["a"], ["created"])


def test_many_commits_are_taken_in_at_once(hands: Hands) -> None:
    for number in range(5):
        hands.push_pages(a=f"{number}\n", **{f"b{number}": "x\n"})
    hands.push_pages(b0=None)
    hands.push(Move("b1.md", "jardins/b1.md"))
    hands.wiki.catch_up()

    assert hands.history("a") == ["edited"] * 4 + ["created"]
    assert hands.history("jardins/b1") == ["renamed", "created"]
    assert hands.find("b0") is None and hands.find("b1") is None


def test_the_next_save_takes_in_a_push_first(hands: Hands) -> None:
    base = hands.write("a", "---\nid: abcdefgh\n---\nun\n\ndeux\n\ntrois\n").revision
    hands.push_pages(a="---\nid: abcdefgh\n---\nUN\n\ndeux\n\ntrois\n")
    outcome = save(hands.wiki, Edit("a", "---\nid: abcdefgh\n---\nun\n\ndeux\n\nTROIS\n", base, NADIA))

    assert outcome.is_merged
    assert hands.text("a").endswith("UN\n\ndeux\n\nTROIS\n")


def test_a_push_between_the_lock_and_the_commit_is_taken_in(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.write("a", "un\n")
    store, pushed = hands.wiki.store, []
    read = type(store).read_blob

    def read_and_be_overtaken(self: Any, blob: str) -> bytes:
        if not pushed:
            pushed.append(True)
            tip = store.tip() or ""
            tree = git(store.folder, "rev-parse", f"{tip}^{{tree}}").stdout.strip()
            new = git(store.folder, "commit-tree", tree, "-p", tip, "-m", "from outside").stdout.strip()
            git(store.folder, "update-ref", "refs/heads/main", new, tip)
        return read(self, blob)

    monkeypatch.setattr(type(store), "read_blob", read_and_be_overtaken)
    outcome = hands.write("a", "deux\n")

    assert pushed and outcome.revision == store.tip()
    assert hands.history("a") == ["edited", "created"]


def test_two_pages_that_change_places_keep_their_histories(hands: Hands) -> None:
    hands.write("a", "---\nid: aaaaaaaa\n---\n" + "un " * 30 + "\n")
    hands.write("b", "---\nid: bbbbbbbb\n---\n" + "deux " * 30 + "\n")
    hands.write("a", hands.text("a") + "encore\n")
    hands.push(Move("a.md", "x.md"), Move("b.md", "a.md"), Move("x.md", "b.md"))
    hands.wiki.catch_up()

    assert hands.history("b") == ["renamed", "edited", "created"]
    assert hands.history("a") == ["renamed", "created"]


def test_text_that_is_no_utf8_is_shown_and_found(hands: Hands) -> None:
    hands.push(Change("a.md", b"caf\xe9 noir\n"))
    hands.wiki.catch_up()

    with hands.wiki.catalog.reading() as connection:
        assert "noir" in texts_of(connection, ["a"], ("public",))["a"][1]


def test_a_page_that_a_push_turns_into_another_file_is_gone_and_comes_back(hands: Hands) -> None:
    hands.write("a", "un " * 50 + "\n")
    hands.push(Move("a.md", "a.txt"))
    hands.wiki.catch_up()
    assert hands.find("a") is None
    hands.push(Move("a.txt", "jardins/a.md"))
    hands.wiki.catch_up()

    assert hands.find("jardins/a")


def test_a_file_that_is_no_page_is_left_alone(hands: Hands) -> None:
    hands.push(Change("_data/communes.yaml", b"x: 1\n"), Change("README.txt", b"x"), Change(".hidden.md", b"x"))
    hands.wiki.catch_up()

    assert hands.changes() == []


def test_a_clone_pushes_a_page_and_a_rename_during_edits(hands: Hands, tmp_path: Path) -> None:
    hands.write("jardins/compost", "---\nid: abcdefgh\n---\n" + "terre noire " * 20 + "\n")
    git(tmp_path, "clone", "-q", str(hands.wiki.store.folder), "clone")
    clone = tmp_path / "clone"
    git(clone, "mv", "jardins/compost.md", "jardins/terreau.md")
    (clone / "four.md").write_text("# Le four\n\n[[jardins/terreau]]\n")
    git(clone, "add", ".")
    git(clone, "commit", "-qm", "from a clone")
    hands.write("index", "[[Le four]]\n")
    refused = git(clone, "push", "-q", "origin", "main")
    git(clone, "pull", "-q", "--rebase")
    pushed = git(clone, "push", "-q", "origin", "main")
    hands.wiki.catch_up()

    assert refused.returncode and pushed.returncode == 0, pushed.stderr
    assert hands.history("jardins/terreau") == ["renamed", "created"]
    assert (hands.backlinks("four"), hands.backlinks("jardins/terreau"), hands.wanted()) == (["index"], ["four"], [])
    assert hands.changes()[0][0] in {"renamed", "created"} and hands.wiki.store.fsck() == []


def test_a_push_signed_with_a_name_is_refused_and_nothing_changes(hands: Hands, tmp_path: Path) -> None:
    hands.write("a", "un\n")
    git(tmp_path, "clone", "-q", str(hands.wiki.store.folder), "clone")
    (tmp_path / "clone/b.md").write_text("deux\n")
    git(tmp_path / "clone", "add", ".")
    git(tmp_path / "clone", "-c", "user.name=x", "commit", "-qm", "x", "--author", "Nadia <nadia@example.org>")
    tip = hands.wiki.store.tip()
    refused = git(tmp_path / "clone", "push", "-q", "origin", "main")

    assert refused.returncode and "git can never forget a name" in refused.stderr
    assert hands.wiki.store.tip() == tip


def test_a_crash_between_git_and_catalog_heals_with_the_next_save(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(hands.wiki.indexer, "take_in", crash)
        with pytest.raises(KeyboardInterrupt):
            hands.write("a", "un\n")
    assert hands.find("a") is None
    hands.write("b", "[[a]]\n")

    assert hands.history("a") == ["created"]
    assert hands.wanted() == []


def test_a_catalog_that_cannot_follow_leaves_the_save_standing(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the disk of the catalog is gone")

    with monkeypatch.context() as patch:
        patch.setattr(hands.wiki.indexer, "take_in", fail)
        outcome = hands.write("a", "un\n")

    assert outcome.revision == hands.wiki.store.tip()
    assert not hands.wiki.catalog.is_sound()


def test_rewritten_history_asks_for_a_rebuild(hands: Hands) -> None:
    hands.write("a", "un\n")
    hands.write("secret", "an address\n")
    hands.wiki.store.purge("secret.md")

    with pytest.raises(CatalogDamaged):
        hands.wiki.catch_up()
    assert not hands.wiki.catalog.is_sound()


def test_a_rename_of_ours_keeps_history_where_git_would_lose_it(hands: Hands) -> None:
    hands.write("a", "un\n")
    hands.write("twin", hands.text("a").replace("id", "x"))
    rename(hands.wiki, Rename("a", "b", NADIA))
    hands.push_pages(a="tout autre chose\n")
    hands.wiki.catch_up()

    assert (hands.history("b"), hands.history("a")) == (["renamed", "created"], ["created"])


def test_files_of_a_page_that_a_push_deletes_alone_stay_with_it(hands: Hands) -> None:
    hands.write("a", "un\n")
    attach(hands.wiki, "a", [Prepared("plan.pdf", b"1", "document")], NADIA)
    hands.push_pages(a=None)
    hands.wiki.catch_up()
    searching.follow(hands.wiki)

    assert hands.find("a") is None
