"""A mark of all answers: part of the ETag of every page that holds until something changes.

On this machine the stamp says it already; this is for other machines on the same database, ten seconds later.
"""

from typing import cast

from flask import current_app

from app.answers import counting
from app.database.fresh import Fresh
from app.station import Station
from app.web.kit import station

_KEY = "gare.answers"


def mark() -> str:
    """Give the mark as it is now."""
    here = station()
    known = cast("tuple[Station, Fresh[str]] | None", current_app.extensions.get(_KEY))
    if known is None or known[0] is not here:  # an application may be given another instance
        known = here, Fresh(here.stamp, lambda: _load(here))
        current_app.extensions[_KEY] = known
    return known[1].get()


def _load(here: Station) -> str:
    with here.truth.connect() as connection:
        return counting.mark(connection)
