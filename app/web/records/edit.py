"""Change a record through its form: `/-/record/edit/<path>`; field by field with what others changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.editing import EditConflict
from app.catalog.record_rows import RecordRow
from app.errors import N_, GareError, NotFound
from app.forms.form import Form, Values, words_in
from app.forms.merging import merge
from app.forms.record import values_of
from app.forms.types import type_of
from app.records import private, readers
from app.records.dates_along import carried
from app.web.addresses import address, url
from app.web.kit import door, say, station, typed_path, viewer
from app.web.language import spoken
from app.web.records import moved_answers, sending, sheet, typed, untouched
from app.web.records.sheet import Sheet, Taken
from app.web.unsaved import keep
from app.web.visitor_form import Mistakes
from app.wiki import frontmatter

blueprint = Blueprint("record_edit", __name__)


@dataclass(frozen=True, slots=True)
class State:
    """What a record's page said at a revision."""

    revision: str
    text: str
    values: Values
    body: str


def state_of(form: Form, text: str, revision: str) -> State:
    """Read the text of a record's page."""
    values = values_of(form, frontmatter.parse(text).values)
    return State(revision, text, values, frontmatter.split(text)[1].strip())


def may_publish(form: Form, row: RecordRow) -> bool:
    """Tell whether what the viewer changes is published at once."""
    may_write = door().may_write(viewer(), row.path) and viewer().may_write
    return may_write and (not form.is_moderated or door().may_check(viewer(), row))


def private_of(form: Form, row: RecordRow) -> Values:
    """Give the private answers of a record that the viewer reads."""
    with station().truth.connect() as connection:
        known = private.load(connection, [row.id]).get(row.id, {})
    return readers.readable(viewer(), form, row, known)


def sheet_of(form: Form, row: RecordRow, state: State) -> Sheet:
    """Make the sheet of a record that is there."""
    is_direct, known = may_publish(form, row), private_of(form, row)
    opened = Sheet(
        form, url("record_edit.edit", path=row.path), gettext("Change “%(title)s”", title=row.title),
        gettext("Save") if is_direct else gettext("Send it"),
        lead="" if is_direct else gettext("Somebody who looks after this place reads it first."),
        back=(gettext("Back to the page"), address(row.path)), row=row, base=state.revision,
        answers=readers.with_exact(form, state.values, known), private=known, body=state.body,
        is_asked_who=not is_direct and not viewer().is_signed_in, is_asked_name=is_direct and not viewer().is_signed_in,
    )  # fmt: skip
    return replace(opened, marks=untouched.marks_of(opened))


def _find(path: str) -> tuple[Form, RecordRow] | None:
    """Find a record and its form; None where its form is gone: then its text is edited."""
    row = door().record(viewer(), typed_path(path))
    form = door().find_form(viewer(), row.form)
    return (form, row) if form else None


@blueprint.get("/-/record/edit/<path:path>")
def edit(path: str) -> Response:
    """Show the form with what the record says."""
    found = _find(path)
    if found is None:
        return redirect(url("edit.edit", path=typed_path(path), text=1), 303)
    form, row = found
    page, text = door().text(viewer(), row.path)
    return sheet.first_time(sheet_of(form, row, state_of(form, text, page.revision)))


def _opened() -> tuple[Form, Sheet, State]:
    """Make the sheet as it was when its writer opened it."""
    found = _find((request.view_args or {})["path"])
    if found is None:
        raise NotFound(N_("There is no form of that name."))
    form, row = found
    revision = request.form.get("base", "")
    state = state_of(form, door().revision(viewer(), row.path, revision)[2], revision or row.revision)
    return form, sheet_of(form, row, state), state


@blueprint.post("/-/record/edit/<path:path>")
def save(path: str) -> Response:  # noqa: ARG001 - `_opened` reads it, also after a session has ended
    """Save what was changed, or propose it to who looks after the record."""
    form, opened, state = _opened()
    taken = sheet.take(opened)
    if not isinstance(taken, Taken):
        return taken
    draft, clashes = untouched.settle(opened, taken.draft)
    if clashes:
        shown = replace(opened, marks=untouched.marks_of(opened, {*clashes, *map("{}.exact".format, clashes)}))
        return sheet.show(shown, replace(taken.sent, errors=clashes), code=409)
    draft = replace(draft, values=carried(form, state.values, draft.values, station().config.timezone))
    try:
        if opened.row is not None and may_publish(form, opened.row):
            answer = sending.publish(form, draft)
            moved_answers.follow(form, opened.row, state.values)
            return answer
        return sending.propose(*sending.proposed(form, draft, state.text))
    except EditConflict as conflict:
        return at_odds(opened, taken, state, state_of(form, conflict.text, conflict.page.revision), say(conflict))
    except Mistakes as mistakes:
        return sheet.show(opened, taken.sent, errors=mistakes.errors, code=mistakes.status)
    except GareError as error:
        return sheet.show(opened, taken.sent, errors={"record": say(error)}, code=error.status)


def at_odds(opened: Sheet, taken: Taken, base: State, theirs: State, sentence: str) -> Response:
    """Show the form with both changes in it; where both changed one answer, mine is typed and theirs stands beside."""
    form = opened.form
    merged, conflicts = merge(base.values, taken.draft.values, theirs.values)
    mine = {**taken.draft.values, **{name: value for name, value in taken.draft.private.items() if value is not None}}
    body = theirs.body if taken.sent.body.strip() in (base.body, theirs.body) else taken.sent.body
    shown = typed.shown_first(form, {**mine, **merged}, is_new=False, body=body)
    sent = replace(shown, uploads=taken.sent.uploads, typed={**shown.typed, **_of_files(opened, taken, conflicts)})
    said = [_theirs(form, name, theirs.values) for name in conflicts]
    now = replace(opened, base=theirs.revision)
    is_body = body not in (theirs.body, "") and base.body != theirs.body
    return sheet.show(
        now, sent, errors={"record": sentence}, code=409, theirs=said, their_body=theirs.body if is_body else ""
    )


def _of_files(opened: Sheet, taken: Taken, conflicts: tuple[str, ...]) -> Mapping[str, typed.Parts]:
    """Give the files as they were sent where both changed them: those that wait are known by their words."""
    fields = (one.name for one in opened.form.fields if one.type in typed.OF_FILES)
    return {name: dict(taken.sent.typed.get(name, {})) for name in fields if name in conflicts}


def _theirs(form: Form, name: str, values: Values) -> SimpleNamespace:
    one = form.find(name)
    words = type_of(one).plain(one, values[name], spoken()) if one and name in values else gettext("nothing")
    return SimpleNamespace(label=words_in(one.label, spoken()) if one else name, words=words)


def _again(sentence: str, code: int) -> Response:
    return sheet.again(_opened()[1], sentence, code)


keep(blueprint, {"record_edit.save": _again})
