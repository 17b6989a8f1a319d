"""The directory as a plugin: what it adds to the site."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.errors import N_
from app.plugin import Macro, Plugin

if TYPE_CHECKING:
    from flask import Blueprint

# What stands below a form's address and is no record; a record there would never be seen.
TAKEN = frozenset({"index", "new", "embed", "booklet", "points.json"})


class Directory(Plugin):
    """Lists, cards, tables and maps of what people have entered by a form."""

    name = "directory"
    title = N_("Directory")
    help = N_("Lists, cards and maps of initiatives, people, places…")
    word = "annuaire"
    is_on_at_first = True
    menu = ((N_("Directory"), ""),)

    def blueprints(self) -> "Sequence[Blueprint]":
        """Give the lists, and what is made of them: booklet, feed, files, points, a part for other sites."""
        from plugins.directory import booklet, embed, exports, feed, views  # the web, which jobs do without

        return (views.blueprint, *(one.blueprint for one in (booklet, embed, exports, feed)))

    def macros(self) -> Sequence[Macro]:
        """Give the block that shows records inside a page."""
        example = '{{directory form="initiative" view="cards" where="phase=starting" count=6}}'
        return (Macro("directory", _show_block, N_("Shows records of the directory."), example),)

    def is_own_page(self, path: str) -> bool:
        """Leave records to the pages: they stand below the folder of their form."""
        below = path.split("/")[2:]
        return len(below) > 1 or (len(below) == 1 and below[0] not in TAKEN)

    def collection(self, form: str) -> str | None:
        """Give the address of a list; every form has one."""
        from plugins.directory.listing import list_address

        return list_address(form)


def _show_block(context: object, arguments: object) -> str:
    from plugins.directory.block import show

    return show(context, arguments)  # type: ignore[arg-type]
