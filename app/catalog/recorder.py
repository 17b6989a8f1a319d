"""Turn commits into rows of `revisions`, and say what became of each page and attachment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.catalog.lineage import Lineages
from app.wiki.page import FILES_SUFFIX, path_of
from app.wiki.store import Commit, FileChange


@dataclass(frozen=True, slots=True)
class PageState:
    """Where a page stands after the commits that were recorded."""

    path: str
    lineage: int
    blob: str
    revision: str
    author: str
    edited_at: int


@dataclass(frozen=True, slots=True)
class GraveState:
    """A page that the commits deleted: its last text and the commit that took it away."""

    path: str
    lineage: int
    blob: str
    revision: str
    deleted_in: str
    author: str
    at: int


@dataclass(frozen=True, slots=True)
class FileState:
    """An attachment that the commits brought (`blob` is its pointer) or took away (None)."""

    page: str
    name: str
    blob: str | None
    author: str
    at: int


@dataclass(slots=True)
class Recorder:
    """Reads commits in order. `sizes` gives the size in bytes of each blob that a page change names.

    `pages` holds the living pages that the commits touch, `changed` those of them that became others, `gone` the paths
    that hold no page any more.
    """

    lineages: Lineages
    sizes: Mapping[str, int]
    pages: dict[str, PageState] = field(default_factory=dict)
    graves: dict[str, GraveState] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    files: dict[tuple[str, str], FileState] = field(default_factory=dict)

    def record(self, commit: Commit) -> list[dict[str, Any]]:
        """Take in one commit and give its rows for `revisions`."""
        at = int(commit.at.timestamp())
        changes = sorted((part for change in commit.files for part in _split(change)), key=_order)
        leaving = {path: self._leave(path) for change in changes if (path := _left_by(change))}
        rows = [row for change in changes if (row := self._row(commit, change, at, leaving)) is not None]
        common = {"revision": commit.revision, "author": commit.author, "at": at, "summary": commit.summary}
        return [{**_EMPTY, **common, **row} for row in rows]

    def _row(
        self, commit: Commit, change: FileChange, at: int, leaving: Mapping[str, "_Left"]
    ) -> dict[str, Any] | None:
        path = path_of(change.file)
        if path is None:
            return self._attachment(commit, change, at)
        if change.status == "D":
            return self._deletion(commit, path, at)
        return self._edition(commit, change, path, leaving.get(_left_by(change) or ""), at)

    def _leave(self, path: str) -> "_Left":
        left = _Left(path, self.lineages.leave(path), self.pages.get(path))
        self._forget(path)
        return left

    def _edition(self, commit: Commit, change: FileChange, path: str, left: "_Left | None", at: int) -> dict[str, Any]:
        before, old_path, blob = self.pages.get(path), None, change.blob or ""
        if left is not None and left.lineage is not None:
            before, old_path = left.state, left.path
            lineage, what = self.lineages.arrive(path, left.lineage), "renamed"
        else:
            is_known = path in self.lineages.living
            lineage, has_returned = self.lineages.born(path, blob)
            what = "edited" if is_known else "restored" if has_returned else "created"
        self.pages[path] = PageState(path, lineage, blob, commit.revision, commit.author, at)
        self.changed.add(path)
        self.gone.discard(path)
        self.graves.pop(path, None)
        size = self.sizes.get(blob)
        delta = size - (self.sizes.get(before.blob, 0) if before else 0) if size is not None else None
        row = {"lineage": lineage, "path": path, "old_path": old_path, "what": what}
        return {**row, "blob": blob, "size": size, "delta": delta}

    def _deletion(self, commit: Commit, path: str, at: int) -> dict[str, Any] | None:
        before = self.pages.get(path)
        lineage = self.lineages.died(path, before.blob) if before else None
        if before is None or lineage is None:
            return None
        self._forget(path)
        self.graves[path] = GraveState(path, lineage, before.blob, before.revision, commit.revision, commit.author, at)
        size = self.sizes.get(before.blob)
        return {"lineage": lineage, "path": path, "what": "deleted", "delta": -size if size else None}

    def _forget(self, path: str) -> None:
        self.pages.pop(path, None)
        self.changed.discard(path)
        self.gone.add(path)

    def _attachment(self, commit: Commit, change: FileChange, at: int) -> dict[str, Any] | None:
        if change.status == "R" and change.old_file:
            old = attachment_of(change.old_file)
            if old is not None:
                self.files[old] = FileState(*old, None, commit.author, at)
        place = attachment_of(change.file)
        if place is None:
            return None
        self.files[place] = FileState(*place, None if change.status == "D" else change.blob, commit.author, at)
        lineage = self.lineages.living.get(place[0])
        if lineage is None or change.status == "R":
            return None
        what = "detached" if change.status == "D" else "attached"
        return {"lineage": lineage, "path": place[0], "what": what, "file": place[1]}


@dataclass(frozen=True, slots=True)
class _Left:
    """The page that a rename takes from a path; without a lineage it was not known."""

    path: str
    lineage: int | None
    state: PageState | None


def _split(change: FileChange) -> tuple[FileChange, ...]:
    """Take a page that becomes another kind of file, or the other way round, as one that goes and one that comes."""
    if change.status != "R" or change.old_file is None or _is_page(change.file) == _is_page(change.old_file):
        return (change,)
    return FileChange("D", change.old_file, None, None), FileChange("A", change.file, None, change.blob)


def _is_page(file: str) -> bool:
    return path_of(file) is not None


def _left_by(change: FileChange) -> str | None:
    """Name the page's path that a rename leaves, if it is one."""
    return path_of(change.old_file) if change.status == "R" and change.old_file else None


def _order(change: FileChange) -> tuple[int, bool]:
    """Put renames first, then deletions: a page may move away and another take its place in the same commit.

    A page dies before its files and is born after them: then theirs are no changes of their own.
    """
    return "RDAM".index(change.status), _is_page(change.file) != (change.status == "D")


_EMPTY: dict[str, Any] = {"old_path": None, "file": None, "blob": None, "size": None, "delta": None}


def attachment_of(file: str) -> tuple[str, str] | None:
    """Split `jardins/compost.files/plan.jpg` into its page and its name; None where the file is no attachment."""
    folder, _, name = file.rpartition("/")
    if not folder.endswith(FILES_SUFFIX) or name.startswith("."):
        return None
    return folder.removesuffix(FILES_SUFFIX), name
