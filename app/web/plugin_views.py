"""The views of plugins: below their word, and passed over while the plugin is switched off."""

from dataclasses import replace

from flask import Flask, abort, request
from werkzeug.wrappers import Response

from app.errors import Misconfigured
from app.station import Station
from app.web import pages
from app.web.kit import station

READING = ("GET", "HEAD")


def connect(app: Flask, station: Station) -> None:
    """Give the application the views and blocks of all plugins that are loaded; raises Misconfigured."""
    for plugin in station.hooks.plugins:
        for blueprint in plugin.blueprints():
            if station.hooks.owner(blueprint.name) is not plugin:
                raise Misconfigured([f"The plugin “{plugin.name}”: call its blueprint `{plugin.name}`"])
            app.register_blueprint(blueprint, url_prefix=f"/{plugin.word}{blueprint.url_prefix or ''}")
        for macro in plugin.macros():
            if macro.name in station.hooks.macros:
                raise Misconfigured([f"The plugin “{plugin.name}”: there is a macro `{macro.name}` already"])
            station.hooks.macros[macro.name] = replace(macro, plugin=plugin)
    app.before_request(_pass_over)


def _pass_over() -> Response | None:
    """Let the addresses of a plugin that is off be those of pages, as if it were not there."""
    word, hooks = request.path.split("/", 2)[1].partition(".")[0], station().hooks  # `/agenda.ics` is of the agenda
    if request.endpoint == "pages.show" or all(one.word != word or hooks.is_on(one) for one in hooks.plugins):
        return None
    if request.method not in READING:
        abort(404)
    return pages.show(request.path[1:])
