"""What an answer holds of its reader alone: marks stand there until it is served, so that others may share the rest.

A view that is shared runs for a *stand-in*: a viewer with the rights of the reader and no name. So nothing of the
reader can get into it that is not put in here.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import cast

from flask import Flask, current_app, g
from flask_wtf.csrf import generate_csrf
from markupsafe import escape
from werkzeug.wrappers import Response

from app.people.viewer import Viewer
from app.web.kit import viewer


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands for the name and for the token of forms; nobody can guess it, and no answer shows it."""

    name: str
    token: str


def connect(app: Flask) -> None:
    """Give the application its marks, others in each run."""
    app.extensions["gare.marks"] = Marks(f"name-{secrets.token_hex(16)}", f"token-{secrets.token_hex(16)}")


def stand_in(reader: Viewer) -> Viewer:
    """Give who may do the same as a reader and is nobody; the anonymous stands for himself."""
    return replace(reader, name=_marks().name, pseudonym="") if reader.is_signed_in else reader


def token() -> str:
    """Give the token of forms, or the mark that stands for it."""
    return cast(str, g.get("token")) or generate_csrf()


@contextmanager
def standing_in() -> Iterator[None]:
    """Let what is done here be done for the stand-in of the reader."""
    reader = viewer()
    if not reader.is_signed_in:
        yield
        return
    g.viewer, g.token = stand_in(reader), _marks().token
    try:
        yield
    finally:
        g.viewer, g.token = reader, None


def put_in(response: Response) -> Response:
    """Put the reader's name and token where their marks stand."""
    if viewer().is_signed_in:
        response.set_data(_filled(response.get_data()))
    return response


def _filled(body: bytes) -> bytes:
    marks = _marks()
    body = body.replace(marks.name.encode(), str(escape(viewer().name)).encode())
    return body.replace(marks.token.encode(), generate_csrf().encode()) if marks.token.encode() in body else body


def _marks() -> Marks:
    return cast(Marks, current_app.extensions["gare.marks"])
