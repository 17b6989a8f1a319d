"""A list as a part of another site, where an administrator allows it: no head, no foot, a link to the whole."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app.plugin import embeddable, render, until_change, url
from plugins.directory import listing
from plugins.directory.views import asked_for

blueprint = Blueprint("directory_embed", __name__)


@blueprint.get("/<form>/embed")
def show(form: str) -> Response:
    """Show the records of a form inside a page of another site."""
    return embeddable(_show(form))


@until_change
def _show(form: str) -> Response:
    asked = asked_for(form)
    shown = listing.context(asked, url("directory_embed.show", form=form))
    return render("directory/embed.html", **shown, whole=asked.address(listing.list_address(form)))
