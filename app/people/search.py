"""Search for a viewer: the index finds, the catalog decides what may be shown and gives the words around."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from app.catalog import finding, queue
from app.catalog.rows import PageRow
from app.catalog.wiki import Wiki
from app.hooks import FoundThing
from app.people import rights
from app.people.viewer import Viewer
from app.wiki.search import NO_LIMITS, Hit, Limits, Results
from app.wiki.snippet import Span, snippet

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Found:
    """One result: a page, or a file (`name`) of one, with the words around what was searched."""

    row: PageRow
    kind: str
    name: str
    spans: tuple[Span, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class FoundElse:
    """One result that is no page: a thing of a plugin, with the words around what was searched."""

    key: str
    kind: str
    thing: FoundThing
    spans: tuple[Span, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What somebody searches; `page` counts from 1. `limits` narrow it to marks and a time."""

    text: str
    kind: str | None = None
    space: str | None = None
    page: int = 1
    size: int = PAGE_SIZE
    limits: Limits = NO_LIMITS


def search(
    wiki: Wiki, viewer: Viewer, query: SearchQuery, of_groups: Collection[str] = ()
) -> tuple[list[Found], Results]:
    """Search among the pages that the viewer may read; facets, counts and suggestions speak of the same pages only.

    `of_groups` are the audiences of groups that the catalog knows.
    """
    results = _ask(wiki, query, rights.tokens(viewer, of_groups))
    return _founds(wiki, rights.readable(viewer, of_groups), results), results


def search_all(
    wiki: Wiki, viewer: Viewer, query: SearchQuery, of_groups: Collection[str] = ()
) -> tuple[list[Found | FoundElse], Results]:
    """Search as `search` does, among the things of plugins too."""
    words = frozenset[str]().union(*(one.audiences(viewer) for one in wiki.hooks.searched()))
    results = _ask(wiki, query, rights.tokens(viewer, of_groups) | words)
    pages = {_key_of(found): found for found in _founds(wiki, rights.readable(viewer, of_groups), results)}
    known = {**pages, **{found.key: found for found in _things(wiki, viewer, results)}}
    return [known[hit.key] for hit in results.hits if hit.key in known], results


def search_own(wiki: Wiki, viewer: Viewer, query: SearchQuery) -> tuple[list[FoundElse], Results]:
    """Search among the things of `query.kind` only."""
    words = frozenset[str]().union(*(one.audiences(viewer) for one in wiki.hooks.searched() if one.kind == query.kind))
    results = _ask(wiki, query, words)
    return _things(wiki, viewer, results), results


def _ask(wiki: Wiki, query: SearchQuery, audiences: frozenset[str]) -> Results:
    with wiki.catalog.reading() as connection:
        hidden = queue.narrowed(connection)
    return wiki.search.search(
        query.text, audiences=audiences, kind=query.kind, space=query.space, lang=wiki.language(),
        page=query.page, size=query.size, leave_out=hidden, limits=query.limits,
    )  # fmt: skip


def _key_of(found: Found) -> str:
    return f"file:{found.row.path}:{found.name}" if found.name else found.row.path


def _things(wiki: Wiki, viewer: Viewer, results: Results) -> list[FoundElse]:
    """Let plugins say what their hits are; what may not be read any more drops out here."""
    things: dict[str, FoundThing] = {}
    for one in wiki.hooks.searched():
        keys = [hit.key for hit in results.hits if hit.key.startswith(one.prefix)]
        if keys:
            things.update(one.found(viewer, keys))
    return [
        FoundElse(hit.key, hit.kind, thing, snippet(thing.text, results.words), datetime.fromtimestamp(thing.at, UTC))
        for hit in results.hits
        if (thing := things.get(hit.key))
    ]


def _founds(wiki: Wiki, readable: Collection[str], results: Results) -> list[Found]:
    """Look the hits up in the catalog: what was deleted or hidden since the index was written drops out here."""
    with wiki.catalog.reading() as connection:
        of_pages = {hit.path for hit in results.hits if is_file(hit) or ":" not in hit.key}
        known = finding.texts_of(connection, of_pages, readable)
        texts = finding.file_texts_of(connection, [_file_of(hit) for hit in results.hits if is_file(hit)])
    founds = []
    for hit in results.hits:
        if hit.path not in known:
            continue
        row, text = known[hit.path]
        name = _file_of(hit)[1] if is_file(hit) else ""
        text = texts.get((hit.path, name), "") if name else text
        founds.append(Found(row, hit.kind, name, snippet(text, results.words), row.edited_at))
    return founds


def is_file(hit: Hit) -> bool:
    """Tell a file from a page by its key: no page path holds a colon, whatever kind a page says that it is."""
    return hit.key.startswith("file:")


def _file_of(hit: Hit) -> tuple[str, str]:
    """Split the key of a file's document: `file:jardins/compost:plan.pdf`."""
    _, page, name = hit.key.split(":", 2)
    return page, name
