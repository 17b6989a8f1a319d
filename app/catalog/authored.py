"""Whose changes: the pages that somebody has changed, and the first changes of people who are new here."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select

from app.catalog.history import revision_row
from app.catalog.readers import CLOSED, EVERYTHING, among
from app.catalog.rows import RevisionRow
from app.catalog.tables import graves, is_below, listed, pages, revisions

_AUDIENCE = func.coalesce(pages.c.audience, graves.c.audience)
_PATH = func.coalesce(pages.c.path, graves.c.path)
_TITLE = func.coalesce(pages.c.title, graves.c.title).label("title")


@dataclass(frozen=True, slots=True)
class Reach:
    """Which pages: those of these audiences, in these folders (each with its slash at the end; None: everywhere)."""

    audiences: Collection[str] = EVERYTHING
    folders: tuple[str, ...] | None = None

    def condition(self) -> ColumnElement[bool]:
        """Ask in SQL whether a page, living or deleted, is one of them."""
        may_read = among(_AUDIENCE, self.audiences)
        if self.folders is None:
            return may_read
        return and_(may_read, or_(False, *(is_below(_PATH, folder) for folder in self.folders)))

    @property
    def is_all(self) -> bool:
        """Tell whether there is nothing that is hidden from whoever asks."""
        return self.folders is None and (self.audiences is EVERYTHING or CLOSED in self.audiences)


EVERYWHERE = Reach()


@dataclass(frozen=True, slots=True)
class Whose:
    """Changes by these pseudonyms, made after a second since 1970; `before` is a `seq` to go on from."""

    authors: tuple[str, ...]
    after: int = 0
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Touched:
    """A page that somebody has changed: its lineage, the `seq` of his last change, its size in bytes."""

    lineage: int
    seq: int
    size: int


def list_touched(connection: Connection, whose: Whose, reach: Reach, limit: int) -> list[Touched]:
    """List the pages that somebody has changed, the one that he changed last first.

    Where nothing is hidden from who asks, those are among them that were deleted and written anew since: of them only
    the changes are left.
    """
    own = _lineages(whose)
    query = select(own.c.lineage, own.c.seq, func.coalesce(pages.c.size, 0).label("size")).select_from(own)
    query = _within(query, own, whose, reach).order_by(own.c.seq.desc()).limit(limit)
    return [Touched(row.lineage, row.seq, row.size) for row in connection.execute(query)]


def count_touched(connection: Connection, whose: Whose, reach: Reach) -> int:
    """Count the pages that `list_touched` would list."""
    own = _lineages(whose)
    return connection.execute(_within(select(func.count()).select_from(own), own, whose, reach)).scalar_one()


def _lineages(whose: Whose) -> Any:
    last = select(revisions.c.lineage, func.max(revisions.c.seq).label("seq"))
    theirs = revisions.c.author.in_(whose.authors), revisions.c.at > whose.after
    return last.where(*theirs).group_by(revisions.c.lineage).subquery("own")


def _within(query: Any, own: Any, whose: Whose, reach: Reach) -> Any:
    query = query.outerjoin(pages, pages.c.lineage == own.c.lineage).outerjoin(
        graves, graves.c.lineage == own.c.lineage
    )
    query = query.where(or_(reach.condition(), _PATH.is_(None)) if reach.is_all else reach.condition())
    return query if whose.before is None else query.where(own.c.seq < whose.before)


_CHANGES = (
    select(revisions, _TITLE, _PATH.label("current_path"), pages.c.path.is_not(None).label("exists"))
    .outerjoin(pages, pages.c.lineage == revisions.c.lineage)
    .outerjoin(graves, graves.c.lineage == revisions.c.lineage)
)


def list_by(connection: Connection, whose: Whose, reach: Reach, limit: int) -> list[RevisionRow]:
    """List somebody's changes, the newest first."""
    query = _CHANGES.where(revisions.c.author.in_(whose.authors), revisions.c.at > whose.after, reach.condition())
    if whose.before is not None:
        query = query.where(revisions.c.seq < whose.before)
    return _rows(connection.execute(query.order_by(revisions.c.seq.desc()).limit(limit)))


def list_authors(connection: Connection, since: int) -> list[str]:
    """List who has changed something since."""
    query = select(revisions.c.author).where(revisions.c.at >= since).distinct()
    return list(connection.execute(query).scalars())


def list_first(
    connection: Connection, authors: Iterable[str], number: int, reach: Reach, limit: int
) -> list[RevisionRow]:
    """List the first changes of each of these people, as many as `number`, the newest first.

    All that was changed at once is one change, however many pages moved with it.
    """
    first = func.min(revisions.c.seq)
    commits = (
        select(revisions.c.revision, func.row_number().over(partition_by=revisions.c.author, order_by=first).label("n"))
        .where(revisions.c.author.in_(listed("authors")))
        .group_by(revisions.c.author, revisions.c.revision)
        .subquery()
    )
    early = select(commits.c.revision).where(commits.c.n <= bindparam("number"))
    query = _CHANGES.where(revisions.c.revision.in_(early), reach.condition())
    query = query.order_by(revisions.c.seq.desc()).limit(limit)
    return _rows(connection.execute(query, {"authors": json.dumps(list(authors)), "number": number}))


def _rows(found: Iterable[Any]) -> list[RevisionRow]:
    return [
        replace(revision_row(row), title=row.title, current_path=row.current_path, exists=bool(row.exists))
        for row in found
    ]
