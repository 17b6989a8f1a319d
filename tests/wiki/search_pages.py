"""Pages for the tests of the search."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.wiki.search import Document, Results, SearchIndex

EVERYBODY = frozenset({"public"})
MEMBERS = frozenset({"public", "members"})


def page(path: str, title: str = "", body: str = "", *, tags: Sequence[str] = (), **others: Any) -> Document:
    """Make a public page in French; its path is its key."""
    values: dict[str, Any] = {
        "key": path, "kind": "page", "headings": "", "space": path.partition("/")[0] if "/" in path else "",
        "audience": "public", "lang": "fr", "at": datetime(2026, 3, 1, tzinfo=UTC), "names": (),
    }  # fmt: skip
    return Document(path=path, title=title, body=body, tags=tags, **(values | others))


def index_of(folder: Path, *pages: Document) -> SearchIndex:
    """Make an index of pages in `folder/search`."""
    index = SearchIndex(folder / "search")
    index.update(pages)
    return index


def find(index: SearchIndex, text: str, audiences: frozenset[str] = EVERYBODY, **options: Any) -> list[str]:
    """Give the paths found, in order."""
    return paths(index.search(text, audiences=audiences, **options))


def paths(results: Results) -> list[str]:
    """Give the paths of the hits, in order."""
    return [hit.path for hit in results.hits]
