"""How to have the agenda in one's own calendar: its address, a link and a code for phones, words for each of them."""

from typing import Any

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.plugin import absolute, door, draw, make_feed_key, render, uncached, until_change, url, viewer
from plugins.agenda import filters, model
from plugins.agenda.model import Asked

blueprint = Blueprint("agenda_subscribe", __name__)


@blueprint.get("/subscribe")
@until_change
def show() -> Response:
    """Show the address of the agenda, as it is filtered, and how to use it."""
    return render("agenda/subscribe.html", **_context(""))


@blueprint.post("/subscribe")
def make() -> Response:
    """Make private addresses, shown this once."""
    return uncached(render("agenda/subscribe.html", **_context(make_feed_key(gettext("Agenda")))))


def _context(key: str) -> dict[str, Any]:
    forms = door().dated_forms(viewer())
    asked = model.read(forms, request.args)
    public = absolute(_address(asked))
    private = absolute(_address(asked, key)) if key else ""
    mine = absolute(url("agenda_event.mine", key=key)) if key else ""
    own = model.with_pairs(url("agenda_subscribe.show"), asked.narrowed())
    return {
        "chips": filters.chips(asked, forms, filters.labels(), url("agenda_subscribe.show")),
        "back": model.with_pairs(url("agenda.show"), asked.narrowed()), "own": own,
        "public": public, "link": webcal(public), "picture": draw(absolute(own)),
        "private": [(label, one, webcal(one)) for label, one in (
            (gettext("Everything that you may read"), private), (gettext("What I go to"), mine)) if one],
    }  # fmt: skip


def _address(asked: Asked, key: str = "") -> str:
    pairs = asked.narrowed() + ([("key", key)] if key else [])
    return model.with_pairs(url("agenda_calendar.show"), pairs)


def webcal(address: str) -> str:
    """Give an address as phones know that a calendar is behind it."""
    return f"webcal:{address.partition(':')[2]}"
