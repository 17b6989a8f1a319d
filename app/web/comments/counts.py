"""How many comments a page has, for its foot; part of the ETag of every answer that holds until something changes."""

from types import SimpleNamespace
from typing import cast

from flask import current_app

from app.catalog.rows import PageRow
from app.comments.counts import Counts, kept
from app.database.fresh import Fresh
from app.people.viewer import Viewer
from app.station import Station
from app.web.kit import door, is_fallback, station, viewer

_KEY = "gare.comments"


def counts() -> Counts:
    """Give the counts as they are now."""
    here, known = station(), cast("tuple[Station, Fresh[Counts]] | None", current_app.extensions.get(_KEY))
    if known is None or known[0] is not here:  # an application may be given another instance
        known = here, kept(here.truth, here.stamp)
        current_app.extensions[_KEY] = known
    return known[1].get()


def may_comment(reader: Viewer) -> bool:
    """Tell whether somebody may comment on what he may read."""
    who = station().settings.get().comments
    return who == "all" or (who == "members" and reader.is_signed_in)


def foot(page: PageRow) -> SimpleNamespace | None:
    """Give what the foot of a page says of its comments; None where there is nothing to say."""
    if is_fallback() or station().settings.get().comments == "off":
        return None
    shown, waiting = counts().of(page.id)
    waiting = waiting if door().may_administer(viewer(), page.path) else 0
    return SimpleNamespace(shown=shown, waiting=waiting) if shown or waiting or may_comment(viewer()) else None
