"""Show pages: the address of a page is its path."""

from collections.abc import Mapping
from types import MappingProxyType, SimpleNamespace
from typing import Any

from flask import Blueprint, g, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.catalog import CatalogDamaged
from app.catalog.finding import PageQuery
from app.catalog.rows import Body, PageRow
from app.errors import N_, Invalid, NotFound
from app.people.door import Place
from app.people.search import SearchQuery
from app.web.addresses import address, url, with_query
from app.web.comments.counts import foot
from app.web.errors import wants_json
from app.web.fill import fill_body, heading_links, proposal_links
from app.web.home_blocks import home_blocks
from app.web.kept import until_change
from app.web.kit import door, generation, is_fallback, render, say, typed_path, viewer
from app.web.records.page import record_of
from app.web.wording import name_of
from app.wiki import frontmatter
from app.wiki.page import HOME, INDEX, fold, folder_of, title_of_path

blueprint = Blueprint("pages", __name__)

NO_NAMES: Mapping[str, str] = MappingProxyType({})
TOC_FROM = 3  # headings, before a table of contents pays


@blueprint.get("/")
def home() -> Response:
    """Show the home page."""
    return show(HOME)


@blueprint.get("/<path:path>")
@until_change
def show(path: str) -> Response:
    """Show a page, or what stands at its address instead."""
    try:
        path = typed_path(path)
    except Invalid as error:
        return _missing_name(error)
    found = door().find_view(viewer(), path)
    if found is None:
        return _elsewhere(path)
    page, body, g.generation = found
    if request.path.endswith(f"/{INDEX}") or (path == HOME and request.path != "/"):
        return redirect(address(path), 301)
    if page.redirect and "stay" not in request.args:
        return _redirected(page)
    return render("pages/show.html", **_page_context(page, body))


def _page_context(page: PageRow, body: Body) -> dict[str, Any]:
    shown, record = shown_page(page, body), record_of(page)
    return {
        "page": shown,
        "record": record,
        "breadcrumbs": breadcrumbs(page.path, page.title, {record.form.folder: record.kind} if record else {}),
        "moved_from": _came_by(page),
        "files": body.files,
        "comments": foot(page),
        "blocks": home_blocks(page.path, body),
        "may_edit": door().may_write(viewer(), page.path),
        "may_propose": _may_propose(page.path),
    }


def shown_page(page: PageRow, body: Body, *, may_edit: bool | None = None) -> SimpleNamespace:
    """Put together what templates read of a page."""
    editable = door().may_write(viewer(), page.path) if may_edit is None else may_edit
    pencils = heading_links(page.path) if editable else None
    if may_edit is None and not editable and _may_propose(page.path):
        pencils = proposal_links(page.path)
    fault, block = None, ""
    if body.details["fault"]:
        msgid, values = body.details["fault"]
        fault = gettext(msgid, **values) if values else gettext(msgid)
        block = "" if is_fallback() else frontmatter.split(door().text(viewer(), page.path)[1])[0]
    headings = [SimpleNamespace(**heading) for heading in body.details["headings"]]
    return SimpleNamespace(
        path=page.path, title=page.title, address=address(page.path), tags=page.tags, space=page.space, lang=page.lang,
        html=fill_body(page.path, body, pencils),
        headings=headings, toc=len(headings) >= TOC_FROM, revision=page.revision, edited_at=page.edited_at,
        author_name="" if is_fallback() else name_of(page.author), is_source=body.details["is_source"], fault=fault,
        block=block,
    )  # fmt: skip


def _may_propose(path: str) -> bool:
    """Tell whether the reader of a page may propose a change of it: as `door.may_propose`, of a page that is read."""
    return not is_fallback() and not path.startswith("_") and not door().may_write(viewer(), path)


def _came_by(page: PageRow) -> str | None:
    """Give the old name by which the reader came, if it is one: an address must not put words into the site's mouth."""
    said = request.args.get("from", "")
    target = door().resolve(viewer(), [said]).get(fold(said)) if said and not is_fallback() else None
    if target is not None and target.path != page.path:  # a page that sends on to this one
        sender = door().find(viewer(), target.path)
        target = door().resolve(viewer(), [sender.redirect]).get(fold(sender.redirect)) if sender.redirect else None
    return said if target is not None and target.path == page.path else None


