"""Search for a viewer: the index finds, the catalog decides what may be shown and gives the words around."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.catalog import finding, queue
from app.catalog.rows import PageRow
from app.catalog.wiki import Wiki
from app.people import rights
from app.people.viewer import Viewer
from app.wiki.search import Hit, Results
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
class SearchQuery:
    """What somebody searches; `page` counts from 1."""

    text: str
    kind: str | None = None
    space: str | None = None
    page: int = 1
    size: int = PAGE_SIZE


def search(
    wiki: Wiki, viewer: Viewer, query: SearchQuery, of_groups: Collection[str] = ()
) -> tuple[list[Found], Results]:
    """Search among what the viewer may read; facets, counts and suggestions speak of the same pages only.

    `of_groups` are the audiences of groups that the catalog knows.
    """
    with wiki.catalog.reading() as connection:
        hidden = queue.narrowed(connection)
    results = wiki.search.search(
        query.text, audiences=rights.tokens(viewer, of_groups), kind=query.kind, space=query.space,
        lang=wiki.language(), page=query.page, size=query.size, leave_out=hidden,
    )  # fmt: skip
    return _founds(wiki, rights.readable(viewer, of_groups), results), results


def _founds(wiki: Wiki, readable: Collection[str], results: Results) -> list[Found]:
    """Look the hits up in the catalog: what was deleted or hidden since the index was written drops out here."""
    with wiki.catalog.reading() as connection:
        known = finding.texts_of(connection, {hit.path for hit in results.hits}, readable)
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
