"""Proposed records: what a moderator takes over is their page, the files that wait, and the private answers."""

from dataclasses import replace
from datetime import date

from app.catalog.editing import Edit
from app.forms.form import Form
from app.people.door import Door
from app.people.viewer import Viewer
from app.proposals.enclosures import Enclosed
from app.proposals.moderating import Waiting, edit_of
from app.proposals.proposals import Draft, Proposal
from app.records import saving
from app.records.private import Giver
from app.station import Station
from app.wiki import frontmatter

_LATER = frozenset({"id", "audience", "expires"})  # keys that a proposal gets when it is accepted


def form_of(door: Door, viewer: Viewer, draft: Draft) -> Form | None:
    """Find the form that a proposed page follows; None of a page that is no record."""
    name = frontmatter.parse(draft.text).text("form")
    return door.find_form(viewer, name) if name else None


def giver_of(proposal: Proposal) -> Giver:
    """Say whose the private answers of a proposal are."""
    return Giver(proposal.account_id, proposal.visitor_id)


def edit_for(door: Door, viewer: Viewer, waiting: Waiting, form: Form, enclosed: Enclosed, today: date) -> Edit:
    """Make the edit by which a proposed record is taken over, files included; a new one gets a place that is free."""
    draft = waiting.proposal.draft
    edit = replace(edit_of(draft, waiting.proposal.pseudonym), files=enclosed.files, readers=form.audience)
    if draft.base is not None:
        return edit
    path = draft.path if _is_done(door, viewer, draft) else door.free_path(draft.path)
    return replace(edit, path=path, text=saving.with_expiry(form, edit.text, today))


def _is_done(door: Door, viewer: Viewer, draft: Draft) -> bool:
    """Tell whether the page that stands there is this very record: its button was pressed twice."""
    page = door.find_record(viewer, draft.path)
    if page is None:
        return False
    there, ours = (frontmatter.parse(text).values for text in (door.text(viewer, draft.path)[1], draft.text))
    return all(there.get(key) == ours.get(key) for key in {*there, *ours} - _LATER)


def publish_private(station: Station, proposal: Proposal, path: str, enclosed: Enclosed) -> None:
    """Make the private answers of a proposal those of the record that it became."""
    saving.keep_private(station, path, enclosed.private, giver_of(proposal))