def breadcrumbs(path: str, title: str, names: Mapping[str, str] = NO_NAMES) -> list[tuple[str, str | None]]:
    """List the folders above a page, with titles where they have a page; else with those of `names`, by folder."""
    if path == HOME:
        return []
    folders = path.removesuffix(f"/{INDEX}").split("/")[:-1]
    indexes = ["/".join([*folders[: depth + 1], INDEX]) for depth in range(len(folders))]
    titles = door().titles(viewer(), indexes, generation()) if indexes and not is_fallback() else {}
    steps: list[tuple[str, str | None]] = [(gettext("Home"), address(HOME))]
    for index in indexes:
        folder = folder_of(index)
        known = titles.get(index) or names.get(folder)
        # Folders below that of a form only keep records apart, by letter or by year: they say nothing.
        if known or not any(folder.startswith(f"{above}/") for above in names):
            steps.append((known or title_of_path(index), address(index)))
    first, *others = steps  # a folder called as the home page is says nothing after it
    return [first, *(step for step in others if step[0] != first[0]), (title, None)]


def _redirected(page: PageRow) -> Response:
    """Follow a page that sends on to another one, once: two that send to each other are both shown."""
    target = door().resolve(viewer(), [page.redirect])
    where = next(iter(target.values()), None)
    if where is None or where.path == page.path:
        return redirect(f"{address(page.path)}?stay=1", 302)
    return redirect(f"{address(where.path)}?from={page.path}&stay=1", 302)


def _elsewhere(path: str) -> Response:
    """Answer for an address where no page stands."""
    bare = path.removesuffix(f"/{INDEX}") if path.endswith(f"/{INDEX}") else path
    try:
        place = door().locate(viewer(), bare)
    except CatalogDamaged:  # names cannot be looked up; the page of a folder can still be read from git
        if not path.endswith(f"/{INDEX}") and door().find_view(viewer(), f"{path}/{INDEX}"):
            return redirect(address(f"{path}/{INDEX}"), 302)
        raise
    if place.kind == "missing" and bare != path:
        place = door().locate(viewer(), path)
    if place.kind in {"page", "moved"}:
        return _moved(bare, place)
    if place.kind == "folder":
        return _folder(place.path)
    return _deleted(place.path) if place.kind == "deleted" else _missing(path)


def _moved(asked: str, place: Place) -> Response:
    """Send on to the page's address; an old name is said there."""
    target = address(place.path)
    is_same = place.path.removesuffix(f"/{INDEX}").casefold() == asked.casefold()
    return redirect(target if is_same else with_query(target, **{"from": asked}), 301 if is_same else 302)


def _folder(path: str) -> Response:
    rows = door().list(viewer(), PageQuery(below=f"{path}/", limit=500))
    entries = [SimpleNamespace(title=row.title, address=address(row.path), edited_at=row.edited_at) for row in rows]
    title = title_of_path(path)
    home = f"{path}/{INDEX}"
    new = url("edit.new", title=title, path=home) if door().may_begin(viewer(), home) else None
    trail = breadcrumbs(home, title)
    return render("pages/folder.html", folder=path, title=title, entries=entries, new_address=new, breadcrumbs=trail)


def _deleted(path: str) -> Response:
    grave = door().grave(viewer(), path)
    return render(
        "pages/deleted.html", 410, title=grave.title, path=path, deleted_at=grave.at,
        author_name=name_of(grave.author), may_edit=door().may_write(viewer(), path),
    )  # fmt: skip


def _missing(path: str) -> Response:
    if not viewer().is_signed_in and not door().may_propose_somewhere(viewer()):
        return members_only()
    title = title_of_path(path)
    similar = [(row.title, address(row.path)) for row in door().similar(viewer(), title) or _found(title)]
    may_begin = door().may_begin(viewer(), path)
    new = url("edit.new", path=path, title=title) if may_begin or door().may_propose(viewer(), path) else None
    return render(
        "pages/missing.html", 404, title=title, path=path, new_address=new, similar=similar, may_begin=may_begin
    )


def members_only() -> Response:
    """Say that members read here, and nothing of the address that was asked for."""
    return render("pages/members_only.html", 403)


def _found(title: str) -> list[PageRow]:
    """Search for the words of an address where no page stands."""
    founds, _ = door().search(viewer(), SearchQuery(title, size=5))
    return [found.row for found in founds if not found.name]


def _missing_name(error: Invalid) -> Response:
    if wants_json():
        raise NotFound(error.msgid, **error.values)
    sentence, title = say(error), gettext(N_("This page does not exist"))
    return render("errors/error.html", 404, status=404, title=title, sentence=sentence)
