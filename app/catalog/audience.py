"""Who may read a page: its own word, else the nearest folder's (in `<folder>/index.md`), else the site's.

A deleted page is kept from readers by the same rule, and a deleted index still closes what was deleted with it. It is
never open to more people than when it was deleted, whatever its folder says since.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Table, select, update

from app.catalog.catalog import get_fact, set_fact
from app.catalog.describe import own_audience
from app.catalog.linking import chunks
from app.catalog.readers import CLOSED, PUBLIC, meet, opens
from app.catalog.tables import IS_OF_GROUPS, graves, is_below, pages
from app.wiki.frontmatter import parse
from app.wiki.page import INDEX, file_of
from app.wiki.store import Store

SITE = "reading"  # among the facts: who reads the pages of which nothing is said


def of_site(connection: Connection) -> str:
    """Give the audience of pages of which nothing is said."""
    return get_fact(connection, SITE) or PUBLIC


def list_of_groups(connection: Connection) -> list[str]:
    """List the audiences that name groups, of living and of deleted pages."""
    queries = (select(table.c.audience).where(IS_OF_GROUPS).distinct() for table in (pages, graves))
    return sorted({audience for query in queries for audience in connection.execute(query).scalars()})


def change_site(connection: Connection, word: str) -> tuple[set[str], set[str]]:
    """Let pages of which nothing is said be read by others than before; gives pages as `refresh` does."""
    before = _all(connection)
    set_fact(connection, SITE, word)
    refresh_all(connection)
    moved = {place: audience for place, audience in _all(connection).items() if before[place] != audience}
    narrowed = {place[1] for place, audience in moved.items() if opens(before[place], audience)}
    return {path for _, path in moved}, narrowed


def _all(connection: Connection) -> dict[tuple[str, str], str]:
    """Give the audience of everything, by table and path."""
    return {
        (table.name, row.path): row.audience
        for table in (pages, graves)
        for row in connection.execute(select(table.c.path, table.c.audience))
    }


Words = tuple[str | None, str | None]  # what a page said while it lived, and while it lived or was deleted


def refresh(connection: Connection, before: Mapping[str, Words]) -> tuple[set[str], set[str]]:
    """Work out the audience of these pages anew, and of all below those indexes that say another word than before.

    `before` holds the own words that each page had, None where it had none. Gives the pages whose audience became
    another, and those of them that fewer people may read now.
    """
    moved: set[str] = set()
    narrowed: set[str] = set()
    for table in (pages, graves):
        of_folders = _Folders(connection, is_deleted=table is graves)
        for row in _affected(connection, table, before):
            audience = row.own_audience or of_folders.effective(row.path)
            if table is graves:
                audience = meet(audience, row.audience_then)
            if audience == row.audience:
                continue
            connection.execute(update(table).where(table.c.path == row.path).values(audience=audience))
            moved.add(row.path)  # a deleted page may have left files that the search knows
            if opens(row.audience, audience):
                narrowed.add(row.path)
    return moved, narrowed


class _Folders:
    """What folders say, each asked once: a change may bring thousands of pages of one folder."""

    def __init__(self, connection: Connection, *, is_deleted: bool) -> None:
        self._connection, self._is_deleted = connection, is_deleted
        self._known: dict[tuple[str, ...], str] = {}

    def effective(self, path: str) -> str:
        """Give the audience of a page that says none itself."""
        chain = tuple(indexes_above(path))
        if chain not in self._known:
            self._known[chain] = effective(self._connection, path, None, is_deleted=self._is_deleted)
        return self._known[chain]


def _affected(connection: Connection, table: Table, before: Mapping[str, Words]) -> list[Row[Any]]:
    """List the pages themselves, and those below the indexes among them whose own word has changed.

    An index that is deleted rules deleted pages only, so one that dies or comes back has changed for the living.
    """
    now = _own_words(connection, before, of_deleted=table is graves)
    wide = {
        path: folder
        for path, said in before.items()
        if (folder := folder_ruled_by(path)) is not None and now.get(path) != said[table is graves]
    }
    rules = [is_below(table.c.path, folder) for folder in wide.values()]
    rules += [table.c.path.in_(chunk) for chunk in chunks(before.keys() - wide.keys())]
    found = {row.path: row for rule in rules for row in connection.execute(select(table).where(rule))}
    return list(found.values())


def refresh_all(connection: Connection) -> None:
    """Work out the audience of every page, after a rebuild: the folders' words from the top down, then its own."""
    living = dict(connection.execute(_words(pages)).all())
    dead = dict(connection.execute(_words(graves)).all())
    _apply(connection, pages, living)
    _apply(connection, graves, living | dead)
    pair = (graves.c.audience, graves.c.audience_then)
    for now, then in connection.execute(select(*pair).distinct()).all():
        same = (graves.c.audience == now, graves.c.audience_then == then)
        connection.execute(update(graves).where(*same).values(audience=meet(now, then)))


def _apply(connection: Connection, table: Table, words: Mapping[str, str]) -> None:
    connection.execute(update(table).values(audience=of_site(connection)))
    folders = {folder: said for path, said in words.items() if (folder := folder_ruled_by(path)) is not None}
    for folder in sorted(folders, key=len):
        connection.execute(update(table).where(is_below(table.c.path, folder)).values(audience=folders[folder]))
    connection.execute(update(table).where(table.c.own_audience.is_not(None)).values(audience=table.c.own_audience))


def _words(table: Table) -> Any:
    return select(table.c.path, table.c.own_audience).where(table.c.own_audience.is_not(None))


