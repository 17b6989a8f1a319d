"""The part of the door by which whoever looks after pages finds what has aged of them."""

from app.catalog import ageing
from app.catalog.ageing import Aged
from app.catalog.rows import PageRow
from app.people.authors import SYSTEM
from app.people.life_door import LifeDoor
from app.people.viewer import Viewer


class CareDoor(LifeDoor):
    """Lists pages that a viewer looks after and may read; each list says how many there are without its limit."""

    def untouched(self, viewer: Viewer, before: int, limit: int) -> "tuple[list[PageRow], int]":
        """List the pages that nobody has changed since a second since 1970, the oldest first."""
        with self._wiki.catalog.reading() as connection:
            return ageing.list_untouched(connection, self._reach(viewer), before, limit, SYSTEM)

    def hollow(self, viewer: Viewer, limit: int) -> "tuple[list[Aged], int]":
        """List the pages with headings below which nothing stands."""
        with self._wiki.catalog.reading() as connection:
            return ageing.list_hollow(connection, self._reach(viewer), limit)

    def broken(self, viewer: Viewer, limit: int) -> "tuple[list[Aged], int]":
        """List the pages whose links lead nowhere."""
        hooks = self._wiki.hooks
        words = [plugin.word for plugin in hooks.plugins if hooks.is_on(plugin)]
        with self._wiki.catalog.reading() as connection:
            return ageing.list_broken(
                connection, self._reach(viewer), limit, words, lambda target: hooks.keeper(target) is not None
            )

    def who_knows(self, rows: "list[PageRow]") -> dict[str, str]:
        """Name, by path, the pseudonym of who changed each of these pages most often; nobody of what the site made."""
        with self._wiki.catalog.reading() as connection:
            found = ageing.who_knows(connection, {row.lineage for row in rows}, SYSTEM)
        return {row.path: found[row.lineage] for row in rows if row.lineage in found}
