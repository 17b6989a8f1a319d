"""Propose a change of a page that one may read and not write: the same editor with another button."""

from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.errors import GareError, Invalid, NotFound
from app.outbox.mails import queue
from app.people import visitors
from app.proposals import proposals
from app.proposals.drafting import prepare
from app.proposals.proposals import UNCONFIRMED, WAITING, Draft
from app.web import visitor_form
from app.web.addresses import in_mail, url
from app.web.edit import base_sent, editor, part_of, preview_of, section_asked, starting_text, whole_text
from app.web.errors import or_plainly, show_http
from app.web.kit import door, render, say, sign, station, typed_path, viewer
from app.web.moderator_mails import tell_moderators
from app.web.page_form import check_is_utf8, put_together
from app.web.proposal_mails import confirmation_mail
from app.web.visitor_form import Mistakes, Typed
from app.web.wording import too_long

blueprint = Blueprint("propose", __name__)


@blueprint.get("/-/propose/<path:path>")
def edit(path: str) -> Response:
    """Show the editor with the page's text, or that of one section; to those who may write the real one."""
    path, section = typed_path(path), section_asked()
    if door().may_write(viewer(), path):
        asked = {name: request.args[name] for name in ("section", "title", "template") if name in request.args}
        return redirect(url("edit.edit", path=path, **asked), 303)
    try:
        page, text = door().text(viewer(), path)
    except NotFound:
        door().check_proposable(viewer(), path, is_new=True)
        return _form(path, starting_text(path), base="", section=0)
    door().check_proposable(viewer(), page.path, is_new=False)
    part, section = part_of(text, section)
    return _form(page.path, part, base=page.revision, section=section)


@blueprint.post("/-/propose/<path:path>")
def propose(path: str) -> Response:
    """Keep what was typed for those who look after the page, or show how it will look."""
    path, section = typed_path(path), section_asked()
    door().check_proposable(viewer(), path, is_new=False)  # whether a new one is there already is said in the editor
    try:
        check_is_utf8(request.get_data(cache=True), request.mimetype)
        typed = put_together(request.form)
    except Invalid as error:
        whole = put_together({**request.form, "title": "", "title_was": "", "tags": "", "tags_was": ""})
        return _form(path, whole, base=base_sent(), section=section, errors={"text": say(error)}, code=error.status)
    if request.form.get("action") == "preview":
        return _form(path, typed, base=base_sent(), section=section, preview=True)
    try:
        draft = _draft(path, typed, section)
        who = None if viewer().is_signed_in else visitor_form.check()
    except Mistakes as mistakes:
        return _form(path, typed, base=base_sent(), section=section, errors=mistakes.errors, code=mistakes.status)
    except GareError as error:
        return _form(path, typed, base=base_sent(), section=section, errors={"text": say(error)}, code=error.status)
    return _keep_of_member(draft) if viewer().is_signed_in else _keep_of_visitor(draft, who)


@blueprint.errorhandler(429)
@or_plainly
def keep(error: HTTPException) -> Response:
    """Show the text again to somebody who sends too often."""
    if request.endpoint != "propose.propose":
        return show_http(error)
    path, errors = typed_path((request.view_args or {})["path"]), {"text": gettext("Wait a minute, then try again.")}
    return _form(path, put_together(request.form), base=base_sent(), section=section_asked(), errors=errors, code=429)


def _draft(path: str, typed: str, section: int) -> Draft:
    summary = request.form.get("summary", "")
    draft = Draft(path, base_sent() or None, "", whole_text(path, typed, section), summary)
    return prepare(door(), viewer(), draft, station().config.page_bytes)


def _keep_of_member(draft: Draft) -> Response:
    with station().truth.begin() as connection:
        proposals.add(connection, draft, current_user.account.pseudonym, account_id=current_user.account.id)
        tell_moderators(connection, draft.path)
    return redirect(url("proposals.sent"), 303)


def _keep_of_visitor(draft: Draft, who: Typed | None) -> Response:
    """Keep a visitor's proposal until the address is confirmed; where no mail can be sent, it waits at once."""
    if who is None:  # a program; it is told the same
        return redirect(url("proposals.sent"), 303)
    can_confirm = visitor_form.can_confirm()
    with station().truth.begin() as connection:
        visitor, secret = visitors.add(connection, who.name, who.email, can_confirm=can_confirm)
        state = UNCONFIRMED if can_confirm else WAITING
        proposals.add(connection, draft, visitor.pseudonym, visitor_id=visitor.id, state=state)
        link = in_mail(url("proposals.mine", secret=secret))
        if can_confirm and link:
            queue(connection, confirmation_mail(visitor, draft.title, link))
    return sign(redirect(url("proposals.sent", link=None if can_confirm else secret), 303), who.name)


def _form(
    path: str, text: str, *, base: str, section: int, preview: bool = False,
    errors: dict[str, str] | None = None, code: int = 200,
) -> Response:  # fmt: skip
    context: dict[str, Any] = editor(path, text, base, section) | {"ask_author": False, "author": "", "rights": None}
    context["preview"] = preview_of(path, text) if preview else None
    with station().truth.connect() as connection:
        others = proposals.count_open_at(connection, path)
    visitor = None if viewer().is_signed_in else visitor_form.fields()
    response = render("proposals/form.html", code, **context, errors=errors or {}, bare=too_long(text),
                      others=others, visitor=visitor)  # fmt: skip
    response.headers["Cache-Control"] = "private, no-cache"
    return response
