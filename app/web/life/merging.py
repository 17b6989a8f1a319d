"""Make one record of two: both side by side, and for each difference the choice which answer stays."""

from dataclasses import dataclass
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.answers import moving
from app.catalog.record_rows import RecordRow
from app.errors import N_, GareError, Invalid
from app.forms.form import Form, words_in
from app.forms.types import type_of
from app.records import duplicates, merging
from app.records.duplicates import WHY
from app.records.merging import BOTH, KEPT, OTHER, Question, Side, questions
from app.web.addresses import address, url
from app.web.kit import UNKNOWN_BUTTON, door, notice, render, say, station, typed_path, uncached, viewer
from app.web.language import spoken

blueprint = Blueprint("record_merging", __name__)

_OTHERS = N_("These are two kinds of records. Only two of one kind can become one.")
_SAME = N_("Choose another record than this one.")
MOST_OF_TEXT = 400  # letters of an answer that are shown


@dataclass(frozen=True, slots=True)
class _Two:
    """What is to become one: the first is kept."""

    form: Form
    kept: Side
    other: Side


@blueprint.get("/-/record/merge/<path:path>")
def show(path: str) -> Response:
    """Ask which record is there twice, then what of each stays."""
    kept = door().record(viewer(), typed_path(path))
    door().check_looks_after(viewer(), kept)
    if not request.args.get("with", "").strip():
        return _ask(path, {})
    try:
        two = _find(path)
    except GareError as error:
        return _ask(path, {"with": say(error)}, error.status)
    return _form(two, {})


def _ask(path: str, errors: dict[str, str], code: int = 200) -> Response:
    """Ask for the other one: by a part of its name."""
    kept = door().record(viewer(), typed_path(path))
    words = request.args.get("q", "")[:100].strip()
    found = _named(kept, words) if words else _alike(kept)
    return uncached(render(
        "life/merge_find.html", code, record=kept, errors=errors, words=words, found=found, back=address(kept.path)
    ))  # fmt: skip


def _named(kept: RecordRow, words: str) -> list[SimpleNamespace]:
    pages = door().similar(viewer(), words, 20)
    return [SimpleNamespace(path=one.path, title=one.title, why="") for one in pages
            if one.form == kept.form and one.id != kept.id]  # fmt: skip


def _alike(kept: RecordRow) -> list[SimpleNamespace]:
    """Suggest those that are likely to be the same."""
    form = door().find_form(viewer(), kept.form)
    found = duplicates.find(door(), viewer(), form, kept.values, but=kept.id) if form else []
    return [SimpleNamespace(path=one.row.path, title=one.row.title, why=gettext(WHY[one.why])) for one in found]


def _find(path: str) -> _Two:
    """Find both; raises Invalid, NotFound, Refused."""
    typed = request.values.get("with", "")
    rows = [door().record(viewer(), typed_path(one)) for one in (path, typed)]
    door().check_looks_after(viewer(), *rows)
    if rows[0].path == rows[1].path:
        raise Invalid(_SAME)
    if rows[0].form != rows[1].form:
        raise Invalid(_OTHERS)
    form = door().form(viewer(), rows[0].form)
    return _Two(form, *(merging.side(station(), viewer(), row.path) for row in rows))


def _form(two: _Two, errors: dict[str, str], code: int = 200) -> Response:
    kept, other = two.kept.row, two.other.row
    return uncached(render(
        "life/merge.html", code, kept=kept, other=other, errors=errors,
        questions=[_shown(one) for one in questions(two.form, two.kept, two.other)],
        bases=f"{kept.revision} {other.revision}", has_other_readers=kept.audience != other.audience,
        files=len(two.other.files), back=address(kept.path),
        turned=url("record_merging.show", path=other.path, **{"with": kept.path}),
    ))  # fmt: skip


def _shown(question: Question) -> SimpleNamespace:
    label = words_in(question.field.label, spoken()) if question.field else gettext("Text")
    options = [(KEPT, _plain(question, question.kept)), (OTHER, _plain(question, question.other))]
    if question.may_join:
        options.append((BOTH, gettext("Keep both answers")))
    name = question.name or "body"
    return SimpleNamespace(name=name, label=label, options=options, value=request.form.get(f"m.{name}", KEPT))


def _plain(question: Question, value: merging.Value) -> str:
    text = str(value) if question.field is None else type_of(question.field).plain(question.field, value, spoken())
    return text if len(text) <= MOST_OF_TEXT else f"{text[:MOST_OF_TEXT]}…"


@blueprint.post("/-/record/merge/<path:path>")
def save(path: str) -> Response:
    """Make one of the two."""
    two = _find(path)
    if request.form.get("bases") != f"{two.kept.row.revision} {two.other.row.revision}":
        return _form(two, {"bases": gettext("One of the two has changed since. Look at them again.")}, 409)
    asked = questions(two.form, two.kept, two.other)
    chosen = {one.name: request.form.get(f"m.{one.name or 'body'}", KEPT) for one in asked}
    wrong = [one for one in asked if chosen[one.name] not in (KEPT, OTHER, *((BOTH,) if one.may_join else ()))]
    if wrong:
        raise Invalid(UNKNOWN_BUTTON)
    try:
        merging.merge(station(), viewer(), two.form, (two.kept, two.other), chosen)
        with station().truth.begin() as connection:
            moving.join(connection, two.kept.row.id, two.other.row.id)
    except GareError as error:
        return _form(_find(path), {"bases": say(error)}, error.status)
    notice("done", gettext("The two are one record now. The history of both stays."))
    return redirect(address(two.kept.row.path), 303)
