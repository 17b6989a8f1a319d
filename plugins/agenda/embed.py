"""The agenda as a part of another site, where an administrator allows it: no head, no foot, a link to the whole."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app.plugin import embeddable, render, until_change, url
from plugins.agenda import listing
from plugins.agenda.views import asked_for

blueprint = Blueprint("agenda_embed", __name__)


@blueprint.get("/embed")
def show() -> Response:
    """Show the dates that are asked for inside a page of another site."""
    return embeddable(_show())


@until_change
def _show() -> Response:
    return render("agenda/embed.html", **listing.context(asked_for(), url("agenda_embed.show")))