def _own_words(connection: Connection, paths: Iterable[str], *, of_deleted: bool = True) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in (pages, graves) if of_deleted else (pages,):
        for chunk in chunks(paths):
            found.update(connection.execute(_words(table).where(table.c.path.in_(chunk))).all())
    return found


def folder_ruled_by(path: str) -> str | None:
    """Name the folder (with its slash, `""` for all) whose keys stand in this page; None for an ordinary page."""
    if path == INDEX:
        return ""
    return path.removesuffix(INDEX) if path.endswith(f"/{INDEX}") else None


def effective(connection: Connection, path: str, own: str | None, *, is_deleted: bool = False) -> str:
    """Give the audience that holds for a page, living or deleted."""
    if own:
        return own
    chain = indexes_above(path)
    said = _own_words(connection, chain, of_deleted=is_deleted)
    return next((said[index] for index in chain if index in said), None) or of_site(connection)


def in_commit(store: Store, revision: str, path: str) -> str:
    """Give the audience that a page had in a commit.

    What the site said then is not in git: where no page says it, nobody is shut out by this.
    """
    for said_by in (path, *indexes_above(path)):
        content = store.read(file_of(said_by), revision)
        text = content.decode("utf-8", "replace") if content is not None else ""
        if said := own_audience(text, parse(text)):
            return said
    return PUBLIC


def readers_at(connection: Connection, path: str) -> str:
    """Give the audience of a place: of the page there, of the one deleted there, else of the folder."""
    for table in (pages, graves):
        if found := connection.execute(select(table.c.audience).where(table.c.path == path)).scalar():
            return found
    return effective(connection, path, None)


def of_files_left(connection: Connection, path: str) -> str:
    """Give the audience of files without a page: of the page that was deleted there, else the narrowest."""
    return connection.execute(select(graves.c.audience).where(graves.c.path == path)).scalar() or CLOSED


def changed_by_moving(connection: Connection, moved: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Find the pages that others could read after a move, by their paths before it; gives who reads now, and then.

    `moved` gives the new paths. Pages below an index that comes are judged too; `closes_others` sees to one that goes.
    """
    came_from = {new: old for old, new in moved.items()}
    rows = {row.path: row for row in _moved_and_below(connection, moved)}
    chains = {path: indexes_above(moved.get(path, path)) for path in rows}
    places = {index for chain in chains.values() for index in chain}
    # Where the words of these indexes stand now; a path that is left empty has none.
    sources = {index: came_from.get(index, index) for index in places if index in came_from or index not in moved}
    said = _own_words(connection, set(sources.values()), of_deleted=False)
    changed, site = {}, of_site(connection)
    for path, row in rows.items():
        words = (said[sources[index]] for index in chains[path] if sources.get(index) in said)
        if (then := next(words, site)) != row.audience:
            changed[path] = row.audience, then
    return changed


def opened_by_moving(connection: Connection, moved: Mapping[str, str]) -> dict[str, str]:
    """Find the pages that more people could read after a move, by their paths before it; gives who reads now."""
    changed = changed_by_moving(connection, moved)
    return {path: now for path, (now, then) in changed.items() if opens(then, now)}


def _moved_and_below(connection: Connection, moved: Mapping[str, str]) -> Iterable[Row[Any]]:
    """List the pages without a word of their own among those that move, and below the indexes that come."""
    query = select(pages.c.path, pages.c.audience).where(pages.c.own_audience.is_(None))
    for chunk in chunks(moved):
        yield from connection.execute(query.where(pages.c.path.in_(chunk)))
    for new in moved.values():
        if (folder := folder_ruled_by(new)) is not None:
            yield from connection.execute(query.where(is_below(pages.c.path, folder)))


def closed_pages(connection: Connection) -> set[str]:
    """Name the pages that not everybody may read."""
    return set(connection.execute(select(pages.c.path).where(pages.c.audience != PUBLIC)).scalars())


def closes_others(connection: Connection, path: str) -> bool:
    """Tell whether living pages below would be open to more people if this index were gone."""
    folder = folder_ruled_by(path)
    said = _own_words(connection, [path], of_deleted=False).get(path)
    if folder is None or said is None or said == PUBLIC:
        return False
    ruled = select(pages.c.path).where(
        is_below(pages.c.path, folder), pages.c.path != path, pages.c.own_audience.is_(None)
    )
    return connection.execute(ruled.limit(1)).first() is not None


def opens_others(connection: Connection, path: str, said: str) -> bool:
    """Tell whether living pages below would be open to more people if this index came and said so."""
    folder = folder_ruled_by(path)
    if folder is None:
        return False
    ruled = select(pages.c.audience).where(is_below(pages.c.path, folder), pages.c.own_audience.is_(None))
    return any(opens(said, other) for other in connection.execute(ruled.distinct()).scalars())


def has_others_below(connection: Connection, folder: str, but: Collection[str]) -> bool:
    """Tell whether living pages stand in a folder (`""`: anywhere), but for some."""
    below = select(pages.c.path).where(is_below(pages.c.path, folder)).limit(len(but) + 1)
    return any(path not in but for path in connection.execute(below).scalars())


def indexes_above(path: str) -> list[str]:
    """List the index pages of the folders that a page stands in, the nearest first."""
    folders = path.split("/")[:-1]
    above = ["/".join([*folders[:depth], INDEX]) for depth in range(len(folders), -1, -1)]
    return [index for index in above if index != path]
