"""Number pages through their lives: one lineage follows a page through renames, deletion and return.

A page returns only with the very text that it was deleted with. Any other is a new page, whoever reads it: the history
of the old one is none of theirs, and can be reached no more.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Lineages:
    """Which lineage a path belongs to now (`living`), or belonged to last and with which blob (`dead`).

    `next` is the next free number.
    """

    next: int
    living: dict[str, int] = field(default_factory=dict)
    dead: dict[str, tuple[int, str]] = field(default_factory=dict)

    def born(self, path: str, blob: str) -> tuple[int, bool]:
        """A page appears at a path: gives its lineage, and whether it returns from deletion."""
        if path in self.living:
            return self.living[path], False
        lineage, last_blob = self.dead.pop(path, (0, ""))
        if lineage and last_blob == blob:
            self.living[path] = lineage
            return lineage, True
        self.living[path] = self.next
        self.next += 1
        return self.living[path], False

    def leave(self, path: str) -> int | None:
        """A page moves away: gives the lineage that goes with it, or None when it was not known."""
        return self.living.pop(path, None)

    def arrive(self, path: str, lineage: int) -> int:
        """A page has moved here."""
        self.dead.pop(path, None)  # whoever was buried here has lost the place
        self.living[path] = lineage
        return lineage

    def died(self, path: str, blob: str) -> int | None:
        """A page is deleted: gives its lineage, or None when it was not known."""
        lineage = self.living.pop(path, None)
        if lineage is not None:
            self.dead[path] = lineage, blob
        return lineage
