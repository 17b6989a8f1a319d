"""Find and list pages: every query is filtered by the audiences that the reader belongs to."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from app.catalog.linking import chunks
from app.catalog.readers import EVERYTHING, among
from app.catalog.rows import Attachment, Body, Grave, PageRow, moment
from app.catalog.tables import (
    attachments,
    bodies,
    facts,
    file_texts,
    graves,
    is_below,
    is_inside,
    listed,
    names,
    pages,
    tags,
)
from app.wiki.page import INDEX, fold

MAX_ASKED = 200  # letters of a name that is looked for
_GENERATION = select(facts.c.value).where(facts.c.key == "generation").scalar_subquery().label("generation")
# Built once: they run at every page view, and building a statement costs as much as running it.
_PLACE = (pages.c.path == bindparam("path"), pages.c.audience.in_(listed("audiences")))
_PAGE = select(pages).where(*_PLACE)
_ANY_PAGE = select(pages).where(pages.c.path == bindparam("path"))
_FILES = select(func.count()).where(attachments.c.page == pages.c.path).scalar_subquery().label("files")
_VIEW = (
    select(pages, bodies.c.render_key, bodies.c.html, bodies.c.details, _FILES, _GENERATION)
    .join(bodies, bodies.c.path == pages.c.path)
    .where(*_PLACE)
)

_OLDEST = (pages.c.created_at, pages.c.path)  # of pages that have one identity, the one that others copied


@dataclass(frozen=True, slots=True)
class PageQuery:
    """Which pages to list: of a space, with a tag, whose path begins so, last changed since (seconds since 1970).

    Templates and the like, whose paths begin with `_`, are listed where they are asked for: `below` them, or all.
    """

    space: str | None = None
    tag: str | None = None
    below: str | None = None
    with_templates: bool = False
    since: int | None = None
    order: str = "title"  # or "edited"
    limit: int = 100
    offset: int = 0


def find_page(connection: Connection, path: str, audiences: Collection[str]) -> PageRow | None:
    """Find a page by its exact path."""
    if audiences is EVERYTHING:
        row = connection.execute(_ANY_PAGE, {"path": path}).first()
    else:
        row = connection.execute(_PAGE, {"path": path, "audiences": json.dumps(audiences)}).first()
    return page_row(row) if row else None


def find_view(connection: Connection, path: str, audiences: Collection[str]) -> tuple[PageRow, Body, str] | None:
    """Find a page with its rendered body, and the catalog's generation, which changes with every change."""
    row = connection.execute(_VIEW, {"path": path, "audiences": json.dumps(audiences)}).first()
    if row is None:
        return None
    body = Body(row.render_key, row.html, json.loads(row.details), row.files)
    return page_row(row), body, row.generation or ""


def find_by_key(connection: Connection, key: str, audiences: Collection[str]) -> list[PageRow]:
    """List pages whose paths differ from the key by case and accents only."""
    query = select(pages).where(pages.c.key == key, among(pages.c.audience, audiences))
    return [page_row(row) for row in connection.execute(query)]


def list_by_keys(connection: Connection, keys: Collection[str], audiences: Collection[str]) -> list[PageRow]:
    """Do the same for many keys at once."""
    found = []
    for chunk in chunks(set(keys)):
        query = select(pages).where(pages.c.key.in_(chunk), among(pages.c.audience, audiences))
        found += [page_row(row) for row in connection.execute(query)]
    return found


def keys_below(connection: Connection, folder: str) -> set[str]:
    """Give the keys of all pages of a folder (`jardins/`) and those below it, deleted too, whoever may read them."""
    living = connection.execute(select(pages.c.key).where(is_inside(pages.c.path, folder))).scalars()
    dead = connection.execute(select(graves.c.path).where(is_inside(graves.c.path, folder))).scalars()
    return {*living, *map(fold, dead)}


def find_by_id(connection: Connection, page_id: str) -> PageRow | None:
    """Find a page by its identity, whoever may read it."""
    row = connection.execute(select(pages).where(pages.c.id == page_id).order_by(*_OLDEST)).first()
    return page_row(row) if row else None


