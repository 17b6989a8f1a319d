"""Settings of the site, for administrators."""

from dataclasses import replace
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.database.settings import ACCENTS, LANGUAGES, READING, WRITING, Settings
from app.people import acts
from app.web.addresses import url
from app.web.keeping import care_count, check_admin
from app.web.kit import UNFIT, notice, render, station, viewer
from app.web.menu import read_menu

blueprint = Blueprint("admin", __name__)

MAX_TITLE = 80
MAX_MENU = 2000


@blueprint.get("/-/admin/")
def show() -> Response:
    """Show the settings."""
    check_admin()
    settings = station().settings.get()
    values = SimpleNamespace(
        title=settings.title, lang=settings.language, accent=settings.accent, menu=settings.menu,
        reading=settings.reading, writing=settings.writing,
    )  # fmt: skip
    return render("admin/show.html", values=values, errors={}, care_count=care_count())


@blueprint.post("/-/admin/")
def save() -> Response:
    """Keep the settings."""
    check_admin()
    typed = {name: UNFIT.sub("", request.form.get(name, "")).strip() for name in ("title", "lang", "accent", "menu")}
    old: Settings = station().settings.get()
    typed |= {name: request.form.get(name, getattr(old, name)) for name in ("reading", "writing")}
    values = SimpleNamespace(**typed)
    if errors := _errors(values):
        return render("admin/show.html", 400, values=values, errors=errors, care_count=care_count())
    station().store_settings(replace(
        old, title=values.title, language=values.lang, accent=values.accent, menu=values.menu,
        reading=values.reading, writing=values.writing,
    ))  # fmt: skip
    with station().truth.begin() as connection:
        acts.note(connection, viewer().pseudonym or "", "settings")
    notice("done", gettext("The settings are saved."))
    return redirect(url("admin.show"), 303)


def _errors(values: SimpleNamespace) -> dict[str, str]:
    """Say at each field what cannot be taken as typed."""
    errors = {}
    if not values.title or len(values.title) > MAX_TITLE:
        errors["title"] = gettext("Type a name of at most %(cap)s letters.", cap=MAX_TITLE)
    if values.lang not in LANGUAGES:
        errors["lang"] = gettext("Choose a language.")
    if values.accent not in ACCENTS:
        errors["accent"] = gettext("Choose a colour.")
    if values.reading not in READING:
        errors["reading"] = gettext("Choose who reads.")
    if values.writing not in WRITING:
        errors["writing"] = gettext("Choose who writes.")
    if len(values.menu) > MAX_MENU:
        errors["menu"] = gettext("The menu is too long.")
    elif wrong := read_menu(values.menu)[1]:
        errors["menu"] = gettext("The line “%(line)s” leads nowhere. Type it so: words = page.", line=wrong[0][:60])
    return errors
