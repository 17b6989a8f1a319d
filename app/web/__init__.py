"""The web: one module per subject. The list of blueprints is the table of contents of the site."""

from flask import Flask

from app.station import Station
from app.web import (
    accept_invitation,
    access,
    admin,
    ageing,
    answers,
    api,
    board,
    booklet,
    checkup,
    comments,
    dates,
    delete,
    display,
    edit,
    embedding,
    erase,
    errors,
    feeds,
    files,
    follow,
    form_builder,
    groups,
    health,
    history,
    importing,
    invitations,
    kept,
    language,
    life,
    lists,
    logo,
    mail_server,
    mails,
    maps,
    me,
    moderation,
    openid,
    own_data,
    own_name,
    pages,
    people,
    personal,
    plugin_views,
    plugins,
    polls,
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
from app.web.records import views as records
from app.web.theme import Theme

BLUEPRINTS = (
    health.blueprint,  # /-/health
    logo.blueprint,  # /-/logo/…
    static.blueprint,  # /-/static/…: style, icons, scripts
    signin.blueprint,  # /-/signin/…, /-/signout
    openid.blueprint,  # /-/signin/openid: through another service
    me.blueprint,  # /-/me: one's devices, bearer tokens
    access.blueprint,  # /-/me/devices, /-/me/password, /-/me/email
    own_name.blueprint,  # /-/me/name
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
    embedding.blueprint,  # /-/admin/embedding: other sites that show lists of this one
    *maps.BLUEPRINTS,  # /-/map/…, /-/admin/map, /-/admin/communes
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
    plugins.blueprint,  # /-/admin/plugins: which are switched on
    *board.BLUEPRINTS,  # /-/admin/home: the blocks of the home page
    question.blueprint,  # /-/admin/question: asked of people without an account
    importing.blueprint,  # /-/import/…: records from a file
    *comments.BLUEPRINTS,  # /-/comments/…, /-/comment/…
    *records.BLUEPRINTS,  # /-/record/new/…, /edit/…, /mine/…, /proposal/…, /file/…
    *dates.BLUEPRINTS,  # /-/date/…, /-/dates/…, /-/duplicate/…: single dates of a series, a record once more
    *answers.BLUEPRINTS,  # /-/answers/…, /-/answer/…, /-/me/answers: who comes to an event
    *polls.BLUEPRINTS,  # /-/polls/…, /-/poll/…: what a record asks, and what is answered
    *life.BLUEPRINTS,  # /-/contact/…, /-/message/…, /-/record/life/…, /report, /merge, /answer, /-/records/care
    *form_builder.BLUEPRINTS,  # /-/forms/…: forms and their questions
    booklet.blueprint,  # /-/booklet/…: a folder as one document, to be printed
    ageing.blueprint,  # /-/aged: what those who look after pages should see now and then
    lists.blueprint,  # /-/changes, /-/pages, /-/wanted, /-/orphans, /-/links/…
    feeds.blueprint,  # /-/changes.atom, /robots.txt, /sitemap.xml
    search.blueprint,  # /-/search
    pages.blueprint,  # every other address is a page
)


def connect(app: Flask, station: Station, theme: Theme) -> None:
    """Give an application its parts, its addresses and its protection."""
    app.extensions["gare"] = station
    station.hooks.macros.update(core_macros() | board.macros())
    protection.connect(app, station)
    language.connect(app, station)
    templates.connect(app, theme)
    maps.connect(app)
    kept.connect(app, station.config, theme)
    personal.connect(app)
    sessions.connect(app)
    trusted_header.connect(app)
    errors.connect(app)
    api.connect(app, station)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    plugin_views.connect(app, station)
    protection.limit(app, station)
