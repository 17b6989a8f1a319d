"""One's own proposals: what was sent, what becomes of it, answering a question, taking it back."""

from dataclasses import dataclass
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.errors import N_, Conflict, Invalid, NotFound
from app.people import visitors
from app.people.viewer import READER, Viewer
from app.people.visitors import Visitor
from app.proposals import moderating, proposals
from app.proposals.proposals import ASKED, DRAFT, HIDDEN, MISSING, OPEN, UNCONFIRMED, Proposal
from app.web.addresses import address, url
from app.web.kit import UNKNOWN_BUTTON, door, notice, render, say, station, uncached, viewer
from app.web.me import own_account
from app.web.moderator_mails import tell_moderators
from app.web.proposal_mails import own_link
from app.web.wording import name_of
from app.wiki import frontmatter

blueprint = Blueprint("proposals", __name__)

STATES = {
    proposals.DRAFT: N_("You have kept it for later. Only you see it."),
    proposals.UNCONFIRMED: N_("Your address is not confirmed yet."),
    proposals.WAITING: N_("Your proposal waits for somebody who looks after the page."),
    proposals.ASKED: N_("Somebody asks you something about it."),
    proposals.ACCEPTED: N_("It is accepted: the page is changed. Thank you!"),
    proposals.REFUSED: N_("It was not taken over."),
    proposals.WITHDRAWN: N_("You have taken your proposal back."),
}
NOTES = {
    "sent": N_("%(name)s sent it"),
    "corrected": N_("%(name)s corrected it"),
    "confirmed": N_("%(name)s confirmed the address"),
    "asked": N_("%(name)s asked"),
    "answered": N_("%(name)s answered"),
    "accepted": N_("%(name)s accepted the proposal"),
    "refused": N_("%(name)s did not take it over"),
    "withdrawn": N_("%(name)s took it back"),
}
DONE = {
    "confirmed": N_("Your address is confirmed. Somebody looks at your proposal."),
    "answered": N_("Your answer is sent."),
    "withdrawn": N_("Your proposal is taken back."),
}


@dataclass(frozen=True, slots=True)
class Own:
    """A proposal for who made it; `visitor` is None for a member."""

    proposal: Proposal
    visitor: Visitor | None
    reader: Viewer


@blueprint.get("/-/proposals/sent")
def sent() -> Response:
    """Say what happens to a proposal that was just sent; a visitor who gets no mail is given the private link."""
    secret = request.args.get("link", "")[:100]
    with station().truth.connect() as connection:
        is_known = bool(secret) and visitors.find(connection, secret) is not None
    return uncached(render("proposals/sent.html", link=own_link(secret) if is_known else ""))


@blueprint.get("/-/proposals/mine/")
def list_mine() -> Response:
    """List what a member proposed."""
    with station().truth.connect() as connection:
        found = proposals.list_of_account(connection, own_account().id)
    return uncached(render("proposals/mine_list.html", entries=[_entry(one, viewer()) for one in found]))


def _entry(proposal: Proposal, reader: Viewer) -> SimpleNamespace:
    """Prepare a proposal for its maker; what may not be read any more is not named."""
    path = door().place_of_edit(reader, moderating.edit_of(proposal.draft))
    is_known = path or _is_new_record(proposal)
    return SimpleNamespace(
        id=proposal.id, title=proposal.draft.title if is_known else gettext("A page that is closed to you"),
        text=proposal.draft.text if is_known else "", summary=proposal.draft.summary, at=proposal.created_at,
        state=proposal.state, sentence=gettext(STATES[proposal.state]),
        address=address(path) if path and (proposal.draft.base or proposal.state == proposals.ACCEPTED) else None,
    )  # fmt: skip


def _is_new_record(proposal: Proposal) -> bool:
    """Tell whether all that a proposal holds was typed by who made it, wherever it is to stand."""
    return proposal.draft.base is None and bool(frontmatter.parse(proposal.draft.text).text("form"))


@blueprint.get("/-/proposals/mine/<secret>")
def mine(secret: str) -> Response:
    """Show a proposal to who made it. Opening the link confirms nothing: mail scanners open links."""
    with station().truth.connect() as connection:
        return _page(connection, get_own(connection, secret), secret)


def get_own(connection: Connection, secret: str) -> Own:
    """Find a proposal by a visitor's private link, or one of a member by its number; raises NotFound."""
    if secret.isdecimal() and len(secret) < 10:
        account = own_account()
        found = proposals.get(connection, int(secret))
        if found.account_id != account.id:
            raise NotFound(MISSING)
        return Own(found, None, viewer())
    visitor = visitors.find(connection, secret)
    if visitor is None:
        raise NotFound(N_("This link no longer works."))
    return Own(proposals.get_of_visitor(connection, visitor.id), visitor, READER)


def _page(
    connection: Connection, own: Own, secret: str, errors: dict[str, str] | None = None, code: int = 200
) -> Response:
    state = own.proposal.state
    return uncached(render(
        "proposals/mine.html", code, proposal=_entry(own.proposal, own.reader), secret=secret, errors=errors or {},
        notes=note_entries(connection, own.proposal), words=request.form.get("words", ""),
        may_confirm=state == UNCONFIRMED, may_answer=state == ASKED, may_withdraw=state in {*HIDDEN, *OPEN},
        correct_address=_correct_address(own, secret), is_begun=state == DRAFT,
        is_unsure=own.visitor is not None and not own.visitor.is_confirmed and state != UNCONFIRMED,
    ))  # fmt: skip


def _correct_address(own: Own, secret: str) -> str:
    """Give the address of the form in which a proposed record is corrected; empty where there is nothing to correct."""
    form = frontmatter.parse(own.proposal.draft.text).text("form")
    is_open = own.proposal.state in {*HIDDEN, *OPEN}
    return url("record_own.show", secret=secret) if is_open and form and door().find_form(own.reader, form) else ""


def note_entries(connection: Connection, proposal: Proposal) -> list[SimpleNamespace]:
    """Prepare what was said about a proposal."""
    return [
        SimpleNamespace(at=note.at, text=note.text, words=gettext(NOTES[note.kind], name=name_of(note.pseudonym)))
        for note in proposals.list_notes(connection, proposal.id)
    ]


@blueprint.post("/-/proposals/mine/<secret>")
def act(secret: str) -> Response:
    """Confirm the address, answer a question, take the proposal back."""
    deed = request.form.get("action", "")
    if deed not in DONE:
        raise Invalid(UNKNOWN_BUTTON)
    try:
        with station().truth.begin() as connection:
            own = get_own(connection, secret)
            if deed == "confirmed" and own.visitor:
                visitors.confirm(connection, own.visitor)
            now = proposals.act(connection, own.proposal, deed, own.proposal.pseudonym, request.form.get("words", ""))
            if now.state == proposals.WAITING:
                place = door().place_of_edit(own.reader, moderating.edit_of(now.draft))
                tell_moderators(connection, place or now.draft.path)
    except (Invalid, Conflict) as error:
        with station().truth.connect() as connection:
            return _page(connection, get_own(connection, secret), secret, {"words": say(error)}, error.status)
    notice("done", gettext(DONE[deed]))
    return redirect(url("proposals.mine", secret=secret), 303)