def list_forms(connection: Connection, audiences: Collection[str]) -> list[str]:
    """List the forms that pages follow."""
    query = select(pages.c.form).where(pages.c.form != "", among(pages.c.audience, audiences)).distinct()
    return list(connection.execute(query.order_by(pages.c.form)).scalars())


def find_by_ids(connection: Connection, ids: Collection[str]) -> dict[str, PageRow]:
    """Find pages by their identities, whoever may read them; of several with one identity, the oldest."""
    found: dict[str, PageRow] = {}
    for chunk in chunks(ids):
        query = select(pages).where(pages.c.id.in_(chunk)).order_by(*_OLDEST)
        for row in connection.execute(query):
            found.setdefault(row.id, page_row(row))
    return found


def find_by_lineage(connection: Connection, lineage: int, audiences: Collection[str]) -> PageRow | None:
    """Find a page wherever it has moved to."""
    query = select(pages).where(pages.c.lineage == lineage, among(pages.c.audience, audiences))
    row = connection.execute(query).first()
    return page_row(row) if row else None


def list_pages(connection: Connection, query: PageQuery, audiences: Collection[str]) -> list[PageRow]:
    """List pages."""
    order = pages.c.edited_at.desc() if query.order == "edited" else pages.c.title_key
    statement = _narrow(select(pages), query, audiences).order_by(order, pages.c.path)
    return [page_row(row) for row in connection.execute(statement.limit(query.limit).offset(query.offset))]


def count_pages(connection: Connection, query: PageQuery, audiences: Collection[str]) -> int:
    """Count pages."""
    return connection.execute(_narrow(select(func.count()).select_from(pages), query, audiences)).scalar_one()


def _narrow(statement: Any, query: PageQuery, audiences: Collection[str]) -> Any:
    statement = statement.where(among(pages.c.audience, audiences))
    if query.space is not None:
        statement = statement.where(pages.c.space == query.space)
    if not query.with_templates and not (query.below or "").startswith("_"):
        statement = statement.where(~pages.c.path.startswith("_", autoescape=True))
    if query.below is not None:
        statement = statement.where(is_below(pages.c.path, query.below))
    if query.since is not None:
        statement = statement.where(pages.c.edited_at >= query.since)
    if query.tag is not None:
        statement = statement.join(tags, tags.c.path == pages.c.path).where(tags.c.tag == query.tag)
    return statement


def list_spaces(connection: Connection, audiences: Collection[str]) -> list[tuple[str, int]]:
    """List the spaces with their number of pages; pages at the top belong to none, `_…` folders are no spaces."""
    query = (
        select(pages.c.space, func.count())
        .where(pages.c.space != "", ~pages.c.space.startswith("_", autoescape=True), among(pages.c.audience, audiences))
        .group_by(pages.c.space)
        .order_by(pages.c.space)
    )
    return [(space, count) for space, count in connection.execute(query)]


def list_folders(connection: Connection, audiences: Collection[str]) -> list[str]:
    """List the folders that pages stand in; `_…` folders are left out, and so are those that hold only folders."""
    # A path without its last segment: SQL does not search from the end, but cuts off there whatever is no slash.
    folder = func.rtrim(pages.c.path, func.replace(pages.c.path, "/", ""))
    query = select(folder).where(
        pages.c.space != "", ~pages.c.space.startswith("_", autoescape=True), among(pages.c.audience, audiences)
    )
    return [found.rstrip("/") for found in connection.execute(query.distinct()).scalars()]


def titles_of(connection: Connection, paths: Iterable[str], audiences: Collection[str]) -> dict[str, str]:
    """Give the titles of those of these pages that may be read."""
    query = select(pages.c.path, pages.c.title).where(pages.c.path.in_(list(paths)), among(pages.c.audience, audiences))
    return {row.path: row.title for row in connection.execute(query)}


