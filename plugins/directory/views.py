"""The directory, and the lists of its forms: every state of a list stands in its address."""

from types import SimpleNamespace

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from app.plugin import Form, RecordQuery, door, render, spoken, until_change, viewer, words_in
from plugins.directory import listing, model
from plugins.directory.model import Asked

blueprint = Blueprint("directory", __name__)


def asked_for(name: str) -> Asked:
    """Read what an address asks for; raises NotFound where there is no such form."""
    return model.read(door().form(viewer(), name), request.args)


@blueprint.get("/")
@until_change
def index() -> Response:
    """Show what the directory holds: every form, and how many records it has."""
    return render("directory/index.html", forms=[_tile(form) for form in door().all_forms(viewer())])


def _tile(form: Form) -> SimpleNamespace:
    _, total = door().records(viewer(), RecordQuery(form.name, today=listing.today(), limit=1))
    return SimpleNamespace(
        title=listing.title_of(form),
        description=words_in(form.description, spoken()),
        icon=listing.icon_of(form),
        colour=form.colour,
        address=listing.list_address(form.name),
        total=total,
    )


@blueprint.get("/<form>/")
@until_change
def show(form: str) -> Response:
    """Show the records of a form that are asked for."""
    asked = asked_for(form)
    shown = listing.context(asked, listing.list_address(form))
    return render("directory/show.html", **shown, ways_out=listing.ways_out(asked))


@blueprint.get("/<form>/new")
def new(form: str) -> Response:
    """Lead to the form; a position is passed on, as "add a point here" of a map has it."""
    found = door().form(viewer(), form)
    given = [(name, request.args[name][:30]) for name in ("lat", "lon") if name in request.args]
    return redirect(model.with_pairs(f"{request.script_root}/-/record/new/{found.name}", given))
