"""Proposals for those who look after pages: what waits, what it would change, accepting, asking, refusing."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.catalog.editing import Edit, EditConflict, Joined
from app.errors import N_, Conflict, GareError, Invalid, NotFound
from app.people import acts, visitors
from app.proposals import moderating, proposals
from app.proposals.enclosures import Enclosed
from app.proposals.moderating import Waiting
from app.proposals.proposals import MEANWHILE, MISSING, Proposal
from app.web.addresses import address, url
from app.web.edit import base_sent, editor, preview_of
from app.web.kit import UNKNOWN_BUTTON, door, notice, render, say, station, uncached, viewer
from app.web.life.care import count_waiting
from app.web.page_form import as_typed, check_is_utf8, put_together
from app.web.proposal_mails import tell
from app.web.proposals import note_entries
from app.web.records import proposed
from app.web.wording import name_of, too_long
from app.wiki import diff, frontmatter

blueprint = Blueprint("moderation", __name__)

SENT = {
    "accepted": N_("The proposal is on the page now."),
    "asked": N_("Your question is on its way."),
    "refused": N_("The proposal is refused, and the reason is said."),
}


@blueprint.get("/-/proposals/")
def show() -> Response:
    """List what waits for who is looking, the oldest first."""
    door().check_moderates(viewer())
    after = _number(request.args.get("after", ""))
    with station().truth.connect() as connection:
        found, next_after = moderating.list_waiting(connection, door(), viewer(), after)
        decided = [] if after else moderating.list_decided(connection, door(), viewer())
    writers = {one.proposal.pseudonym for one in found} | {one.pseudonym for one, _ in decided}
    names = door().author_names(writers | {by for _, by in decided})
    older = url("moderation.show", after=next_after) if next_after else None
    return uncached(
        render("proposals/queue.html", entries=found, decided=decided, names=names, older=older, care=count_waiting())
    )


@blueprint.get("/-/proposals/first")
def first() -> Response:
    """Go from a mail to what has waited longest, where it is accepted at one press; to the list where nothing does."""
    door().check_moderates(viewer())
    with station().truth.connect() as connection:
        found, _ = moderating.list_waiting(connection, door(), viewer())
    unasked = [one.proposal for one in found if one.proposal.state != "asked"]
    target = url("moderation.look", number=unasked[0].id) if unasked else url("moderation.show")
    return uncached(redirect(target, 303))


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def get_waiting(number: str) -> Waiting:
    """Find a proposal by what its address says; raises NotFound, Refused."""
    door().check_moderates(viewer())
    with station().truth.connect() as connection:
        return moderating.get(connection, door(), viewer(), _number(number))


@blueprint.get("/-/proposals/<number>")
def look(number: str) -> Response:
    """Show a proposal beside the page as it stands now."""
    return _page(get_waiting(number), {})


def _page(waiting: Waiting, errors: dict[str, str], code: int = 200) -> Response:
    proposal, now = waiting.proposal, moderating.joined(door(), viewer(), waiting.proposal)
    with station().truth.connect() as connection:
        visitor = visitors.find_by_id(connection, proposal.visitor_id) if proposal.visitor_id else None
        notes = note_entries(connection, proposal)
    return uncached(render(
        "proposals/look.html", code, proposal=proposal, title=_title(proposal.draft.title, now),
        name=name_of(proposal.pseudonym), is_unsure=visitor is not None and not visitor.is_confirmed, notes=notes,
        rows=_rows(now.text, proposal.draft.text if now.merged is None else now.merged),
        is_at_odds=now.merged is None, is_new=now.page is None, base=now.page.revision if now.page else "",
        page_address=address(waiting.path) if now.page else None, errors=errors,
        record=proposed.look(proposal, now), seen=talk(proposal),
        asked=request.form.get("question", ""), reason=request.form.get("reason", ""),
    ))  # fmt: skip


def _rows(before: str, after: str) -> tuple[diff.Row, ...]:
    """Compare two texts; the lines at their top, which few people know, only where they say something else."""
    old, new = frontmatter.parse(before), frontmatter.parse(after)
    is_same = old.values == new.values or (not before and new.values.keys() <= {"title"})
    if old.fault or new.fault or not is_same:
        return diff.words(before, after)
    return diff.words(*(frontmatter.split(text)[1].lstrip("\n") for text in (before, after)))


def _title(proposed: str, now: Joined) -> str:
    return now.page.title if now.page else proposed


@blueprint.post("/-/proposals/<number>")
def decide(number: str) -> Response:
    """Accept a proposal as it was shown, ask back, or refuse it with a reason."""
    waiting, deed = get_waiting(number), request.form.get("action", "")
    if deed not in SENT:
        raise Invalid(UNKNOWN_BUTTON)
    field = {"asked": "question", "refused": "reason"}.get(deed, "accept")
    try:
        check_talk(waiting.proposal)
        if deed == "accepted":
            moderating.check_seen(moderating.joined(door(), viewer(), waiting.proposal), base_sent())
            return take_over(waiting, proposed.edit_for(waiting))
        return _close(waiting, deed, request.form.get(field, ""), waiting.path, url("moderation.show"))
    except GareError as error:
        return _page(get_waiting(number), {field: say(error)}, error.status)


def talk(proposal: Proposal) -> str:
    """Say how far the talk about a proposal has come, for the form in which somebody decides."""
    with station().truth.connect() as connection:
        return str(len(proposals.list_notes(connection, proposal.id)))


def check_talk(proposal: Proposal) -> None:
    """Raise Conflict where something was said or done since the form was shown."""
    if proposal.is_open and request.form.get("seen", talk(proposal)) != talk(proposal):
        raise Conflict(MEANWHILE)


def take_over(waiting: Waiting, edit: Edit, enclosed: Enclosed | None = None) -> Response:
    """Save a proposal, with what is enclosed, and tell who proposed it; raises GareError."""
    outcome = moderating.accept(door(), viewer(), waiting.proposal, edit)
    proposed.publish_private(waiting.proposal, outcome.path, enclosed)
    try:
        return _close(waiting, "accepted", "", outcome.path, address(outcome.path))
    except Conflict:  # it was taken back, or somebody else decided, while it was saved
        if not outcome.is_changed:
            raise
    with station().truth.begin() as connection:
        done = proposals.settle(connection, waiting.proposal.id, viewer().pseudonym or "")
        _tell(connection, done, "accepted", "", outcome.path)
    return _go(address(outcome.path), "accepted")


def _close(waiting: Waiting, deed: str, words: str, path: str, target: str) -> Response:
    """Note what was decided, tell who proposed it, and go on."""
    with station().truth.begin() as connection:
        done = proposals.act(connection, waiting.proposal, deed, viewer().pseudonym or "", words)
        _tell(connection, done, deed, proposals.clean_words(words), path)
    return _go(target, deed)


def _tell(connection: Connection, done: Proposal, deed: str, words: str, path: str) -> None:
    """Tell who proposed it, and note it among the acts of those who look after the site."""
    acts.note(connection, viewer().pseudonym or "", f"{deed}-proposal", path)
    tell(connection, done, deed, words, path)


def _go(target: str, deed: str) -> Response:
    notice("done", gettext(SENT[deed]))
    return redirect(target, 303)


@blueprint.get("/-/proposals/<number>/edit")
def edit(number: str) -> Response:
    """Show what the page would be, in the editor."""
    waiting = get_waiting(number)
    if not waiting.proposal.is_open:
        raise NotFound(MISSING)
    if "text" not in request.args and proposed.form_of(waiting.proposal):
        return redirect(url("record_moderated.show", number=number), 303)
    now = moderating.joined(door(), viewer(), waiting.proposal)
    return _form(waiting, now, now.merged or waiting.proposal.draft.text, {})


@blueprint.post("/-/proposals/<number>/edit")
def save(number: str) -> Response:
    """Accept a proposal as the moderator has changed it, or show how it will look."""
    waiting = get_waiting(number)
    now = moderating.joined(door(), viewer(), waiting.proposal)
    try:
        check_is_utf8(request.get_data(cache=True), request.mimetype)
        typed = put_together(request.form)
    except Invalid as error:
        return _form(waiting, now, as_typed(request.form), {"text": say(error)}, error.status)
    if request.form.get("action") == "preview":
        return _form(waiting, now, typed, {}, preview=True)
    summary = request.form.get("summary", "")
    try:
        check_talk(waiting.proposal)
        base = base_sent() or waiting.proposal.draft.base  # of a page that was deleted meanwhile
        made = Edit(waiting.path, typed, base, waiting.proposal.pseudonym, summary)
        return take_over(waiting, made)
    except EditConflict as conflict:
        changed = replace(now, page=conflict.page, text=conflict.text, merged=None)
        return _form(waiting, changed, typed, {"text": say(conflict)}, conflict.status)
    except GareError as error:
        return _form(waiting, now, typed, {"text": say(error)}, error.status)


def _form(
    waiting: Waiting, now: Joined, text: str, errors: dict[str, str], code: int = 200, *, preview: bool = False
) -> Response:
    """Show the editor; where both changed the same lines, the text of the page stands beside."""
    # The revision that the moderator started from stays, so that what comes in between is not written over.
    is_stale = request.method == "POST" and not (now.merged is None and errors)
    base = base_sent() if is_stale else now.page.revision if now.page else ""
    context: dict[str, Any] = editor(waiting.path, text, base, 0) | {"ask_author": False, "author": "", "rights": None}
    if request.method == "GET":
        context["summary"] = waiting.proposal.draft.summary
    response = render(
        "proposals/edit.html", code, **context, errors=errors, bare=too_long(text), number=waiting.proposal.id,
        seen=request.form.get("seen", talk(waiting.proposal)) if preview else talk(waiting.proposal),
        preview=preview_of(waiting.path, text) if preview else None, name=name_of(waiting.proposal.pseudonym),
        theirs=frontmatter.split(now.text)[1].lstrip("\n") if now.merged is None else "",
    )  # fmt: skip
    return uncached(response)
