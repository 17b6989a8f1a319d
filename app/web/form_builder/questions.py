"""One question of a form: added, changed."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.record_rows import RecordQuery
from app.errors import N_, Conflict, GareError, NotFound
from app.forms import shaping
from app.forms.form import STATES, Choice, Field, Form
from app.web.addresses import url
from app.web.form_builder import kinds
from app.web.form_builder.answers import lines_in, write_lines
from app.web.form_builder.keeping import (
    CHANGED,
    Opened,
    address_of_undo,
    in_own,
    keep_form,
    open_at,
    open_form,
    other_languages,
    own_language,
    say_words,
)
from app.web.form_builder.question import Typed, read_changed, read_new
from app.web.form_builder.readers import list_readers
from app.web.kit import door, notice, render, say, uncached, viewer
from app.web.unsaved import keep

blueprint = Blueprint("form_questions", __name__)

NO_QUESTION = N_("This question is not there any more. Look at the form again.")
_NEW = Field("", "text", {})


@blueprint.get("/-/forms/add/<name>")
def add(name: str) -> Response:
    """Ask for a new question: its words, and how one answers."""
    return _adding(open_form(name), Typed(_NEW))


@blueprint.post("/-/forms/add/<name>")
def save_new(name: str) -> Response:
    """Add the question; another one may follow at once."""
    opened = open_form(name)
    typed = read_new(opened.form)
    if request.form.get("action") == "preview" or typed.errors:
        return _adding(opened, typed, 400 if typed.errors and request.form.get("action") != "preview" else 200)
    try:
        _keep(opened, shaping.add(opened.form, typed.field), gettext("The question is added."))
    except GareError as error:
        return _adding(opened, Typed(typed.field, {"label": say(error)}), error.status)
    if request.form.get("action") == "another":
        return redirect(url("form_questions.add", name=name), 303)
    return _to_form(name, typed.field.name)


def _keep(opened: Opened, form: Form, said: str) -> None:
    """Keep the form, and say so on the next page, with a button that takes it back."""
    after = keep_form(opened, form, said)
    if after == opened.revision:
        notice("done", gettext("Nothing had changed."))
        return
    notice("done", said, (gettext("Undo"), address_of_undo(opened.form.name, opened.revision, after)))


def _to_form(name: str, question: str) -> Response:
    return redirect(url("form_builder.edit", name=name) + f"#gc-question-{question}", 303)


@blueprint.get("/-/forms/question/<name>/<question>")
def edit(name: str, question: str) -> Response:
    """Show all that can be said of a question."""
    opened = open_form(name)
    return _changing(opened, Typed(_get(opened.form, question)))


@blueprint.post("/-/forms/question/<name>/<question>")
def save(name: str, question: str) -> Response:
    """Keep what was typed of a question."""
    opened = open_form(name)
    was = _get(opened.form, question)
    typed = read_changed(opened.form, was, may_close=may_close(opened.form, was))
    if request.form.get("action") == "preview":
        return _changing(opened, typed)
    if not typed.errors and _has_moved(opened, was):
        typed.errors["label"] = say(Conflict(CHANGED))
        return _changing(opened, typed, 409)
    if typed.errors:
        return _changing(opened, typed, 400)
    try:
        _keep(opened, shaping.change_field(opened.form, typed.field), gettext("The question is changed."))
    except GareError as error:
        return _changing(opened, Typed(typed.field, {"label": say(error)}), error.status)
    if _has_new_condition(was, typed.field, opened.form):
        return redirect(url("form_questions.edit", name=name, question=question) + "#gc-field-only_if", 303)
    return _to_form(name, question)


def _get(form: Form, question: str) -> Field:
    found = form.find(question)
    if found is None:
        raise NotFound(NO_QUESTION)
    return found


def _has_moved(opened: Opened, was: Field) -> bool:
    """Tell whether somebody else has changed this question since its page was opened."""
    base = request.form.get("base", "")
    if not base or base == opened.revision:
        return False
    before = open_at(opened.form.name, base)
    return before is None or before.find(was.name) != was


def _has_new_condition(was: Field, now: Field, form: Form) -> bool:
    """Tell whether a question was just chosen whose answers are still to be ticked."""
    if now.condition is None or now.condition == was.condition or now.condition.values:
        return False
    other = form.find(now.condition.field)
    return other is not None and bool(list_answers(other))


def may_close(form: Form, was: Field) -> bool:
    """Tell whether it may be chosen who reads the answers: once there are some, they would stay where they are."""
    if was.type == "contact" or was.name in ("title", "tags"):
        return False
    return was.is_private or not count_records(form.name)


def count_records(name: str) -> int:
    """Count the records of a form, in whatever state."""
    return door().records(viewer(), RecordQuery(form=name, states=STATES, limit=1))[1]


def list_answers(field: Field) -> list[tuple[str, str]]:
    """List the answers that a condition can name: key and words."""
    if field.type == "yes_no":
        return [("yes", gettext("Yes")), ("no", gettext("No"))]
    return _labels(field.choices) if kinds.has_list(field) else []


def _labels(choices: tuple[Choice, ...]) -> list[tuple[str, str]]:
    return [pair for one in choices for pair in ((one.key, say_words(one.label) or one.key), *_labels(one.children))]


def _adding(opened: Opened, typed: Typed, code: int = 200) -> Response:
    return _render("forms/add.html", code, opened, typed, groups=kinds.GROUPS)


def _changing(opened: Opened, typed: Typed, code: int = 200) -> Response:
    field, form = typed.field, opened.form
    others = [one for one in form.fields if one.name != field.name]
    condition = form.find(field.condition.field) if field.condition else None
    return _render(
        "forms/question.html", code, opened, typed, kind=kinds.KINDS.get(field.type),
        may_filter=field.type in kinds.FACETS and not field.is_private,
        may_close=may_close(form, form.find(field.name) or field), readers=list_readers(field.readers),
        has_list=kinds.has_list(field), has_default=field.type in kinds.DEFAULTS,
        others=[(one.name, say_words(one.label) or one.name) for one in others],
        condition_answers=list_answers(condition) if condition else [],
        base=request.form.get("base") or opened.revision,
    )  # fmt: skip


def _render(template: str, code: int, opened: Opened, typed: Typed, **more: Any) -> Response:
    field = typed.field
    values = SimpleNamespace(
        label=in_own(field.label), help=in_own(field.help),
        answers=request.form.get("answers", write_lines(field.choices, own_language())),
        linked=field.options.get("form", ""), unit=field.options.get("unit", ""),
        others={code: (field.label.get(code, ""), field.help.get(code, ""),
                       request.form.get(f"answers_{code}", lines_in(field.choices, code)))
                for code in other_languages()},
    )  # fmt: skip
    return uncached(render(
        template, code, form=opened.form, title=say_words(opened.form.title), field=field, values=values,
        errors={} if request.form.get("action") == "preview" else typed.errors,
        linkable=[(one.name, say_words(one.plural)) for one in door().all_forms(viewer())],
        say_words=say_words, answers_of=list_answers, **more,
    ))  # fmt: skip


def _again(sentence: str, code: int) -> Response:
    """Show a question again that could not be sent."""
    place = request.view_args or {}
    opened = open_form(place["name"], is_checked=False)
    if "question" not in place:
        return _adding(opened, Typed(read_new(opened.form).field, {"label": sentence}), code)
    was = _get(opened.form, place["question"])
    typed = read_changed(opened.form, was, may_close=may_close(opened.form, was))
    return _changing(opened, Typed(typed.field, {"label": sentence}), code)


keep(blueprint, {"form_questions.save_new": _again, "form_questions.save": _again})
