"""The part of the door by which pages are found by their identity, which outlives every name that they have."""

from collections.abc import Collection

from app.catalog import editing, finding
from app.catalog.editing import Edit
from app.catalog.readers import EVERYTHING
from app.catalog.rows import PageRow
from app.errors import N_, Invalid
from app.people.authors import SYSTEM
from app.people.history_door import HistoryDoor
from app.people.viewer import Viewer
from app.wiki.page import new_id

MOST_NUMBERED = 50  # pages of one name are numbered; those after them get signs of their own
_NO_IDENTITY = N_("This page has no fixed name yet. Open it in the editor and save it once.")


class IdentityDoor(HistoryDoor):
    """Finds pages by the `id` in their heads, for a viewer."""

    def identified(self, viewer: Viewer, ids: Collection[str]) -> dict[str, PageRow]:
        """Find the living pages of these ids that may be read. Of a page and its copy, only the older one counts."""
        with self._wiki.catalog.reading() as connection:
            found = finding.find_by_ids(connection, ids)
        readable = self._readable(viewer)
        return {page_id: row for page_id, row in found.items() if row.audience in readable}

    def is_own_id(self, page: PageRow) -> bool:
        """Tell whether a page has an id that no older page has: a copy that was pushed has another's."""
        if not page.id:
            return False
        with self._wiki.catalog.reading() as connection:
            owner = finding.find_by_id(connection, page.id)
        return owner is not None and owner.path == page.path

    def identify(self, page: PageRow) -> str:
        """Give the id of a page that was found; one that came without, by a push, gets it now. Raises Invalid."""
        if page.id and self.is_own_id(page):
            return page.id
        try:
            editing.save(self._wiki, Edit(page.path, self._read(page.blob), page.revision, SYSTEM))
        except Invalid:
            raise Invalid(_NO_IDENTITY) from None
        with self._wiki.catalog.reading() as connection:
            found = finding.find_page(connection, page.path, [page.audience])
        if found is None or not found.id or not self.is_own_id(found):
            raise Invalid(_NO_IDENTITY)
        return found.id

    def keys_below(self, folder: str) -> set[str]:
        """Give the keys of all pages of a folder and below it: it tells, as `free_path` does, that names are taken."""
        with self._wiki.catalog.reading() as connection:
            return finding.keys_below(connection, f"{folder}/")

    def ids_at(self, viewer: Viewer, paths: Collection[str]) -> dict[str, str]:
        """Give the ids of the pages that stand at these paths and may be read."""
        with self._wiki.catalog.reading() as connection:
            return finding.ids_of(connection, paths, self._readable(viewer))

    def free_path(self, wanted: str) -> str:
        """Give a path where no page stands, nor was deleted: the wanted one, else with a number at its end.

        It is worked out of all pages, whoever may read them: of the others this tells that a name is taken.
        """
        with self._wiki.catalog.reading() as connection:
            for number in range(1, MOST_NUMBERED):
                path = wanted if number == 1 else f"{wanted}-{number}"
                if not editing.find_twins(connection, path) and not finding.find_grave(connection, path, EVERYTHING):
                    return path
        return f"{wanted}-{new_id()}"
