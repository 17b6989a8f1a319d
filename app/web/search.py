"""The search page: one box, ranked results with the words around, facets by kind and space."""

from types import SimpleNamespace

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_
from app.forms.form import words_in
from app.people.search import PAGE_SIZE, Found, FoundElse, SearchQuery
from app.web import plugged
from app.web.addresses import address, url
from app.web.files import href
from app.web.kit import door, render, station, viewer
from app.web.language import spoken
from app.wiki.page import INDEX, title_of_path

blueprint = Blueprint("search", __name__)

MAX_TYPED = 300  # characters
LAST_PAGE = 50
Facet = list[tuple[str, str, int, str, bool]]
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
    names = {space: title for space, title, _ in plugged.spaces()}
    forms = {form.name: words_in(form.plural or form.title, spoken()) for form in door().all_forms(viewer())}
    things = {one.kind: gettext(one.label) for one in station().hooks.searched()}
    labels = {"kind": {**forms, **things}, "space": names}
    founds, results = door().search_all(viewer(), SearchQuery(typed, kind, space, number))
    return render(
        "search/results.html", **shown, hits=[_hit(found, names, forms) for found in founds], total=results.total,
        facets={name: _facet(name, results.facets.get(name, []), shown, said) for name, said in labels.items()},
        suggestion=(results.suggestion, _here(shown, q=results.suggestion)) if results.suggestion else None,
        pager=_pager(shown, number, results.total), is_rebuilding=results.is_rebuilding,
    )  # fmt: skip


def _nothing() -> dict[str, object]:
    pager = SimpleNamespace(older=None, newer=None)
    facets: dict[str, list[object]] = {"kind": [], "space": []}
    return {"hits": [], "total": 0, "facets": facets, "suggestion": None, "pager": pager, "is_rebuilding": False}


def _hit(found: Found | FoundElse, names: dict[str, str], forms: dict[str, str]) -> SimpleNamespace:
    if isinstance(found, FoundElse):
        thing = found.thing
        return SimpleNamespace(
            title=thing.title, address=thing.address, kind=found.kind, space="", spans=found.spans, at=found.at,
            breadcrumb=thing.breadcrumb,
        )  # fmt: skip
    row = found.row
    folders = _folders(row.path, names) if row.form not in forms else [*_folders(row.path, names)[:1], forms[row.form]]
    return SimpleNamespace(
        title=found.name or row.title,
        address=href(row.path, found.name) if found.name else address(row.path),
        kind=found.kind,
        space=row.space,
        spans=found.spans,
        at=found.at,
        breadcrumb=row.title if found.name else " › ".join(dict.fromkeys(folders)),
    )


def _folders(path: str, names: dict[str, str]) -> list[str]:
    """Name the folders that a page stands in, the space by its title."""
    folders = path.removesuffix(f"/{INDEX}").split("/")[:-1]
    return [names.get(folder) or title_of_path(folder) for folder in folders]


def _facet(name: str, counted: list[tuple[str, int]], shown: dict[str, str | None], names: dict[str, str]) -> Facet:
    """Prepare a facet: value, label, count, address with it ticked or unticked, is it ticked."""
    facet = []
    for value, count in counted:
        is_on = shown[name] == value
        there = _here(shown, **{name: None if is_on else value})
        facet.append((value, _label(name, value, names), count, there, is_on))
    return facet


def _label(name: str, value: str, names: dict[str, str]) -> str:
    if name == "kind":
        return gettext(KINDS[value]) if value in KINDS else names.get(value) or title_of_path(value)
    return names.get(value) or title_of_path(value) if value else gettext("Outside of any group")


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
