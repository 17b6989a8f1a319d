"""The next dates in a news reader."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.plugin import OccurrenceQuery, absolute, cached, door, etag_of, here, render, station, url, viewer
from plugins.agenda import calendars, model, words
from plugins.agenda.entries import entries

blueprint = Blueprint("agenda_atom", __name__, url_prefix=".atom")  # `/agenda.atom`

ENTRIES, DAYS = 50, 60
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@blueprint.get("")
def show() -> Response:
    """Give the next dates as an Atom feed (RFC 4287): one entry each, as the day comes nearer."""
    calendars.name_reader()
    asked = model.read(door().dated_forms(viewer()), request.args)
    today = station().today()
    last = today + timedelta(days=DAYS)
    query = OccurrenceQuery(today, last, forms=asked.forms, where=asked.where, words=asked.words, limit=ENTRIES)
    rows, _ = door().occurrences(viewer(), query)
    pages = door().records_by_id(viewer(), list({row.id for row in rows}))
    rows = [row for row in rows if row.id in pages]
    own = absolute(model.with_pairs(url("agenda_atom.show"), asked.narrowed()))
    response = render(
        "agenda/feed.xml", title=calendars.title_of(asked), identity=own, own=absolute(here()), absolute=absolute,
        page=absolute(model.with_pairs(url("agenda.show"), asked.narrowed())), long_day=words.long_day,
        updated=max((pages[row.id].edited_at for row in rows), default=NEVER),
        shown=[(row, entry, pages[row.id]) for row, entry in zip(rows, entries(rows), strict=True)],
    )  # fmt: skip
    response.mimetype = "application/atom+xml"
    return cached(response, etag_of(response.get_data(as_text=True)))
