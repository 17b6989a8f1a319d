"""What blocks show of people: groups with those who look after them, who came lately. Part of the ETag of pages.

Kept in memory: for as long as the stamp stands, ten seconds at most for what other machines and commands change.
"""

import time
from dataclasses import dataclass
from typing import cast

from flask import current_app

from app.database.fresh import Fresh
from app.people import arriving, groups
from app.people.groups import Group
from app.station import Station
from app.web.kit import station

_KEY = "gare.board"
LATELY = 30 * 24 * 3600  # seconds
MOST_NEW = 5


@dataclass(frozen=True, slots=True)
class Known:
    """Groups, the names of who looks after each; name and moment (seconds since 1970) of who came lately."""

    groups: tuple[tuple[Group, tuple[str, ...]], ...]
    arrived: tuple[tuple[str, int], ...]


def known() -> Known:
    """Give it as it is now."""
    here = station()
    kept = cast("tuple[Station, Fresh[Known]] | None", current_app.extensions.get(_KEY))
    if kept is None or kept[0] is not here:  # an application may be given another instance
        kept = here, Fresh(here.stamp, lambda: _load(here))
        current_app.extensions[_KEY] = kept
    return kept[1].get()


def _load(here: Station) -> Known:
    with here.truth.connect() as connection:
        referents = groups.list_referents(connection)
        found = tuple((one, tuple(referents.get(one.id, ()))) for one in groups.list_all(connection))
        return Known(found, tuple(arriving.list_new(connection, int(time.time()) - LATELY, MOST_NEW)))
