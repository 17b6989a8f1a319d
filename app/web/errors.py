"""Turn errors into pages: one handler for our own family, one for HTTP's, one for what nobody foresaw."""

import json
import logging
from http import HTTPStatus

from flask import Flask, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.errors import N_, GareError
from app.web.kit import render, say, viewer

log = logging.getLogger(__name__)

TITLES = {
    400: N_("This cannot be taken as it is"),
    403: N_("This is not open to you"),
    404: N_("This page does not exist"),
    405: N_("This cannot be done here"),
    409: N_("Somebody else changed this"),
    413: N_("This is too large"),
    415: N_("This kind of file is not accepted"),
    422: N_("This could not be read"),
    429: N_("Too many requests"),
    500: N_("Something went wrong here"),
    503: N_("Come back in a minute"),
    507: N_("The disk is full"),
}
SENTENCES = {
    400: N_("The request could not be understood. Go back and try again."),
    403: N_("Sign in, or ask a member of the site."),
    404: N_("There is nothing at this address. Try the search."),
    405: N_("Go back and use the buttons of the page."),
    413: N_("Choose a smaller file or shorten the text."),
    429: N_("Wait a minute, then try again."),
    500: N_("The fault has been noted. What you typed is safe in your browser: go back and try again."),
}


RETRY_AFTER = {429: 60, 503: 30}  # seconds


def connect(app: Flask) -> None:
    """Give the application its handlers."""
    app.register_error_handler(GareError, _ours)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, show_http)
    app.register_error_handler(RecursionError, _too_deep)
    app.register_error_handler(Exception, _unforeseen)


def _ours(error: GareError) -> Response:
    response = _page(error.status, say(error))
    if error.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _stale_form(_error: CSRFError) -> Response:
    return _page(400, gettext("This form is too old. Go back, reload the page and send it again."))


def show_http(error: HTTPException) -> Response:
    """Make a page of an error of HTTP."""
    code = error.code or 500
    if code < 400 or error.response is not None:
        return error.get_response()  # type: ignore[return-value]
    sentence = SENTENCES.get(code, SENTENCES[400] if code < 500 else SENTENCES[500])
    if code == 403 and viewer().is_signed_in:
        sentence = N_("Ask somebody who looks after the site.")
    response = _page(code, gettext(sentence))
    if code == 405:
        response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ["GET"]))
    return response


def show_plainly(error: Exception) -> Response:
    """Make a page of an error of ours or of HTTP, where a form of its own cannot be shown again."""
    if isinstance(error, GareError):
        return _ours(error)
    if isinstance(error, CSRFError):
        return _stale_form(error)
    return show_http(error) if isinstance(error, HTTPException) else _unforeseen(error)


def _too_deep(_error: RecursionError) -> Response:
    return _page(400, gettext(SENTENCES[400]))


def _unforeseen(error: Exception) -> Response:
    log.error("unforeseen error at %s %s", request.method, request.path, exc_info=error)
    return _page(500, gettext(SENTENCES[500]))


def _page(status: int, sentence: str) -> Response:
    if wants_json():
        response = Response(_problem(status, sentence), status, mimetype="application/problem+json")
    else:
        title = gettext(TITLES.get(status, TITLES[400] if status < 500 else TITLES[500]))
        response = render("errors/error.html", status=status, title=title, sentence=sentence, code=status)
    response.headers["Cache-Control"] = "no-store"
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = str(RETRY_AFTER[status])
    return response


def _problem(status: int, sentence: str) -> str:
    # RFC 9457: of a problem without a type of its own, the title is the phrase of HTTP.
    title = HTTPStatus(status).phrase
    return json.dumps({"type": "about:blank", "title": title, "status": status, "detail": sentence})


def wants_json() -> bool:
    """Tell whether a program asks: the API, and the editor's scripts, which say so."""
    path = request.path
    return path.startswith("/-/api/") or request.headers.get("Accept", "").startswith("application/json")
