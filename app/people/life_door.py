"""The part of the door by which records live: their state is written, two of them become one."""

from collections.abc import Mapping
from dataclasses import replace

from app.catalog import editing, finding, joining
from app.catalog.editing import Edit
from app.catalog.joining import Join
from app.catalog.record_rows import RecordRow
from app.errors import N_, NotFound, Refused
from app.people.file_door import MISSING
from app.people.occurrence_door import OccurrenceDoor
from app.people.review_door import ASK_THEM
from app.people.viewer import Viewer
from app.wiki import frontmatter
from app.wiki.frontmatter import Value

LIFE_KEYS = frozenset({"state", "checked", "verified", "expires"})
MOVED_ON = N_("This link no longer works.")


class LifeDoor(OccurrenceDoor):
    """Writes what becomes of records."""

    def keep_life(
        self, page_id: str, changes: Mapping[str, Value | None], author: str, summary: str = "", since: str = ""
    ) -> dict[str, Value | None]:
        """Change what the head of a record says of its life, and nothing else; gives what it said before.

        Whoever asks has looked whether it may be done: a link in a mail gives this right to who has no account.
        With `since` nothing is changed of a page that has another revision by now.
        """
        if not changes.keys() <= LIFE_KEYS:
            raise ValueError(f"{sorted(changes)} are not of a record's life")
        with self._wiki.catalog.reading() as connection:
            page = finding.find_by_id(connection, page_id)
        if page is None or not page_id:
            raise NotFound(MISSING)
        text = self._read(page.blob)
        before = {key: frontmatter.parse(text).values.get(key) for key in changes}
        wanted = frontmatter.rewrite(text, changes)
        if wanted != text:
            if since and since != page.revision:
                raise NotFound(MOVED_ON)
            editing.save(self._wiki, Edit(page.path, wanted, page.revision, author, summary))
        return before

    def join_records(self, viewer: Viewer, request: Join) -> None:
        """Make one record of two, both of which the viewer looks after; raises Conflict, NotFound, Refused."""
        rows = [self.record(viewer, path) for path in (request.kept, request.other)]
        self.check_looks_after(viewer, *rows)
        joining.join(
            self._wiki, replace(request, audiences=self._readable(viewer), may_write=self._writes(viewer))
        )  # fmt: skip

    def check_looks_after(self, viewer: Viewer, *rows: RecordRow) -> None:
        """Refuse whoever does not look after all of these records."""
        self.check_moderates(viewer)
        if not all(self.may_check(viewer, row) for row in rows):
            raise Refused(ASK_THEM)
