"""Whose changes: the pages that somebody has changed, and the first changes of people who are new here."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, false, func, or_, select, true

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
        return and_(among(_AUDIENCE, self.audiences), self.holds(_PATH))

    def holds(self, path: ColumnElement[str]) -> ColumnElement[bool]:
        """Ask in SQL whether a path lies in these folders."""
        if self.folders is None:
            return true()
        return or_(false(), *(is_below(path, folder) for folder in self.folders))

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

    Those are among them that were deleted and written anew since, of which only the changes are left: where nothing is
    hidden from who asks, and in the folders that he looks after. Whether he may read them is not known here.
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
    reached = reach.condition()
    if reach.is_all or reach.folders is not None:
        last = select(revisions.c.path).where(revisions.c.lineage == own.c.lineage).order_by(revisions.c.seq.desc())
        reached = or_(reached, and_(_PATH.is_(None), reach.holds(last.limit(1).scalar_subquery())))
    query = query.where(reached)
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
    return list(_rows(connection.execute(query.order_by(revisions.c.seq.desc()).limit(limit))))


@dataclass(frozen=True, slots=True)
class First:
    """The first changes of each of these people, as many as `number`; of them those that are asked for."""

    authors: Collection[str]
    number: int
    is_asked: Callable[[RevisionRow], bool]


def list_first(connection: Connection, first: First, reach: Reach, limit: int) -> list[RevisionRow]:
    """List first changes, the newest first.

    All that was changed at once is one change, however many pages moved with it.
    """
    began = func.min(revisions.c.seq)
    commits = (
        select(revisions.c.revision, func.row_number().over(partition_by=revisions.c.author, order_by=began).label("n"))
        .where(revisions.c.author.in_(listed("authors")))
        .group_by(revisions.c.author, revisions.c.revision)
        .subquery()
    )
    early = select(commits.c.revision).where(commits.c.n <= bindparam("number"))
    query = _CHANGES.where(revisions.c.revision.in_(early), reach.condition())
    values = {"authors": json.dumps(list(first.authors)), "number": first.number}
    rows = _rows(connection.execute(query.order_by(revisions.c.seq.desc()), values))
    return list(islice(filter(first.is_asked, rows), limit))


def _rows(found: Iterable[Any]) -> Iterator[RevisionRow]:
    for row in found:
        yield replace(revision_row(row), title=row.title, current_path=row.current_path, exists=bool(row.exists))
