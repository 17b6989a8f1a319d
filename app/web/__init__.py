"""The web: one module per subject. The list of blueprints is the table of contents of the site."""

from flask import Flask

from app.station import Station
from app.web import (
    admin,
    api,
    delete,
    display,
    edit,
    errors,
    feeds,
    files,
    health,
    history,
    kept,
    language,
    lists,
    me,
    pages,
    protection,
    rename,
    search,
    signin,
    static,
    templates,
    tools,
)  # fmt: skip
from app.web.macros import core_macros
from app.web.theme import Theme

BLUEPRINTS = (
    health.blueprint,  # /-/health
    static.blueprint,  # /-/static/…: style, icons, scripts
    signin.blueprint,  # /-/signin, /-/signout
    me.blueprint,  # /-/me: bearer tokens
    admin.blueprint,  # /-/admin/
    display.blueprint,  # /-/display: light or dark, size of the text, language
    edit.blueprint,  # /-/edit/…, /-/new, /-/preview/…
    tools.blueprint,  # /-/convert, /-/titles: what the editor's scripts ask for
    files.blueprint,  # /-/files/…, /-/reattach/…
    history.blueprint,  # /-/history/…, /-/diff/…, /-/source/…, /-/version/…, /-/blame/…, /-/restore/…
    rename.blueprint,  # /-/rename/…
    delete.blueprint,  # /-/delete/…, /-/undelete/…
    lists.blueprint,  # /-/changes, /-/pages, /-/wanted, /-/orphans, /-/links/…
    feeds.blueprint,  # /-/changes.atom, /robots.txt, /sitemap.xml
    search.blueprint,  # /-/search
    pages.blueprint,  # every other address is a page
)


def connect(app: Flask, station: Station, theme: Theme) -> None:
    """Give an application its parts, its addresses and its protection."""
    app.extensions["gare"] = station
    station.hooks.macros.update(core_macros())
    protection.connect(app, station)
    language.connect(app, station)
    templates.connect(app, theme)
    kept.connect(app, station.config, theme)
    signin.connect(app)
    errors.connect(app)
    api.connect(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    protection.limit(app, station)
