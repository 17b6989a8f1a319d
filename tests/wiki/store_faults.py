"""What tests of the store share: a short way to save, and a program that stands in for git."""

import os
import shutil
import subprocess
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from app.wiki.store import Change, Commit, MovedMeanwhile, Store

AUTHOR = "m-abcdefgh"


def save(store: Store, file: str, text: str = "x") -> Commit:
    """Save one file."""
    with store.writing() as writer:
        return writer.commit([Change(file, text.encode())], author=AUTHOR, summary="")


def save_again(store: Store, file: str, text: str) -> Commit:
    """Save one file as the wiki does: again, when a push from outside was faster."""
    while True:
        try:
            return save(store, file, text)
        except MovedMeanwhile:
            continue


def start_child(work: Callable[[], object]) -> int:
    """Do work in a process of its own, which ends by 0, or by 1 where the work failed; gives its number.

    Nothing of what fails may leave it: the child would go on as the process that runs the tests, and the parent wait.
    """
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:  # noqa: BLE001 - whatever it is
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def get_tip(store: Store) -> str:
    """Give the newest revision of a store that has one."""
    tip = store.tip()
    assert tip is not None
    return tip


def list_revisions(store: Store) -> list[str]:
    """Give all revisions, oldest first."""
    return [commit.revision for commit in store.log(None, get_tip(store))]


def take_apart(store: Store) -> None:
    """Keep every object in a file of its own, as a push from outside leaves them."""
    for pack in store.folder.glob("objects/pack/pack-*.pack"):
        content = pack.read_bytes()
        pack.with_suffix(".idx").unlink()
        pack.unlink()
        subprocess.run(["git", "-C", store.folder, "unpack-objects", "-q"], input=content, check=True)


def stand_in_for_import(folder: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """Run `command`, a line of shell, instead of `git fast-import`; `"$GIT" "$@"` in it is what was called."""
    stand_in_for(folder, monkeypatch, "fast-import", command)


def stand_in_for(folder: Path, monkeypatch: pytest.MonkeyPatch, subject: str, command: str) -> None:
    """Run `command` instead of one of git's commands."""
    program = folder / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\n[ "$1" = {subject} ] || exec "$GIT" "$@"\n{command}\n')
    program.chmod(0o755)
    monkeypatch.setenv("GIT", shutil.which("git") or "")
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
