"""The pages as a bare git repository: every change is one commit, made by git itself while one lock is held.

No index, no work tree, nothing to clean up: a writer that dies leaves either its whole commit or none.
"""

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.errors import N_, Conflict, Invalid, NotFound
from app.wiki import git_lock, git_packs, git_setup
from app.wiki.commit import Change, Commit, FileChange, Move
from app.wiki.disk import refusing_when_full
from app.wiki.git import WRITING_FAILED, Answer, Git
from app.wiki.git_changes import Plan
from app.wiki.git_log import read_log, split_tokens
from app.wiki.git_names import WIKI_AUTHOR, check_file, check_revision, is_pseudonym
from app.wiki.git_objects import Objects, blob_id
from app.wiki.git_purge import purge
from app.wiki.git_tip import read_tip

__all__ = ["Change", "Commit", "FileChange", "Move", "MovedMeanwhile", "Store", "Writer", "blob_id"]

_COMMIT_SECONDS = 120.0
_RELEASED = -1
_PARENT = re.compile(rb"^parent ([0-9a-f]{40})$", re.MULTILINE)


class MovedMeanwhile(Conflict):
    """A push from outside came between the lock and the commit: take it in and make the change again."""


class Store:
    """One repository.

    `lock_seconds` is how long a writer waits for others, `stale_seconds` how old a lock file of git has to be before
    its owner counts as dead.

    Safe to share between threads and to carry through a fork. Every method that takes a revision wants 40 hex digits
    and raises Invalid otherwise; where git cannot run, Unavailable.
    """

    def __init__(
        self, folder: Path, *, lock_seconds: float = 10.0, stale_seconds: float = git_lock.STALE_SECONDS
    ) -> None:
        self.folder = folder
        self._lock_seconds, self._stale_seconds = lock_seconds, stale_seconds
        self._git = Git(folder)
        self._objects = Objects(self._git)

    def create(self) -> None:
        """Make the repository, or bring the settings and hooks of an existing one up to date."""
        with refusing_when_full():
            self.folder.mkdir(parents=True, exist_ok=True)
            git_setup.configure(self._git)
            self.install_hooks(sys.executable)
        with self.writing() as writer:
            if writer.tip is None:
                writer.commit(git_setup.FIRST_FILES, author=WIKI_AUTHOR, summary="Start of the wiki")

    def install_hooks(self, python: str) -> None:
        """Let `python` (path of an interpreter that can import this project) judge what is pushed from outside."""
        git_setup.install_hooks(self.folder, python)

    def tip(self) -> str | None:
        """Give the newest revision; None in an empty repository. Starts no process."""
        return read_tip(self.folder)

    @contextmanager
    def writing(self) -> Iterator["Writer"]:
        """Hold the write lock; raises Unavailable when others hold it for longer than `lock_seconds`."""
        with git_lock.hold(self.folder, self._lock_seconds) as lock:
            git_lock.remove_stale_locks(self.folder, self._stale_seconds)
            writer = Writer(self._git, self._objects, lock)
            try:
                yield writer
            finally:
                writer.lock = _RELEASED

    def read(self, file: str, revision: str) -> bytes | None:
        """Give a file as it was at a revision, or None where there was none."""
        check_revision(revision)
        try:
            check_file(file)
        except Invalid:  # no file can have this name
            return None
        found = self._objects.content(f"{revision}:{file}")
        return found[1] if found and found[0].kind == "blob" else None

    def read_blob(self, blob: str) -> bytes:
        """Give the content of a blob; raises NotFound."""
        found = self._objects.content(check_revision(blob))
        if found is None or found[0].kind != "blob":
            raise NotFound(N_("This version does not exist."))
        return found[1]

    def log(self, since: str | None, until: str) -> Iterator[Commit]:
        """Give the commits after `since` (None: from the first) up to `until`, oldest first, in constant memory."""
        return read_log(self._git, since and check_revision(since), check_revision(until))

    def files(self, revision: str) -> Iterator[tuple[str, str, int]]:
        """Give (file, blob, size in bytes) of every file at a revision."""
        for token in split_tokens(self._git.stream("ls-tree", "-r", "-l", "-z", check_revision(revision))):
            entry, _, file = token.partition("\t")
            _, kind, blob, size = entry.split()
            if kind == "blob":
                yield file, blob, int(size)

    def list_folder(self, folder: str, revision: str) -> Iterator[tuple[str, str]]:
        """Give (file, blob) of every file in a folder and below, at a revision; nothing where there is no folder."""
        name = f"{check_revision(revision)}:{check_file(folder.strip('/'))}"
        return self._objects.walk(name, f"{folder.strip('/')}/")

    def has_folder(self, folder: str) -> bool:
        """Tell whether there is a folder of that name now."""
        tip = self.tip()
        info = self._objects.info(f"{tip}:{check_file(folder.strip('/'))}") if tip else None
        return info is not None and info.kind == "tree"

    def sizes(self, blobs: Iterable[str]) -> dict[str, int]:
        """Give the size in bytes of each blob that there is; many at once cost one process."""
        return self._objects.sizes([check_revision(blob) for blob in blobs])

    def parent(self, revision: str) -> str | None:
        """Give the revision before this one; None for the first. Raises NotFound."""
        found = self._objects.content(check_revision(revision))
        if found is None or found[0].kind != "commit":
            raise NotFound(N_("This version does not exist."))
        parent = _PARENT.search(found[1].partition(b"\n\n")[0])
        return parent[1].decode() if parent else None

    def is_ancestor(self, old: str, new: str) -> bool:
        """Tell whether `old` is `new` or stands in its history; False where it is unknown."""
        return self._git.run("merge-base", "--is-ancestor", check_revision(old), check_revision(new)).status == 0

    def merge(self, base: str, ours: str, theirs: str) -> str | None:
        """Merge two texts that began as `base`, line by line; None where both changed the same lines."""
        with refusing_when_full(), tempfile.TemporaryDirectory(prefix="gare-merge-") as folder:
            paths = [str(Path(folder, name)) for name in ("ours", "base", "theirs")]
            for path, text in zip(paths, (ours, base, theirs), strict=True):
                Path(path).write_bytes(text.encode())
            answer = self._git.run("merge-file", "--stdout", "--quiet", *paths, seconds=10)
        return answer.output.decode() if answer.status == 0 else None

    def maintain(self) -> None:
        """Pack what has piled up; never prunes, as a push from outside may be under way."""
        with self.writing() as writer:
            writer.maintain()

    def git_version(self) -> str:
        """Give the version of git, as `2.39.5`."""
        return self._git.check("version").decode().split()[2]

    def fsck(self) -> list[str]:
        """List what git finds wrong with the repository; empty when it is sound."""
        answer = self._git.run("fsck", "--full", "--no-dangling", "--no-progress")
        lines = [*answer.output.decode(errors="replace").splitlines(), *answer.errors.splitlines()]
        faults = [line for line in lines if line and not line.startswith("notice:")]
        return faults or ([f"git fsck ended with {answer.status}"] if answer.status else [])

    def purge(self, *files: str) -> str | None:
        """Rewrite history without these files, whatever they were called before, and erase their bytes.

        A name with a slash at the end stands for all that ever was in that folder. Every later revision gets a new
        number, so the catalog must be rebuilt. Gives the new tip.
        """
        with self.writing() as writer:
            return purge(self._git, writer.tip, writer.lock, files) if writer.tip else None

    def close(self) -> None:
        """End the process that reads objects; the store may still be used."""
        self._objects.close()


