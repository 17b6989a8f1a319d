"""An index page rules its folder: what may not come, go or move because of what it says to the pages below."""

from collections.abc import Collection

from app.catalog import audience, writers
from app.catalog.describe import own_audience, own_editors
from app.catalog.wiki import Session
from app.errors import N_, Invalid, Refused
from app.wiki import frontmatter

RULES = N_("This page says who may change its folder. Ask an administrator.")
STAYS = N_("The home page stays where it is. Change its text instead.")


def check_closes_nothing(session: Session, path: str) -> None:
    """Refuse to take an index away that keeps living pages below it closed."""
    if audience.closes_others(session.connection, path):
        raise Invalid(N_("This page keeps its folder closed. Move or delete the pages below it first."))


def check_rules_nothing(session: Session, path: str) -> None:
    """Refuse to take an index away that says who may change living pages below it."""
    if writers.rules_others(session.connection, path):
        raise Refused(RULES)


def check_rules_no_others(session: Session, path: str, text: str, coming: Collection[str] = ()) -> None:
    """Refuse a text for an index whose words on rights would hold for living pages, but for those that come with it."""
    front = frontmatter.parse(text)
    folder = audience.folder_ruled_by(path)
    if folder is None or not (own_audience(text, front) or own_editors(text, front)):
        return
    if audience.has_others_below(session.connection, folder, {path, *coming}):
        raise Refused(RULES)
