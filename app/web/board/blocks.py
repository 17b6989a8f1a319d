"""Which blocks the home page can show: those of plugins, and those of the site itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from app.errors import N_
from app.hooks import Macro
from app.web.board import arrivals, desk, newcomers, platforms, tools
from app.web.board.arrangement import PAGE, Entry, completed, read
from app.web.kit import station


@dataclass(frozen=True, slots=True)
class Block:
    """A block: name of its macro, its own title (English msgid).

    `is_quiet`: hidden until somebody wants it; `shows_page`: what page it shows is chosen; `usual` says what that page
    is called where nobody has chosen one, by language.
    """

    name: str
    title: str
    is_quiet: bool = False
    shows_page: bool = False
    usual: Mapping[str, str] | None = None


OWN = (
    Block("arrivals", N_("Arrivals: the news")),
    Block("platforms", N_("The platforms: our groups")),
    Block("tools", N_("Our tools")),
    Block("newcomers", N_("Are you new here?"), shows_page=True, usual=newcomers.USUAL),
    Block("desk", N_("Reaching us"), shows_page=True, usual=desk.USUAL),
)
OF_PAGE = Block(PAGE, "", shows_page=True)


def macros() -> dict[str, Macro]:
    """Give the macros of the site's own blocks, by name: pages call them too."""
    found = (
        Macro("arrivals", arrivals.show, N_("Shows what is new."), "{{arrivals count=6}}"),
        Macro("platforms", platforms.show, N_("Shows the working groups."), "{{platforms}}"),
        Macro("tools", tools.show, N_("Shows our tools with their rules."), "{{tools count=6}}"),
        Macro("newcomers", newcomers.show, N_("Shows the page for newcomers."), '{{newcomers page="…"}}'),
        Macro("desk", desk.show, N_("Shows how to reach us."), '{{desk page="…"}}'),
    )
    return {macro.name: macro for macro in found}


def by_name() -> dict[str, Block]:
    """Give the blocks that there are now, in their natural order: what comes, what came, the details of it."""
    hooks = station().hooks
    found = [block for plugin in hooks.plugins if hooks.is_on(plugin) for block in _of_plugin(plugin)]
    loud, quiet = ([one for one in found if one.is_quiet is is_quiet] for is_quiet in (False, True))
    return {one.name: one for one in chain(loud, OWN[:1], quiet, OWN[1:])}


def _of_plugin(plugin: Any) -> list[Block]:
    """Give the blocks of a plugin; what it says among what is new need not be said twice."""
    tells = any(one is plugin for one, _ in station().hooks.arrivals)
    pairs = [(plugin.title, one) if isinstance(one, str) else one for one in plugin.home_blocks]
    return [Block(name, title, is_quiet=tells) for title, name in pairs]


def entries() -> tuple[Entry, ...]:
    """Give the blocks as they are arranged; behind them those that nobody has arranged yet."""
    blocks = by_name()
    arranged = [one for one in read(station().settings.get().home) if one.block in blocks or one.block == PAGE]
    return completed(arranged, {name: block.is_quiet for name, block in blocks.items()})
