"""Rename, delete and bring back pages; links of other pages are repaired in the same commit."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from app.catalog import audience, finding, linking
from app.catalog.describe import AUDIENCES
from app.catalog.editing import check_new_path, find_twins, one_line
from app.catalog.rows import Grave
from app.catalog.wiki import Plan, Session, Wiki
from app.errors import N_, Conflict, Invalid, NotFound
from app.hooks import Deleted, Renamed
from app.wiki import frontmatter
from app.wiki.links import rewrite
from app.wiki.page import INDEX, file_of, files_folder, fold, folder_of, parse_path
from app.wiki.store import Change, Move

MAX_LINKING = 5000


@dataclass(frozen=True, slots=True)
class Rename:
    """Where a page is to go; `with_folder` takes the pages below along."""

    path: str
    to: str
    author: str
    with_folder: bool = False
    summary: str = ""


def rename(wiki: Wiki, request: Rename) -> str:
    """Move a page, its files and, if asked, the pages below; gives the new path.

    The old path becomes an alias of the page, so that old addresses and links lead to it. Raises Conflict, Invalid.
    """
    to = parse_path(request.to)
    if to == request.path:
        raise Invalid(N_("The page has that name already. Type another one."))
    moved: dict[str, str] = {}

    def plan(session: Session) -> Plan:
        moved.clear()
        moved.update(_moved_pages(session, request, to))
        _check_free(session, moved)
        changes = [*_moves(session, request, to), *_rewritten(session, moved, wiki.renderer.spot)]
        return Plan(changes, request.author, one_line(request.summary))

    commit = wiki.change(plan)
    for old_path, path in moved.items():
        wiki.tell(wiki.hooks.renamed, Renamed(path, old_path, request.author, commit.revision if commit else ""))
    return to


def folder_below(path: str) -> str:
    """Name the folder of the pages below a page: `jardins/index` → `jardins/`, `jardins/eau` → `jardins/eau/`."""
    return f"{folder_of(path)}/" if path.endswith(f"/{INDEX}") else f"{path}/"


def _moved_pages(session: Session, request: Rename, to: str) -> dict[str, str]:
    page = finding.find_page(session.connection, request.path, AUDIENCES)
    if page is None:
        raise NotFound(N_("There is no page of that name any more."))
    if not request.with_folder:
        _check_closes_nothing(session, request.path)
    moved = {request.path: to}
    if request.with_folder and request.path != INDEX:
        old, new = folder_below(request.path), folder_below(to)
        if new.startswith(old):
            raise Invalid(N_("A page cannot move below itself. Choose another place."))
        below = finding.list_pages(session.connection, finding.PageQuery(below=old, limit=100_000), AUDIENCES)
        moved.update({row.path: new + row.path.removeprefix(old) for row in below if row.path != request.path})
    return moved


def _check_closes_nothing(session: Session, path: str) -> None:
    if audience.closes_others(session.connection, path):
        raise Invalid(N_("This page keeps its folder closed. Move or delete the pages below it first."))


def _check_free(session: Session, moved: dict[str, str]) -> None:
    for path in moved.values():
        parse_path(path)
        if any(row.path not in moved for row in find_twins(session.connection, path)):
            raise Conflict(N_("There is a page named “%(name)s” already. Choose another name."), name=path)


def _moves(session: Session, request: Rename, to: str) -> list[Change | Move]:
    """Move the page's file and folder of files, and with `with_folder` the whole folder below."""
    moves: list[Change | Move] = []
    whole = request.with_folder and request.path != INDEX
    if whole and session.store.has_folder(folder_below(request.path).rstrip("/")):
        moves.append(Move(folder_below(request.path).rstrip("/"), folder_below(to).rstrip("/")))
    carried = whole and request.path.endswith(f"/{INDEX}")  # the index lies in the folder itself
    if not carried or not to.endswith(f"/{INDEX}"):
        source = request.path if not carried else folder_below(to) + INDEX
        moves.append(Move(file_of(source), file_of(to)))
        if finding.list_attachments(session.connection, request.path):
            moves.append(Move(files_folder(source), files_folder(to)))
    return moves


def _rewritten(session: Session, moved: dict[str, str], spot: Callable[[str], Collection[str]]) -> list[Change | Move]:
    """Give the new texts of the pages that link to what moves, and of what moves itself."""
    connection = session.connection
    keys = {key: path for path in moved for key in _path_keys(path)}
    sources = linking.sources_of(connection, moved) | set(moved)
    if len(sources) > MAX_LINKING:
        raise Invalid(N_("Too many pages link there to repair them all at once. Move smaller parts."))
    changes: list[Change | Move] = []
    for path in sorted(sources):
        row = finding.find_page(connection, path, AUDIENCES)
        if row is None:
            continue
        text = session.read(row.blob)
        block, body = frontmatter.split(text)
        new_path = moved.get(path, path)
        # Where the links are is found within the renderer's budget: this runs under the lock.
        new_text = block + rewrite(body, path, new_path, moved, lambda target: keys.get(fold(target)), spot=spot)
        if path in moved:
            new_text = _with_alias(new_text, path, new_path)
        if new_text != text:
            changes.append(Change(file_of(new_path), new_text.encode()))
    return changes


def _path_keys(path: str) -> list[str]:
    return [fold(path), fold(path.removesuffix(f"/{INDEX}"))]


def _with_alias(text: str, old_path: str, path: str) -> str:
    """Leave a redirect behind: the old path becomes an alias."""
    front = frontmatter.parse(text)
    if front.fault:
        return text
    known = [alias for alias in front.words("aliases") if fold(alias) not in {*_path_keys(old_path), *_path_keys(path)}]
    return frontmatter.rewrite(text, {"aliases": [*known, old_path.removesuffix(f"/{INDEX}")]})


def delete(wiki: Wiki, path: str, author: str, summary: str = "") -> None:
    """Delete a page with its files; history keeps both."""

    def plan(session: Session) -> Plan:
        if finding.find_page(session.connection, path, AUDIENCES) is None:
            raise NotFound(N_("There is no page of that name any more."))
        _check_closes_nothing(session, path)
        changes: list[Change | Move] = [Change(file_of(path), None)]
        for file in finding.list_attachments(session.connection, path):
            changes.append(Change(f"{files_folder(path)}/{file.name}", None))
        return Plan(changes, author, one_line(summary))

    commit = wiki.change(plan)
    wiki.tell(wiki.hooks.deleted, Deleted(path, author, commit.revision if commit else ""))


def undelete(wiki: Wiki, path: str, author: str, summary: str = "") -> None:
    """Bring a deleted page back with its files, as they were when it was deleted."""

    def plan(session: Session) -> Plan:
        grave = finding.find_grave(session.connection, path, AUDIENCES)
        if grave is None:
            raise NotFound(N_("There is no deleted page of that name."))
        check_new_path(session.connection, path)
        return Plan(_buried(session, grave), author, one_line(summary))

    wiki.change(plan)


def _buried(session: Session, grave: Grave) -> list[Change | Move]:
    changes: list[Change | Move] = [Change(file_of(grave.path), session.store.read_blob(grave.blob))]
    parent = session.store.parent(grave.deleted_in)
    folder = files_folder(grave.path)
    for file, blob in session.store.list_folder(folder, parent) if parent else ():
        changes.append(Change(file, session.store.read_blob(blob)))
    return changes
