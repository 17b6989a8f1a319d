"""The forms that there are: listed, made, deleted, brought back."""

import re
from collections import Counter
from dataclasses import replace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import GareError
from app.forms.form import ADMINS, EVERYONE, MEMBERS, Field, Form
from app.forms.reading import NAME
from app.web.addresses import url
from app.web.form_builder.keeping import Opened, check_may_build, keep_form, open_form, own_language, say_words
from app.web.form_builder.questions import count_records
from app.web.kit import author, door, notice, render, say, station, uncached, viewer
from app.web.unsaved import keep
from app.wiki.page import path_of_form, slugify

blueprint = Blueprint("forms", __name__)

_READ = {"title": 120, "plural": 120, "like": 40, "submit": 20}


@blueprint.get("/-/forms/")
def show_all() -> Response:
    """List the forms, with the number of their records."""
    check_may_build()
    entries = [
        {"form": form, "title": say_words(form.plural), "about": say_words(form.description),
         "records": count_records(form.name), "collection": station().hooks.collection(form.name)}
        for form in door().all_forms(viewer())
    ]  # fmt: skip
    return uncached(render("forms/list.html", entries=entries))


@blueprint.get("/-/forms/new")
def new() -> Response:
    """Ask what a new form is called, and what it begins with."""
    check_may_build()
    return _new({"title": "", "plural": "", "like": "", "submit": MEMBERS}, {})


@blueprint.post("/-/forms/new")
def create() -> Response:
    """Make the form, with one question or with those of another form."""
    check_may_build()
    values = _values()
    name = _name_for(values["title"])
    if not name:
        return _new(values, {"title": gettext("Type what one record is called.")}, 400)
    form = _made(name, values)
    try:
        keep_form(Opened(form, "", ""), form, gettext("A new form."))
    except GareError as error:
        return _new(values, {"title": say(error)}, error.status)
    notice("done", gettext("The form is made. Add its questions now."))
    return redirect(url("form_builder.edit", name=name), 303)


def _values() -> dict[str, str]:
    return {name: " ".join(request.form.get(name, "").split())[:most] for name, most in _READ.items()}


def _name_for(title: str) -> str:
    """Find a name that is free, also among those of deleted forms; `""` where the title has no letter."""
    plain = re.sub("[^a-z0-9]+", "-", slugify(title)).strip("-")[:36].strip("-")
    if not plain and not slugify(title):
        return ""
    plain = plain if NAME.fullmatch(plain) else f"form-{plain}".strip("-")[:36]
    names = (plain, *(f"{plain}-{number}" for number in range(2, 100)))
    return next((name for name in names if door().locate(viewer(), path_of_form(name)).kind == "missing"), "")


def _made(name: str, values: dict[str, str]) -> Form:
    """Make the form that is kept first."""
    language = own_language()
    title = {language: values["title"]}
    plural = {language: values["plural"] or values["title"]}
    submitters = values["submit"] if values["submit"] in (EVERYONE, MEMBERS, ADMINS) else MEMBERS
    shared = {"submitters": submitters, "is_moderated": submitters == EVERYONE, "folder": _folder(name)}
    known = door().find_form(viewer(), values["like"])
    if known is not None:
        return replace(known, name=name, title=title, plural=plural, description={}, schema_type="", **shared)
    label = {"fr": "Nom", "en": "Name"}
    fields = (Field("title", "text", {language: label[language]}, is_required=True, is_listed=True),)
    return Form(name, title, plural, fields, **shared)


def _folder(name: str) -> str:
    """Choose where the records stand: beside those of the other forms."""
    folders = [form.folder for form in door().all_forms(viewer()) if "/" in form.folder]
    above = Counter(folder.rpartition("/")[0] for folder in folders).most_common(1)
    return f"{above[0][0]}/{name}" if above else name


def _new(values: dict[str, str], errors: dict[str, str], code: int = 200) -> Response:
    known = [(form.name, say_words(form.title)) for form in door().all_forms(viewer())]
    return uncached(render("forms/new.html", code, values=values, errors=errors, known=known))


@blueprint.get("/-/forms/delete/<name>")
def delete(name: str) -> Response:
    """Say what becomes of the records when their form is deleted."""
    opened = open_form(name)
    return uncached(render("forms/delete.html", form=opened.form, title=say_words(opened.form.title),
                           records=count_records(name)))  # fmt: skip


@blueprint.post("/-/forms/delete/<name>")
def save_delete(name: str) -> Response:
    """Delete the form; its records stay as pages."""
    opened = open_form(name)
    door().delete(viewer(), path_of_form(name), author())
    undo = (gettext("Bring it back"), url("forms.bring_back", name=name))
    notice("done", gettext("The form “%(title)s” is deleted.", title=say_words(opened.form.title)), undo)
    return redirect(url("forms.show_all"), 303)


@blueprint.post("/-/forms/bring-back/<name>")
def bring_back(name: str) -> Response:
    """Bring a deleted form back; its records are found again."""
    check_may_build()
    door().undelete(viewer(), path_of_form(name), author())
    notice("done", gettext("The form is back, with its records."))
    return redirect(url("form_builder.edit", name=name), 303)


keep(blueprint, {"forms.create": lambda said, code: _new(_values(), {"title": said}, code)})
