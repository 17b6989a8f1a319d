"""Hands for the tests of the catalog: write pages as the door does, commit behind its back, read all its tables."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.catalog import finding, history, linking, tables
from app.catalog.editing import Edit, Outcome, save
from app.catalog.readers import EVERYTHING
from app.catalog.rows import PageRow
from app.catalog.wiki import Wiki
from app.wiki.page import file_of, fold, path_of
from app.wiki.store import Change, Commit, Move

NADIA = "m-nadiabcd"
IDRIS = "m-idrisabc"
EVERYBODY = ("public",)
# Made anew by a rebuild, or not derived from git: what was read from files is kept by content, the queue is of the moment.
LEFT_OUT = {tables.file_texts, tables.search_queue, tables.facts}
NUMBERS = {"seq"}


@dataclass(frozen=True)
class Hands:
    """Short words for what the tests do with a wiki."""

    wiki: Wiki

    def write(self, path: str, text: str, author: str = NADIA, **more: Any) -> Outcome:
        """Save a page, from its newest revision."""
        page = self.find(path)
        return save(self.wiki, Edit(path, text, page.revision if page else None, author, **more))

    def push(self, *changes: Change | Move, author: str = IDRIS, summary: str = "") -> Commit:
        """Commit without the catalog's knowledge, as a push from outside does."""
        with self.wiki.store.writing() as writer:
            return writer.commit(changes, author=author, summary=summary)

    def push_pages(self, **texts: str | None) -> Commit:
        """Commit pages behind the catalog's back; `a__b` stands for `a/b`, None deletes."""
        changes = [
            Change(file_of(name.replace("__", "/")), None if text is None else text.encode())
            for name, text in texts.items()
        ]
        return self.push(*changes)

    def find(self, path: str, audiences: Collection[str] = EVERYTHING) -> PageRow | None:
        """Find a page."""
        with self.wiki.catalog.reading() as connection:
            return finding.find_page(connection, path, audiences)

    def text(self, path: str) -> str:
        """Read a page's text from git."""
        page = self.find(path)
        assert page is not None, path
        return self.wiki.store.read_blob(page.blob).decode()

    def history(self, path: str) -> list[str]:
        """Name what happened to a page, the newest first."""
        page = self.find(path)
        assert page is not None, path
        with self.wiki.catalog.reading() as connection:
            return [row.what for row in history.page_history(connection, page.lineage, before=None, limit=100)]

    def wanted(self) -> list[str]:
        """Name the pages that are wanted, as typed."""
        with self.wiki.catalog.reading() as connection:
            return [row.typed for row in linking.list_wanted(connection, EVERYTHING, 100)]

    def orphans(self) -> list[str]:
        """Name the pages that nobody links to."""
        with self.wiki.catalog.reading() as connection:
            return [row.path for row in finding.list_orphans(connection, EVERYTHING, 100)]

    def backlinks(self, path: str) -> list[str]:
        """Name the pages that link to a page."""
        with self.wiki.catalog.reading() as connection:
            return [target.path for target, _ in linking.backlinks(connection, path, EVERYTHING, 100)]

    def means(self, name: str) -> str | None:
        """Name the page that a link means."""
        with self.wiki.catalog.reading() as connection:
            found = linking.resolve(connection, [fold(name)], ["public", "members", "admins"]).get(fold(name))
        return found.path if found else None

    def changes(self, audiences: Collection[str] = EVERYTHING) -> list[tuple[str, str]]:
        """List recent changes: what happened, to which page (by its name of today)."""
        with self.wiki.catalog.reading() as connection:
            rows = history.list_changes(connection, history.ChangeQuery(), audiences)
        return [(row.what, row.current_path) for row in rows]

    def pages(self) -> dict[str, str]:
        """Give the blob of every page, as the catalog knows it."""
        with self.wiki.catalog.reading() as connection:
            return dict(connection.execute(select(tables.pages.c.path, tables.pages.c.blob)).all())

    def pages_in_git(self) -> dict[str, str]:
        """Give the blob of every page, as git knows it."""
        files = self.wiki.store.files(self.wiki.store.tip() or "")
        return {path: blob for file, blob, _ in files if (path := path_of(file))}

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Read every derived row there is, in an order that does not depend on when it was written."""
        found = {}
        with self.wiki.catalog.reading() as connection:
            for table in tables.metadata.sorted_tables:
                if table in LEFT_OUT:
                    continue
                columns = [column for column in table.c if column.name not in NUMBERS]
                rows = [tuple(row) for row in connection.execute(select(*columns))]
                found[table.name] = sorted(rows, key=repr)
            in_order = select(tables.revisions.c.revision, tables.revisions.c.path).order_by(tables.revisions.c.seq)
            found["order of revisions"] = [tuple(row) for row in connection.execute(in_order)]
        return found
