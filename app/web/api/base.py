"""What all of the API shares: who asks, errors as RFC 9457 problem details, preconditions."""

from flask import g, request
from flask_smorest import Api
from marshmallow import Schema, fields

from app.errors import N_, GareError
from app.people import groups, tokens
from app.people.viewer import READER
from app.web.kit import station


class Problem(Schema):
    """RFC 9457 problem details."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    errors = fields.Dict()


class GareApi(Api):
    """flask-smorest, with the errors of `app/web/errors.py` instead of its own."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """Leave errors to the handlers of the site."""

    def _register_responses(self) -> None:
        """Describe errors with the content type that they have."""
        usual, self.DEFAULT_RESPONSE_CONTENT_TYPE = self.DEFAULT_RESPONSE_CONTENT_TYPE, "application/problem+json"
        super()._register_responses()
        self.DEFAULT_RESPONSE_CONTENT_TYPE = usual


class Unauthorized(GareError):
    """The token is unknown or was revoked."""

    status = 401


class PreconditionFailed(GareError):
    """The page is not what the caller believes."""

    status = 412


class PreconditionRequired(GareError):
    """The caller must say what it believes the page to be."""

    status = 428


IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string"},
    "description": "The revision that was read.",
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "schema": {"type": "string"},
    "description": "`*`: there must be no such page.",
}
WITH_KEY = [{"token": []}]


def recognise() -> None:
    """Find who asks, by the bearer token; without one only public pages can be read."""
    g.viewer = READER
    header = request.headers.get("Authorization", "")
    if not header:
        return
    scheme, _, secret = header.partition(" ")
    with station().truth.connect() as connection:
        found = tokens.find_bearer(connection, secret.strip()) if scheme.lower() == "bearer" else None
        if found is None:
            raise Unauthorized(N_("This key is not known. Make a new one."))
        account, may_write = found
        g.viewer = groups.viewer_of(connection, account, may_write=may_write)
    tokens.note_use(station().truth, secret.strip())


def expected_revision() -> str | None:
    """Read what the caller believes of a page: its revision (If-Match), or that there is none (If-None-Match: *)."""
    if request.if_none_match.star_tag:
        return None
    given = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not given:
        raise PreconditionRequired(N_("Send If-Match with the revision, or If-None-Match: * for a new page."))
    return given
