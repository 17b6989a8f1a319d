"""What somebody typed and could not send just now is shown again: too often, signed out, or signed in again since."""

from collections.abc import Callable, Mapping

from flask import Blueprint, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.errors import GareError, Refused
from app.web.errors import show_plainly
from app.web.kit import viewer
from app.web.protection import FromElsewhere


def keep(blueprint: Blueprint, forms: Mapping[str, Callable[[str, int], Response]]) -> None:
    """Let a blueprint show its forms again; `forms` gives for an endpoint what shows one with a sentence and a status.

    Sessions end while people write: they sign in in another window, and their next press is one without our token.
    """

    def again(error: Exception) -> Response:
        show, (sentence, status) = forms.get(request.endpoint or ""), _said(error)
        if show is None or not sentence:
            return show_plainly(error)
        try:
            return show(sentence, status)
        except GareError:  # there is no such form to show
            return show_plainly(error)
        except HTTPException as unread:  # what was sent cannot be read: larger than it may be
            return show_plainly(unread)

    for kind in (429, CSRFError, Refused):
        blueprint.register_error_handler(kind, again)


def _said(error: Exception) -> tuple[str, int]:
    if isinstance(error, CSRFError):
        return gettext("You have signed in again since. Your text is here: press the button once more."), 400
    if not isinstance(error, Refused):
        return gettext("Wait a minute, then try again."), 429
    if viewer().is_signed_in or isinstance(error, FromElsewhere):
        return "", error.status
    return gettext("You are not signed in any more. Your text is here, and not saved yet."), error.status
