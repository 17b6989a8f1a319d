"""Pages in git on a full, limited or read-only disk: refused with a sentence, healed when there is room."""

import os
import resource
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from app.errors import StorageFull
from app.wiki.store import Change, Store
from tests.wiki.store_faults import AUTHOR, save, stand_in_for_import, start_child

ROOT = Path(__file__).parents[2]


def test_a_file_size_limit_counts_as_a_full_disk(store: Store) -> None:
    tip = store.tip()

    def commit_too_much() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        with pytest.raises(StorageFull), store.writing() as writer:
            writer.commit([Change("a.md", os.urandom(100_000))], author=AUTHOR, summary="")

    assert os.waitpid(start_child(commit_too_much), 0)[1] == 0
    assert store.tip() == tip and save(store, "a.md").parent == tip
    assert store.fsck() == []


ON_A_SMALL_DISK = """
    import os, subprocess, sys
    from pathlib import Path
    from app.errors import StorageFull
    from app.wiki.store import Change, Store

    disk = Path(sys.argv[1])
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        sys.exit(77)
    store = Store(disk / "content.git")
    store.create()
    saved = []
    def save(size):
        with store.writing() as writer:
            content = os.urandom(size)
            commit = writer.commit([Change(f"{len(saved)}.md", content)], author="m-abcdefgh", summary="")
            saved.append((f"{len(saved)}.md", content))
            return commit
    def fill(size):
        for _ in range(500):
            try:
                save(size)
            except StorageFull:
                return
        sys.exit("the disk never was full")
    def check():
        tip = store.tip()
        assert all(store.read(file, tip) == content for file, content in saved)
        assert sum(1 for _ in store.log(None, tip)) == len(saved) + 1
        assert store.fsck() == []
    fill(60_000)
    fill(100)
    assert len(saved) > 5
    check()
    subprocess.run(["mount", "-o", "remount,size=30m", str(disk)], check=True)
    save(60_000)
    check()
    store.close()  # a disk on which a process reads what was deleted cannot become read-only
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    fill(10)
    check()
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    save(10)
    check()
"""


def test_a_full_and_a_read_only_disk_refuse_saves_and_heal(tmp_path: Path) -> None:
    if (
        not shutil.which("unshare")
        or subprocess.run(["unshare", "-Urm", "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine does not let tests mount a small disk")

    done = subprocess.run(
        ["unshare", "-Urm", sys.executable, "-c", textwrap.dedent(ON_A_SMALL_DISK), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    if done.returncode == 77:
        pytest.skip("this machine does not let tests mount a small disk")
    assert done.returncode == 0, done.stderr


def test_every_save_is_synced(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trace = tmp_path / "trace"
    if (
        not shutil.which("strace")
        or subprocess.run(["strace", "-o", str(trace), "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine does not let tests trace a process")
    stand_in_for_import(tmp_path, monkeypatch, f'exec strace -f -y -e trace=fsync,fdatasync -o \'{trace}\' "$GIT" "$@"')

    save(store, "a.md", "synced")

    synced = trace.read_text()
    assert all(part in synced for part in ("/objects/pack/tmp_pack", "/objects/pack/tmp_idx", "refs/heads/main.lock"))
