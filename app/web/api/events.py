"""What takes place, over the API: the dates of all records that have some."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from app.catalog.occurrence_rows import OccurrenceQuery, OccurrenceRow
from app.web.addresses import absolute, address
from app.web.api.base import recognise
from app.web.api.pages import PER_PAGE
from app.web.api.records import where_of
from app.web.kit import door, station, viewer

blueprint = Blueprint("api_events", __name__, url_prefix="/-/api/v1", description="Events")
blueprint.before_request(recognise)

USUAL = timedelta(days=30)
FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
_IN_REACH = validate.Range(min=FIRST, max=LAST)


class EventFilter(Schema):
    """Which dates: those that touch the days `from` … `to` (today and 30 days on), filtered as records are."""

    from_ = fields.Date(data_key="from", validate=_IN_REACH)
    to = fields.Date(validate=_IN_REACH)
    q = fields.String(load_default="", validate=validate.Length(max=200))
    form = fields.List(
        fields.String(validate=validate.Length(max=60)), load_default=list, validate=validate.Length(max=20)
    )
    where = fields.List(
        fields.String(validate=validate.Length(max=200)), load_default=list, validate=validate.Length(max=40)
    )
    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=1000))


class Place(Schema):
    """A position (WGS 84)."""

    lat = fields.Float(required=True)
    lon = fields.Float(required=True)


class EventDate(Schema):
    """One date. `start`, `end` bear the offset of its zone; of a whole day they are days, `end` the last one.

    `original` is the day by which a series knows its date, empty of what takes place once.
    """

    id = fields.String(required=True)
    path = fields.String(required=True)
    form = fields.String(required=True)
    title = fields.String(required=True)
    address = fields.String(required=True)
    start = fields.String(required=True)
    end = fields.String(required=True)
    timezone = fields.String(required=True)
    all_day = fields.Boolean(required=True)
    original = fields.String(required=True)
    series = fields.Boolean(required=True)
    place = fields.String(required=True)
    point = fields.Nested(Place, allow_none=True, required=True)
    status = fields.String(required=True)
    reason = fields.String(required=True)
    note = fields.String(required=True)


class EventDates(Schema):
    """Dates in the order in which they begin; `total` counts those of all pages."""

    total = fields.Integer(required=True)
    events = fields.List(fields.Nested(EventDate), required=True)


@blueprint.get("/events")
@blueprint.arguments(EventFilter, location="query")
@blueprint.response(200, EventDates)
def list_events(given: dict[str, Any]) -> dict[str, Any]:
    """List what takes place, 100 dates at a time; those of series as far as they are worked out."""
    first = given.get("from_") or station().today()
    last = given.get("to") or min(first + USUAL, LAST)
    query = OccurrenceQuery(
        first, last, forms=tuple(given["form"]), where=where_of(given["where"]), words=given["q"], limit=PER_PAGE,
        offset=(given["page"] - 1) * PER_PAGE,
    )  # fmt: skip
    rows, total = door().occurrences(viewer(), query)
    return {"total": total, "events": [_described(row) for row in rows]}


def _described(row: OccurrenceRow) -> dict[str, Any]:
    return {
        "id": row.id, "path": row.path, "form": row.form, "title": row.title, "address": absolute(address(row.path)),
        "start": _said(row.start, row), "end": _said(row.end, row), "timezone": row.timezone,
        "all_day": row.is_all_day, "original": row.original, "series": row.is_series, "place": row.place,
        "point": {"lat": row.point.lat, "lon": row.point.lon} if row.point else None,
        "status": row.status, "reason": row.reason, "note": row.note,
    }  # fmt: skip


def _said(moment: datetime, row: OccurrenceRow) -> str:
    if row.is_all_day:
        return moment.date().isoformat()
    return moment.replace(tzinfo=ZoneInfo(row.timezone)).isoformat(timespec="minutes")
