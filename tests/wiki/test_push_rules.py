"""Pushes from outside, made by a real `git push` from a real clone."""

import os
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.wiki.files import FileStore, Pointer
from app.wiki.store import Change, Store
from tests.wiki.store_clone import Clone
from tests.wiki.store_faults import AUTHOR, get_tip, list_revisions, save, save_again, start_child

PUSHER = "m-pushpush"
HOSTILE_TREES = {
    "a link": ("120000", "link.md", "plain files"),
    "a repository": ("160000", "sub", "plain files"),
    "a page with spaces": ("100644", "mon jardin.md", "hyphens"),
    "a hidden file": ("100644", ".secret/a.md", "dot"),
    "a control character": ("100644", "a\tb.md", "cannot be used"),
    "a backslash": ("100644", "a\\b.md", "cannot be used"),
    "another encoding": ("100644", b"\xe9t\xe9.md", "UTF-8"),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "instance/content.git")
    store.create()
    save(store, "jardins/compost.md", "---\ntitle: Compost\n---\nun\n")
    yield store
    store.close()


@pytest.fixture
def clone(store: Store, tmp_path: Path) -> Clone:
    clone = Clone(tmp_path / "clone")
    clone.folder.mkdir()
    clone.git("clone", "-q", str(store.folder), ".")
    clone.sign(PUSHER, f"{PUSHER}@members.invalid")
    return clone


def test_a_clone_holds_the_pages(clone: Clone) -> None:
    assert (clone.folder / "jardins/compost.md").read_text() == "---\ntitle: Compost\n---\nun\n"
    attributes = clone.git("check-attr", "-a", "a.files/x.jpg", "b/c.files/y.pdf", "b/c.md").stdout.decode()
    assert "a.files/x.jpg: filter: lfs" in attributes and "b/c.files/y.pdf: filter: lfs" in attributes
    assert "b/c.md: filter" not in attributes and "b/c.md: eol: lf" in attributes


def test_a_good_push_is_taken_in_with_its_renames(store: Store, clone: Clone) -> None:
    before = get_tip(store)
    clone.write("jardins/été.md", "dehors\n", "Été")
    clone.git("mv", "jardins/compost.md", "terre.md")
    clone.git("commit", "-q", "-m", "rename")

    assert clone.push() == ""

    first, second = store.log(before, get_tip(store))
    assert (first.author, first.summary, first.files[0].file) == (PUSHER, "Été", "jardins/été.md")
    assert [(change.status, change.old_file, change.file) for change in second.files] == [
        ("R", "jardins/compost.md", "terre.md")
    ]
    assert store.fsck() == []


def test_saves_and_pushes_follow_each_other(store: Store, clone: Clone) -> None:
    for number in range(3):
        save(store, "a.md", str(number))
        clone.git("pull", "-q", "--rebase")
        clone.write("b.md", str(number))
        assert clone.push() == ""

    assert len(list_revisions(store)) == 2 + 6


def test_an_outdated_or_forced_push_is_refused(store: Store, clone: Clone) -> None:
    saved = save(store, "a.md", "inside")
    clone.write("b.md", "outside")

    assert clone.push() != ""
    assert "pull --rebase" in clone.push("--force", "main")
    assert store.tip() == saved.revision


def test_a_merge_is_refused_and_a_rebase_is_the_cure(store: Store, clone: Clone) -> None:
    save(store, "a.md", "inside")
    clone.write("b.md", "outside")
    clone.git("pull", "-q", "--no-rebase", "--no-edit")

    assert "pull --rebase" in clone.push()

    clone.git("pull", "-q", "--rebase")
    assert clone.push() == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Nadia Dupont", "nadia@example.org"),
        (PUSHER, "nadia@example.org"),
        ("Nadia Dupont", f"{PUSHER}@members.invalid"),
        ("m-abc", "m-abc@members.invalid"),
        ("gare", "gare@members.invalid"),
    ],
)
def test_a_name_in_a_commit_is_refused_with_the_cure(store: Store, clone: Clone, name: str, email: str) -> None:
    clone.sign(name, email)
    clone.write("b.md", "outside")
    before = store.tip()

    refusal = clone.push()

    assert "git config user.name m-" in refusal and "git config user.email m-" in refusal
    assert store.tip() == before
    clone.sign(PUSHER, f"{PUSHER}@members.invalid")
    clone.git("rebase", "origin/main", "--exec", "git commit --amend --no-edit --reset-author")
    assert clone.push() == ""


def test_a_committer_counts_as_much_as_an_author(clone: Clone) -> None:
    clone.sign("Nadia", "nadia@example.org")
    (clone.folder / "b.md").write_text("x")
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "x", f"--author={PUSHER} <{PUSHER}@members.invalid>")

    assert "Nadia" in clone.push()


@pytest.mark.slow
@pytest.mark.parametrize("refspec", ["main:other", "main:refs/tags/v1", ":main", "main:refs/gare/x"])
def test_only_main_can_be_pushed_and_not_deleted(store: Store, clone: Clone, refspec: str) -> None:
    before = get_tip(store)
    clone.write("b.md", "outside")

    assert clone.push(refspec) != ""
    assert store.tip() == before
    refs = store._git.check("for-each-ref", "--format=%(refname)").decode().split()
    assert refs == ["refs/heads/main"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE_TREES)
def test_hostile_trees_are_refused_in_words(store: Store, clone: Clone, kind: str) -> None:
    mode, file, words = HOSTILE_TREES[kind]
    target = clone.git("hash-object", "-w", "--stdin", stdin=b"/etc/passwd").stdout.decode().strip()
    target = clone.git("rev-parse", "HEAD").stdout.decode().strip() if mode == "160000" else target
    _commit_entry(clone, mode, target, file if isinstance(file, bytes) else file.encode())
    before = store.tip()

    refusal = clone.push("HEAD:main")

    assert words in refusal and store.tip() == before


