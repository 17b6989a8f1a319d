"""What pages that come with the program do not say themselves: the private fields of the demo's records."""

from collections.abc import Sequence

from sqlalchemy import Engine

from app.catalog import finding
from app.catalog.readers import EVERYTHING
from app.catalog.wiki import Wiki
from app.records import private
from app.shipped.content import Content


def keep(wiki: Wiki, truth: Engine, content: Content, paths: Sequence[str] | None = None) -> None:
    """Keep the private fields of these pages, of all where none are named; where a page has some, they stay."""
    wanted = content.private if paths is None else content.only(paths).private
    with wiki.catalog.reading() as connection:
        found = {path: finding.find_page(connection, path, EVERYTHING) for path in wanted}
    ids = {path: page.id for path, page in found.items() if page and page.id}
    with truth.begin() as connection:
        known = private.load(connection, list(ids.values()))
        for path, page_id in ids.items():
            if page_id not in known:
                private.store(connection, page_id, wanted[path])
