"""The printed directory: the records of a list from A to Z, on A4 or A5, for the table at the town hall."""

from dataclasses import replace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.plugin import absolute, door, render, spoken, until_change, url, viewer
from plugins.directory import entries, listing, model
from plugins.directory.views import asked_for

blueprint = Blueprint("directory_booklet", __name__)

MOST = 1000  # records of one booklet
PAPERS = ("a4", "a5")


@blueprint.get("/<form>/booklet")
@until_change
def show(form: str) -> Response:
    """Show the booklet of the records that are asked for."""
    asked = replace(asked_for(form), order=model.DEFAULT_ORDER, is_descending=False)
    rows, total = door().records(viewer(), asked.query(listing.today(), limit=MOST))
    said = request.args.get("paper", "")
    paper = said if said in PAPERS else PAPERS[0]
    letters = listing.by_letter(entries.entries(asked.form, rows, spoken(), is_whole=True))
    other = "a5" if paper == "a4" else "a4"
    return render(
        "directory/booklet.html", **listing.head(asked.form), letters=letters, total=total, most=MOST, paper=paper,
        other=model.with_pairs(url("directory_booklet.show", form=form), [*asked.narrowed(), ("paper", other)]),
        source=absolute(listing.list_address(form)), back=asked.address(listing.list_address(form)),
    )  # fmt: skip
