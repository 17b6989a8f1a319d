"""The search page: one box, ranked results with the words around, facets by kind and space."""

from types import SimpleNamespace

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_
from app.people.search import PAGE_SIZE, Found, SearchQuery
from app.web.addresses import address, url
from app.web.files import href
from app.web.kit import door, render, viewer
from app.wiki.page import INDEX, title_of_path

blueprint = Blueprint("search", __name__)

MAX_TYPED = 300  # characters
LAST_PAGE = 50
KINDS = {"page": N_("Pages"), "file": N_("Files")}


@blueprint.get("/-/search")
def search() -> Response:
    """Search."""
    typed = request.args.get("q", "")[:MAX_TYPED].replace("\0", "")
    kind, space = request.args.get("kind") or None, request.args.get("space") or None
    number = _page_number()
    shown = {"query": typed, "kind": kind, "space": space}
    if not typed.strip():
        return render("search/results.html", **shown, **_nothing())
    founds, results = door().search(viewer(), SearchQuery(typed, kind, space, number))
    return render(
        "search/results.html", **shown, hits=[_hit(found) for found in founds], total=results.total,
        facets={name: _facet(name, results.facets.get(name, []), shown) for name in ("kind", "space")},
        suggestion=(results.suggestion, _here(shown, q=results.suggestion)) if results.suggestion else None,
        pager=_pager(shown, number, results.total), is_rebuilding=results.is_rebuilding,
    )  # fmt: skip


def _nothing() -> dict[str, object]:
    pager = SimpleNamespace(older=None, newer=None)
    facets: dict[str, list[object]] = {"kind": [], "space": []}
    return {"hits": [], "total": 0, "facets": facets, "suggestion": None, "pager": pager, "is_rebuilding": False}


def _hit(found: Found) -> SimpleNamespace:
    row = found.row
    return SimpleNamespace(
        title=found.name or row.title,
        address=href(row.path, found.name) if found.name else address(row.path),
        kind=found.kind,
        space=row.space,
        spans=found.spans,
        at=found.at,
        breadcrumb=row.title if found.name else _folder(row.path),
    )


def _folder(path: str) -> str:
    folders = path.split("/")[:-1]
    names = [title_of_path("/".join([*folders[: depth + 1], INDEX])) for depth in range(len(folders))]
    return " › ".join(names)


def _facet(
    name: str, counted: "list[tuple[str, int]]", shown: dict[str, str | None]
) -> list[tuple[str, str, int, str, bool]]:
    """Prepare a facet: value, label, count, address with it ticked or unticked, is it ticked."""
    facet = []
    for value, count in counted:
        if not value and name == "space":
            label = gettext("Outside of any group")
        else:
            label = gettext(KINDS[value]) if value in KINDS and name == "kind" else title_of_path(value)
        is_on = shown[name] == value
        facet.append((value, label, count, _here(shown, **{name: None if is_on else value}), is_on))
    return facet


def _here(shown: dict[str, str | None], **changes: str | None) -> str:
    values = {"q": shown["query"], "kind": shown["kind"], "space": shown["space"]} | changes
    return url("search.search", **{name: value for name, value in values.items() if value is not None})


def _page_number() -> int:
    said = request.args.get("page", "1")
    return max(1, min(int(said), LAST_PAGE)) if said.isdecimal() and len(said) < 6 else 1


def _pager(shown: dict[str, str | None], number: int, total: int) -> SimpleNamespace:
    has_more = number * PAGE_SIZE < total and number < LAST_PAGE
    return SimpleNamespace(
        older=_here(shown, page=str(number + 1)) if has_more else None,
        newer=_here(shown, page=str(number - 1)) if number > 1 else None,
    )
