"""What the pages of the site show of plugins that are switched on: blocks, entries of the main menu."""

from flask import request
from flask_babel import gettext

from app.hooks import Macro
from app.web.kit import door, generation, station, viewer


def macros() -> dict[str, Macro]:
    """Give the blocks that can be shown now, by name."""
    hooks = station().hooks
    return {name: one for name, one in hooks.macros.items() if one.plugin is None or hooks.is_on(one.plugin)}


def menu() -> list[tuple[str, str]]:
    """List the plugins' entries of the main menu: words and address."""
    hooks = station().hooks
    return [
        (gettext(words), f"{request.script_root}/{plugin.word}/{place}")
        for plugin in hooks.plugins
        if hooks.is_on(plugin)
        for words, place in plugin.menu
    ]


def spaces() -> list[tuple[str, str, int]]:
    """List the spaces: folder, title, number of pages; the folder of a plugin is called as its entry of the menu."""
    hooks = station().hooks
    named = {plugin.word: gettext(plugin.menu[0][0]) for plugin in hooks.plugins if hooks.is_on(plugin) and plugin.menu}
    found = door().spaces(viewer(), generation())
    return [(space, named.get(space, title), count) for space, title, count in found]


def words() -> set[str]:
    """Name the first segments that belong to plugins."""
    hooks = station().hooks
    return {plugin.word for plugin in hooks.plugins if hooks.is_on(plugin)}