class Writer:
    """The right to write, while `Store.writing()` lasts; `tip` is the revision that the next commit builds on."""

    def __init__(self, git: Git, objects: Objects, lock: int) -> None:
        self._git, self._objects = git, objects
        self.lock = lock
        self.tip = read_tip(git.folder)

    def commit(
        self, changes: Sequence[Change | Move], *, author: str, summary: str, at: datetime | None = None
    ) -> Commit:
        """Make one commit of all the changes, in their order; when this returns, it is on the disk.

        `author` is a pseudonym (`m-` and 8 signs). Raises MovedMeanwhile when a push from outside was faster;
        StorageFull, Unavailable: nothing was changed.
        """
        if self.lock == _RELEASED:
            raise RuntimeError("the write lock was given back")
        if not is_pseudonym(author) and author != WIKI_AUTHOR:
            raise Invalid(N_("A change needs the pseudonym of its author."))
        at = (at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        plan = Plan(self._objects, self.tip, changes, summary)
        answer = self._git.run(
            "fast-import",
            "--quiet",
            "--done",
            stdin=plan.to_stream(author, at),
            lock=self.lock,
            seconds=_COMMIT_SECONDS,
        )
        if answer.status:
            self._fail(answer)
        parent, self.tip = self.tip, answer.output.decode().strip()
        git_packs.gather(self._git, self.lock)
        return Commit(self.tip, parent, author, at, plan.message.partition("\n")[0], plan.files)

    def _fail(self, answer: Answer) -> None:
        git_setup.remove_crash_reports(self._git.folder)
        if read_tip(self._git.folder) != self.tip or "cannot lock ref" in answer.errors:
            raise MovedMeanwhile(N_("Somebody else saved at the same moment. Try again."))
        raise answer.failure(WRITING_FAILED)

    def maintain(self) -> None:
        """Pack loose objects and small packs, and write the graph of commits that makes history fast."""
        git_packs.release(self._git.folder)
        self._git.check("repack", "--geometric=2", "-d", "-q", lock=self.lock)
        self._git.check(
            "commit-graph", "write", "--reachable", "--split", "--changed-paths", "--no-progress", lock=self.lock
        )
        git_setup.remove_crash_reports(self._git.folder)
