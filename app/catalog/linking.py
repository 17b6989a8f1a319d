"""Links between pages: which page a name means, who links here, what is wanted, what nobody links to."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, update

from app.catalog.readers import among
from app.catalog.rows import Target, Wanted
from app.catalog.tables import links, listed, names, pages

CHUNK = 500
SOURCES = 5  # pages named beside a page that is wanted
TITLE = 1  # the kind of name, as in `tables.names`
_RESOLVE = (
    select(names.c.key, names.c.kind, pages.c.path, pages.c.title)
    .join(pages, pages.c.path == names.c.path)
    .where(names.c.key.in_(listed("keys")), pages.c.audience.in_(listed("audiences")))
    .order_by(names.c.kind.desc(), pages.c.path.desc())
)
_NAMES = select(names.c.key, names.c.kind).where(names.c.path == bindparam("path"))
_LINKS = select(links.c.n, links.c.target, links.c.words, links.c.typed).where(links.c.source == bindparam("path"))


def names_of(connection: Connection, paths: Iterable[str]) -> set[str]:
    """Collect the keys that name these pages."""
    found: set[str] = set()
    for chunk in chunks(paths):
        found.update(connection.execute(select(names.c.key).where(names.c.path.in_(chunk))).scalars())
    return found


def targets_of(connection: Connection, paths: Iterable[str]) -> set[str]:
    """Collect the keys that these pages link to."""
    found: set[str] = set()
    for chunk in chunks(paths):
        found.update(connection.execute(select(links.c.target).where(links.c.source.in_(chunk))).scalars())
    return found


def has_same(
    connection: Connection, path: str, keys: Iterable[tuple[str, int]], found: Iterable[Mapping[str, Any]]
) -> bool:
    """Tell whether a page has these names and links already."""
    named = {(row.key, row.kind) for row in connection.execute(_NAMES, {"path": path})}
    linked = {(row.n, row.target, row.words, row.typed) for row in connection.execute(_LINKS, {"path": path})}
    return named == set(keys) and linked == {(one["n"], one["target"], one["words"], one["typed"]) for one in found}


def refresh(connection: Connection, paths: Iterable[str], names_changed: set[str], targets_changed: set[str]) -> None:
    """Work out anew what is wanted and what is linked, where that may have changed.

    `paths` are the pages written anew; of all others, links to a key that came or went may be wanted now or no more,
    and pages that bear a key which came or went among names or targets may be linked now or no more.
    """
    wanted = _is_wanted()
    for chunk in chunks(paths):
        connection.execute(update(links).where(links.c.source.in_(chunk)).values(is_wanted=wanted))
        connection.execute(update(pages).where(pages.c.path.in_(chunk)).values(is_linked=_is_linked()))
    for chunk in chunks(names_changed):
        connection.execute(update(links).where(links.c.target.in_(chunk)).values(is_wanted=wanted))
    for chunk in chunks(names_changed | targets_changed):
        touched = select(names.c.path).where(names.c.key.in_(chunk))
        connection.execute(update(pages).where(pages.c.path.in_(touched)).values(is_linked=_is_linked()))


def refresh_all(connection: Connection) -> None:
    """Work out the same for every link and page, after a rebuild."""
    connection.execute(update(links).values(is_wanted=_is_wanted()))
    connection.execute(update(pages).values(is_linked=_is_linked()))


def _is_wanted():  # type: ignore[no-untyped-def]
    """Is there no page for the link in hand? What a plugin leads somewhere is none; no key of a page has a colon."""
    return ~exists().where(names.c.key == links.c.target) & ~links.c.target.contains(":")


def _is_linked():  # type: ignore[no-untyped-def]
    """Is there a link to the page in hand from another page? (A correlated EXISTS over its names.)"""
    match = names.c.key == links.c.target
    mine = names.c.path == pages.c.path
    return exists().where(mine, match, links.c.source != pages.c.path).correlate(pages)


def resolve(connection: Connection, keys: Sequence[str], audiences: Collection[str]) -> dict[str, Target]:
    """Find the page that each key names, among the pages that the audiences may read.

    A path wins over a title, a title over an alias; among equals the first path in order.
    """
    if not keys:
        return {}
    rows = connection.execute(_RESOLVE, {"keys": json.dumps(keys), "audiences": json.dumps(audiences)})
    return {row.key: Target(row.path, row.title, row.kind == TITLE) for row in rows}


def backlinks(
    connection: Connection, path: str, audiences: Collection[str], limit: int, offset: int = 0
) -> list[tuple[Target, str]]:
    """List the pages that link to a page, with the words of the link."""
    query = (
        select(pages.c.path, pages.c.title, func.min(links.c.words).label("words"))
        .join(links, links.c.source == pages.c.path)
        .join(names, names.c.key == links.c.target)
        .where(names.c.path == path, pages.c.path != path, among(pages.c.audience, audiences))
        .group_by(pages.c.path, pages.c.title)
        .order_by(pages.c.title)
        .limit(limit)
        .offset(offset)
    )
    return [(Target(row.path, row.title), row.words) for row in connection.execute(query)]


def citing(connection: Connection, target: str, audiences: Collection[str], limit: int) -> list[Target]:
    """List the pages with a link such as `mail:ID`."""
    query = (
        select(pages.c.path, pages.c.title)
        .join(links, links.c.source == pages.c.path)
        .where(links.c.target == target, among(pages.c.audience, audiences))
        .distinct()
        .order_by(pages.c.title)
        .limit(limit)
    )
    return [Target(row.path, row.title) for row in connection.execute(query)]


def sources_of(connection: Connection, paths: Iterable[str]) -> set[str]:
    """Name all pages that link to one of these pages, whoever may read them: they are repaired when it moves."""
    found: set[str] = set()
    for chunk in chunks(paths):
        query = select(links.c.source).join(names, names.c.key == links.c.target).where(names.c.path.in_(chunk))
        found.update(connection.execute(query).scalars())
    return found


def list_wanted(connection: Connection, audiences: Collection[str], limit: int, offset: int = 0) -> list[Wanted]:
    """List the pages that are linked to and do not exist, the most wanted first."""
    query = (
        select(links.c.target, func.min(links.c.typed).label("typed"), func.count().label("count"))
        .join(pages, pages.c.path == links.c.source)
        .where(links.c.is_wanted == 1, among(pages.c.audience, audiences))
        .group_by(links.c.target)
        .order_by(func.count().desc(), links.c.target)
        .limit(limit)
        .offset(offset)
    )
    rows = connection.execute(query).all()
    sources = _first_sources(connection, [row.target for row in rows], audiences)
    return [Wanted(row.typed, row.count, tuple(sources[row.target])) for row in rows]


def _first_sources(connection: Connection, targets: list[str], audiences: Collection[str]) -> dict[str, list[Target]]:
    """Name up to five pages that link to each of these targets, in one query for all of them."""
    query = (
        select(links.c.target, pages.c.path, pages.c.title)
        .join(pages, pages.c.path == links.c.source)
        .where(links.c.target.in_(targets), among(pages.c.audience, audiences))
        .order_by(pages.c.title, pages.c.path)
        .distinct()
    )
    found: dict[str, list[Target]] = {target: [] for target in targets}
    for row in connection.execute(query):
        if len(found[row.target]) < SOURCES:
            found[row.target].append(Target(row.path, row.title))
    return found


def write_names(connection: Connection, path: str, keys: Iterable[tuple[str, int]]) -> None:
    """Write the keys of a page."""
    rows = [{"path": path, "key": key, "kind": kind} for key, kind in keys]
    if rows:
        connection.execute(insert(names), rows)


def forget(connection: Connection, paths: Iterable[str]) -> None:
    """Remove the names and links of pages."""
    for chunk in chunks(paths):
        connection.execute(delete(names).where(names.c.path.in_(chunk)))
        connection.execute(delete(links).where(links.c.source.in_(chunk)))


def chunks(values: Iterable[str]) -> Iterable[list[str]]:
    """Cut into lists that fit into one statement's parameters."""
    everything = sorted(values)
    return [everything[start : start + CHUNK] for start in range(0, len(everything), CHUNK)]
