"""Pages in git while processes are killed: what was acknowledged is there, nothing is half done, saves go on."""

import os
import random
import select
import signal
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from app.errors import Conflict, Unavailable
from app.wiki.git_changes import Plan
from app.wiki.store import Change, Move, Store
from tests.wiki.store_faults import AUTHOR, get_tip, list_revisions, save, stand_in_for_import, start_child


@pytest.mark.slow
@pytest.mark.parametrize("whole_group", [False, True])
def test_kill_9_at_random_moments_loses_nothing_that_was_acknowledged(store: Store, whole_group: bool) -> None:
    chance = random.Random()
    acknowledged: list[str] = []
    for round_ in range(15):
        reading, writing = os.pipe()
        child = start_child(partial(_save_for_ever, store, writing))
        os.close(writing)
        if round_ % 3:  # else killed while it starts, too
            assert select.select([reading], [], [], 30)[0]
        time.sleep(chance.uniform(0.0, 0.1))
        (os.killpg if whole_group and os.getpgid(child) == child else os.kill)(child, signal.SIGKILL)
        os.waitpid(child, 0)
        acknowledged += _read_all(reading).split()

        saved = save(store, "after.md", str(len(acknowledged)))
        known = set(list_revisions(store))
        assert saved.revision in known and known.issuperset(acknowledged)
    assert len(acknowledged) >= 10
    assert store.fsck() == []


def _save_for_ever(store: Store, acknowledgements: int) -> None:
    os.setsid()
    for step in range(1_000_000):
        commit = save(store, f"page-{step % 7}.md", f"{os.getpid()} {step}")
        os.write(acknowledgements, f"{commit.revision}\n".encode())


def _read_all(descriptor: int) -> str:
    parts = []
    while select.select([descriptor], [], [], 0.0)[0] and (part := os.read(descriptor, 65_536)):
        parts.append(part)
    os.close(descriptor)
    return b"".join(parts).decode()


@pytest.mark.slow
def test_git_killed_in_a_folder_move_leaves_it_whole(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.writing() as writer:
        writer.commit([Change(f"here/{n}.md", b"%d" % n) for n in range(150)], author=AUTHOR, summary="")
    stand_in_for_import(tmp_path, monkeypatch, 'exec timeout -s KILL "$DELAY" "$GIT" "$@"')
    place, failures = "here", 0
    for round_ in range(24):
        monkeypatch.setenv("DELAY", f"{0.001 + round_ * 0.0006:.4f}")
        target = f"there-{round_}"
        try:
            with store.writing() as writer:
                writer.commit([Move(place, target), Change("list.md", target.encode())], author=AUTHOR, summary="")
            place = target
        except (Unavailable, Conflict):
            failures += 1
            place = place if store.has_folder(place) else target  # killed between the last step and the answer

        tip = get_tip(store)
        files = {file for file, _, _ in store.files(tip) if "/" in file}
        assert files == {f"{place}/{n}.md" for n in range(150)}
    monkeypatch.setenv("DELAY", "60")

    assert failures > 0
    assert store.read("list.md", save(store, "list.md", "end").revision) == b"end"
    assert store.fsck() == []


def test_a_stream_that_is_cut_changes_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(store, "a.md", "old")
    tip = store.tip()
    stand_in_for_import(tmp_path, monkeypatch, 'head -c "$KEEP" | "$GIT" "$@"')
    changes = [Change("a.md", b"new text"), Change("b.md", b"more"), Change("c.md", None)]

    whole = len(Plan(store._objects, tip, changes, "cut").to_stream(AUTHOR, datetime.now(UTC)))

    for keep in range(40, whole - len("done\n"), 12):
        monkeypatch.setenv("KEEP", str(keep))
        with store.writing() as writer, pytest.raises(Unavailable):
            writer.commit(changes, author=AUTHOR, summary="cut")

    assert store.tip() == tip
    monkeypatch.undo()
    assert save(store, "a.md", "new").parent == tip and store.fsck() == []


def test_a_git_that_fails_is_told_and_nothing_is_changed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tip = store.tip()
    stand_in_for_import(tmp_path, monkeypatch, "exit 3")

    with pytest.raises(Unavailable):
        save(store, "a.md")

    assert store.tip() == tip