def ids_of(connection: Connection, paths: Iterable[str], audiences: Collection[str]) -> dict[str, str]:
    """Give the ids of those of these pages that may be read and have one."""
    found: dict[str, str] = {}
    for chunk in chunks(paths):
        query = select(pages.c.path, pages.c.id).where(pages.c.path.in_(chunk), among(pages.c.audience, audiences))
        found.update((row.path, row.id) for row in connection.execute(query) if row.id)
    return found


def list_orphans(connection: Connection, audiences: Collection[str], limit: int, offset: int = 0) -> list[PageRow]:
    """List pages that no other page links to; records are in the lists of their form, `_…` folders are meant so."""
    query = (
        select(pages)
        .where(pages.c.is_linked == 0, pages.c.form == "", pages.c.path != INDEX, among(pages.c.audience, audiences))
        .where(~pages.c.path.startswith("_", autoescape=True), pages.c.redirect == "")
        .order_by(pages.c.title)
    )
    return [page_row(row) for row in connection.execute(query.limit(limit).offset(offset))]


def search_titles(connection: Connection, key: str, audiences: Collection[str], limit: int) -> list[PageRow]:
    """List pages one of whose names (path, title, alias) contains this key, the shortest first."""
    asked = names.c.key.contains(key[:MAX_ASKED], autoescape=True)  # SQLite takes no pattern over 50 kB
    named = select(names.c.path).where(asked)
    query = (
        select(pages)
        .where(pages.c.path.in_(named), among(pages.c.audience, audiences))
        .where(~pages.c.path.startswith("_", autoescape=True))
        .order_by(func.length(pages.c.title), pages.c.path)
        .limit(limit)
    )
    return [page_row(row) for row in connection.execute(query)]


def texts_of(
    connection: Connection, paths: Collection[str], audiences: Collection[str]
) -> dict[str, tuple[PageRow, str]]:
    """Give row and plain text of pages, for snippets."""
    query = (
        select(pages, bodies.c.text)
        .join(bodies, bodies.c.path == pages.c.path)
        .where(pages.c.path.in_(list(paths)), among(pages.c.audience, audiences))
    )
    return {row.path: (page_row(row), row.text) for row in connection.execute(query)}


def list_attachments(connection: Connection, page: str) -> list[Attachment]:
    """List the files of a page."""
    query = select(attachments).where(attachments.c.page == page).order_by(attachments.c.name)
    return [_attachment(row) for row in connection.execute(query)]


def find_attachment(connection: Connection, page: str, name: str) -> Attachment | None:
    """Find one file of a page."""
    query = select(attachments).where(attachments.c.page == page, attachments.c.name == name)
    row = connection.execute(query).first()
    return _attachment(row) if row else None


def find_grave(connection: Connection, path: str, audiences: Collection[str]) -> Grave | None:
    """Find a deleted page."""
    query = select(graves).where(graves.c.path == path, among(graves.c.audience, audiences))
    row = connection.execute(query).first()
    if row is None:
        return None
    return Grave(
        row.path,
        row.lineage,
        row.title,
        row.audience,
        row.blob,
        row.revision,
        row.deleted_in,
        row.author,
        moment(row.at),
    )


def page_row(row: Row[Any]) -> PageRow:
    """Make a PageRow of a result row that holds the columns of `pages`."""
    return PageRow(
        row.path, row.title, row.space, row.lang, row.form, row.audience, row.lineage, row.id, row.blob, row.revision,
        row.author, moment(row.edited_at), moment(row.created_at), row.size, row.redirect, tuple(json.loads(row.tags)),
    )  # fmt: skip


def _attachment(row: Row[Any]) -> Attachment:
    return Attachment(row.page, row.name, row.oid, row.size, row.author, moment(row.at))


def file_texts_of(connection: Connection, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Give the texts inside files, by page and name."""
    query = select(attachments.c.page, attachments.c.name, file_texts.c.text).join(
        file_texts, file_texts.c.oid == attachments.c.oid
    )
    found = {}
    for page, name in places:
        row = connection.execute(query.where(attachments.c.page == page, attachments.c.name == name)).first()
        if row is not None:
            found[page, name] = row.text
    return found
