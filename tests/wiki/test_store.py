"""Pages in git: what is saved can be read again, and the history says exactly what happened."""

import random
from datetime import UTC, datetime, timedelta, timezone

from app.wiki.store import Change, Commit, FileChange, Move, Store, blob_id

AUTHOR = "m-abcdefgh"
UNKNOWN = "0123456789" * 4


def save(store: Store, *changes: Change | Move, summary: str = "") -> Commit:
    with store.writing() as writer:
        return writer.commit(changes, author=AUTHOR, summary=summary)


def page(text: str) -> bytes:
    return f"{text}\n".encode()


def kinds(commit: Commit) -> list[tuple[str, str | None, str]]:
    return [(change.status, change.old_file, change.file) for change in commit.files]


def test_a_new_store_says_how_clones_keep_attachments(store: Store) -> None:
    tip = store.tip()
    assert tip is not None

    assert [file for file, _, _ in store.files(tip)] == [".gitattributes", ".lfsconfig"]
    assert store.fsck() == []


def test_creating_twice_keeps_everything(store: Store) -> None:
    saved = save(store, Change("a.md", page("a")))

    store.create()

    assert store.tip() == saved.revision


def test_one_commit_holds_several_files(store: Store) -> None:
    before = store.tip()

    commit = save(store, Change("jardins/été.md", page("é")), Change("index.md", page("home")), summary="Two  pages\n")

    assert store.tip() == commit.revision and commit.parent == before and commit.summary == "Two pages"
    assert kinds(commit) == [("A", None, "index.md"), ("A", None, "jardins/été.md")]
    assert store.read("jardins/été.md", commit.revision) == page("é")


def test_old_versions_and_deleted_pages_can_be_read(store: Store) -> None:
    first = save(store, Change("a.md", page("one")))
    save(store, Change("a.md", page("two")))
    last = save(store, Change("a.md", None))

    assert store.read("a.md", first.revision) == page("one")
    assert store.read("a.md", last.revision) is None
    assert kinds(last) == [("D", None, "a.md")]


def test_a_blob_has_the_id_that_git_gives_it(store: Store) -> None:
    content = bytes(range(256)) * 300

    commit = save(store, Change("a.bin", content))

    assert commit.files[0].blob == blob_id(content)
    assert store.read_blob(blob_id(content)) == content


def test_content_is_kept_byte_for_byte(store: Store) -> None:
    contents = [b"", b"\n", b"done\n", b"a\r\nb", b"\0", b"data 5\nM 100644 inline x\n", "é\u2028".encode()]

    commit = save(store, *(Change(f"{n}.md", content) for n, content in enumerate(contents)))

    assert [store.read(f"{n}.md", commit.revision) for n in range(len(contents))] == contents


def test_a_move_with_a_new_text_and_a_redirect_is_one_rename(store: Store) -> None:
    save(store, Change("a.md", page("old text")))

    moved = save(store, Move("a.md", "b.md"), Change("b.md", page("quite another")), Change("a.md", page("redirect")))

    assert kinds(moved) == [("R", "a.md", "b.md"), ("A", None, "a.md")]
    assert list(store.log(moved.parent, moved.revision)) == [moved]


def test_a_folder_moves_as_a_whole_with_one_line_in_the_message(store: Store) -> None:
    save(store, *(Change(f"jardins/{n}.md", page(str(n))) for n in range(5)), Change("jardins/a.files/x.jpg", b"x"))

    moved = save(store, Move("jardins", "potagers"), Change("potagers/1.md", page("repaired")))

    assert len(moved.files) == 6 and {change.status for change in moved.files} == {"R"}
    assert store.read("potagers/1.md", moved.revision) == page("repaired")
    assert store.has_folder("potagers") and not store.has_folder("jardins")
    assert list(store.log(moved.parent, moved.revision)) == [moved]
    found = store._objects.content(moved.revision)
    assert found is not None and found[1].count(b"Moved: ") == 1


def test_two_pages_may_swap_their_names(store: Store) -> None:
    first = save(store, Change("a.md", page("a")), Change("b.md", page("b")))

    swapped = save(store, Move("a.md", "t.md"), Move("b.md", "a.md"), Move("t.md", "b.md"))

    assert kinds(swapped) == [("R", "b.md", "a.md"), ("R", "a.md", "b.md")]
    assert list(store.log(first.revision, swapped.revision)) == [swapped]


def test_deleting_one_page_and_writing_a_like_one_is_no_rename(store: Store) -> None:
    save(store, Change("a.md", page("same text")))

    commit = save(store, Change("a.md", None), Change("b.md", page("same text")))

    assert kinds(commit) == [("D", None, "a.md"), ("A", None, "b.md")]
    assert list(store.log(commit.parent, commit.revision)) == [commit]


def test_a_summary_cannot_pass_for_a_rename(store: Store) -> None:
    save(store, Change("a.md", page("a")), Change("c.md", page("c")))

    commit = save(store, Change("c.md", page("d")), summary='x\n\nMoved: ["a.md", "c.md"]')

    assert kinds(commit) == [("M", None, "c.md")]
    assert commit.summary == 'x Moved: ["a.md", "c.md"]'
    assert list(store.log(commit.parent, commit.revision)) == [commit]


