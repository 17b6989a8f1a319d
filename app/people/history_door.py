"""The half of the door that the past passes: the history of a page is read by whoever may read the page."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import accumulate

from sqlalchemy import Connection

from app.catalog import audience, editing, finding, history
from app.catalog.editing import Edit, Joined
from app.catalog.history import ChangeQuery
from app.catalog.readers import EVERYTHING
from app.catalog.rows import Grave, PageRow, RevisionRow
from app.errors import N_, NotFound, Refused
from app.people.file_door import MISSING, FileDoor
from app.people.viewer import Viewer


class HistoryDoor(FileDoor):
    """Finds the changes and the old texts of pages, living or deleted, for a viewer."""

    def changes(self, viewer: Viewer, query: ChangeQuery) -> "list[RevisionRow]":
        """List the last changes of the wiki."""
        with self._wiki.catalog.reading() as connection:
            return history.list_changes(connection, query, self._readable(viewer))

    def audiences(self, viewer: Viewer) -> "tuple[str, ...]":
        """List the audiences that a viewer belongs to, as pages bear them: to read once what many may read."""
        return self._readable(viewer)

    def newest_change(self, until: int | None = None) -> int:
        """Give the number of the last change of the wiki (until a moment), whoever may read it."""
        with self._wiki.catalog.reading() as connection:
            return history.newest(connection, until)

    def history(
        self, viewer: Viewer, path: str, *, before: int | None = None, limit: int = 50
    ) -> "tuple[PageRow | Grave, list[RevisionRow], int]":
        """Give a page, perhaps a deleted one, its changes and how many there are in all."""
        with self._wiki.catalog.reading() as connection:
            row = self._find_past(connection, viewer, path)
            changes = history.page_history(connection, row.lineage, before=before, limit=limit)
            is_all = before is None and len(changes) < limit
            return row, changes, len(changes) if is_all else history.count_history(connection, row.lineage)

    def _find_past(self, connection: Connection, viewer: Viewer, path: str, revision: str = "") -> PageRow | Grave:
        """Find the page that stands here, was deleted here, or stood here at a revision and has moved since."""
        readable = self._readable(viewer)
        found = finding.find_page(connection, path, readable) or finding.find_grave(connection, path, readable)
        if found is None and (lineage := history.find_lineage(connection, path, revision)):
            found = finding.find_by_lineage(connection, lineage, readable)
        if found is None:
            raise NotFound(MISSING)
        return found

    def revision(self, viewer: Viewer, path: str, revision: str = "") -> "tuple[PageRow | Grave, RevisionRow, str]":
        """Give a page, perhaps a deleted one, one of its revisions (else the newest) and the text that it had then."""
        with self._wiki.catalog.reading() as connection:
            row = self._find_past(connection, viewer, path, revision)
            found = history.find_revision(connection, row.lineage, revision or row.revision)
        if found is None or found.blob is None:
            raise NotFound(N_("This page has no such version."))
        return row, found, self._read(found.blob)

    def before(self, viewer: Viewer, path: str, seq: int) -> "RevisionRow | None":
        """Give the text change before another one."""
        with self._wiki.catalog.reading() as connection:
            row = self._find_past(connection, viewer, path)
            return history.find_before(connection, row.lineage, seq)

    def versions(
        self, viewer: Viewer, path: str, limit: int, most: int
    ) -> "list[tuple[RevisionRow, Callable[[], str]]]":
        """List the last versions of a page, the oldest first, each with what reads its text; `most` bytes in all."""
        with self._wiki.catalog.reading() as connection:
            row = finding.find_page(connection, path, self._readable(viewer))
            if row is None:
                raise NotFound(MISSING)
            rows = history.list_texts(connection, row.lineage, limit)
        sizes = accumulate((revision.size or 0) for revision in reversed(rows))
        kept = [
            revision
            for revision, size in zip(reversed(rows), sizes, strict=True)
            if size <= most or revision is rows[-1]
        ]
        return [(revision, partial(self._read, revision.blob)) for revision in reversed(kept) if revision.blob]

    def join(self, viewer: Viewer, edit: Edit) -> Joined:
        """Say what a page would be if an edit were saved now; a page that may not be read is not there."""
        return editing.join(self._wiki, replace(edit, audiences=self._readable(viewer)))

    def place_of_edit(self, viewer: Viewer, edit: Edit) -> str | None:
        """Give where an edit would be saved, wherever the page has moved; None where the viewer may not read it."""
        with self._wiki.catalog.reading() as connection:
            page = editing.find_edited(connection, replace(edit, audiences=EVERYTHING), edit.text)
            path = page.path if page else edit.path
            return path if audience.readers_at(connection, path) in self._readable(viewer) else None

    def check_proposable(self, viewer: Viewer, path: str, *, is_new: bool) -> None:
        """Refuse a proposal for a place that is not open to the viewer, and a new page where there is one."""
        if is_new:
            with self._wiki.catalog.reading() as connection:
                editing.check_new_path(connection, path, self._readable(viewer))
        if not self.may_propose(viewer, path):
            raise Refused(N_("Nothing can be proposed for this place. Choose another page."))

    def _read(self, blob: str) -> str:
        return self._wiki.store.read_blob(blob).decode("utf-8", "replace")
