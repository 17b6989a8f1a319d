"""Find comments: below a page, those that wait, those of somebody, those since a moment.

Nothing here knows who may read a page: whoever asks has found the page through the door.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.comments.comment import DELETED, HIDDEN, SHOWN, WAITING, Comment, comment_of
from app.comments.tables import comments

PAGE = 50  # comments of a list at a time
_answers = aliased(comments)
_stands_at = func.coalesce(comments.c.parent_id, comments.c.id)  # an answer stands with what it answers
_HAS_ANSWERS = select(_answers.c.id).where(_answers.c.parent_id == comments.c.id, _answers.c.state == SHOWN).exists()


@dataclass(frozen=True, slots=True)
class Talk:
    """The comments of one page for one reader: `pseudonym` is his own or empty; a moderator sees hidden ones too."""

    page_id: str
    pseudonym: str
    is_moderator: bool

    def seen(self) -> ColumnElement[bool]:
        """Ask for what this reader sees: also the places of comments that are gone and have answers."""
        own = and_(comments.c.pseudonym == self.pseudonym, comments.c.state.in_((HIDDEN, DELETED)))
        kinds = [comments.c.state == SHOWN, _HAS_ANSWERS]
        kinds += [own] if self.pseudonym else []
        kinds += [comments.c.state == HIDDEN] if self.is_moderator else []
        return and_(comments.c.page_id == self.page_id, or_(*kinds))


def list_page(connection: Connection, talk: Talk, number: int = 1) -> tuple[list[Comment], bool]:
    """List one list page: the newest first, each with its answers in their order; and tell whether there are more."""
    order = (_stands_at.desc(), comments.c.id)
    query = select(comments).where(talk.seen()).order_by(*order).limit(PAGE + 1).offset(PAGE * (number - 1))
    found = _comments(connection, query)
    return found[:PAGE], len(found) > PAGE


def list_one(connection: Connection, talk: Talk, comment: Comment) -> list[Comment]:
    """List a comment with its last answers."""
    query = select(comments).where(talk.seen(), comments.c.parent_id == comment.id).order_by(comments.c.id.desc())
    return [comment, *reversed(_comments(connection, query.limit(PAGE - 1)))]


def number_of(connection: Connection, talk: Talk, comment: Comment) -> int:
    """Give the number of the list page that a comment stands on."""
    place = comment.parent_id or comment.id
    before = or_(_stands_at > place, and_(_stands_at == place, comments.c.id < comment.id))
    count = connection.execute(select(func.count()).select_from(comments).where(talk.seen(), before)).scalar_one()
    return int(count) // PAGE + 1


def find(connection: Connection, number: int) -> Comment | None:
    """Find a comment."""
    row = connection.execute(select(comments).where(comments.c.id == number)).first()
    return comment_of(row) if row else None


def find_of_visitor(connection: Connection, visitor_id: int) -> Comment | None:
    """Find the comment of somebody without an account."""
    row = connection.execute(select(comments).where(comments.c.visitor_id == visitor_id)).first()
    return comment_of(row) if row else None


def pages_waiting(connection: Connection, limit: int = 1000) -> list[str]:
    """Name the pages of which comments wait for a moderator, those that wait longest first."""
    query = select(comments.c.page_id).where(comments.c.state == WAITING).group_by(comments.c.page_id)
    return list(connection.execute(query.order_by(func.min(comments.c.id)).limit(limit)).scalars())


def list_waiting(connection: Connection, page_ids: Collection[str], number: int = 1) -> tuple[list[Comment], bool]:
    """List one list page of what waits below these pages, the oldest first; and tell whether there are more."""
    query = (
        select(comments).where(comments.c.state == WAITING, comments.c.page_id.in_(page_ids)).order_by(comments.c.id)
    )
    found = _comments(connection, query.limit(PAGE + 1).offset(PAGE * (number - 1)))
    return found[:PAGE], len(found) > PAGE


def list_since(connection: Connection, since: int, limit: int = 1000) -> list[Comment]:
    """List what was shown since a moment (seconds since 1970), the oldest first. Ask the door for the pages."""
    query = select(comments).where(comments.c.state == SHOWN, comments.c.shown_at > since)
    return _comments(connection, query.order_by(comments.c.shown_at, comments.c.id).limit(limit))


def counts(connection: Connection) -> dict[str, tuple[int, int]]:
    """Count by page what is shown and what waits."""
    query = select(comments.c.page_id, comments.c.state, func.count()).where(comments.c.state.in_((SHOWN, WAITING)))
    found: dict[str, tuple[int, int]] = {}
    for page_id, state, count in connection.execute(query.group_by(comments.c.page_id, comments.c.state)):
        shown, waiting = found.get(page_id, (0, 0))
        found[page_id] = (count, waiting) if state == SHOWN else (shown, count)
    return found


def _comments(connection: Connection, query: Select[tuple[object, ...]]) -> list[Comment]:
    return [comment_of(row) for row in connection.execute(query)]
