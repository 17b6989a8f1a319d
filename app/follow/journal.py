"""What happened, as a reader may know it: changes of pages and comments, found through the door."""

from dataclasses import dataclass

from app.catalog.history import ChangeQuery
from app.catalog.rows import RevisionRow
from app.comments import reading as comments
from app.comments.comment import Comment
from app.errors import NotFound
from app.follow.rhythm import Told
from app.people.viewer import Viewer
from app.station import Station
from app.wiki import frontmatter

MOST = 5000  # changes that one mail is made of; of more, the newest
COMMENTED = "commented"
_DELETED = 100  # pages whose identity is looked up in their last text


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a page. `change` is its number, 0 for a comment; `page_id` is empty where it has none.

    `what` is that of a change, or COMMENTED; `author` a pseudonym, `at` in seconds since 1970.
    """

    what: str
    at: int
    change: int
    author: str
    page_id: str
    path: str
    title: str
    form: str
    exists: bool

    def is_told(self, told: Told) -> bool:
        """Tell whether somebody who has heard up to there knows it."""
        return self.change <= told.change if self.change else self.at <= told.until


def read(station: Station, viewer: Viewer, after: Told, newest: Told) -> list[Happening]:
    """List what happened after one point and up to another, the oldest first."""
    query = ChangeQuery(after=after.change, before=newest.change + 1, limit=MOST)
    changes = station.door.changes(viewer, query)[::-1]
    of_deleted = _ids_of_deleted(station, viewer, changes)
    found = [_change(row, of_deleted.get(row.lineage) or row.page_id) for row in changes]
    return [*found, *_comments(station, viewer, after, newest)]


def _ids_of_deleted(station: Station, viewer: Viewer, changes: list[RevisionRow]) -> dict[int, str]:
    """Give the identities of deleted pages, which their last texts hold, by lineage."""
    gone = {row.lineage: row.current_path for row in changes if not row.exists}
    found = {}
    for lineage, path in list(gone.items())[-_DELETED:]:
        try:
            text = station.door.revision(viewer, path)[2]
        except NotFound:  # another page was deleted at the same place since
            continue
        found[lineage] = frontmatter.parse(text).text("id")
    return found


def _change(row: RevisionRow, page_id: str) -> Happening:
    at = int(row.at.timestamp())
    return Happening(row.what, at, row.seq, row.author, page_id, row.current_path, row.title, row.form, row.exists)


def _comments(station: Station, viewer: Viewer, after: Told, newest: Told) -> list[Happening]:
    with station.truth.connect() as connection:
        said = [one for one in comments.list_since(connection, after.until) if _moment(one) <= newest.until]
    rows = station.door.identified(viewer, {one.page_id for one in said}) if said else {}
    return [
        Happening(COMMENTED, _moment(one), 0, one.pseudonym, one.page_id, row.path, row.title, row.form, True)
        for one in said
        if (row := rows.get(one.page_id))
    ]


def _moment(comment: Comment) -> int:
    return int(comment.at.timestamp())
