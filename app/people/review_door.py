"""The half of the door for those who look after pages: what somebody has changed, and taking it back."""

from dataclasses import replace

from app.catalog import authored, taking_back
from app.catalog.authored import First, Reach, Whose
from app.catalog.rows import RevisionRow
from app.catalog.taking_back import TakeBack, TakenBack
from app.errors import N_, Refused
from app.people import rights
from app.people.identity_door import IdentityDoor
from app.people.viewer import Viewer

ASK_THEM = N_("This page is for those who look after pages. Ask one of them.")
NOT_YOURS = N_("This page is for those who look after pages. Sign in first.")


class ReviewDoor(IdentityDoor):
    """Lists and takes back changes, as far as a viewer administers the pages and may read them."""

    def check_moderates(self, viewer: Viewer) -> None:
        """Refuse whoever looks after no pages."""
        if not rights.may_moderate(viewer):
            raise Refused(ASK_THEM if viewer.is_signed_in else NOT_YOURS)

    def _reach(self, viewer: Viewer) -> Reach:
        self.check_moderates(viewer)
        return Reach(self._readable(viewer), None if viewer.is_admin else viewer.spaces)

    def changes_by(self, viewer: Viewer, whose: Whose, limit: int) -> "list[RevisionRow]":
        """List what some people have changed, the newest first."""
        with self._wiki.catalog.reading() as connection:
            return authored.list_by(connection, whose, self._reach(viewer), limit)

    def count_changed(self, viewer: Viewer, whose: Whose) -> int:
        """Count the pages that some people have changed."""
        with self._wiki.catalog.reading() as connection:
            return authored.count_touched(connection, whose, self._reach(viewer))

    def first_changes(self, viewer: Viewer, first: First, limit: int) -> "list[RevisionRow]":
        """List the first changes of some people."""
        with self._wiki.catalog.reading() as connection:
            return authored.list_first(connection, first, self._reach(viewer), limit)

    def text_of(self, viewer: Viewer, row: RevisionRow) -> tuple[str, str]:
        """Give the text of a page before and after one of its changes."""
        old = self.before(viewer, row.current_path, row.seq)
        texts = (self._read(one.blob) if one and one.blob else "" for one in (old, row))
        return next(texts), next(texts)

    def take_back(self, viewer: Viewer, request: TakeBack) -> TakenBack:
        """Take back what somebody has changed, in a bounded number of pages."""
        self.check_may_write_somewhere(viewer)
        by = {"reach": self._reach(viewer), "may_write": self._writes(viewer)}
        return taking_back.take_back(self._wiki, replace(request, **by))
