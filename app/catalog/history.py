"""The history of a page and of the whole wiki, as the reader may see it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select, union

from app.catalog.readers import among
from app.catalog.rows import RevisionRow, moment
from app.catalog.tables import graves, is_inside, pages, revisions

FEW = 2000  # changes that are sorted in a few thousandths of a second
TEXT_CHANGES = ("created", "edited", "renamed", "restored")


@dataclass(frozen=True, slots=True)
class ChangeQuery:
    """Which changes to list: `before` and `after` are numbers of changes (`seq`), `authors` are pseudonyms."""

    space: str | None = None
    authors: tuple[str, ...] = ()
    before: int | None = None
    after: int | None = None
    since: int | None = None
    limit: int = 50


def page_history(connection: Connection, lineage: int, *, before: int | None, limit: int) -> list[RevisionRow]:
    """List the changes of one page through its renames, the newest first."""
    query = select(revisions).where(revisions.c.lineage == lineage)
    if before is not None:
        query = query.where(revisions.c.seq < before)
    return [revision_row(row) for row in connection.execute(query.order_by(revisions.c.seq.desc()).limit(limit))]


def count_history(connection: Connection, lineage: int) -> int:
    """Count the changes of a page."""
    query = select(func.count()).select_from(revisions).where(revisions.c.lineage == lineage)
    return connection.execute(query).scalar_one()


def find_revision(connection: Connection, lineage: int, revision: str) -> RevisionRow | None:
    """Find the text that a page had after a commit: the change made in it, or the last one before."""
    seq = connection.execute(select(func.max(revisions.c.seq)).where(revisions.c.revision == revision)).scalar()
    if seq is None:
        return None
    query = (
        select(revisions)
        .where(revisions.c.lineage == lineage, revisions.c.seq <= seq, revisions.c.what.in_(TEXT_CHANGES))
        .order_by(revisions.c.seq.desc())
    )
    row = connection.execute(query.limit(1)).first()
    return revision_row(row) if row else None


def find_lineage(connection: Connection, path: str, revision: str) -> int | None:
    """Find the lineage of the page that stood at a path when a commit was made."""
    seq = select(func.max(revisions.c.seq)).where(revisions.c.revision == revision).scalar_subquery()
    query = select(revisions.c.lineage).where(revisions.c.path == path, revisions.c.seq <= seq)
    return connection.execute(query.order_by(revisions.c.seq.desc()).limit(1)).scalar()


def list_lineages(connection: Connection, path: str) -> list[int]:
    """List the lineages of the pages that stand or were deleted at a path."""
    queries = (select(table.c.lineage).where(table.c.path == path) for table in (pages, graves))
    return [number for query in queries for number in connection.execute(query).scalars()]


def list_paths(connection: Connection, lineages: Collection[int]) -> list[str]:
    """List the paths that these pages had."""
    query = select(revisions.c.path).where(revisions.c.lineage.in_(lineages)).distinct()
    return list(connection.execute(query).scalars())


def find_before(connection: Connection, lineage: int, seq: int) -> RevisionRow | None:
    """Find the text change before another one."""
    query = (
        select(revisions)
        .where(revisions.c.lineage == lineage, revisions.c.seq < seq, revisions.c.what.in_(TEXT_CHANGES))
        .order_by(revisions.c.seq.desc())
    )
    row = connection.execute(query.limit(1)).first()
    return revision_row(row) if row else None


def find_detached(connection: Connection, lineage: int, name: str) -> RevisionRow | None:
    """Find the change that last took a file of this name away from a page."""
    query = select(revisions).where(
        revisions.c.lineage == lineage, revisions.c.what == "detached", revisions.c.file == name
    )
    row = connection.execute(query.order_by(revisions.c.seq.desc()).limit(1)).first()
    return revision_row(row) if row else None


def list_texts(connection: Connection, lineage: int, limit: int) -> list[RevisionRow]:
    """List the text changes of a page, the oldest first; the last `limit` of them."""
    query = (
        select(revisions)
        .where(revisions.c.lineage == lineage, revisions.c.what.in_(TEXT_CHANGES))
        .order_by(revisions.c.seq.desc())
        .limit(limit)
    )
    return [revision_row(row) for row in connection.execute(query)][::-1]


def list_changes(connection: Connection, query: ChangeQuery, audiences: Collection[str]) -> list[RevisionRow]:
    """List the last changes of all pages that the audiences may read, deleted ones included."""
    title = func.coalesce(pages.c.title, graves.c.title).label("title")
    path = func.coalesce(pages.c.path, graves.c.path).label("current_path")
    statement = (
        select(revisions, title, path, pages.c.path.is_not(None).label("exists"), pages.c.id, pages.c.form)
        .outerjoin(pages, pages.c.lineage == revisions.c.lineage)
        .outerjoin(graves, graves.c.lineage == revisions.c.lineage)
        .where(among(func.coalesce(pages.c.audience, graves.c.audience), audiences))
        .order_by(revisions.c.seq.desc())
        .limit(query.limit)
    )
    if query.before is not None:
        statement = statement.where(revisions.c.seq < query.before)
    if query.after is not None:
        statement = statement.where(revisions.c.seq > query.after)
    if query.since is not None:
        statement = statement.where(revisions.c.at >= query.since)
    if query.authors:
        statement = statement.where(revisions.c.author.in_(query.authors))
    if query.space:
        statement = statement.where(_is_inside(connection, f"{query.space}/"))
    return [_change(row) for row in connection.execute(statement)]


def _is_inside(connection: Connection, folder: str) -> ColumnElement[bool]:
    """Ask in SQL whether a change is of a page of a folder, living or deleted.

    Where there are few changes, they are looked up page by page; else all are read from the newest on, until enough
    are found.
    """
    lineages = union(*(select(table.c.lineage).where(is_inside(table.c.path, folder)) for table in (pages, graves)))
    changes = select(revisions.c.seq).where(revisions.c.lineage.in_(lineages)).limit(FEW + 1)
    is_few = len(connection.execute(changes).all()) <= FEW
    lineage = revisions.c.lineage if is_few else revisions.c.lineage + 0  # a sum is in no index
    return lineage.in_(lineages)


def newest(connection: Connection, until: int | None = None) -> int:
    """Give the number of the last change, until a moment (seconds since 1970); 0 where there is none."""
    query = select(func.max(revisions.c.seq))
    return connection.execute(query if until is None else query.where(revisions.c.at <= until)).scalar() or 0


def _change(row: Row[Any]) -> RevisionRow:
    now = (row.title, row.current_path or row.path, bool(row.exists), row.id or "", row.form or "")
    return RevisionRow(*_fields(row), *now)


def revision_row(row: Row[Any]) -> RevisionRow:
    """Make a RevisionRow of a result row that holds the columns of `revisions`."""
    return RevisionRow(*_fields(row), "", row.path)


def _fields(row: Row[Any]) -> tuple[Any, ...]:
    return (
        row.seq, row.revision, row.lineage, row.path, row.old_path, row.what, row.file, row.blob, row.author,
        moment(row.at), row.summary, row.size, row.delta,
    )  # fmt: skip
