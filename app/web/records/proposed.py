"""A proposed record for those who decide on it: what it says, rather than its source; what is enclosed with it."""

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace

from flask_babel import gettext

from app.catalog.editing import Edit, Joined
from app.forms.form import Form, Values
from app.forms.places import EXACT_ENDING
from app.proposals import enclosures, moderating
from app.proposals import records as proposed_records
from app.proposals.enclosures import Enclosed
from app.proposals.moderating import Waiting
from app.proposals.proposals import Proposal
from app.records import private, readers
from app.web.kit import door, station, viewer
from app.web.language import spoken
from app.web.records import sheet
from app.web.records.edit import State, state_of
from app.web.records.preview import row_of
from app.web.records.showing import shown
from app.web.records.shown import ShownField
from app.web.records.uploads import Upload
from app.wiki import diff
from app.wiki.yaml_text import Value


def form_of(proposal: Proposal) -> Form | None:
    """Find the form of a proposed record; None where it is a page like others."""
    return proposed_records.form_of(door(), viewer(), proposal.draft)


def look(proposal: Proposal, now: Joined) -> SimpleNamespace | None:
    """Prepare a proposed record to be looked at: all that a new one says, or word by word what would change."""
    form = form_of(proposal)
    if form is None:
        return None
    enclosed = enclosed_with(proposal)
    state = state_of(form, proposal.draft.text if now.merged is None else now.merged, "")
    place = sheet.place_of(now.page.path if now.page else "", {one.name: one for one in waiting_of(enclosed)})
    path = now.page.path if now.page else proposal.draft.path
    enclosed = replace(enclosed, private=_read_by_moderator(form, path, state, enclosed))
    given = {name: value for name, value in enclosed.private.items() if value is not None}
    seen = sheet.preview_of(form, path, state.values, given, state.body, place)
    rows = _rows(form, now, state, enclosed) if now.page else ()
    return SimpleNamespace(form=form, preview=seen, rows=rows, point=_point(seen.fields))


def _read_by_moderator(form: Form, path: str, state: State, enclosed: Enclosed) -> Mapping[str, Value | None]:
    """Choose what of the private answers of a proposal its moderator reads, who reads no more once it is published."""
    row, said = row_of(form, path, state.values), enclosed.private
    told = readers.readable(viewer(), form, row, {name: value or "" for name, value in said.items()})
    return {name: value for name, value in said.items() if name in told}


def _point(fields: list[ShownField]) -> ShownField | None:
    return next((one for one in fields if one.point), None)


def _rows(form: Form, now: Joined, state: State, enclosed: Enclosed) -> tuple[diff.Row, ...]:
    """Compare what the record says with what it would say, one answer a line, private ones too."""
    page = now.page
    assert page is not None
    known = _known(form, page.path)
    before = state_of(form, now.text, "")
    changed = {name: value for name, value in {**known, **enclosed.private}.items() if value is not None}
    return diff.words(_as_lines(form, page.path, before, known), _as_lines(form, page.path, state, changed))


def _known(form: Form, path: str) -> Values:
    """Give the private answers that the record has and the moderator reads."""
    row = door().find_record(viewer(), path)
    if row is None:
        return {}
    with station().truth.connect() as connection:
        found = private.load(connection, [row.id]).get(row.id, {})
    return readers.readable(viewer(), form, row, found)


def _as_lines(form: Form, path: str, state: State, private_values: Values) -> str:
    answers = shown(form, row_of(form, path, state.values), private_values, spoken())
    lines = [gettext("%(label)s: %(answer)s", label=one.label, answer=one.text or one.words) for one in answers]
    exact = [f"{name}: {value}" for name, value in private_values.items() if name.endswith(EXACT_ENDING)]
    return "\n".join([*lines, *exact, *([state.body] if state.body else [])]) + "\n"


def edit_for(waiting: Waiting) -> Edit:
    """Make the edit by which a proposal is taken over as it stands."""
    form = form_of(waiting.proposal)
    if form is None:
        return moderating.edit_of(waiting.proposal.draft, waiting.proposal.pseudonym)
    enclosed = enclosed_with(waiting.proposal)
    return proposed_records.edit_for(door(), viewer(), waiting, form, enclosed, station().today())


def publish_private(proposal: Proposal, path: str, enclosed: Enclosed | None = None) -> None:
    """Make the private answers of a proposal those of the record that it became."""
    proposed_records.publish_private(station(), proposal, path, enclosed or enclosed_with(proposal))


def enclosed_with(proposal: Proposal) -> Enclosed:
    """Give what is enclosed with a proposal."""
    with station().truth.connect() as connection:
        return enclosures.load(connection, proposal.id)


def waiting_of(enclosed: Enclosed) -> tuple[Upload, ...]:
    """Give the files that wait with a proposal."""
    return tuple(Upload(name, pointer) for name, pointer in enclosed.files.items())
