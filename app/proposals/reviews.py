"""Read the first changes of newcomers again after publication: whose wait, what was found good, taking all back."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select

from app.catalog.authored import First
from app.catalog.rows import RevisionRow
from app.catalog.taking_back import TakeBack, TakenBack
from app.database.settings import Settings
from app.people.authors import SYSTEM
from app.people.door import Door
from app.people.tables import accounts, authors
from app.people.viewer import Viewer
from app.people.visitor_tables import visitors
from app.proposals.review_tables import reviewed

NUMBERS = ("0", "3", "10", "30")  # how many first changes may be read again
SECONDS = 8.0  # that one press may take before the rest waits for the next
MOST = 500  # changes that are listed at most

Marks = Mapping[tuple[str, str], int]  # by pseudonym and folder: until when all was found good


def rule_of(settings: Settings, number: str) -> dict[str, str]:
    """Give the settings by which the first changes of whoever comes from now on are read again; `0`: nobody's."""
    since = settings.review_since if number != "0" and settings.review_first != "0" else str(int(time.time()))
    return {"review_first": number, "review_since": since}


def list_newcomers(connection: Connection, since: int) -> set[str]:
    """Choose those who came since, in seconds since 1970.

    Administrators are not read again, nor are visitors: what they propose was read before it was published.
    """
    read_before = select(visitors.c.pseudonym).union(select(accounts.c.pseudonym).where(accounts.c.is_admin))
    query = select(authors.c.pseudonym).where(authors.c.created_at >= since, authors.c.pseudonym.not_in(read_before))
    return set(connection.execute(query).scalars())


def load_marks(connection: Connection, pseudonyms: Collection[str] | None = None) -> Marks:
    """Give until when the changes of these people (None: of all) were found good, and where."""
    query = select(reviewed)
    rows = connection.execute(query if pseudonyms is None else query.where(reviewed.c.pseudonym.in_(pseudonyms)))
    return {(row.pseudonym, row.folder): row.until for row in rows}


def mark(connection: Connection, viewer: Viewer, pseudonym: str, until: int) -> None:
    """Keep that somebody's changes were found good, everywhere or in the folders that the viewer looks after."""
    for folder in _folders(viewer):
        place = (reviewed.c.pseudonym == pseudonym, reviewed.c.folder == folder)
        before = connection.execute(select(reviewed.c.until).where(*place)).scalar() or 0
        connection.execute(delete(reviewed).where(*place))
        row = {"pseudonym": pseudonym, "folder": folder, "until": max(before, until), "by": viewer.pseudonym or ""}
        connection.execute(insert(reviewed), row)


def _folders(viewer: Viewer) -> tuple[str, ...]:
    return ("",) if viewer.is_admin else viewer.spaces


def found_good_until(marks: Marks, viewer: Viewer, pseudonym: str) -> int:
    """Give until when all that the viewer reaches of somebody was found good; 0 where nothing was."""
    everywhere = marks.get((pseudonym, ""), 0)
    return min(max(everywhere, marks.get((pseudonym, folder), 0)) for folder in _folders(viewer))


def _unread_by(marks: Marks) -> Callable[[RevisionRow], bool]:
    """Give the question whether nobody has found a change good yet."""
    by_author: dict[str, list[tuple[str, int]]] = {}
    for (pseudonym, folder), until in marks.items():
        by_author.setdefault(pseudonym, []).append((folder, until))

    def is_unread(row: RevisionRow) -> bool:
        known = by_author.get(row.author, ())
        return not any(row.current_path.startswith(folder) and row.at.timestamp() <= until for folder, until in known)

    return is_unread


def list_waiting(connection: Connection, door: Door, viewer: Viewer, settings: Settings) -> list[RevisionRow]:
    """List the first changes of newcomers that nobody has found good yet, the newest first, as far as he reaches."""
    number, since = int(settings.review_first), int(settings.review_since)
    door.check_moderates(viewer)
    if not number:
        return []
    newcomers = list_newcomers(connection, since) - {viewer.pseudonym, SYSTEM}
    is_unread = _unread_by(load_marks(connection))
    return door.first_changes(viewer, First(newcomers, number, is_unread), MOST)


def take_back(door: Door, viewer: Viewer, request: TakeBack, seconds: float = SECONDS) -> TakenBack:
    """Take back somebody's changes, for a few seconds; what is left then waits for the next press."""
    end = time.monotonic() + seconds
    done = door.take_back(viewer, request)
    while done.before is not None and time.monotonic() < end:
        more = door.take_back(viewer, replace(request, whose=replace(request.whose, before=done.before)))
        done = TakenBack(done.pages + more.pages, (*done.left, *more.left), more.before, more.waiting)
    return done
