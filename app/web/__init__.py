"""The web: one module per subject. The list of blueprints is the table of contents of the site."""

from flask import Flask

from app.station import Station
from app.web import (
    access,
    admin,
    api,
    delete,
    display,
    edit,
    errors,
    feeds,
    files,
    groups,
    health,
    history,
    invite,
    inviting,
    keeping,
    kept,
    language,
    lists,
    mails,
    me,
    pages,
    people,
    protection,
    rename,
    search,
    sessions,
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
    signin.blueprint,  # /-/signin/…, /-/signout
    me.blueprint,  # /-/me: one's devices, bearer tokens
    access.blueprint,  # /-/me/devices, /-/me/password, /-/me/email
    inviting.blueprint,  # /-/people/invite/…, /-/people/withdraw
    people.blueprint,  # /-/people/…: who is here, for administrators
    invite.blueprint,  # /-/invite/…: accept an invitation
    groups.blueprint,  # /-/groups/…: who looks after what, joining
    admin.blueprint,  # /-/admin/
    keeping.blueprint,  # /-/admin/health, /-/admin/backup
    mails.blueprint,  # /-/admin/mails: those that wait or failed
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
    sessions.connect(app)
    errors.connect(app)
    api.connect(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    protection.limit(app, station)
