"""What every view uses: the station, the viewer, `render`, answers that may be cached."""

import hashlib
import re
from typing import Any, cast
from urllib.parse import quote

from flask import current_app, g, make_response, render_template, request
from flask import flash as flash_message
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.fallback import FALLBACK
from app.catalog.wiki import Wiki
from app.errors import N_, GareError, Refused
from app.people.authors import clean_name
from app.people.door import Door
from app.people.viewer import ANONYMOUS, READER, Viewer
from app.station import Station
from app.wiki.page import parse_path

NAME_COOKIE = "gare_name"
UNFIT = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")  # HTML: no code points of a page
YEAR = 365 * 24 * 3600


def station() -> Station:
    """Give the parts of the instance that this application serves."""
    return cast(Station, current_app.extensions["gare"])


def door() -> Door:
    """Give the one door through which pages are found and saved."""
    return station().door


def wiki() -> Wiki:
    """Give the wiki, for what concerns no single page: rendering, limits."""
    return station().wiki


def viewer() -> Viewer:
    """Give who is looking: an account, or the anonymous."""
    if "viewer" not in g:
        g.viewer = ANONYMOUS if door().may_write_somewhere(ANONYMOUS) else READER
    return cast(Viewer, g.viewer)


FOR_ADMINS = N_("This page is for administrators. Ask one of them.")
UNKNOWN_BUTTON = N_("This button is not known here. Go back and try again.")


def check_admin() -> None:
    """Refuse everybody but administrators."""
    if not viewer().is_admin:
        is_known = viewer().is_signed_in
        raise Refused(FOR_ADMINS if is_known else N_("This page is for administrators. Sign in first."))


def generation() -> str:
    """Give the catalog's generation, asked once a request."""
    if "generation" not in g:
        g.generation = door().generation()
    return cast(str, g.generation)


def is_fallback() -> bool:
    """Tell whether the page in hand was read from git, because the catalog is being rebuilt."""
    return g.get("generation") == FALLBACK


def attach(response: Response, name: str) -> None:
    """Let a browser save an answer as a file, whatever the letters of its name (RFC 6266)."""
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def uncached(response: Response) -> Response:
    """Let an answer not be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


def render(template: str, code: int = 200, **context: Any) -> Response:
    """Render a template into a response; what no page may hold (control characters) is shown as a mark."""
    return make_response(UNFIT.sub("\ufffd", render_template(template, **context)), code)


def say(error: GareError) -> str:
    """Translate an error's sentence."""
    return gettext(error.msgid, **error.values) if error.values else gettext(error.msgid)


def notice(kind: str, sentence: str, undo: tuple[str, str] | None = None) -> None:
    """Show a sentence on the next page; `undo` is a label and the address of a form that takes it back."""
    flash_message({"sentence": sentence, "undo": undo}, kind)


def etag_of(*parts: object) -> str:
    """Make an ETag of everything that an answer depends on."""
    return hashlib.blake2b("\0".join(map(str, parts)).encode(), digest_size=12).hexdigest()


def cached(response: Response, etag: str) -> Response:
    """Let an answer be kept and asked for again: by everybody for the anonymous, by the reader alone otherwise."""
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache" if viewer().is_signed_in else "public, no-cache"
    return response.make_conditional(request)


def not_modified(etag: str) -> Response | None:
    """Answer 304 when the asker has this version already."""
    known = request.if_none_match
    if not (known.is_strong(etag) or known.is_weak(etag)):  # `*` would hold for what is not there, too
        return None
    return cached(make_response("", 304), etag)


def typed_path(raw: str) -> str:
    """Bring the path of an address into a page path; raises Invalid."""
    return parse_path(raw.removesuffix("/") + "/index" if raw.endswith("/") and raw.strip("/") else raw)


def typed_name() -> str:
    """Give the name that the writer typed last, kept on this device."""
    return request.form.get("author") or request.cookies.get(NAME_COOKIE, "")


def sign(response: Response, name: str) -> Response:
    """Keep a typed name for the next time; only forms set it, never the view of a page."""
    if name and not viewer().is_signed_in:
        response.set_cookie(
            NAME_COOKIE, clean_name(name), max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response


def author(*, is_needed: bool = True) -> str:
    """Give the pseudonym that this change is signed with.

    Where a name `is_needed`, its form asks for it: an empty one raises Invalid. A form of one button takes the name
    typed last on this device.
    """
    typed = request.form.get("author", "")
    if not typed.strip() and not is_needed:
        typed = request.cookies.get(NAME_COOKIE) or gettext("Somebody")
    return door().author_of(viewer(), typed)