def test_log_tells_what_commit_told_and_the_tree_follows(store: Store) -> None:
    chance, model, told = random.Random(7), dict[str, bytes](), []
    start = store.tip()
    for step in range(40):
        with store.writing() as writer:
            changes = _draw_changes(chance, model, step)
            told.append(writer.commit(changes, author=AUTHOR, summary=f"step {step}"))

    tip = store.tip()
    assert tip is not None
    assert list(store.log(start, tip)) == told
    assert {file: blob for file, blob, _ in store.files(tip) if not file.startswith(".")} == {
        file: blob_id(content) for file, content in model.items()
    }
    assert {change.status for commit in told for change in commit.files} == {"A", "M", "D", "R"}


def _draw_changes(chance: random.Random, model: dict[str, bytes], step: int) -> list[Change | Move]:
    """Draw a few changes and make them in the model too."""
    changes: list[Change | Move] = []
    for n in range(chance.randint(1, 4)):
        file = f"{chance.choice('xyz')}/{chance.randint(1, 6)}.md"
        kind = chance.choice(["write", "write", "delete", "move", "move", "folder"])
        if kind == "write":
            model[file] = page(f"{step} {n}")
            changes.append(Change(file, model[file]))
        elif kind == "delete":
            model.pop(file, None)
            changes.append(Change(file, None))
        elif kind == "move" and file in model:
            new = f"{chance.choice('xyz')}/{step}-{n}.md"
            model[new] = model.pop(file)
            changes.append(Move(file, new))
        elif kind == "folder" and any(name.startswith(file[:2]) for name in model):
            new = f"{step}-{n}"
            for name in [name for name in model if name.startswith(file[:2])]:
                model[f"{new}/{name[2:]}"] = model.pop(name)
            changes.append(Move(file[0], new))
    return changes or [Change("x/last.md", model.setdefault("x/last.md", b"last"))]


def test_log_is_streamed_oldest_first_and_keeps_time_and_author(store: Store) -> None:
    start = store.tip()
    paris = timezone(timedelta(hours=2))
    with store.writing() as writer:
        first = writer.commit(
            [Change("a.md", b"1")], author="m-zyx98765", summary="é", at=datetime(2026, 3, 12, 20, 0, 5, 9, paris)
        )
    second = save(store, Change("a.md", b"2"))

    assert first.at == datetime(2026, 3, 12, 18, 0, 5, tzinfo=UTC)
    assert list(store.log(start, second.revision)) == [first, second]
    assert [commit.revision for commit in store.log(None, second.revision)][1:] == [first.revision, second.revision]
    assert list(store.log(second.revision, second.revision)) == []


def test_ancestors_parents_and_folders_are_known(store: Store) -> None:
    root = store.tip()
    first = save(store, Change("a/b.md", b"1"), Change("a/c/d.md", b"2"))
    second = save(store, Change("a/b.md", None))
    assert root is not None

    assert store.is_ancestor(first.revision, second.revision) and store.is_ancestor(root, root)
    assert not store.is_ancestor(second.revision, first.revision) and not store.is_ancestor(UNKNOWN, root)
    assert store.parent(second.revision) == first.revision and store.parent(root) is None
    assert list(store.list_folder("a/", first.revision)) == [("a/b.md", blob_id(b"1")), ("a/c/d.md", blob_id(b"2"))]
    assert list(store.list_folder("none", first.revision)) == []


def test_sizes_of_few_and_of_many_blobs(store: Store) -> None:
    contents = [b"x" * n for n in range(50)]
    save(store, *(Change(f"{n}.md", content) for n, content in enumerate(contents)))
    wanted = {blob_id(content): len(content) for content in contents}

    assert store.sizes([*wanted, UNKNOWN]) == wanted
    assert store.sizes([blob_id(b"x"), UNKNOWN]) == {blob_id(b"x"): 1}
    assert store.sizes([]) == {}


def test_changes_in_different_places_are_merged(store: Store) -> None:
    base = "un\ndeux\ntrois\nquatre\ncinq"

    assert store.merge(base, base.replace("un", "1"), base + "\nsix") == "1\ndeux\ntrois\nquatre\ncinq\nsix"
    assert store.merge(base, base.replace("un", "1"), base.replace("un", "one")) is None
    assert store.merge("", "a\n", "a\n") == "a\n"
    assert store.merge("a\0", "b\0", "c\0") is None


def test_maintenance_keeps_everything_and_packs_it(store: Store) -> None:
    told = [save(store, Change(f"{n}.md", page(str(n)))) for n in range(20)]

    store.maintain()

    assert [commit.revision for commit in store.log(None, told[-1].revision)][1:] == [c.revision for c in told]
    assert store.read("3.md", told[-1].revision) == page("3")
    assert not list(store.folder.glob("objects/??")) and list(store.folder.glob("objects/pack/*.pack"))
    assert store.fsck() == []


def test_a_packed_branch_is_found(store: Store) -> None:
    tip = save(store, Change("a.md", b"1")).revision
    store._git.check("pack-refs", "--all")
    assert not (store.folder / "refs/heads/main").exists()

    assert store.tip() == tip
    assert save(store, Change("a.md", b"2")).parent == tip


def test_file_changes_are_plain_values() -> None:
    assert FileChange("A", "a.md", None, "b") == FileChange("A", "a.md", None, "b")
