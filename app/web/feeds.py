"""What programs read: the Atom feed of changes, the map of the site for search engines, what robots may visit."""

from datetime import datetime
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from flask import Blueprint, Response, request
from flask_babel import gettext

from app.catalog.finding import PageQuery
from app.people.viewer import READER
from app.web.addresses import absolute, address, here, url
from app.web.kit import UNFIT, cached, door, etag_of, station
from app.web.lists import change_query
from app.web.private_feeds import feed_reader
from app.web.wording import change_entries

blueprint = Blueprint("feeds", __name__)

ENTRIES = 50
MAX_ADDRESSES = 50_000  # sitemaps.org: at most so many in one file
ROBOTS = """User-agent: *
Disallow: {root}/-/
Allow: {root}/-/static/
Allow: {root}/-/files/
Sitemap: {sitemap}
"""


@blueprint.get("/-/changes.atom", endpoint="changes_atom")
def changes() -> Response:
    """Give the latest changes as an Atom feed (RFC 4287): those that anybody may read or, with a key, its owner."""
    reader = feed_reader()
    query, _ = change_query(ENTRIES)
    entries = change_entries(door().changes(reader, query))
    title = f"{station().settings.get().title} · " + gettext("Latest changes")
    place = absolute(here())
    updated = entries[0].at if entries else datetime.fromisoformat("2000-01-01T00:00:00+00:00")
    body = "".join(_entry(entry) for entry in entries)
    feed = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{_text(title)}</title><id>{_text(_identity())}</id><updated>{updated.isoformat()}</updated>\n"
        f'<link rel="self" href={quoteattr(place)}/><link href={quoteattr(absolute(url("lists.changes")))}/>\n'
        f"{body}</feed>\n"
    )
    return cached(Response(feed, mimetype="application/atom+xml"), etag_of(feed))  # type: ignore[return-value]


def _identity() -> str:
    """Name the feed, without the key of a private one: programs keep names, and show them."""
    if "key" not in request.args:
        return absolute(here())
    given = [(name, value) for name, value in request.args.items() if name != "key"]
    return absolute(url("feeds.changes_atom") + (f"?{urlencode(given)}" if given else ""))


def _entry(entry) -> str:  # type: ignore[no-untyped-def]
    link = absolute(entry.diff_address or entry.history_address or entry.address)
    identity = f"{absolute(address(entry.path_then))}#{entry.revision}"  # the same for ever, wherever the page moves
    summary = entry.summary or gettext("%(name)s changed this page", name=entry.author_name)
    return (
        f"<entry><title>{_text(entry.title)}</title><id>{_text(identity)}</id><updated>{entry.at.isoformat()}</updated>"
        f"<author><name>{_text(entry.author_name)}</name></author><link href={quoteattr(link)}/>"
        f"<summary>{_text(summary)}</summary></entry>\n"
    )


def _text(value: str) -> str:
    """Escape text for XML, without the characters that XML 1.0 cannot hold."""
    return escape(UNFIT.sub(" ", value))


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List the pages that anybody may read."""
    rows = door().list(READER, PageQuery(order="edited", limit=MAX_ADDRESSES))
    addresses = "".join(
        f"<url><loc>{_text(absolute(address(row.path)))}</loc><lastmod>{row.edited_at.date()}</lastmod></url>\n"
        for row in rows
        if not row.path.startswith("_") and not row.redirect
    )
    xml = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{addresses}</urlset>\n'
    )
    return cached(Response(xml, mimetype="application/xml"), etag_of(xml))  # type: ignore[return-value]


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Tell robots to leave history, differences and search alone."""
    text = ROBOTS.format(root=request.script_root, sitemap=absolute(url("feeds.sitemap")))
    return Response(text, mimetype="text/plain")
