"""The half of the door that files pass: a file is read by whoever may read its page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from app.catalog import attaching, audience, finding, writers
from app.catalog.catalog import CatalogDamaged
from app.catalog.memo import Memo
from app.catalog.readers import CLOSED
from app.catalog.rows import Attachment
from app.catalog.wiki import Wiki
from app.errors import N_, NotFound, Refused
from app.people import allowance, rights
from app.people.viewer import Viewer
from app.wiki.files import oid_of
from app.wiki.uploads import Prepared

MISSING = attaching.MISSING
SIGN_IN = N_("Sign in to change pages.")


class FileDoor:
    """Finds, adds and takes away the files of pages, for a viewer."""

    def __init__(self, wiki: Wiki, truth: Engine) -> None:
        self._wiki, self._truth = wiki, truth
        self._memo = Memo()

    def _readable(self, viewer: Viewer) -> tuple[str, ...]:
        """List the audiences that a viewer belongs to; every query is filtered by them."""
        if not viewer.groups and not viewer.is_admin:
            return viewer.audiences
        key = ("readable", viewer.is_admin, viewer.groups)
        generation = self._wiki.catalog.generation()
        return self._memo.get(generation, key, lambda: rights.readable(viewer, self._of_groups()))

    def _of_groups(self) -> "list[str]":
        """List the audiences of groups that the catalog knows; kept while its generation stands."""

        def load() -> list[str]:
            with self._wiki.catalog.reading() as connection:
                return audience.list_of_groups(connection)

        return self._memo.get(self._wiki.catalog.generation(), "groups", load)

    def files(self, viewer: Viewer, path: str) -> "list[Attachment]":
        """List the files of a page, also of one that is still to be written."""
        with self._wiki.catalog.reading() as connection:
            attaching.check_readable(connection, path, self._readable(viewer))
            return finding.list_attachments(connection, path)

    def file(self, viewer: Viewer, path: str, name: str) -> tuple[Attachment, Path]:
        """Find a file of a page, and where its bytes are."""
        with self._wiki.catalog.reading() as connection:
            attaching.check_readable(connection, path, self._readable(viewer))
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
        self.check_may_write_somewhere(viewer)
        if not viewer.is_signed_in:
            self.check_may_write(viewer, path)  # what is refused shall not use up what others may send
            with self._wiki.catalog.reading() as connection:
                attaching.check_attachable(connection, path, self._readable(viewer))
            self._spend(sum(len(one.content) for one in uploads if not self._wiki.files.has(oid_of(one.content))))
        return attaching.attach(self._wiki, path, uploads, author, self._readable(viewer), self._writes(viewer))

    def detach(self, viewer: Viewer, path: str, name: str, author: str) -> bool:
        """Take a file away from a page; tells whether it can be put back."""
        self.check_may_write_somewhere(viewer)
        return attaching.detach(self._wiki, path, name, author, self._readable(viewer), self._writes(viewer))

    def reattach(self, viewer: Viewer, path: str, name: str, author: str) -> str:
        """Put a file back that was taken away from a page; gives the name that it got."""
        self.check_may_write_somewhere(viewer)
        return attaching.reattach(self._wiki, path, name, author, self._readable(viewer), self._writes(viewer))

    def _spend(self, size: int) -> None:
        config = self._wiki.config
        day = allowance.today(config.timezone)
        allowance.spend(self._truth, size, cap=config.anonymous_upload_bytes, day=day)

    # -- who may write -----------------------------------------------------------------------------------------------

    def may_write(self, viewer: Viewer, path: str) -> bool:
        """Tell whether a viewer may change a page that he may read, or write one in its place."""
        try:
            word = writers.effective(self._words(), path)
        except CatalogDamaged:
            word = CLOSED
        return rights.may_write(viewer, word or self._wiki.writing())

    def may_write_somewhere(self, viewer: Viewer) -> bool:
        """Tell whether there is any place where a viewer may write: then the site offers to."""
        try:
            words = set(self._words().values())
        except CatalogDamaged:
            words = set()
        if rights.may_read(viewer, self._wiki.reading()):
            words.add(self._wiki.writing())
        return any(rights.may_write(viewer, word) for word in words)

    def may_see(self, viewer: Viewer, path: str) -> bool:
        """Tell whether a viewer may read what stands at a place, was deleted there, or would stand there."""
        with self._wiki.catalog.reading() as connection:
            return audience.readers_at(connection, path) in self._readable(viewer)

    def may_propose(self, viewer: Viewer, path: str) -> bool:
        """Tell whether a viewer may propose a change of what he may read and not write; files of the site are not."""
        is_page = not path.startswith("_") and self._wiki.hooks.keeper(path) is None
        return is_page and self.may_see(viewer, path) and not self.may_write(viewer, path)

    def may_propose_somewhere(self, viewer: Viewer) -> bool:
        """Tell whether a viewer reads what is said to nobody in particular: there he may propose pages."""
        return rights.may_read(viewer, self._wiki.reading())

    def may_begin(self, viewer: Viewer, path: str) -> bool:
        """Tell whether a viewer may write a page where none stands: nobody writes where he may not read."""
        with self._wiki.catalog.reading() as connection:
            is_open = audience.effective(connection, path, None) in self._readable(viewer)
        return is_open and self.may_write(viewer, path) and self._wiki.hooks.keeper(path) is None

    def readers_at(self, path: str) -> str:
        """Give the audience of a place, whether a page stands there or not."""
        with self._wiki.catalog.reading() as connection:
            return audience.readers_at(connection, path)

    @staticmethod
    def may_administer(viewer: Viewer, path: str) -> bool:
        """Tell whether a viewer may say who reads and changes a page."""
        return rights.may_administer(viewer, path)

    def check_may_write(self, viewer: Viewer, path: str) -> None:
        """Refuse whoever may not change a page."""
        self.check_may_write_somewhere(viewer)
        if not self.may_write(viewer, path):
            raise Refused(writers.READ_ONLY if viewer.is_signed_in else SIGN_IN)

    def _words(self) -> "dict[str, str]":
        """Give who may change which pages, as far as pages say it; kept while the catalog's generation stands."""

        def load() -> dict[str, str]:
            with self._wiki.catalog.reading() as connection:
                return writers.list_words(connection)

        return self._memo.get(self._wiki.catalog.generation(), "writers", load)

    def _writes(self, viewer: Viewer) -> writers.MayWrite:
        return lambda word: rights.may_write(viewer, word or self._wiki.writing())

    def _rights_of(self, viewer: Viewer) -> dict[str, Any]:
        """Give what an edit and a move are judged by, under the lock."""
        spaces = viewer.spaces if viewer.may_write else ()
        by = {"audiences": self._readable(viewer), "may_administer": viewer.is_admin, "spaces": spaces}
        return by | {"may_write": self._writes(viewer)}

    @staticmethod
    def check_may_write_somewhere(viewer: Viewer) -> None:
        """Refuse whoever may write nowhere, before it is looked at what he sends."""
        if not viewer.may_write:
            raise Refused(SIGN_IN)
