"""Change a proposed record before it is taken over: `/-/record/proposal/<number>`."""

from dataclasses import replace

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import GareError, NotFound
from app.forms.merging import merge
from app.people.viewer import Viewer
from app.proposals import moderating
from app.proposals import records as proposed_records
from app.proposals.enclosures import Enclosed
from app.proposals.moderating import Waiting
from app.proposals.proposals import MISSING
from app.records import saving
from app.web import moderation
from app.web.addresses import url
from app.web.kit import door, say, station, viewer
from app.web.records import sending, sheet
from app.web.records.edit import state_of
from app.web.records.own import answers_of, base_text_of, row_for
from app.web.records.preview import row_of
from app.web.records.proposed import enclosed_with, form_of, waiting_of
from app.web.records.sheet import Sheet, Taken
from app.web.unsaved import keep

blueprint = Blueprint("record_moderated", __name__)


@blueprint.get("/-/record/proposal/<number>")
def show(number: str) -> Response:
    """Show the form with what is proposed."""
    waiting = moderation.get_waiting(number)
    return sheet.first_time(_sheet(waiting, viewer()))


def _sheet(waiting: Waiting, reader: Viewer) -> Sheet:
    """Make the sheet of a proposal; of both changes where others have changed the record meanwhile."""
    proposal = waiting.proposal
    form = form_of(proposal)
    if form is None or not proposal.is_open:
        raise NotFound(MISSING)
    enclosed = enclosed_with(proposal)
    now = moderating.joined(door(), reader, proposal)
    row = row_for(reader, proposal)
    state = state_of(form, proposal.draft.text if now.merged is None else now.merged, "")
    if now.merged is None and row:
        before = state_of(form, base_text_of(reader, proposal), "").values
        state = replace(state, values=merge(before, state.values, state_of(form, now.text, "").values)[0])
    return Sheet(
        form, url("record_moderated.accept", number=proposal.id),
        gettext("Change the proposal for “%(title)s”", title=proposal.draft.title), gettext("Accept it so"),
        back=(gettext("Back to the proposal"), url("moderation.look", number=proposal.id)),
        row=row, judged=row_of(form, proposal.draft.path, state.values),
        base=now.page.revision if now.page and row else "", answers=answers_of(form, state, enclosed),
        body=state.body, waiting=waiting_of(enclosed), seen=moderation.talk(proposal),
    )  # fmt: skip


@blueprint.post("/-/record/proposal/<number>")
def accept(number: str) -> Response:
    """Publish a proposed record as the moderator has changed it, in the name of who proposed it."""
    waiting = moderation.get_waiting(number)
    opened = replace(_sheet(waiting, viewer()), seen=request.form.get("seen", ""), base=request.form.get("base", ""))
    taken = sheet.take(opened)
    if not isinstance(taken, Taken):
        return taken
    try:
        moderation.check_talk(waiting.proposal)
        draft = taken.draft
        old_text = door().revision(viewer(), opened.path, opened.base)[2] if opened.row else ""
        text = saving.text_of(station(), opened.form, draft, old_text)
        path = opened.path or sending.path_of_new(opened.form, draft)
        changed = replace(waiting.proposal.draft, path=path, text=text, base=opened.base or None)
        waiting = replace(waiting, proposal=replace(waiting.proposal, draft=changed))
        enclosed = Enclosed({**enclosed_with(waiting.proposal).private, **draft.private}, draft.files)
        edit = proposed_records.edit_for(door(), viewer(), waiting, opened.form, enclosed, station().today())
        return moderation.take_over(waiting, edit, enclosed)
    except GareError as error:
        return sheet.show(opened, taken.sent, errors={"record": say(error)}, code=error.status)


def _again(sentence: str, code: int) -> Response:
    waiting = moderation.get_waiting((request.view_args or {})["number"])
    return sheet.again(_sheet(waiting, viewer()), sentence, code)


keep(blueprint, {"record_moderated.accept": _again})
