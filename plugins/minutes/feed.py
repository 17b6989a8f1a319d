"""The latest minutes in a news reader."""

from datetime import UTC, datetime

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.plugin import absolute, address, cached, etag_of, feed_owner, here, render, station, url
from plugins.minutes import meetings, views

blueprint = Blueprint("minutes_feed", __name__)

ENTRIES = 30
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@blueprint.get("/feed.atom")
def show() -> Response:
    """Give minutes as an Atom feed (RFC 4287): decisions and actions of each; of a space, if one is named."""
    if request.args.get("key"):
        feed_owner()
    found = [one for one in views.load(views.read()) if one.state != meetings.AGENDA][:ENTRIES]
    response = render(
        "minutes/feed.xml", title=f"{station().settings.get().title} · {gettext('Minutes')}", own=absolute(here()),
        page=absolute(url("minutes.show")), entries=[(one, absolute(address(one.row.path))) for one in found],
        updated=max((one.row.edited_at for one in found), default=NEVER),
    )  # fmt: skip
    response.mimetype = "application/atom+xml"
    return cached(response, etag_of(response.get_data(as_text=True)))
