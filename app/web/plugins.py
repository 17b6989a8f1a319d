"""Which plugins are switched on: a page for administrators."""

from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import GareError
from app.people import acts
from app.shipped import beginning
from app.web.addresses import url
from app.web.kit import check_admin, notice, render, say, station, uncached, viewer

blueprint = Blueprint("plugins", __name__)


@blueprint.get("/-/admin/plugins")
def show() -> Response:
    """Show the plugins that are there."""
    check_admin()
    hooks = station().hooks
    return _form({plugin.name for plugin in hooks.plugins if hooks.is_on(plugin)})


@blueprint.post("/-/admin/plugins")
def keep() -> Response:
    """Switch them; what is switched off keeps all that it knows."""
    check_admin()
    wanted = set(request.form.getlist("on"))
    try:
        beginning.switch(station(), wanted)
    except GareError as error:
        return _form(wanted, {"on": say(error)})
    with station().truth.begin() as connection:
        acts.note(connection, viewer().pseudonym or "", "plugins")
    notice("done", gettext("The settings are saved."))
    return redirect(url("admin.show"), 303)


def _form(ticked: set[str], errors: dict[str, str] | None = None) -> Response:
    shown = [
        SimpleNamespace(name=one.name, title=gettext(one.title), help=gettext(one.help), is_on=one.name in ticked)
        for one in station().hooks.plugins
    ]
    return uncached(render("admin/plugins.html", 400 if errors else 200, plugins=shown, errors=errors or {}))
