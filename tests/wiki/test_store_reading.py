"""Reading objects: one git process that is kept open, whatever happens to it."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import NotFound, Unavailable
from app.wiki import git_objects
from app.wiki.store import Change, Store, blob_id
from tests.wiki.store_faults import start_child, take_apart

CONTENTS = [f"page {n}\n".encode() * (1 + n % 7 * 500) for n in range(60)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "content.git")
    store.create()
    with store.writing() as writer:
        changes = [Change(f"{n}.md", content) for n, content in enumerate(CONTENTS)]
        writer.commit(changes, author="m-abcdefgh", summary="")
    yield store
    store.close()


def reader_pid(store: Store) -> int:
    process = store._objects._readers[os.getpid()]._process
    assert process is not None
    return int(process.pid)


def test_one_process_answers_all_questions(store: Store) -> None:
    store.read_blob(blob_id(CONTENTS[0]))
    first = reader_pid(store)

    for content in CONTENTS:
        assert store.read_blob(blob_id(content)) == content

    assert reader_pid(store) == first


def test_reading_goes_on_when_git_was_killed(store: Store) -> None:
    store.read_blob(blob_id(CONTENTS[0]))
    first = reader_pid(store)
    os.kill(first, signal.SIGKILL)

    assert store.read_blob(blob_id(CONTENTS[1])) == CONTENTS[1]
    assert reader_pid(store) != first


def test_an_interrupted_answer_is_not_taken_for_the_next(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    forged = f"{blob_id(CONTENTS[1])} blob 6\nforged\n".encode()
    with store.writing() as writer:
        writer.commit([Change("forged.md", forged)], author="m-abcdefgh", summary="")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(git_objects, "Info", interrupt)  # the head of the answer is read, its content is not
        with pytest.raises(KeyboardInterrupt):
            store.read_blob(blob_id(forged))

    assert store.read_blob(blob_id(CONTENTS[1])) == CONTENTS[1]


def test_a_forked_process_reads_for_itself(store: Store) -> None:
    store.read_blob(blob_id(CONTENTS[0]))

    def read() -> None:
        assert all(store.read_blob(blob_id(content)) == content for content in CONTENTS)

    child = start_child(read)
    read()

    assert os.waitpid(child, 0)[1] == 0


def test_many_threads_get_their_own_answers(store: Store) -> None:
    wrong: list[int] = []

    def read(offset: int) -> None:
        for n in range(len(CONTENTS)):
            content = CONTENTS[(n + offset) % len(CONTENTS)]
            if store.read_blob(blob_id(content)) != content:
                wrong.append(offset)

    threads = [threading.Thread(target=read, args=(offset * 7,)) for offset in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


def test_what_is_saved_by_another_process_is_found(store: Store) -> None:
    store.read_blob(blob_id(CONTENTS[0]))
    other = Store(store.folder)
    with other.writing() as writer:
        writer.commit([Change("new.md", b"new")], author="m-abcdefgh", summary="")
    other.maintain()
    other.close()

    assert store.read_blob(blob_id(b"new")) == b"new"


def test_an_unknown_blob_and_a_commit_are_not_found(store: Store) -> None:
    for revision in ("1" * 40, store.tip() or ""):
        with pytest.raises(NotFound):
            store.read_blob(revision)


def test_a_damaged_object_fails_alone(store: Store) -> None:
    take_apart(store)
    blob = blob_id(CONTENTS[0])
    file = store.folder / "objects" / blob[:2] / blob[2:]
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:10])

    for _ in range(3):
        with pytest.raises((NotFound, Unavailable)):
            store.read_blob(blob)

    assert store.read_blob(blob_id(CONTENTS[1])) == CONTENTS[1]
    assert any(blob in fault for fault in store.fsck())


@pytest.mark.parametrize("content", ["", "rubbish\n", "0" * 20])
def test_a_damaged_branch_is_told_and_never_overwritten(store: Store, content: str) -> None:
    (store.folder / "refs/heads/main").write_text(content)

    with pytest.raises(Unavailable):
        store.tip()
    with pytest.raises(Unavailable), store.writing() as writer:
        writer.commit([Change("a.md", b"")], author="m-abcdefgh", summary="")
    assert store.fsck() != []


def test_git_of_another_place_is_not_listened_to(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "evil").write_text("[core]\n\tfsync = none\n[user]\n\tname = Nobody\n")
    for name, value in {
        "GIT_DIR": str(tmp_path / "elsewhere"),
        "GIT_WORK_TREE": str(tmp_path),
        "GIT_OBJECT_DIRECTORY": str(tmp_path / "elsewhere/objects"),
        "GIT_INDEX_FILE": str(tmp_path / "index"),
        "GIT_CONFIG_GLOBAL": str(tmp_path / "evil"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsync",
        "GIT_CONFIG_VALUE_0": "none",
        "GIT_NAMESPACE": "elsewhere",
    }.items():
        monkeypatch.setenv(name, value)

    with store.writing() as writer:
        commit = writer.commit([Change("a.md", b"a")], author="m-abcdefgh", summary="")

    assert store.tip() == commit.revision and store._git.check("config", "core.fsync") == b"all\n"
    assert store.read("a.md", commit.revision) == b"a"


def test_a_machine_without_git_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(Unavailable, match="git is missing"):
        store.fsck()
