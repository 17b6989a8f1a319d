"""How many comments each page has, kept in memory: a page view must not ask another database for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import Engine

from app.comments import reading
from app.database.fresh import Fresh, Stamp


@dataclass(frozen=True, slots=True)
class Counts:
    """By page what is shown and what waits. `mark` is another one when any of them is, in every process the same."""

    of_pages: Mapping[str, tuple[int, int]]
    mark: str

    def of(self, page_id: str | None) -> tuple[int, int]:
        """Give what is shown and what waits of one page."""
        return self.of_pages.get(page_id or "", (0, 0))


def kept(engine: Engine, stamp: Stamp) -> Fresh[Counts]:
    """Count, and count again when the stamp is touched."""

    def load() -> Counts:
        with engine.connect() as connection:
            found = reading.counts(connection)
        return Counts(found, blake2b(repr(sorted(found.items())).encode(), digest_size=8).hexdigest())

    return Fresh(stamp, load)
