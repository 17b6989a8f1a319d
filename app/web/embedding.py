"""Which other sites may show parts of this one inside their pages; only what says so can be shown there at all."""

import re
from html import escape
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.people import acts
from app.web.addresses import absolute, url
from app.web.kit import check_admin, door, notice, render, station, uncached, viewer
from app.web.protection import POLICY

blueprint = Blueprint("embedding", __name__)

NOBODY, ANYBODY, SOME = "", "*", "some"
MOST = 50  # sites
OWN = "frame-ancestors 'self'"
_SITE = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?", re.ASCII)


def embeddable(response: Response) -> Response:
    """Let an answer be shown inside pages of the sites that an administrator named."""
    said = station().settings.get().embedding
    if said != NOBODY:
        response.headers["Content-Security-Policy"] = POLICY.replace(OWN, f"{OWN} {said}")
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def with_far_pictures(response: Response) -> Response:
    """Let an answer show pictures of other machines, because its reader asked for them; over closed lines only."""
    response.headers["Content-Security-Policy"] = POLICY.replace("img-src 'self'", "img-src 'self' https:")
    return uncached(response)  # what is kept would be served again without this


def read_sites(typed: str) -> tuple[list[str], list[str]]:
    """Read addresses of sites, one a line; gives those that are some and the lines that are none."""
    sites, wrong = [], []
    for line in filter(None, (one.strip().casefold().rstrip("/") for one in typed.splitlines())):
        site = line if "://" in line else f"https://{line}"
        (sites if _SITE.fullmatch(site) else wrong).append(site if _SITE.fullmatch(site) else line)
    return list(dict.fromkeys(sites))[:MOST], wrong


@blueprint.get("/-/admin/embedding")
def show() -> Response:
    """Show the setting."""
    check_admin()
    said = station().settings.get().embedding
    sites = "" if said in {NOBODY, ANYBODY} else said.replace(" ", "\n")
    return _form(SimpleNamespace(who=SOME if sites else said, sites=sites))


@blueprint.post("/-/admin/embedding")
def keep() -> Response:
    """Keep it."""
    check_admin()
    typed = SimpleNamespace(who=request.form.get("who", ""), sites=request.form.get("sites", "")[:10_000])
    sites, wrong = read_sites(typed.sites)
    if typed.who == SOME and (wrong or not sites):
        sentence = gettext("Write one address of a site a line, such as mairie.example.")
        return _form(typed, {"sites": sentence})
    station().store_settings(
        embedding={ANYBODY: ANYBODY, SOME: " ".join(sites)}.get(typed.who, NOBODY),
    )
    with station().truth.begin() as connection:
        acts.note(connection, viewer().pseudonym or "", "settings")
    notice("done", gettext("The settings are saved."))
    return redirect(url("admin.show"), 303)


def _form(values: SimpleNamespace, errors: dict[str, str] | None = None) -> Response:
    code = 400 if errors else 200
    return uncached(render("admin/embedding.html", code, values=values, errors=errors or {}, example=_example()))


def _example() -> str:
    """Write what shows a list in a page of another site; empty where there is no list."""
    lists = (station().hooks.collection(form.name) for form in door().all_forms(viewer()))
    first = next((found for found in lists if found), "")
    title = escape(station().settings.get().title)  # people who listen to a page are told what the part is
    frame = f'<iframe src="{absolute(f"{first}embed")}" title="{title}" width="100%" height="600"></iframe>'
    return frame if first else ""
