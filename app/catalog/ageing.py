"""Pages that have aged: nobody touched them for long, their links lead nowhere, nothing stands below a heading."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, text

from app.catalog.authored import Reach
from app.catalog.finding import page_row
from app.catalog.readers import among
from app.catalog.rows import PageRow
from app.catalog.tables import IS_HOLLOW, bodies, links, listed, pages, revisions

# Written out, as in `tables`: with a parameter SQLite would not use the index of these rows.
_IS_WANTED = text("links.is_wanted = 1")


@dataclass(frozen=True, slots=True)
class Gap:
    """A heading with nothing below it; `section` is the number to edit it by, 0 where it cannot be edited alone."""

    words: str
    anchor: str
    section: int


@dataclass(frozen=True, slots=True)
class Aged:
    """A page and what has aged of it: its gaps, or what its links name that is not there, as typed."""

    path: str
    title: str
    gaps: tuple[Gap, ...] = ()
    missing: tuple[str, ...] = ()


def _seen(reach: Reach) -> ColumnElement[bool]:
    """Ask for pages in reach; those of `_…` folders are patterns of pages."""
    own = ~pages.c.path.startswith("_", autoescape=True)
    return and_(among(pages.c.audience, reach.audiences), reach.holds(pages.c.path), own)


def list_untouched(
    connection: Connection, reach: Reach, before: int, limit: int, nobody: str
) -> tuple[list[PageRow], int]:
    """List the pages that were last changed before a second since 1970, the oldest first; says how many there are.

    Records are left out: whoever made one is asked whether it is right still, and minutes stay as they were. So are
    pages of `nobody`, the program: they are as they came.
    """
    is_own = and_(pages.c.form == "", pages.c.redirect == "", pages.c.author != nobody)
    old = (pages.c.edited_at < before, is_own, _seen(reach))
    query = select(pages).where(*old).order_by(pages.c.edited_at, pages.c.path).limit(limit)
    count = connection.execute(select(func.count()).select_from(pages).where(*old)).scalar_one()
    return [page_row(row) for row in connection.execute(query)], count


def list_hollow(connection: Connection, reach: Reach, limit: int) -> tuple[list[Aged], int]:
    """List the pages with headings that have nothing below them, by title; says how many there are.

    Records are left out: the headings of minutes wait for the meeting.
    """
    hollow = pages.c.path.in_(select(bodies.c.path).where(IS_HOLLOW))
    titles, count = _titles(connection, limit, hollow, pages.c.form == "", _seen(reach))
    rows = connection.execute(select(bodies.c.path, bodies.c.hollow).where(bodies.c.path.in_(listed("paths"))),
                              {"paths": json.dumps(list(titles))})  # fmt: skip
    gaps = {row.path: tuple(Gap(*gap) for gap in json.loads(row.hollow)) for row in rows}
    return [Aged(path, title, gaps=gaps.get(path, ())) for path, title in titles.items()], count


def list_broken(
    connection: Connection, reach: Reach, limit: int, keepers: Sequence[str], is_kept: Callable[[str], bool]
) -> tuple[list[Aged], int]:
    """List the pages with links to pages that are not there, by title; says how many there are.

    `keepers` are first words of addresses that plugins have, `is_kept` tells whether such an address is no page.
    """
    kept = [target for word in keepers for target in _targets_below(connection, word) if is_kept(target)]
    named_so = func.json_each(json.dumps(kept)).table_valued("value")  # one parameter, however many they are
    broken = and_(_IS_WANTED, links.c.target.not_in(select(named_so.c.value)))
    titles, count = _titles(connection, limit, pages.c.path.in_(select(links.c.source).where(broken)), _seen(reach))
    named = select(links.c.source, links.c.target, links.c.typed).where(broken, links.c.source.in_(listed("paths")))
    typed: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(named.order_by(links.c.source, links.c.n), {"paths": json.dumps(list(titles))}):
        typed[row.source].setdefault(row.target, row.typed)
    return [Aged(path, title, missing=tuple(typed[path].values())) for path, title in titles.items()], count


def _titles(connection: Connection, limit: int, *which: ColumnElement[bool]) -> tuple[dict[str, str], int]:
    """Give the paths and titles of the first pages of a list, and how many there are; read once for both."""
    query = select(pages.c.path, pages.c.title, func.count().over().label("count")).where(*which)
    rows = connection.execute(query.order_by(pages.c.title_key, pages.c.path).limit(limit)).all()
    return {row.path: row.title for row in rows}, rows[0].count if rows else 0


def _targets_below(connection: Connection, word: str) -> Iterable[str]:
    inside = and_(links.c.target >= f"{word}/", links.c.target < f"{word}0")  # 0 comes next after the slash
    query = select(links.c.target).where(_IS_WANTED, or_(links.c.target == word, inside)).distinct()
    return connection.execute(query).scalars()


_WRITERS = (
    select(revisions.c.lineage, revisions.c.author)
    .where(revisions.c.lineage.in_(listed("lineages")))
    .group_by(revisions.c.lineage, revisions.c.author)
    .order_by(func.count(), func.max(revisions.c.seq))
)


def who_knows(connection: Connection, lineages: Collection[int], nobody: str) -> dict[int, str]:
    """Name, by lineage, the pseudonym that changed a page most often; of equals the one who did last. Not `nobody`."""
    rows = connection.execute(_WRITERS, {"lineages": json.dumps(sorted(lineages))})
    return {row.lineage: row.author for row in rows if row.author != nobody}
