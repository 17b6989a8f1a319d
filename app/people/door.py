"""The one door: everything that shows, lists, searches, exports or sends a page finds it here, for a viewer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection, Engine

from app.catalog import deleting, editing, fallback, finding, linking, moving, queue
from app.catalog.catalog import CatalogDamaged
from app.catalog.finding import PageQuery
from app.catalog.rows import Body, Grave, PageRow, Target, Wanted
from app.catalog.wiki import Wiki
from app.database.fresh import Fresh, Stamp
from app.errors import N_, NotFound, Refused
from app.people import authors, groups, rights
from app.people import search as searching
from app.people.care_door import CareDoor
from app.people.file_door import MISSING
from app.people.search import Found, FoundElse, SearchQuery
from app.people.viewer import Viewer
from app.wiki.page import INDEX, fold, folders_above, parse_path, title_of_path
from app.wiki.search import Results


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at an address: a page, one that moved, a folder without a page, a deleted page, nothing."""

    kind: Literal["page", "moved", "folder", "deleted", "missing"]
    path: str


class Door(CareDoor):
    """Finds, lists and saves for a viewer. No view calls the store or the catalog itself."""

    def __init__(self, wiki: Wiki, truth: Engine, stamp: Stamp) -> None:
        super().__init__(wiki, truth)
        self._names: Fresh[dict[str, str]] = Fresh(stamp, dict)

    # -- finding -----------------------------------------------------------------------------------------------------
    def view(self, viewer: Viewer, path: str) -> tuple[PageRow, Body, str]:
        """Do as `find_view`; raises NotFound."""
        found = self.find_view(viewer, path)
        if found is None:
            raise NotFound(MISSING)
        return found

    def find_view(self, viewer: Viewer, path: str) -> tuple[PageRow, Body, str] | None:
        """Find a page with its rendered body and the catalog's generation, or None; from git when need be."""
        try:
            with self._wiki.catalog.reading() as connection:
                found = finding.find_view(connection, path, self._readable(viewer))
        except CatalogDamaged:
            return fallback.read_page(self._wiki, path, rights.in_fallback(viewer))
        if found is None or self._wiki.is_current(found[1]):
            return found
        return found[0], self._wiki.render_again(found[0]), found[2]

    def find(self, viewer: Viewer, path: str) -> PageRow:
        """Find a page; raises NotFound, also where the viewer may not know of it."""
        with self._wiki.catalog.reading() as connection:
            return self._find(connection, viewer, path)

    def _find(self, connection: Connection, viewer: Viewer, path: str) -> PageRow:
        row = finding.find_page(connection, path, self._readable(viewer))
        if row is None:
            raise NotFound(MISSING)
        return row

    def locate(self, viewer: Viewer, raw: str) -> Place:
        """Say what stands at an address that is not, letter by letter, a page's path."""
        path = parse_path(raw)
        with self._wiki.catalog.reading() as connection:
            if finding.find_page(connection, path, self._readable(viewer)):
                return Place("page", path)
            if finding.find_page(connection, f"{path}/{INDEX}", self._readable(viewer)):
                return Place("moved", f"{path}/{INDEX}")
            named = linking.resolve(connection, [fold(path)], self._readable(viewer)).get(fold(path))
            if named is not None and not named.is_title:
                return Place("moved", named.path)
            if finding.count_pages(connection, PageQuery(below=f"{path}/"), self._readable(viewer)):
                return Place("folder", path)
            if named is not None:
                return Place("moved", named.path)
            if finding.find_grave(connection, path, self._readable(viewer)):
                return Place("deleted", path)
        return Place("missing", path)

    def grave(self, viewer: Viewer, path: str) -> Grave:
        """Find a deleted page."""
        with self._wiki.catalog.reading() as connection:
            found = finding.find_grave(connection, path, self._readable(viewer))
        if found is None:
            raise NotFound(MISSING)
        return found

    def resolve(self, viewer: Viewer, names: Sequence[str]) -> dict[str, Target]:
        """Find the pages that links name, by key, among those that the viewer may read."""
        with self._wiki.catalog.reading() as connection:
            return linking.resolve(connection, list({fold(name) for name in names}), self._readable(viewer))

    # -- lists -------------------------------------------------------------------------------------------------------

    def list(self, viewer: Viewer, query: PageQuery) -> "list[PageRow]":
        """List pages."""
        with self._wiki.catalog.reading() as connection:
            return finding.list_pages(connection, query, self._readable(viewer))

    def forms(self, viewer: Viewer) -> "list[str]":
        """List the kinds of records that there are."""
        with self._wiki.catalog.reading() as connection:
            return finding.list_forms(connection, self._readable(viewer))

    def count(self, viewer: Viewer, query: PageQuery) -> int:
        """Count pages."""
        with self._wiki.catalog.reading() as connection:
            return finding.count_pages(connection, query, self._readable(viewer))

    def generation(self) -> str:
        """Give a mark that is another one after every change of the wiki."""
        return self._wiki.catalog.generation()

    def spaces(self, viewer: Viewer, generation: str = "") -> "list[tuple[str, str, int]]":
        """List the spaces: folder, title of its home page or, without one, of the folder, number of pages.

        Kept while the generation stands.
        """
        readable = self._readable(viewer)

        def load() -> "list[tuple[str, str, int]]":
            with self._wiki.catalog.reading() as connection:
                counted = finding.list_spaces(connection, readable)
                homes = [f"{space}/{INDEX}" for space, _ in counted]
                titles = finding.titles_of(connection, homes, readable)
            return [(space, titles.get(f"{space}/{INDEX}") or title_of_path(space), count) for space, count in counted]

        return self._memo.get(generation or self.generation(), ("spaces", readable), load)

    def folders(self, viewer: Viewer) -> dict[str, str]:
        """Give the folders, those above them too, each with the title of its home page or `""`. Kept as spaces are."""
        readable = self._readable(viewer)

        def load() -> dict[str, str]:
            with self._wiki.catalog.reading() as connection:
                holding = finding.list_folders(connection, readable)
                homes = {folder: f"{folder}/{INDEX}" for one in holding for folder in folders_above(f"{one}/{INDEX}")}
                titles = finding.titles_of(connection, homes.values(), readable)
            return {folder: titles.get(home, "") for folder, home in homes.items()}

        return self._memo.get(self.generation(), ("folders", readable), load)

    def titles(self, viewer: Viewer, paths: Sequence[str], generation: str = "") -> dict[str, str]:
        """Give the titles of those of these pages that may be read. Kept while the generation stands."""
        readable = self._readable(viewer)

        def load() -> dict[str, str]:
            with self._wiki.catalog.reading() as connection:
                return finding.titles_of(connection, paths, readable)

        return self._memo.get(generation or self.generation(), ("titles", *paths, readable), load)

    def search(self, viewer: Viewer, query: SearchQuery) -> "tuple[list[Found], Results]":
        """Search pages and files."""
        return searching.search(self._wiki, viewer, query, self._of_groups())

    def search_all(self, viewer: Viewer, query: SearchQuery) -> "tuple[list[Found | FoundElse], Results]":
        """Search everything."""
        return searching.search_all(self._wiki, viewer, query, self._of_groups())

    def similar(self, viewer: Viewer, title: str, limit: int = 8) -> "list[PageRow]":
        """List pages whose names contain this one."""
        with self._wiki.catalog.reading() as connection:
            return finding.search_titles(connection, fold(title), self._readable(viewer), limit)

    def backlinks(self, viewer: Viewer, path: str, limit: int = 500) -> "list[tuple[Target, str]]":
        """List the pages that link to a page."""
        with self._wiki.catalog.reading() as connection:
            return linking.backlinks(connection, path, self._readable(viewer), limit)

    def citing(self, viewer: Viewer, target: str, limit: int = 100) -> "list[Target]":
        """List the pages with a link that a plugin leads somewhere, such as `mail:ID`."""
        with self._wiki.catalog.reading() as c:
            return linking.citing(c, target, self._readable(viewer), limit)

    def wanted(self, viewer: Viewer, limit: int, offset: int) -> "list[Wanted]":
        """List pages that are linked to and not written yet."""
        with self._wiki.catalog.reading() as connection:
            return linking.list_wanted(connection, self._readable(viewer), limit, offset)

    def orphans(self, viewer: Viewer, limit: int, offset: int) -> "list[PageRow]":
        """List pages that nobody links to."""
        with self._wiki.catalog.reading() as connection:
            return finding.list_orphans(connection, self._readable(viewer), limit, offset)

    def count_below(self, viewer: Viewer, page: PageRow) -> int:
        """Count the pages below a page."""
        query = PageQuery(below=moving.folder_below(page.path))
        below = 0 if page.path == INDEX else self.count(viewer, query)
        return below - (below > 0 and page.path.endswith(f"/{INDEX}"))

    def is_ready(self) -> bool:
        """Tell whether the catalog can be used."""
        return self._wiki.catalog.is_sound()

    def search_waiting(self) -> int:
        """Count the pages that the search has still to read."""
        with self._wiki.catalog.reading() as connection:
            return queue.length(connection)

    def text(self, viewer: Viewer, path: str) -> tuple[PageRow, str]:
        """Give a page and its whole text."""
        row = self.find(viewer, path)
        return row, self._read(row.blob)

    # -- changing ----------------------------------------------------------------------------------------------------

    def check_new_path(self, viewer: Viewer, path: str) -> None:
        """Refuse a place where `save` would refuse a new page, with the same words."""
        with self._wiki.catalog.reading() as connection:
            editing.check_new_path(connection, path, self._readable(viewer))
        self.check_may_write(viewer, path)
        self._wiki.check_address(path)

    def save(self, viewer: Viewer, edit: editing.Edit, *, keeps_rights: bool = False) -> editing.Outcome:
        """Save a page; raises EditConflict and what `editing.save` raises, Refused to those who may not write.

        With `keeps_rights` the restricted keys stay as they are, whoever saves: an old version must not open a page.
        """
        self.check_may_write_somewhere(viewer)
        if edit.base is None:
            self._wiki.check_address(edit.path)
        self.check_read_first(viewer, edit)
        self.check_stays_closed(viewer, edit.path, edit.text)
        by = self._rights_of(viewer)
        if keeps_rights:
            by |= {"may_administer": False, "spaces": ()}
        return editing.save(self._wiki, replace(edit, **by))

    def rename(self, viewer: Viewer, request: moving.Rename) -> str:
        """Move a page; gives its new path."""
        self.check_may_write_somewhere(viewer)
        request = replace(request, **self._rights_of(viewer))
        following = self._following(request) if request.with_folder else []
        if following and not viewer.is_admin:
            self.find(viewer, request.path)  # nothing is told of a page that is closed
            raise Refused(N_("A group has its pages in this folder. Ask an administrator to move it."))
        below = moving.folder_below(request.path) if request.with_folder else ""
        self.check_may_take(viewer, request.path, parse_path(request.to), below)
        path = moving.rename(self._wiki, request)
        if following:
            with self._truth.begin() as connection:
                for group in following:
                    groups.change(connection, group)
        return path

    def _following(self, request: moving.Rename) -> "list[groups.Group]":
        """List the groups whose folder moves along; raises Conflict, Invalid."""
        old, new = moving.folder_below(request.path), moving.folder_below(parse_path(request.to))
        with self._truth.connect() as connection:
            return groups.moved_along(connection, old, new)

    def delete(self, viewer: Viewer, path: str, author: str, base: str | None = None) -> None:
        """Delete a page; with `base`, only while that is its revision."""
        self.check_may_write_somewhere(viewer)
        self.check_stays_closed(viewer, path, None)
        deleting.delete(
            self._wiki, path, author, self._readable(viewer), base,
            may_administer=rights.may_administer(viewer, path), may_write=self._writes(viewer),
        )  # fmt: skip

    def undelete(self, viewer: Viewer, path: str, author: str) -> None:
        """Bring a deleted page back."""
        self.check_may_write_somewhere(viewer)
        deleting.undelete(
            self._wiki, path, author, self._readable(viewer), self._writes(viewer),
            may_administer=rights.may_administer(viewer, path),
        )  # fmt: skip

    # -- names of people ---------------------------------------------------------------------------------------------

    def author_names(self, pseudonyms: Iterable[str]) -> dict[str, str]:
        """Give the names behind pseudonyms; a pseudonym without one is left out."""
        wanted, known = set(pseudonyms), self._names.get()
        if missing := wanted - known.keys():
            with self._truth.connect() as connection:
                known.update(authors.names_of(connection, missing))
        return {pseudonym: known[pseudonym] for pseudonym in wanted if pseudonym in known}

    def author_of(self, viewer: Viewer, typed_name: str) -> str:
        """Give the pseudonym that a change is signed with: the viewer's own, or that of the typed name."""
        if viewer.pseudonym:
            return viewer.pseudonym
        with self._truth.begin() as connection:
            return authors.author_for_name(connection, typed_name)

    def authors_named(self, name: str) -> tuple[str, ...]:
        """Give the pseudonyms of a name."""
        with self._truth.connect() as connection:
            return authors.find_by_name(connection, name)
