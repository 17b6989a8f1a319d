"""Propose a change of a page that one may read and not write: the same editor with another button."""

from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.errors import GareError, Invalid, NotFound
from app.outbox.mails import queue
from app.people import allowance, visitors
from app.proposals import enclosures, moderating, proposals
from app.proposals.drafting import prepare
from app.proposals.enclosures import NOTHING, Enclosed
from app.proposals.proposals import UNCONFIRMED, WAITING, Draft
from app.web import visitor_form
from app.web.addresses import in_mail, url
from app.web.beginning import starting_text
from app.web.edit import (
    base_sent,
    editor,
    part_of,
    preview_of,
    section_asked,
    similar_pages,
    take_over,
    whole_text,
)
from app.web.form_links import leads_to_form
from app.web.kit import door, notice, render, say, sign, station, typed_path, viewer
from app.web.moderator_mails import tell_moderators
from app.web.page_form import as_typed, check_is_utf8, put_together
from app.web.proposal_mails import confirmation_mail
from app.web.unsaved import keep
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
    if leads_to_form(page, section):
        return redirect(url("record_edit.edit", path=page.path), 303)
    door().check_proposable(viewer(), page.path, is_new=False)
    part, section = part_of(text, section)
    return _form(page.path, part, base=page.revision, section=section)


@blueprint.post("/-/propose/<path:path>")
def propose(path: str) -> Response:
    """Keep what was typed for those who look after the page, or show how it will look."""
    path, section = typed_path(path), section_asked()
    may_write = door().may_write(viewer(), path)
    if not may_write:  # whether a new one is there already is said in the editor
        door().check_proposable(viewer(), path, is_new=False)
    try:
        check_is_utf8(request.get_data(cache=True), request.mimetype)
        typed = put_together(request.form)
    except Invalid as error:
        return _again(say(error), error.status)
    if may_write:
        return take_over(path, typed, section)
    if request.form.get("action") == "preview":
        return _form(path, typed, base=base_sent(), section=section, preview=True)
    try:
        draft, kept_keys = _draft(path, typed, section)
        who = None if viewer().is_signed_in else sender(draft)
    except Mistakes as mistakes:
        return _form(path, typed, base=base_sent(), section=section, errors=mistakes.errors, code=mistakes.status)
    except GareError as error:
        return _form(path, typed, base=base_sent(), section=section, errors={"text": say(error)}, code=error.status)
    _say_kept(kept_keys)
    return keep_of_member(draft) if viewer().is_signed_in else keep_of_visitor(draft, who)


def _say_kept(kept_keys: tuple[str, ...]) -> None:
    if kept_keys:
        keys = ", ".join(kept_keys)
        notice("warning", gettext("Sent, but for what only administrators may set: %(keys)s.", keys=keys))


def _again(sentence: str, code: int) -> Response:
    path, typed = typed_path((request.view_args or {})["path"]), as_typed(request.form)
    return _form(path, typed, base=base_sent(), section=section_asked(), errors={"text": sentence}, code=code)


keep(blueprint, {"propose.propose": _again})


def _draft(path: str, typed: str, section: int) -> tuple[Draft, tuple[str, ...]]:
    summary = request.form.get("summary", "")
    draft = Draft(path, base_sent() or None, "", whole_text(path, typed, section), summary)
    return prepare(door(), viewer(), draft, station().config.page_bytes)


def sender(draft: Draft) -> Typed | None:
    """Give which visitor proposes, None of a program; what all of them send in a day is counted."""
    typed, config = visitor_form.check(), station().config
    if typed:
        cap, day = config.anonymous_proposal_bytes, allowance.today(config.timezone)
        allowance.spend(station().truth, len(draft.text.encode()), cap=cap, day=day, what=allowance.PROPOSALS)
    return typed


def keep_of_member(draft: Draft, enclosed: Enclosed = NOTHING) -> Response:
    """Keep a member's proposal, with what is enclosed."""
    account = current_user.account
    with station().truth.begin() as connection:
        if not _find_same(connection, draft, enclosed, account_id=account.id):
            number = proposals.add(connection, draft, account.pseudonym, account_id=account.id)
            enclosures.keep(connection, number, enclosed)
            tell_moderators(connection, draft.path)
    return redirect(url("proposals.sent"), 303)


def _find_same(connection: Connection, draft: Draft, enclosed: Enclosed, **owner: Any) -> int | None:
    """Find what was just sent in the same words, with the same private answers and files."""
    same = proposals.find_same(connection, draft, **owner)
    return same if same and enclosures.load(connection, same) == enclosed else None


def keep_of_visitor(draft: Draft, who: Typed | None, enclosed: Enclosed = NOTHING) -> Response:
    """Keep a visitor's proposal until the address is confirmed; where no mail can be sent, it waits at once."""
    if who is None:  # a program; it is told the same
        return redirect(url("proposals.sent"), 303)
    can_confirm = visitor_form.can_confirm()
    with station().truth.begin() as connection:
        same = _find_same(connection, draft, enclosed, email=who.email)
        kept = proposals.get(connection, same) if same else None
        if kept and kept.visitor_id:
            secret = visitors.make_link(connection, kept.visitor_id)
        else:
            secret = _add_of_visitor(connection, draft, who, enclosed, can_confirm=can_confirm)
    return sign(redirect(url("proposals.sent", link=None if can_confirm else secret), 303), who.name)


def _add_of_visitor(connection: Connection, draft: Draft, who: Typed, enclosed: Enclosed, *, can_confirm: bool) -> str:
    visitor, secret = visitors.add(connection, who.name, who.email, can_confirm=can_confirm)
    state = UNCONFIRMED if can_confirm else WAITING
    number = proposals.add(connection, draft, visitor.pseudonym, visitor_id=visitor.id, state=state)
    enclosures.keep(connection, number, enclosed)
    link = in_mail(url("proposals.mine", secret=secret))
    if can_confirm and link:
        queue(connection, confirmation_mail(visitor, link))
    return secret


def _form(
    path: str, text: str, *, base: str, section: int, preview: bool = False,
    errors: dict[str, str] | None = None, code: int = 200,
) -> Response:  # fmt: skip
    context: dict[str, Any] = editor(path, text, base, section) | {"ask_author": False, "author": "", "rights": None}
    context["preview"] = preview_of(path, text) if preview else None
    title = context["page"].title
    with station().truth.connect() as connection:
        others = proposals.count_open_at(connection, path)
        likes = 0 if base or others else moderating.count_like(connection, door(), viewer(), title)
    similar = [] if base else similar_pages(title)
    visitor = None if viewer().is_signed_in else visitor_form.fields()
    response = render("proposals/form.html", code, **context, errors=errors or {}, bare=too_long(text),
                      others=others, likes=likes, similar=similar, visitor=visitor)  # fmt: skip
    response.headers["Cache-Control"] = "private, no-cache"
    return response
