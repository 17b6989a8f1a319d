"""The site's logo: drawn anew when it comes, kept among the files of the instance, shown on the sign of every page."""

import re

from flask import Blueprint, make_response, send_file
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.errors import N_, Invalid, NotFound, TooLarge, WrongType
from app.web.kit import YEAR, station
from app.wiki.files import content_type
from app.wiki.filetypes import picture_extension, refuse_unwanted
from app.wiki.pictures import draw_logo

blueprint = Blueprint("logo", __name__)

EDGE = 512  # pixels
MAX_BYTES = 10_000_000
_NAME = re.compile(r"([0-9a-f]{64})\.(?:png|webp)")


@blueprint.get("/-/logo/<name>")
def show(name: str) -> Response:
    """Serve the logo of now; its address changes with it, so a browser keeps it for ever."""
    known = _NAME.fullmatch(name)
    if known is None or name != station().settings.get().logo or not station().wiki.files.has(known[1]):
        raise NotFound(N_("There is no such picture."))
    response = make_response(send_file(station().wiki.files.path(known[1]), content_type(name), max_age=YEAR))
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def keep(sent: FileStorage) -> str:
    """Draw a picture that was sent anew and keep it; gives what the settings name it by.

    Raises WrongType where it is none that is accepted, TooLarge, OverBudget, Invalid, StorageFull.
    """
    content = sent.stream.read(MAX_BYTES + 1)
    if not content:
        raise Invalid(N_("Choose a file first."))
    if len(content) > MAX_BYTES:
        raise TooLarge(N_("This file is too large: at most %(most)s MB. Make it smaller first."), most=10)
    if picture_extension(content) is None:
        refuse_unwanted(content)
        raise WrongType(N_("This is no picture. Send a PNG, JPEG or WebP file."))
    drawn = draw_logo(content, EDGE)
    return f"{station().wiki.files.put(drawn.content).oid}.{drawn.extension}"
