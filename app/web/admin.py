"""Settings of the site, for administrators: one page that leads to all the others, one short page for each group."""

from collections.abc import Callable
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.database.settings import ACCENTS, COMMENTS, LANGUAGES, READING, WRITING, Settings
from app.errors import GareError
from app.people import acts
from app.shipped import demo
from app.web import logo
from app.web.addresses import url
from app.web.checkup import care_count
from app.web.kit import UNFIT, check_admin, notice, render, say, station, uncached, viewer
from app.web.mail_server import facts
from app.web.menu import read_menu
from app.web.setup import is_waiting, one_line, site_errors

blueprint = Blueprint("admin", __name__)

MAX_MENU = 2000


@blueprint.get("/-/admin/")
def show() -> Response:
    """Show what is set, and the way to every page where something is looked after."""
    check_admin()
    settings = station().settings.get()
    entries = len(read_menu(settings.menu)[0])
    return uncached(
        render("admin/show.html", settings=settings, care_count=care_count(), server=facts(), entries=entries,
               is_waiting=is_waiting())
    )  # fmt: skip


def _settings() -> Settings:
    check_admin()
    return station().settings.get()


def _keep(said: str = "", **changes: str) -> Response:
    station().store_settings(**changes)
    with station().truth.begin() as connection:
        acts.note(connection, viewer().pseudonym or "", "settings")
    notice("done", said or gettext("The settings are saved."))
    return redirect(url("admin.show"), 303)


def _form(name: str, values: SimpleNamespace, errors: dict[str, str] | None = None) -> Response:
    code = 400 if errors else 200
    return uncached(render(f"admin/{name}.html", code, values=values, errors=errors or {}, known=LANGUAGES))


@blueprint.get("/-/admin/site")
def site() -> Response:
    """Show name, place and languages."""
    settings = _settings()
    return _form("site", SimpleNamespace(
        title=settings.title, place=settings.place, lang=settings.language, offered=settings.offered
    ))  # fmt: skip


@blueprint.post("/-/admin/site")
def keep_site() -> Response:
    """Keep them; the main language is always offered."""
    check_admin()
    typed = {name: one_line(request.form.get(name, "")) for name in ("title", "place", "lang")}
    offered = [code for code in LANGUAGES if code in {*request.form.getlist("offered"), typed["lang"]}]
    if errors := site_errors(**typed):
        return _form("site", SimpleNamespace(**typed, offered=offered), errors)
    return _keep(
        title=typed["title"], place=typed["place"], language=typed["lang"], languages=",".join(offered)
    )  # fmt: skip


@blueprint.get("/-/admin/look")
def look() -> Response:
    """Show colour and logo."""
    return _form("look", SimpleNamespace(accent=_settings().accent))


@blueprint.post("/-/admin/look")
def keep_look() -> Response:
    """Keep the colour, and another logo if one was sent."""
    check_admin()
    accent = request.form.get("accent", "")
    if accent not in ACCENTS:
        return _form("look", SimpleNamespace(accent=accent), {"accent": gettext("Choose a colour.")})
    changes, sent = {"logo": ""} if request.form.get("no_logo") else {}, request.files.get("logo")
    try:
        changes |= {"logo": logo.keep(sent)} if sent and sent.filename else {}
    except GareError as error:
        return _form("look", SimpleNamespace(accent=accent), {"logo": say(error)})
    return _keep(accent=accent, **changes)


@blueprint.get("/-/admin/menu")
def menu() -> Response:
    """Show the main menu."""
    return _form("menu", SimpleNamespace(menu=_settings().menu))


@blueprint.post("/-/admin/menu")
def keep_menu() -> Response:
    """Keep it."""
    check_admin()
    typed = UNFIT.sub("", request.form.get("menu", "")).strip()
    wrong = read_menu(typed)[1]
    errors = {}
    if len(typed) > MAX_MENU:
        errors["menu"] = gettext("The menu is too long.")
    elif wrong:
        errors["menu"] = gettext("The line “%(line)s” leads nowhere. Type it so: words = page.", line=wrong[0][:60])
    return _form("menu", SimpleNamespace(menu=typed), errors) if errors else _keep(menu=typed)


@blueprint.get("/-/admin/rights")
def rights() -> Response:
    """Show who may do what where nothing else is said."""
    settings = _settings()
    return _form("rights", SimpleNamespace(**{name: getattr(settings, name) for name in _RIGHTS}))


# Each with the words that it knows, and what is said when none of them was chosen.
_RIGHTS: dict[str, tuple[tuple[str, ...], Callable[[], str]]] = {
    "reading": (READING, lambda: gettext("Choose who reads.")),
    "writing": (WRITING, lambda: gettext("Choose who writes.")),
    "comments": (COMMENTS, lambda: gettext("Choose who comments.")),
}


@blueprint.post("/-/admin/rights")
def keep_rights() -> Response:
    """Keep it."""
    check_admin()
    typed = {name: request.form.get(name, "") for name in _RIGHTS}
    if errors := {name: fault() for name, (words, fault) in _RIGHTS.items() if typed[name] not in words}:
        return _form("rights", SimpleNamespace(**typed), errors)
    return _keep(**typed)


@blueprint.post("/-/admin/demo")
def take_out_demo() -> Response:
    """Take the demo's pages out that nobody has changed."""
    settings = _settings()
    done = demo.take_out(station().wiki, station().truth, settings.demo or settings.language)
    said = [gettext("The pages of the demo are gone.")]
    if done.left:
        said.append(gettext("Pages that somebody changed were left: %(count)s.", count=len(done.left)))
    return _keep(" ".join(said), demo="")
