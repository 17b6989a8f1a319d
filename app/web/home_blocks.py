"""What stands below the text of the home page: blocks of plugins and of the site, as an administrator arranged them."""

from collections.abc import Collection
from types import SimpleNamespace

from flask_babel import gettext

from app.catalog.rows import Body
from app.web.board import lead
from app.web.board.arrangement import PAGE, Entry, read
from app.web.board.blocks import Block, by_name, entries
from app.web.kit import is_fallback, station, viewer
from app.web.macros import MacroContext, render_macro
from app.wiki.clean import trust
from app.wiki.page import HOME


def home_blocks(path: str, body: Body) -> list[SimpleNamespace]:
    """List title and HTML of the blocks; left out is what the page calls itself, and what has nothing to show.

    Only a block that an administrator has arranged says that there is nothing.
    """
    if path != HOME or is_fallback():
        return []
    called = {call["name"].lower() for call in body.details["macros"]}
    wanted = [one for one in entries() if not one.is_hidden and one.block not in called]
    asked = {one.key for one in read(station().settings.get().home)}
    blocks = by_name()
    found = [_shown(number, entry, blocks, asked) for number, entry in enumerate(wanted)]
    return [one for one in found if one.html.strip()]


def _shown(number: int, entry: Entry, blocks: dict[str, Block], asked: Collection[tuple[str, str]]) -> SimpleNamespace:
    """Show one block; one whose page is gone, or is not for this reader, is empty."""
    above = (HOME,) if entry.key in asked else ()
    name = PAGE if entry.block == PAGE else entry.block
    context = MacroContext(viewer(), HOME, above, f"home-{name}{number if name == PAGE else ''}-")
    page = lead.find(context.viewer, entry.page) if entry.page else None
    if entry.page and page is None:
        return SimpleNamespace(title="", html="")
    if name == PAGE and page:
        own = lead.title_of(context.viewer, page)
        return SimpleNamespace(title=entry.title or own, html=trust(lead.show(context, page)))
    html = render_macro(context, name, {"page": page} if page else {})
    return SimpleNamespace(title=entry.title or gettext(blocks[name].title), html=trust(html))
