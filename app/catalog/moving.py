"""Rename, delete and bring back pages; links of other pages are repaired in the same commit."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from app.catalog import audience, finding, linking, writers
from app.catalog.describe import own_audience, own_editors
from app.catalog.editing import check_new_path, check_place, find_twins, one_line
from app.catalog.readers import EVERYTHING, opens
from app.catalog.rows import Grave
from app.catalog.wiki import Plan, Session, Wiki
from app.catalog.writers import MayWrite, anybody
from app.errors import N_, Conflict, Invalid, NotFound, Refused
from app.hooks import Deleted, Renamed
from app.wiki import frontmatter
from app.wiki.links import rewrite
from app.wiki.page import INDEX, file_of, files_folder, fold, folder_of, parse_path
from app.wiki.store import Change, Move

MAX_LINKING = 5000
STAYS = N_("The home page stays where it is. Change its text instead.")


@dataclass(frozen=True, slots=True)
class Rename:
    """Where a page is to go; `with_folder` takes the pages below along.

    The door adds what the mover may see and whether he may open pages to more people.
    """

    path: str
    to: str
    author: str
    with_folder: bool = False
    summary: str = ""
    audiences: Collection[str] = EVERYTHING
    may_administer: bool = True
    spaces: tuple[str, ...] = ()  # folders whose pages the mover administers
    may_write: MayWrite = anybody


def rename(wiki: Wiki, request: Rename) -> str:
    """Move a page, its files and, if asked, the pages below; gives the new path.

    The old path becomes an alias of the page, so that old addresses and links lead to it. No page is open to more
    people afterwards: the word of the folder that it left is written into it, where the mover may administer.
    Raises Conflict, Invalid, NotFound, Refused.
    """
    to = parse_path(request.to)
    if request.path == INDEX:
        raise Refused(STAYS)
    if to == request.path:
        raise Invalid(N_("The page has that name already. Type another one."))
    moved: dict[str, str] = {}

    def plan(session: Session) -> Plan:
        moved.clear()
        moved.update(_moved_pages(session, request, to))
        _check_free(session, moved, request.audiences)
        _check_may_move(session, request, moved)
        opened = _opened(session, request, moved)
        changes = [*_moves(session, request, to), *_rewritten(session, moved, opened, wiki.renderer.spot)]
        return Plan(changes, request.author, one_line(request.summary))

    commit = wiki.change(plan)
    for old_path, path in moved.items():
        wiki.tell(wiki.hooks.renamed, Renamed(path, old_path, request.author, commit.revision if commit else ""))
    return to


def folder_below(path: str) -> str:
    """Name the folder of the pages below a page: `jardins/index` → `jardins/`, `jardins/eau` → `jardins/eau/`."""
    return f"{folder_of(path)}/" if path.endswith(f"/{INDEX}") else f"{path}/"


def _moved_pages(session: Session, request: Rename, to: str) -> dict[str, str]:
    page = finding.find_page(session.connection, request.path, request.audiences)
    if page is None:
        raise NotFound(N_("There is no page of that name any more."))
    if not request.with_folder:
        _check_closes_nothing(session, request.path)
    moved = {request.path: to}
    if request.with_folder and request.path != INDEX:
        old, new = folder_below(request.path), folder_below(to)
        if new.startswith(old):
            raise Invalid(N_("A page cannot move below itself. Choose another place."))
        below = finding.list_pages(session.connection, finding.PageQuery(below=old, limit=100_000), EVERYTHING)
        if any(row.audience not in request.audiences for row in below):
            raise Refused(N_("Some pages below are not open to you. Ask an administrator to move them."))
        moved.update({row.path: new + row.path.removeprefix(old) for row in below if row.path != request.path})
    return moved


def _check_closes_nothing(session: Session, path: str) -> None:
    if audience.closes_others(session.connection, path):
        raise Invalid(N_("This page keeps its folder closed. Move or delete the pages below it first."))


def _opened(session: Session, request: Rename, moved: Mapping[str, str]) -> dict[str, str]:
    opened = audience.opened_by_moving(session.connection, moved)
    if opened and not _administers(request, {*opened, *(moved.get(path, path) for path in opened)}):
        raise Refused(N_("More people could read it there. Ask an administrator to move it."))
    return opened


def _check_may_move(session: Session, request: Rename, moved: Mapping[str, str]) -> None:
    """Refuse to take from where the mover may not write, and to bring to there."""
    writers.check(session.connection, {*moved, *moved.values()}, request.may_write)
    if not request.with_folder and not _administers(request, [request.path]):
        _check_rules_nothing(session, request.path)
    _check_gives_no_power(session, request, moved)
    _check_lets_nobody_write(session, request, moved)


def _check_gives_no_power(session: Session, request: Rename, moved: Mapping[str, str]) -> None:
    """Refuse to bring a page that others keep for some to where the mover may say who reads and changes it."""
    gained = [old for old, new in moved.items() if _administers(request, [new]) and not _administers(request, [old])]
    if not gained:
        return
    words, closed = writers.list_words(session.connection), audience.closed_pages(session.connection)
    if any(old in closed or writers.effective(words, old) for old in gained):
        raise Refused(N_("This page is not open to everybody. Ask an administrator to move it."))


def _check_lets_nobody_write(session: Session, request: Rename, moved: Mapping[str, str]) -> None:
    """Refuse to let more people change a page by moving it, but to those who may say who changes it."""
    words = writers.list_words(session.connection)
    later = {moved.get(path, path): word for path, word in words.items()}
    opened = {
        path
        for old, new in moved.items()
        if _lets_more_write(writers.effective(words, old), writers.effective(later, new))
        for path in (old, new)
    }
    if not _administers(request, opened):
        raise Refused(N_("More people could change it there. Ask an administrator to move it."))


def _lets_more_write(before: str | None, after: str | None) -> bool:
    return before is not None and (after is None or opens(after, before))


def _administers(request: Rename, paths: Iterable[str]) -> bool:
    return request.may_administer or all(path.startswith(request.spaces) for path in paths)


def _check_rules_nothing(session: Session, path: str) -> None:
    if writers.rules_others(session.connection, path):
        raise Refused(N_("This page says who may change its folder. Ask an administrator."))


def _check_free(session: Session, moved: dict[str, str], audiences: Collection[str]) -> None:
    for path in moved.values():
        parse_path(path)
        if any(row.path not in moved for row in find_twins(session.connection, path)):
            raise Conflict(N_("There is a page named “%(name)s” already. Choose another name."), name=path)
        if path not in moved:  # else the place is one that the mover may read
            check_place(session.connection, path, audiences)


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


def _rewritten(
    session: Session, moved: Mapping[str, str], opened: Mapping[str, str], spot: Callable[[str], Collection[str]]
) -> list[Change | Move]:
    """Give the new texts of the pages that link to what moves, of what moves itself, and of what must stay closed."""
    connection = session.connection
    keys = {key: path for path in moved for key in _path_keys(path)}
    sources = linking.sources_of(connection, moved) | set(moved) | set(opened)
    if len(sources) > MAX_LINKING:
        raise Invalid(N_("Too many pages link there to repair them all at once. Move smaller parts."))
    changes: list[Change | Move] = []
    for path in sorted(sources):
        row = finding.find_page(connection, path, EVERYTHING)
        if row is None:
            continue
        text = session.read(row.blob)
        block, body = frontmatter.split(text)
        new_path = moved.get(path, path)
        # Where the links are is found within the renderer's budget: this runs under the lock.
        new_text = block + rewrite(body, path, new_path, moved, lambda target: keys.get(fold(target)), spot=spot)
        if path in moved:
            new_text = with_alias(new_text, path, new_path)
        if path in opened:
            new_text = frontmatter.rewrite(new_text, {"audience": opened[path]})
        if new_text != text:
            changes.append(Change(file_of(new_path), new_text.encode()))
    return changes


def _path_keys(path: str) -> list[str]:
    return [fold(path), fold(path.removesuffix(f"/{INDEX}"))]


def with_alias(text: str, old_path: str, path: str) -> str:
    """Leave a redirect behind: the old path becomes an alias."""
    front = frontmatter.parse(text)
    if front.fault:
        return text
    known = [alias for alias in front.words("aliases") if fold(alias) not in {*_path_keys(old_path), *_path_keys(path)}]
    return frontmatter.rewrite(text, {"aliases": [*known, old_path.removesuffix(f"/{INDEX}")]})


def delete(
    wiki: Wiki,
    path: str,
    author: str,
    audiences: Collection[str] = EVERYTHING,
    base: str | None = None,
    *,
    may_administer: bool = True,
    may_write: MayWrite = anybody,
) -> None:
    """Delete a page with its files; history keeps both. Raises Conflict when a `base` is given and no longer holds."""
    if path == INDEX:
        raise Refused(STAYS)

    def plan(session: Session) -> Plan:
        page = finding.find_page(session.connection, path, audiences)
        if page is None:
            raise NotFound(N_("There is no page of that name any more."))
        if base not in {None, page.revision}:
            raise Conflict(N_("The page has changed since. Read it again."))
        writers.check(session.connection, [path], may_write)
        _check_closes_nothing(session, path)
        if not may_administer:
            _check_rules_nothing(session, path)
        changes: list[Change | Move] = [Change(file_of(path), None)]
        for file in finding.list_attachments(session.connection, path):
            changes.append(Change(f"{files_folder(path)}/{file.name}", None))
        return Plan(changes, author, "")

    commit = wiki.change(plan)
    wiki.tell(wiki.hooks.deleted, Deleted(path, author, commit.revision if commit else ""))


def undelete(
    wiki: Wiki, path: str, author: str, audiences: Collection[str] = EVERYTHING, may_write: MayWrite = anybody
) -> None:
    """Bring a deleted page back with its files, as they were when it was deleted."""

    def plan(session: Session) -> Plan:
        grave = finding.find_grave(session.connection, path, audiences)
        if grave is None:
            raise NotFound(N_("There is no deleted page of that name."))
        check_new_path(session.connection, path, audiences)
        text = session.read(grave.blob)
        front = frontmatter.parse(text)
        writers.check(session.connection, [path], may_write, own_editors(text, front))
        check_stays_closed(session, grave, own_audience(text, front))
        return Plan(buried(session, grave), author, "")

    wiki.change(plan)


def check_stays_closed(session: Session, grave: Grave, own: str | None) -> None:
    """Refuse to bring a page back where its folder keeps it closed no more; not a letter of it may change."""
    if opens(audience.effective(session.connection, grave.path, own), grave.audience):
        raise Invalid(N_("More people could read it now than before. Close its folder first."))


def buried(session: Session, grave: Grave) -> list[Change | Move]:
    """Give the changes that bring a deleted page back with its files."""
    changes: list[Change | Move] = [Change(file_of(grave.path), session.store.read_blob(grave.blob))]
    parent = session.store.parent(grave.deleted_in)
    folder = files_folder(grave.path)
    for file, blob in session.store.list_folder(folder, parent) if parent else ():
        changes.append(Change(file, session.store.read_blob(blob)))
    return changes