@pytest.mark.slow
@pytest.mark.parametrize("name", [b".git", b"..", b".GIT", b"git~1", b".g\xe2\x80\x8cit"])
def test_names_that_would_overwrite_a_clone_are_refused(store: Store, clone: Clone, name: bytes) -> None:
    blob = clone.git("hash-object", "-w", "--stdin", stdin=b"evil").stdout.decode().strip()
    entry = b"100644 config\0" + bytes.fromhex(blob)
    inner = clone.git("hash-object", "-w", "-t", "tree", "--literally", "--stdin", stdin=entry).stdout.decode().strip()
    outer = b"40000 " + name + b"\0" + bytes.fromhex(inner)
    tree = clone.git("hash-object", "-w", "-t", "tree", "--literally", "--stdin", stdin=outer).stdout.decode().strip()
    commit = clone.git("commit-tree", "-p", "HEAD", "-m", "x", tree).stdout.decode().strip()
    before = store.tip()

    assert clone.push(f"{commit}:main") != "" and store.tip() == before


def test_what_was_added_and_removed_again_counts_too(clone: Clone) -> None:
    clone.write("photo.jpg", b"\xff\xd8\xff" + os.urandom(50))
    clone.git("rm", "-q", "photo.jpg")
    clone.git("commit", "-q", "-m", "oops")

    assert "photo.jpg" in clone.push()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("photo.jpg", b"\xff\xd8\xff\0", "no text"),
        ("latin.md", "été".encode("latin-1"), "no text"),
        ("nul.md", b"a\0b", "no text"),
        ("big.md", b"x" * 5_000_001, "too large"),
        ("a.files/photo.jpg", b"\xff\xd8\xff\0", "git lfs"),
        ("a.files/notes.txt", b"plain text", "git lfs"),
        ("a.files/big.txt", b"x" * 2_000, "git lfs"),
    ],
)
def test_files_that_git_should_not_hold_are_refused(clone: Clone, file: str, content: bytes, words: str) -> None:
    (clone.folder / ".git/info/attributes").write_text("* -filter -text\n")
    clone.write(file, content)

    refusal = clone.push()

    assert words in refusal and file.rpartition("/")[2] in refusal


def test_an_attachment_is_taken_once_its_bytes_are_there(store: Store, clone: Clone, tmp_path: Path) -> None:
    (clone.folder / ".git/info/attributes").write_text("* -filter -text\n")
    content = b"the bytes of a photo"
    files = FileStore(tmp_path / "instance/files", cache=tmp_path / "thumbnails")
    pointer = FileStore(tmp_path / "elsewhere", cache=tmp_path / "thumbnails").put(content)
    assert isinstance(pointer, Pointer)
    clone.write("jardins/compost.files/photo.jpg", pointer.to_bytes())

    assert "git lfs push" in clone.push()

    files.put(content)
    assert clone.push() == ""
    assert store.read("jardins/compost.files/photo.jpg", get_tip(store)) == pointer.to_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("file", ["jardins/Compost.md", "Jardins/terre.md", "jardins/cômpost.md", "jardins_/x.md"])
def test_names_that_differ_by_case_or_accents_are_refused(clone: Clone, file: str) -> None:
    clone.write(file, "twin\n")

    refusal = clone.push()

    assert "differ by case" in refusal


def test_forms_and_settings_may_be_pushed(clone: Clone) -> None:
    clone.write("_forms/initiative.yaml", "title: Initiative\nfields: [{name: title, type: text, label: Nom}]\n")
    clone.write(".gitattributes", "*.md text eol=lf\n")

    assert clone.push() == ""


def test_broken_front_matter_is_taken_as_it_is(clone: Clone) -> None:
    clone.write("a.md", "---\na: [\n---\ntext\r\n")

    assert clone.push() == ""


def test_a_push_waits_for_a_writer(store: Store, clone: Clone) -> None:
    clone.write("b.md", "outside")
    with store.writing() as writer:
        push = subprocess.Popen(["git", "push", "-q", "origin", "main"], cwd=clone.folder, stderr=subprocess.PIPE)
        with pytest.raises(subprocess.TimeoutExpired):
            push.wait(timeout=1.5)
        commit = writer.commit([Change("a.md", b"inside")], author=AUTHOR, summary="")
    _, errors = push.communicate()

    assert push.returncode != 0 and b"pull --rebase" in errors
    assert store.tip() == commit.revision


@pytest.mark.slow
def test_saves_racing_with_pushes_lose_nothing(store: Store, clone: Clone) -> None:
    saves, pushes = 15, 0

    def keep_saving() -> None:
        for number in range(saves):
            time.sleep(random.uniform(0.0, 0.3))
            save_again(store, f"inside-{number % 4}.md", str(number))

    child = start_child(keep_saving)
    status = 0, 0
    while status == (0, 0):
        clone.write("outside.md", str(pushes))
        while clone.push():
            clone.git("pull", "-q", "--rebase")
        pushes += 1
        status = os.waitpid(child, os.WNOHANG)

    assert status == (child, 0)
    authors = [commit.author for commit in store.log(None, get_tip(store))]
    assert (authors.count(PUSHER), authors.count(AUTHOR)) == (pushes, 1 + saves)
    assert store.read("outside.md", get_tip(store)) == str(pushes - 1).encode()
    assert store.fsck() == []


def _commit_entry(clone: Clone, mode: str, target: str, file: bytes) -> None:
    index = f"{mode} {target}\t".encode() + file + b"\0"
    clone.git("update-index", "--add", "-z", "--index-info", stdin=index)
    clone.git("commit", "-q", "-m", "hostile")
