"""`{{macro …}}` calls: rendered for the viewer when a page is served; one that fails shows a small box and no more."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from flask import g, render_template
from flask_babel import gettext

from app.catalog.finding import PageQuery
from app.catalog.history import ChangeQuery
from app.errors import N_, GareError, Invalid
from app.hooks import Macro, MacroArguments
from app.people.viewer import Viewer
from app.web.addresses import address
from app.web.kit import door, say, station
from app.web.wording import change_entries
from app.wiki.page import fold

log = logging.getLogger(__name__)
MAX_DEPTH = 4  # pages included in pages included …
MAX_BLOCKS = 100  # shown with one page, those of the pages that it includes counted
MAX_LISTED = 200
_BLOCK = re.compile(r"\s*<(?:section|div|ul|ol|dl|table|details|nav|form|p|h[1-6])\b")


@dataclass(frozen=True, slots=True)
class MacroContext:
    """For whom and where a macro is rendered.

    `above` names the pages from the outermost to the one with the call; `prefix` makes the ids of what this call shows
    different from those of the page around.
    """

    viewer: Viewer
    path: str
    above: tuple[str, ...]
    prefix: str = ""


def core_macros() -> dict[str, Macro]:
    """Give the macros of the core, by name."""
    found = (
        Macro("include", _include, N_("Shows another page inside this one."), '{{include page="…"}}'),
        Macro("pages", _pages, N_("Lists the pages of a group or with a keyword."), '{{pages space="…"}}'),
        Macro("changes", _changes, N_("Lists the latest changes."), "{{changes count=5}}"),
    )
    return {macro.name: macro for macro in found}


def render_macros(context: MacroContext, calls: Sequence[Mapping[str, Any]], html: str) -> dict[int, str]:
    """Render the calls of one page, by their number; `html` is the page that has a place for each."""
    shown = {}
    for call in calls:
        g.blocks = g.get("blocks", 0) + 1
        if g.blocks > MAX_BLOCKS:  # one page could include hundreds, and each of them hundreds more
            fault = _fault(call["name"], gettext("Too many blocks are shown on one page."))
            return dict.fromkeys((one["n"] for one in calls), "") | shown | {call["n"]: fault}
        inside = replace(context, prefix=f"{context.prefix}in{call['n']}-")
        block = render_macro(inside, call["name"], call["arguments"])
        if f'<span data-macro="{call["n"]}">' in html and _BLOCK.match(block):
            block = _fault(call["name"], gettext("Write this block on a line of its own."))
        shown[call["n"]] = block
    return shown


def render_macro(context: MacroContext, name: str, arguments: MacroArguments) -> str:
    """Render one call; gives safe HTML in any case."""
    macro = station().hooks.macros.get(name.lower())
    if macro is None:
        return _fault(name, gettext("There is no block of this name."))
    if macro.plugin is not None and not station().hooks.is_on(macro.plugin):
        return _fault(name, gettext("“%(title)s” is switched off.", title=gettext(macro.plugin.title)))
    try:
        return macro.render(context, arguments)
    except GareError as error:
        return _fault(name, say(error))
    except Exception:  # the border: a plugin's fault must not take the page with it
        log.exception("macro %s on %s failed", name, context.path)
        return _fault(name, gettext("This block could not be shown."))


def _fault(name: str, sentence: str) -> str:
    return render_template("macros/fault.html", name=name, sentence=sentence)


def _include(context: MacroContext, arguments: MacroArguments) -> str:
    from app.web.fill import fill_body  # an include is filled like a page, which may hold macros

    wanted = arguments.get("page") or arguments.get("", "")
    target = door().resolve(context.viewer, [wanted]).get(fold(wanted)) if wanted else None
    if target is None:
        raise Invalid(N_("There is no page named “%(name)s”."), name=wanted)
    if target.path in context.above:
        raise Invalid(N_("This page would show itself without end."))
    if len(context.above) > MAX_DEPTH:
        raise Invalid(N_("Too many pages show each other here."))
    page, body, _ = door().view(context.viewer, target.path)
    html = fill_body(page.path, body, above=context.above, prefix=context.prefix)
    return render_template("macros/include.html", title=page.title, address=address(page.path), html=html)


def _pages(context: MacroContext, arguments: MacroArguments) -> str:
    space = arguments.get("space") or arguments.get("") or None
    query = PageQuery(
        below=f"{space.strip('/')}/" if space else None,
        tag=arguments.get("tag"),
        order="edited" if arguments.get("order") == "recent" else "title",
        limit=_number(arguments, "count", 50),
    )
    rows = [row for row in door().list(context.viewer, query) if row.path != context.path]
    return render_template("macros/pages.html", entries=[_entry(row.title, row.path) for row in rows])


def _changes(context: MacroContext, arguments: MacroArguments) -> str:
    query = ChangeQuery(space=arguments.get("space"), limit=_number(arguments, "count", 5))
    rows = door().changes(context.viewer, query)
    return render_template("macros/changes.html", entries=change_entries(rows))


def _entry(title: str, path: str) -> SimpleNamespace:
    return SimpleNamespace(title=title, address=address(path))


def _number(arguments: MacroArguments, name: str, default: int) -> int:
    said = arguments.get(name, str(default))
    if not said.isdecimal() or len(said) > 5 or not 1 <= int(said) <= MAX_LISTED:
        raise Invalid(N_("“%(name)s” must be a number from 1 to %(most)s."), name=name, most=MAX_LISTED)
    return int(said)
