"""Lists over the whole wiki: latest changes, all pages, pages to be written, pages nobody links to, links to a page."""

import time
from itertools import groupby
from types import SimpleNamespace

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.finding import PageQuery
from app.catalog.history import ChangeQuery
from app.catalog.rows import PageRow
from app.web import plugged
from app.web.addresses import address, url
from app.web.kept import until_change
from app.web.kit import door, render, station, typed_path, viewer
from app.web.pages import members_only
from app.web.templates import day_of
from app.web.wording import change_entries
from app.wiki import nfc
from app.wiki.page import fold

blueprint = Blueprint("lists", __name__)

CHANGES = 30
PAGES = 200
WANTED = 30
DAYS = (7, 30, 90, 365)
LAST_PAGE = 1000


@blueprint.get("/-/changes")
@until_change
def changes() -> Response:
    """List the latest changes by day, of a space or an author if asked."""
    query, filters = change_query(CHANGES + 1)
    rows = door().changes(viewer(), query)
    days = _by_day(change_entries(rows[:CHANGES]))
    older = None
    if len(rows) > CHANGES:
        older = url("lists.changes", before=rows[CHANGES - 1].seq, **_given(filters))
    pager = SimpleNamespace(older=older, newer=url("lists.changes", **_given(filters)) if query.before else None)
    atom = url("feeds.changes_atom", **_given(filters))
    return render("lists/changes.html", days=days, filters=filters, pager=pager, atom=atom)


def change_query(limit: int) -> tuple[ChangeQuery, SimpleNamespace]:
    """Read the filters of the address: `space`, `author`, `days`, `before`."""
    space, author = request.args.get("space", "")[:200], request.args.get("author", "")[:80]
    days, before = request.args.get("days", ""), request.args.get("before", "")
    span = int(days) if days.isdecimal() and len(days) < 5 and int(days) in DAYS else DAYS[2]
    authors = (door().authors_named(author) or ("nobody",)) if author else ()
    query = ChangeQuery(
        space=space or None,
        authors=authors,
        before=int(before) if before.isdecimal() and len(before) < 12 else None,
        since=int(time.time()) - span * 86400,
        limit=limit,
    )
    spaces = [(name, title) for name, title, _ in plugged.spaces()]
    return query, SimpleNamespace(space=space, author=author, spaces=spaces, days=span)


def _given(filters: SimpleNamespace) -> dict[str, str | int | None]:
    days = None if filters.days == DAYS[2] else filters.days
    return {"space": filters.space or None, "author": filters.author or None, "days": days}


def _by_day(entries: list[SimpleNamespace]) -> list[tuple[object, list[SimpleNamespace]]]:
    days = [list(group) for _, group in groupby(entries, key=lambda entry: day_of(entry.at))]
    return [(group[0].at, group) for group in days]


@blueprint.get("/-/pages")
@until_change
def pages() -> Response:
    """List all pages, or those of a space, by first letter."""
    space, number = request.args.get("space", "")[:200], _page_number()
    query = PageQuery(space=space or None, limit=PAGES + 1, offset=(number - 1) * PAGES)
    rows = door().list(viewer(), query)
    total = door().count(viewer(), PageQuery(space=space or None))
    if not total and not viewer().is_signed_in and not door().may_propose_somewhere(viewer()):
        return members_only()
    spaces = [(name, title, count, url("lists.pages", space=name)) for name, title, count in plugged.spaces()]
    title = next((label for name, label, _, _ in spaces if name == space), space) or gettext("All pages")
    return render(
        "lists/pages.html", space=space, title=title, groups=_by_letter(rows[:PAGES]), spaces=spaces, total=total,
        pager=_pager("lists.pages", number, len(rows) > PAGES, space=space or None),
    )  # fmt: skip


def _by_letter(rows: list[PageRow]) -> list[tuple[str, list[SimpleNamespace]]]:
    ordered = sorted(rows, key=lambda row: (fold(row.title), row.path))
    return [(letter, [_entry(row) for row in group]) for letter, group in groupby(ordered, key=_letter)]


def _letter(row: PageRow) -> str:
    first = nfc.normalize(row.title.strip()[:1] or "#", "NFD")[0].upper()
    return first if first.isalpha() else "#"


def _entry(row: PageRow) -> SimpleNamespace:
    return SimpleNamespace(title=row.title, address=address(row.path), edited_at=row.edited_at, tags=row.tags)


def _page_number() -> int:
    said = request.args.get("page", "1")
    return max(1, min(int(said), LAST_PAGE)) if said.isdecimal() and len(said) < 6 else 1


def _pager(endpoint: str, number: int, has_more: bool, **values: str | None) -> SimpleNamespace:
    newer = url(endpoint, page=number - 1, **values) if number > 1 else None
    return SimpleNamespace(older=url(endpoint, page=number + 1, **values) if has_more else None, newer=newer)


@blueprint.get("/-/wanted")
@until_change
def wanted() -> Response:
    """List the pages that others link to and that are not written yet."""
    number = _page_number()
    rows = door().wanted(viewer(), WANTED + 1, (number - 1) * WANTED)
    entries = [
        SimpleNamespace(
            title=row.typed,
            new_address=url(
                "edit.new", title=row.typed.rpartition("/")[2], path=row.typed if "/" in row.typed else None
            ),
            sources=[(source.title, address(source.path)) for source in row.sources],
            count=row.count,
        )
        for row in rows[:WANTED]
        if station().hooks.keeper(row.typed) is None
    ]
    return render("lists/wanted.html", entries=entries, pager=_pager("lists.wanted", number, len(rows) > WANTED))


@blueprint.get("/-/orphans")
@until_change
def orphans() -> Response:
    """List the pages that no other page links to."""
    number = _page_number()
    rows = door().orphans(viewer(), PAGES + 1, (number - 1) * PAGES)
    pager = _pager("lists.orphans", number, len(rows) > PAGES)
    return render("lists/orphans.html", entries=[_entry(row) for row in rows[:PAGES]], pager=pager)


@blueprint.get("/-/links/<path:path>")
@until_change
def links(path: str) -> Response:
    """List the pages that link to a page."""
    page = door().find(viewer(), typed_path(path))
    entries = [
        SimpleNamespace(title=target.title, address=address(target.path), words=words)
        for target, words in door().backlinks(viewer(), page.path)
    ]
    shown = SimpleNamespace(path=page.path, title=page.title, address=address(page.path))
    return render("lists/links.html", page=shown, entries=entries)
