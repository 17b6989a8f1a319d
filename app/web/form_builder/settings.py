"""What holds for a whole form: its names, who sends and who reads records, how long they hold, where they stand."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.database.settings import ACCENTS
from app.errors import GareError
from app.forms.form import Form, Words
from app.web.addresses import url
from app.web.form_builder.keeping import (
    Opened,
    address_of_undo,
    in_own,
    keep_form,
    open_form,
    other_languages,
    own_language,
    say_words,
    with_words,
)
from app.web.form_builder.readers import list_audiences, list_submitters
from app.web.kit import notice, render, say, uncached
from app.web.unsaved import keep

blueprint = Blueprint("form_settings", __name__)

ICONS = ("people", "user", "place", "calendar", "home", "tag", "plus", "help", "block", "settings", "comment", "page")
PATH_RULES = ("{letter}/{title}", "{year}/{title}", "{title}")
MAX_DAYS = 3650
_MAX = {"title": 120, "plural": 120, "description": 1000, "folder": 200, "title_rule": 300, "path_rule": 300}
_FLAGS = {
    "moderated": "is_moderated", "one": "is_one_per_person", "checks": "has_checks", "yearly": "is_asked_yearly",
    "body": "has_body",
}  # fmt: skip


@blueprint.get("/-/forms/settings/<name>")
def edit(name: str) -> Response:
    """Show what holds for the whole form."""
    opened = open_form(name)
    return _form(opened, opened.form, {})


@blueprint.post("/-/forms/settings/<name>")
def save(name: str) -> Response:
    """Keep what was typed."""
    opened = open_form(name)
    form, errors = _read(opened.form)
    if errors:
        return _form(opened, form, errors, 400)
    try:
        after = keep_form(opened, form, gettext("The form is set otherwise."))
    except GareError as error:
        return _form(opened, form, {"title": say(error)}, error.status)
    if after == opened.revision:
        notice("done", gettext("Nothing had changed."))
    else:
        undo = (gettext("Undo"), address_of_undo(name, opened.revision, after))
        notice("done", gettext("The form is changed."), undo)
    return redirect(url("form_builder.edit", name=name), 303)


def _read(was: Form) -> tuple[Form, dict[str, str]]:
    typed = request.form
    days = typed.get("expires", "").strip()
    form = replace(
        was, title=_words("title", was.title), plural=_words("plural", was.plural),
        description=_words("description", was.description), folder=_line("folder").strip("/"),
        title_rule=_line("title_rule") or was.title_rule, path_rule=_path_rule(was),
        submitters=_line("submit") or was.submitters, audience=_line("audience"),
        expires_days=int(days) if days.isdecimal() and len(days) < 5 else 0,
        icon=_one_of("icon", ICONS, was.icon), colour=_one_of("colour", ACCENTS, was.colour),
        **{attribute: name in typed for name, attribute in _FLAGS.items()},
    )  # fmt: skip
    errors = {}
    if not form.title.get(own_language()):
        errors["title"] = gettext("Type what one record is called.")
    if days and not (days.isdecimal() and len(days) < 5 and int(days) <= MAX_DAYS):
        errors["expires"] = gettext("Type a number of days, or nothing.")
    return form, errors


def _path_rule(was: Form) -> str:
    chosen = _line("path_rule")
    return chosen if chosen in PATH_RULES else _line("path_rule_own") or was.path_rule


def _one_of(name: str, known: tuple[str, ...], was: str) -> str:
    typed = request.form.get(name, was)
    return typed if typed in (*known, "", was) else was


def _line(name: str) -> str:
    return " ".join(request.form.get(name, "").split())[: _MAX.get(name, 200)]


def _words(name: str, was: Words) -> Words:
    codes = {own_language(): name} | {code: f"{name}_{code}" for code in other_languages()}
    typed = {
        code: " ".join(request.form[key].split())[: _MAX[name]] for code, key in codes.items() if key in request.form
    }
    return with_words(was, typed)


def _form(opened: Opened, form: Form, errors: dict[str, str], code: int = 200) -> Response:
    return uncached(render(
        "forms/settings.html", code, form=form, name=opened.form.name, title=say_words(opened.form.title),
        values=_shown(form), errors=errors, submitters=list_submitters(form.submitters),
        audiences=list_audiences(form.audience), accents=ACCENTS, icons=ICONS, path_rules=PATH_RULES,
    ))  # fmt: skip


def _shown(form: Form) -> SimpleNamespace:
    own: dict[str, Any] = {name: in_own(getattr(form, name)) for name in ("title", "plural", "description")}
    others = {
        code: {name: getattr(form, name).get(code, "") for name in ("title", "plural", "description")}
        for code in other_languages()
    }
    expires = request.form.get("expires", str(form.expires_days or ""))
    return SimpleNamespace(**own, others=others, expires=expires)


def _again(sentence: str, code: int) -> Response:
    opened = open_form((request.view_args or {})["name"], is_checked=False)
    return _form(opened, _read(opened.form)[0], {"title": sentence}, code)


keep(blueprint, {"form_settings.save": _again})
