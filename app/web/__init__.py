"""The web: one module per subject. The list of blueprints is the table of contents of the site."""

from flask import Flask

from app.station import Station
from app.web import (
    accept_invitation,
    access,
    admin,
    api,
    checkup,
    comments,
    delete,
    display,
    edit,
    erase,
    errors,
    feeds,
    files,
    follow,
    groups,
    health,
    history,
    invitations,
    kept,
    language,
    lists,
    logo,
    mail_server,
    mails,
    me,
    moderation,
    openid,
    own_data,
    pages,
    people,
    personal,
    proposals,
    propose,
    protection,
    question,
    rename,
    reviews,
    search,
    sessions,
    setup,
    signin,
    static,
    templates,
    tools,
    trusted_header,
    unsubscribe,
)  # fmt: skip
from app.web.macros import core_macros
from app.web.theme import Theme

BLUEPRINTS = (
    health.blueprint,  # /-/health
    logo.blueprint,  # /-/logo/…
    static.blueprint,  # /-/static/…: style, icons, scripts
    signin.blueprint,  # /-/signin/…, /-/signout
    openid.blueprint,  # /-/signin/openid: through another service
    me.blueprint,  # /-/me: one's devices, bearer tokens
    access.blueprint,  # /-/me/devices, /-/me/password, /-/me/email
    invitations.blueprint,  # /-/people/invite/…, /-/people/withdraw
    own_data.blueprint,  # /-/me/data: a copy of what is known of one
    erase.blueprint,  # /-/me/erase, /-/people/…/erase
    follow.blueprint,  # /-/follow: what one follows, how often one hears of it
    unsubscribe.blueprint,  # /-/unsubscribe/…: the same from a mail, without signing in
    people.blueprint,  # /-/people/…: who is here, for administrators
    accept_invitation.blueprint,  # /-/invite/…: accept an invitation
    groups.blueprint,  # /-/groups/…: who looks after what, joining
    setup.blueprint,  # /-/setup/…: the four screens of a new site
    admin.blueprint,  # /-/admin/, /-/admin/site, /look, /menu, /rights: settings of the site
    checkup.blueprint,  # /-/admin/health, /-/admin/backup
    mail_server.blueprint,  # /-/admin/mail-server
    mails.blueprint,  # /-/admin/mails: those that wait or failed
    display.blueprint,  # /-/display: light or dark, size of the text, language
    edit.blueprint,  # /-/edit/…, /-/new, /-/preview/…
    tools.blueprint,  # /-/convert, /-/titles: what the editor's scripts ask for
    files.blueprint,  # /-/files/…, /-/reattach/…
    reviews.blueprint,  # /-/reviews/…: newcomers' changes read again, taking back
    history.blueprint,  # /-/history/…, /-/diff/…, /-/source/…, /-/version/…, /-/blame/…, /-/restore/…
    rename.blueprint,  # /-/rename/…
    delete.blueprint,  # /-/delete/…, /-/undelete/…
    propose.blueprint,  # /-/propose/…: the editor of those who may not write a page
    proposals.blueprint,  # /-/proposals/sent, /-/proposals/mine/…: one's own
    moderation.blueprint,  # /-/proposals/…: those that wait for who looks after pages
    question.blueprint,  # /-/admin/question: asked of people without an account
    *comments.BLUEPRINTS,  # /-/comments/…, /-/comment/…
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
    personal.connect(app)
    sessions.connect(app)
    trusted_header.connect(app)
    errors.connect(app)
    api.connect(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    protection.limit(app, station)
