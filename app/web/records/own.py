"""Correct what one has proposed, before it is decided: by the private link of a visitor, or a member's number."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.record_rows import RecordRow
from app.errors import N_, Conflict, GareError, NotFound
from app.forms.form import Form, Values
from app.people.viewer import Viewer
from app.proposals import enclosures, moderating, proposals
from app.proposals import records as proposed_records
from app.proposals.enclosures import Enclosed
from app.proposals.proposals import ASKED, DRAFT, HIDDEN, MISSING, OPEN, WAITING, Draft, Proposal
from app.records import readers
from app.records.saving import text_of
from app.web.addresses import url
from app.web.kit import door, notice, say, station
from app.web.moderator_mails import tell_moderators
from app.web.proposals import get_own
from app.web.records import sending, sheet
from app.web.records.edit import State, state_of
from app.web.records.proposed import waiting_of
from app.web.records.sheet import Sheet, Taken
from app.web.unsaved import keep
from app.wiki import frontmatter

blueprint = Blueprint("record_own", __name__)


class _Opened:
    """A proposal that is being corrected: its form, what it is enclosed with, and the record that it changes."""

    def __init__(self, secret: str) -> None:
        with station().truth.connect() as connection:
            own = get_own(connection, secret)
            self.enclosed = enclosures.load(connection, own.proposal.id)
        self.secret, self.proposal, self.reader = secret, own.proposal, own.reader
        self.form = form_for(own.reader, own.proposal)
        self.row = row_for(own.reader, own.proposal)
        self.base_text = base_text_of(own.reader, own.proposal)

    def sheet(self) -> Sheet:
        """Make its sheet."""
        draft = self.proposal.draft
        state = state_of(self.form, draft.text, draft.base or "")
        is_begun = self.proposal.state == DRAFT
        return Sheet(
            self.form, url("record_own.correct", secret=self.secret), gettext("Correct “%(title)s”", title=draft.title),
            gettext("Send it") if is_begun else gettext("Send the correction"),
            back=(gettext("Back to the proposal"), url("proposals.mine", secret=self.secret)), row=self.row,
            base=draft.base or "", answers=answers_of(self.form, state, self.enclosed), body=state.body,
            waiting=waiting_of(self.enclosed), may_keep=is_begun,
        )  # fmt: skip


def form_for(reader: Viewer, proposal: Proposal) -> Form:
    """Find the form of a proposed record; raises NotFound where it is no record, or its form is gone."""
    form = proposed_records.form_of(door(), reader, proposal.draft)
    if form is None or not proposal.draft.text:
        raise NotFound(MISSING)
    return form


def row_for(reader: Viewer, proposal: Proposal) -> RecordRow | None:
    """Find the record that a proposal would change; None of a new one. Raises NotFound where it is closed or gone."""
    if proposal.draft.base is None:
        return None
    path = door().place_of_edit(reader, moderating.edit_of(proposal.draft))
    row = door().find_record(reader, path) if path else None
    if row is None:
        raise NotFound(MISSING)
    return row


def base_text_of(reader: Viewer, proposal: Proposal) -> str:
    """Give the text that a proposal started from."""
    draft = proposal.draft
    return door().revision(reader, draft.path, draft.base)[2] if draft.base else ""


def answers_of(form: Form, state: State, enclosed: Enclosed) -> Values:
    """Give what a proposed record answers, private answers included: also to questions that became so meanwhile."""
    front = frontmatter.parse(state.text).values
    since = {one.name: front[one.name] for one in form.fields if one.is_private and one.name in front}
    private = {name: value for name, value in enclosed.private.items() if value is not None}
    return readers.with_exact(form, state.values, {**since, **private})


@blueprint.get("/-/record/mine/<secret>")
def show(secret: str) -> Response:
    """Show the form with what was proposed."""
    return sheet.first_time(_check_open(_Opened(secret)).sheet())


def _check_open(opened: _Opened) -> _Opened:
    if opened.proposal.state not in {*HIDDEN, *OPEN}:
        raise Conflict(N_("This is decided already."))
    return opened


@blueprint.post("/-/record/mine/<secret>")
def correct(secret: str) -> Response:
    """Keep the correction; one that was kept for later is sent."""
    opened = _check_open(_Opened(secret))
    shown = opened.sheet()
    taken = sheet.take(shown)
    if not isinstance(taken, Taken):
        return taken
    try:
        _keep(opened, taken)
    except GareError as error:
        return sheet.show(shown, taken.sent, errors={"record": say(error)}, code=error.status)
    notice("done", gettext("Kept for later. Only you see it.") if taken.is_kept else gettext("Your answers are sent."))
    return redirect(url("proposals.mine", secret=secret), 303)


def _keep(opened: _Opened, taken: Taken) -> None:
    draft, before = taken.draft, opened.proposal
    text = text_of(station(), opened.form, draft, opened.base_text)
    if opened.base_text == text and not draft.private and not draft.files:
        raise Conflict(sending.UNCHANGED)
    path = before.draft.path
    if before.draft.base is None:
        path = sending.path_of_new(opened.form, draft)
    kept = Draft(path, before.draft.base, sending.title_for(opened.form, draft), text, draft.summary)
    if before.state == DRAFT and not taken.is_kept:
        sending.check_may_submit(opened.form)
    with station().truth.begin() as connection:
        now = proposals.rewrite(connection, before, kept)
        enclosures.keep(connection, before.id, Enclosed(draft.private, draft.files))
        deed = {DRAFT: "sent", WAITING: "corrected", ASKED: "corrected"}.get(before.state)
        if deed and not taken.is_kept:
            proposals.act(connection, now, deed, before.pseudonym)
            tell_moderators(connection, path)


def _again(sentence: str, code: int) -> Response:
    return sheet.again(_Opened((request.view_args or {})["secret"]).sheet(), sentence, code)


keep(blueprint, {"record_own.correct": _again})
