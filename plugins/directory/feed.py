"""The news of a form in a news reader: what was added or changed last, of the records that are asked for."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint
from werkzeug.wrappers import Response

from app.plugin import absolute, cached, door, etag_of, here, render, spoken, station, viewer
from plugins.directory import entries, listing, model
from plugins.directory.views import asked_for

blueprint = Blueprint("directory_feed", __name__)

ENTRIES = 50
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@blueprint.get("/<form>.atom")
def show(form: str) -> Response:
    """Give the latest records as an Atom feed (RFC 4287)."""
    asked = replace(asked_for(form), order="edited", is_descending=True)
    rows, _ = door().records(viewer(), asked.query(listing.today(), limit=ENTRIES))
    shown = list(zip(rows, entries.entries(asked.form, rows, spoken()), strict=True))
    response = render(
        "directory/feed.xml", shown=shown, title=f"{station().settings.get().title} · {listing.title_of(asked.form)}",
        updated=max((row.edited_at for row in rows), default=NEVER), own=absolute(here()), absolute=absolute,
        page=absolute(model.with_pairs(listing.list_address(form), asked.narrowed())),
    )  # fmt: skip
    response.mimetype = "application/atom+xml"
    return cached(response, etag_of(response.get_data(as_text=True)))
