"""The questions of a form in their order, each with its buttons, and how the form will look."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import Conflict, Invalid
from app.forms import shaping
from app.forms.form import Form
from app.web.addresses import address, url
from app.web.form_builder import kinds
from app.web.form_builder.keeping import (
    CHANGED,
    Opened,
    address_of_undo,
    keep_form,
    open_at,
    open_form,
    say_words,
)
from app.web.form_builder.questions import count_records, list_answers
from app.web.form_builder.readers import list_readers, list_submitters
from app.web.kit import UNKNOWN_BUTTON, notice, render, say, station, uncached
from app.wiki.page import path_of_form

blueprint = Blueprint("form_builder", __name__)

_STEPS = {"up": -1, "down": 1}


@blueprint.get("/-/forms/edit/<name>")
def edit(name: str) -> Response:
    """Show the questions of a form, and how it will look; a form that cannot be read is mended by hand."""
    try:
        form = open_form(name).form
    except Invalid as error:
        notice("warning", say(error))
        return redirect(url("edit.edit", path=path_of_form(name), text=1))
    questions = [
        {"field": one, "label": say_words(one.label) or one.name, "kind": kinds.KINDS.get(one.type),
         "readers": dict(list_readers(one.readers))[one.readers] if one.readers else "",
         "condition": _condition(form, one.name), "may_go": _may_go(form, one.name)}
        for one in form.fields
    ]  # fmt: skip
    return uncached(render(
        "forms/edit.html", form=form, title=say_words(form.title), questions=questions,
        records=count_records(name), submitters=dict(list_submitters(form.submitters))[form.submitters],
        collection=station().hooks.collection(name), page=address(path_of_form(name)), say_words=say_words,
        answers_of=list_answers,
    ))  # fmt: skip


def _condition(form: Form, name: str) -> str:
    """Say when a question is asked; nothing where it always is."""
    field = form.find(name)
    if field is None or field.condition is None or not (other := form.find(field.condition.field)):
        return ""
    known = dict(list_answers(other))
    answers = ", ".join(known.get(key, key) for key in field.condition.values)
    label = say_words(other.label) or other.name
    if answers:
        return gettext("Only if “%(question)s” is: %(answers)s", question=label, answers=answers)
    return gettext("Only if “%(question)s” is answered", question=label)


def _may_go(form: Form, name: str) -> bool:
    """Tell whether a question may be taken away: that which names the records stays."""
    return f"{{{name}}}" not in form.title_rule + form.path_rule.replace("{title}", "")


@blueprint.post("/-/forms/edit/<name>")
def act(name: str) -> Response:
    """Move a question up or down, or take it away."""
    opened = open_form(name)
    deed, _, question = request.form.get("do", "").partition(" ")
    if opened.form.find(question) is None:
        notice("warning", gettext("This question is not there any more. Look at the form again."))
        return redirect(url("form_builder.edit", name=name), 303)
    if deed in _STEPS:
        keep_form(opened, shaping.move(opened.form, question, _STEPS[deed]), gettext("A question is moved."))
        return redirect(url("form_builder.edit", name=name) + f"#gc-question-{question}", 303)
    if deed != "remove":
        raise Invalid(UNKNOWN_BUTTON)
    return _remove(opened, question)


def _remove(opened: Opened, question: str) -> Response:
    form = opened.form
    field = form.find(question)
    after = keep_form(opened, shaping.remove(form, question), gettext("A question is taken away."))
    undo = (gettext("Undo"), address_of_undo(form.name, opened.revision, after))
    label = say_words(field.label) if field else question
    notice("done", gettext("“%(question)s” is taken away. Answers that were given stay.", question=label), undo)
    return redirect(url("form_builder.edit", name=form.name), 303)


@blueprint.post("/-/forms/undo/<name>")
def undo(name: str) -> Response:
    """Bring a form back to what it was before the last change, if that still is the last one."""
    opened = open_form(name)
    before = open_at(name, request.args.get("before", ""))
    if before is None or opened.revision != request.args.get("after", ""):
        raise Conflict(CHANGED)
    keep_form(opened, before, gettext("A change is taken back."))
    notice("done", gettext("The form is as it was before."))
    return redirect(url("form_builder.edit", name=name), 303)
