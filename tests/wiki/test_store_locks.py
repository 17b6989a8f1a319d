"""One writer at a time: the lock, what dead writers leave, and pushes that come in between."""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from app.errors import Conflict, Unavailable
from app.wiki import git_lock
from app.wiki.store import Change, MovedMeanwhile, Store
from tests.wiki.store_faults import AUTHOR, get_tip, list_revisions, save, stand_in_for_import, start_child


def test_a_writer_that_waits_too_long_is_told_so(store: Store) -> None:
    impatient = Store(store.folder, lock_seconds=0.05)

    with store.writing(), pytest.raises(Unavailable):
        save(impatient, "a.md")

    assert save(impatient, "a.md").revision == store.tip()


def test_a_writer_writes_only_while_it_has_the_lock(store: Store) -> None:
    with store.writing() as writer:
        pass

    with pytest.raises(RuntimeError):
        writer.commit([Change("a.md", b"")], author=AUTHOR, summary="")


def test_threads_of_one_process_exclude_each_other(store: Store) -> None:
    with store.writing(), pytest.raises(Unavailable):
        save(Store(store.folder, lock_seconds=0.0), "a.md")


@pytest.mark.parametrize("age", [0, 60, -3600])
@pytest.mark.parametrize("name", ["refs/heads/main.lock", "HEAD.lock", "packed-refs.lock", "config.lock", "index.lock"])
def test_a_lock_file_of_a_dead_writer_is_removed(store: Store, name: str, age: int) -> None:
    lock = store.folder / name
    lock.write_text("")
    os.utime(lock, (time.time() - age, time.time() - age))

    saved = save(store, "a.md")

    assert store.tip() == saved.revision and not lock.exists()


def test_an_old_lock_file_costs_no_time(store: Store) -> None:
    lock = store.folder / "refs/heads/main.lock"
    lock.write_text("")
    os.utime(lock, (time.time() - 60, time.time() - 60))
    start = time.monotonic()

    save(Store(store.folder, stale_seconds=20), "a.md")

    assert time.monotonic() - start < 20


def test_a_lock_file_of_a_living_push_is_waited_for(store: Store) -> None:
    lock = store.folder / "refs/heads/main.lock"
    lock.write_text("")
    release = subprocess.Popen(["sh", "-c", f"sleep 0.15; rm '{lock}'"])

    saved = save(Store(store.folder, stale_seconds=20), "a.md")

    assert store.tip() == saved.revision and release.wait() == 0


def test_the_lock_itself_is_no_lock_file_of_git(store: Store) -> None:
    assert not git_lock.LOCK_FILE.endswith(".lock")
    assert (store.folder / git_lock.LOCK_FILE).exists()


def test_the_lock_lasts_as_long_as_git_and_not_as_its_parent(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "started"
    stand_in_for_import(tmp_path, monkeypatch, f'touch \'{started}\'; sleep 1; exec "$GIT" "$@"')
    child = start_child(partial(save, store, "a.md"))
    _wait_for(started.exists)

    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    assert _is_locked(store)
    _wait_for(lambda: not _is_locked(store))
    monkeypatch.undo()
    assert save(store, "b.md").parent in list_revisions(store)


def test_a_push_that_comes_first_makes_the_writer_try_again(store: Store) -> None:
    other = store._git
    with store.writing() as writer:
        tree = other.check("rev-parse", f"{writer.tip}^{{tree}}").decode().strip()
        identity = ["-c", "user.name=m-abcdefgh", "-c", "user.email=x"]
        pushed = other.check(*identity, "commit-tree", "-p", writer.tip or "", "-m", "pushed", tree).decode().strip()
        other.check("update-ref", "refs/heads/main", pushed)
        with pytest.raises(MovedMeanwhile) as caught:
            writer.commit([Change("a.md", b"a")], author=AUTHOR, summary="")

    assert isinstance(caught.value, Conflict) and store.tip() == pushed
    assert save(store, "a.md").parent == pushed
    assert not list(store.folder.glob("fast_import_crash_*"))


@pytest.mark.slow
def test_eight_processes_lose_no_commit(store: Store) -> None:
    processes, saves = 8, 50

    def keep_saving(number: int) -> None:
        patient = Store(store.folder, lock_seconds=120)
        for step in range(saves):
            save(patient, f"{number}/{step % 5}.md", f"{number} {step}")

    children = [start_child(partial(keep_saving, number)) for number in range(processes)]
    assert all(os.waitpid(child, 0)[1] == 0 for child in children)

    tip = get_tip(store)
    log = list(store.log(None, tip))
    assert len(log) == 1 + processes * saves
    assert all(commit.parent == before.revision for before, commit in pairwise(log))
    for number in range(processes):
        for page in range(5):
            assert store.read(f"{number}/{page}.md", tip) == f"{number} {saves - 5 + page}".encode()
    assert store.fsck() == []


def _is_locked(store: Store) -> bool:
    with (store.folder / git_lock.LOCK_FILE).open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)
