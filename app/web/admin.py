"""Settings of the site and how it is doing, for administrators."""

import shutil
from dataclasses import replace
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import format_decimal, gettext
from werkzeug.wrappers import Response

from app import __version__
from app.catalog.finding import PageQuery
from app.database.settings import ACCENTS, LANGUAGES, Settings
from app.errors import N_, Refused
from app.web.addresses import url
from app.web.files import size_words
from app.web.kit import UNFIT, door, notice, render, station, viewer
from app.web.menu import read_menu

blueprint = Blueprint("admin", __name__)

MIN_FREE_BYTES = 500_000_000
MAX_TITLE = 80
MAX_MENU = 2000


@blueprint.get("/-/admin/")
def show() -> Response:
    """Show the settings."""
    _check_admin()
    settings = station().settings.get()
    values = SimpleNamespace(title=settings.title, lang=settings.language, accent=settings.accent, menu=settings.menu)
    return render("admin/show.html", values=values, errors={}, facts=_facts())


@blueprint.post("/-/admin/")
def save() -> Response:
    """Keep the settings."""
    _check_admin()
    typed = {name: UNFIT.sub("", request.form.get(name, "")).strip() for name in ("title", "lang", "accent", "menu")}
    values = SimpleNamespace(**typed)
    if errors := _errors(values):
        return render("admin/show.html", 400, values=values, errors=errors, facts=_facts())
    old: Settings = station().settings.get()
    station().store_settings(
        replace(old, title=values.title, language=values.lang, accent=values.accent, menu=values.menu)
    )
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
    if len(values.menu) > MAX_MENU:
        errors["menu"] = gettext("The menu is too long.")
    elif wrong := read_menu(values.menu)[1]:
        errors["menu"] = gettext("The line “%(line)s” leads nowhere. Type it so: words = page.", line=wrong[0][:60])
    return errors


def _check_admin() -> None:
    if not viewer().is_admin:
        raise Refused(N_("This page is for administrators. Sign in first."))


def _facts() -> list[tuple[str, str, bool]]:
    """Say how the site is doing: label, value, is it good."""
    free = shutil.disk_usage(station().config.instance).free
    waiting = door().search_waiting()
    return [
        (gettext("Version"), __version__, True),
        (gettext("Pages"), format_decimal(door().count(viewer(), PageQuery())), True),
        (gettext("Pages that the search has still to read"), format_decimal(waiting), waiting < 1000),
        (gettext("Free space on the disk"), size_words(free), free > MIN_FREE_BYTES),
    ]
