"""Who may change a page: its own word, else the nearest folder's (in `<folder>/index.md`), else the site's (None).

Words are few, so they are looked up where they are needed; nothing is kept that would have to follow them.
"""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Connection, select

from app.catalog.audience import folder_ruled_by, indexes_above
from app.catalog.readers import MODERATORS
from app.catalog.tables import HAS_EDITORS, is_below, pages
from app.errors import N_, Refused
from app.wiki.page import form_of

MayWrite = Callable[[str | None], bool]  # given the word that holds, None for the site's
READ_ONLY = N_("You may read this page, not change it. Ask those who look after it.")


def anybody(_word: str | None) -> bool:
    """Let everybody write: the program itself, the operator."""
    return True


def list_words(connection: Connection) -> dict[str, str]:
    """Give the own words of all pages that have one."""
    return dict(connection.execute(select(pages.c.path, pages.c.own_editors).where(HAS_EDITORS)).all())


def effective(words: Mapping[str, str], path: str) -> str | None:
    """Give the word that holds for a page, or for a place where none stands; forms say no word."""
    if form_of(path):
        return MODERATORS
    return next((words[one] for one in (path, *indexes_above(path)) if one in words), None)


def check(connection: Connection, paths: Iterable[str], may_write: MayWrite, own: str | None = None) -> None:
    """Refuse to change pages, or to make them; `own` is the word of one that comes back."""
    if may_write is anybody:
        return
    words = list_words(connection)
    if not all(may_write(own or effective(words, path)) for path in paths):
        raise Refused(READ_ONLY)


def rules_others(connection: Connection, path: str) -> bool:
    """Tell whether this index says who may change living pages below it."""
    folder = folder_ruled_by(path)
    if folder is None or path not in list_words(connection):
        return False
    below = select(pages.c.path).where(is_below(pages.c.path, folder), pages.c.path != path)
    return connection.execute(below.limit(1)).first() is not None
