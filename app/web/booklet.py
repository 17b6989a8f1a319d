"""A folder as one document, to be printed: its pages one after the other, such as the help as a booklet."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.catalog.finding import PageQuery
from app.catalog.rows import Body, PageRow
from app.errors import NotFound
from app.people.file_door import MISSING
from app.web.addresses import address, url
from app.web.fill import fill_body
from app.web.kept import until_change
from app.web.kit import door, render, typed_path, viewer
from app.web.pages import members_only
from app.wiki.page import INDEX, fold, title_of_path

blueprint = Blueprint("booklet", __name__)

MOST, MOST_LETTERS = 60, 3_000_000  # pages of one booklet, letters of their HTML
PAPERS = ("a5", "a4")
LATE = ' loading="lazy"'  # a picture that is fetched when one comes near it: on paper, nobody does


@blueprint.get("/-/booklet/<path:folder>")
@until_change
def show(folder: str) -> Response:
    """Show the pages of a folder that the reader may see, in the order in which its first page names them."""
    folder = typed_path(folder).removesuffix(f"/{INDEX}")
    rows = door().list(viewer(), PageQuery(below=f"{folder}/", limit=MOST + 1))
    found = list(_within(door().view(viewer(), row.path)[:2] for row in rows[:MOST]))
    if not found and not viewer().is_signed_in and not door().may_propose_somewhere(viewer()):
        return members_only()
    if not found:
        raise NotFound(MISSING)
    home = f"{folder}/{INDEX}"
    chapters = [_chapter(page, body) for page, body in _ordered(found, home)]
    said = request.args.get("paper", "")
    paper = said if said in PAPERS else PAPERS[0]
    other = next(one for one in PAPERS if one != paper)
    return render(
        "pages/booklet.html", chapters=chapters, folder=folder, paper=paper,
        most=len(found) if len(rows) > len(found) else 0,
        title=next((page.title for page, _ in found if page.path == home), title_of_path(folder)),
        other=url("booklet.show", folder=folder, paper=other), back=address(home),
    )  # fmt: skip


def _within(pages: Iterable[tuple[PageRow, Body]]) -> Iterator[tuple[PageRow, Body]]:
    """Give pages as long as they have room together; one at least."""
    room = MOST_LETTERS
    for number, (page, body) in enumerate(pages):
        room -= len(body.html)
        if number and room < 0:
            return
        yield page, body


def _ordered(found: Iterable[tuple[PageRow, Body]], home: str) -> list[tuple[PageRow, Body]]:
    """Put the first page first, then those that it links to, as it does; then the others from A to Z, as they come."""
    known = {page.path: (page, body) for page, body in found}
    links = known[home][1].details["links"] if home in known else []
    names = [fold(link["target"]) for link in links if link["kind"] in {"wiki", "page"}]
    targets = door().resolve(viewer(), names) if names else {}
    linked = [targets[name].path for name in names if name in targets]
    paths = dict.fromkeys([home, *linked, *known])
    return [known[path] for path in paths if path in known]


def _chapter(page: PageRow, body: Body) -> SimpleNamespace:
    """Put together a page as a part of a document: its ids get a prefix, for other pages may have the same."""
    key = f"gc-{page.id or page.path.replace('/', '_')}"
    text = fill_body(page.path, body, prefix=f"{key}-").replace(LATE, "")
    return SimpleNamespace(id=key, title=page.title, lang=page.lang, text=text)
