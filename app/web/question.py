"""The question of this place, asked of people without an account: a program from far away cannot answer it."""

from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.people import acts
from app.web.addresses import url
from app.web.kit import UNFIT, check_admin, notice, render, station, uncached, viewer
from app.wiki.page import fold

blueprint = Blueprint("question", __name__)

MAX_QUESTION, MAX_ANSWER = 150, 80  # characters


@blueprint.get("/-/admin/question")
def show() -> Response:
    """Show the question and its answer."""
    check_admin()
    settings = station().settings.get()
    return _page(settings.question, settings.answer, {})


@blueprint.post("/-/admin/question")
def save() -> Response:
    """Keep another question, or none."""
    check_admin()
    question, answer = (" ".join(UNFIT.sub("", request.form.get(name, "")).split()) for name in ("question", "answer"))
    if errors := _errors(question, answer):
        return _page(question, answer, errors, 400)
    station().store_settings(question=question, answer=answer)
    with station().truth.begin() as connection:
        acts.note(connection, viewer().pseudonym or "", "settings")
    notice("done", gettext("The settings are saved."))
    return redirect(url("admin.show"), 303)


def _errors(question: str, answer: str) -> dict[str, str]:
    errors = {}
    if len(question) > MAX_QUESTION:
        errors["question"] = gettext("This is too long. Type at most %(cap)s letters.", cap=MAX_QUESTION)
    if question and (not fold(answer) or len(answer) > MAX_ANSWER):
        errors["answer"] = gettext("Type the answer, of at most %(cap)s letters.", cap=MAX_ANSWER)
    if answer and not question:
        errors["question"] = gettext("Type the question, or leave both empty.")
    return errors


def _page(question: str, answer: str, errors: dict[str, str], code: int = 200) -> Response:
    values = SimpleNamespace(question=question, answer=answer)
    return uncached(render("admin/question.html", code, values=values, errors=errors))
