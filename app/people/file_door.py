"""The half of the door that files pass: a file is read by whoever may read its page."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from app.catalog import attaching, finding
from app.catalog.rows import Attachment
from app.catalog.wiki import Wiki
from app.errors import N_, NotFound, Refused
from app.people import allowance
from app.people.viewer import Viewer
from app.wiki.files import oid_of
from app.wiki.uploads import Prepared

MISSING = attaching.MISSING


class FileDoor:
    """Finds, adds and takes away the files of pages, for a viewer."""

    def __init__(self, wiki: Wiki, truth: Engine) -> None:
        self._wiki, self._truth = wiki, truth

    def files(self, viewer: Viewer, path: str) -> "list[Attachment]":
        """List the files of a page, also of one that is still to be written."""
        with self._wiki.catalog.reading() as connection:
            attaching.check_readable(connection, path, viewer.audiences)
            return finding.list_attachments(connection, path)

    def file(self, viewer: Viewer, path: str, name: str) -> tuple[Attachment, Path]:
        """Find a file of a page, and where its bytes are."""
        with self._wiki.catalog.reading() as connection:
            attaching.check_readable(connection, path, viewer.audiences)
            found = finding.find_attachment(connection, path, name)
        if found is None or not self._wiki.files.has(found.oid):
            raise NotFound(N_("This page has no such file."))
        return found, self._wiki.files.path(found.oid)

    def thumbnail(self, viewer: Viewer, path: str, name: str, width: int) -> Path:
        """Find a smaller copy of a picture, or the picture where there is none."""
        found, original = self.file(viewer, path, name)
        return self._wiki.files.thumbnail(found.oid, width) or original

    def attach(self, viewer: Viewer, path: str, uploads: Sequence[Prepared], author: str) -> "list[str]":
        """Add files to a page; gives the names that they got."""
        self._may_write(viewer)
        if not viewer.is_signed_in:
            with self._wiki.catalog.reading() as connection:
                attaching.check_attachable(connection, path, viewer.audiences)
            self._spend(sum(len(one.content) for one in uploads if not self._wiki.files.has(oid_of(one.content))))
        return attaching.attach(self._wiki, path, uploads, author, viewer.audiences)

    def detach(self, viewer: Viewer, path: str, name: str, author: str) -> bool:
        """Take a file away from a page; tells whether it can be put back."""
        self._may_write(viewer)
        return attaching.detach(self._wiki, path, name, author, viewer.audiences)

    def reattach(self, viewer: Viewer, path: str, name: str, author: str) -> str:
        """Put a file back that was taken away from a page; gives the name that it got."""
        self._may_write(viewer)
        return attaching.reattach(self._wiki, path, name, author, viewer.audiences)

    def _spend(self, size: int) -> None:
        config = self._wiki.config
        today = datetime.now(ZoneInfo(config.timezone)).date()
        allowance.spend(self._truth, size, cap=config.anonymous_upload_bytes, day=today.isoformat())

    @staticmethod
    def _may_write(viewer: Viewer) -> None:
        if not viewer.may_write:
            raise Refused(N_("Sign in to change pages."))
