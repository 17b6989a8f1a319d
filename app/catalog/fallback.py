"""Read a page straight from git while the catalog is being rebuilt: slower, without lists, by the same rights."""

import json
from collections.abc import Collection

from app.catalog import audience
from app.catalog.describe import describe, own_audience
from app.catalog.readers import holds
from app.catalog.rows import Body, PageRow, moment
from app.catalog.wiki import Wiki
from app.wiki.frontmatter import parse
from app.wiki.page import file_of

NEVER = moment(0)
FALLBACK = "fallback"  # the generation of what is read this way


def read_page(wiki: Wiki, path: str, tokens: Collection[str]) -> tuple[PageRow, Body, str] | None:
    """Find a page as `finding.find_view` does, without the catalog; `tokens` are the reader's words.

    Who changed it last, and when, is not known.
    """
    tip = wiki.store.tip()
    content = wiki.store.read(file_of(path), tip) if tip else None
    if tip is None or content is None:
        return None
    text = content.decode("utf-8", "replace")
    described = describe(path, text, wiki.render(path, text), wiki.language())
    page = described.page
    readers = page["own_audience"] or _folder_audience(wiki, path, tip)
    if not holds(readers, tokens):
        return None
    row = PageRow(
        path, page["title"], page["space"], page["lang"], page["form"], readers, 0, page["id"], "", tip,
        "", NEVER, NEVER, page["size"], page["redirect"], described.tags,
    )  # fmt: skip
    body = Body(described.body["render_key"], described.body["html"], json.loads(described.body["details"]))
    return row, body, FALLBACK


def _folder_audience(wiki: Wiki, path: str, tip: str) -> str:
    """Read the audience of the nearest folder that says one."""
    for index in audience.indexes_above(path):
        content = wiki.store.read(file_of(index), tip)
        text = content.decode("utf-8", "replace") if content else ""
        if said := own_audience(text, parse(text)):
            return said
    return wiki.reading()
