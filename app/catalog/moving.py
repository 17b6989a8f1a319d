"""Rename and move pages and folders; links of other pages are repaired in the same commit."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from app.catalog import audience, finding, linking, record_writing, ruling, writers
from app.catalog.editing import check_no_twins, check_place, find_twins, one_line
from app.catalog.readers import EVERYTHING, opens
from app.catalog.ruling import STAYS
from app.catalog.wiki import Plan, Session, Wiki
from app.catalog.writers import MayWrite, anybody
from app.errors import N_, Invalid, NotFound, Refused
from app.hooks import Renamed
from app.wiki import frontmatter
from app.wiki.links import rewrite
from app.wiki.page import INDEX, file_of, files_folder, fold, folder_of, form_of, parse_path
from app.wiki.store import Change, Move

MAX_LINKING = 5000


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
    wiki.check_address(to)
    moved: dict[str, str] = {}

    def plan(session: Session) -> Plan:
        moved.clear()
        moved.update(_moved_pages(session, request, to))
        _check_free(session, moved, request.audiences)
        _check_may_move(session, request, moved, wiki.writing())
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
        ruling.check_closes_nothing(session, request.path)
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


def _opened(session: Session, request: Rename, moved: Mapping[str, str]) -> dict[str, str]:
    """Find the pages that would be open to more people, and refuse those that would be to fewer."""
    changed = audience.changed_by_moving(session.connection, moved)
    opened = {path: now for path, (now, then) in changed.items() if opens(then, now)}
    if not _administers(request, {*opened, *(moved.get(path, path) for path in opened)}):
        raise Refused(N_("More people could read it there. Ask an administrator to move it."))
    if not _administers(request, [path for path, (now, then) in changed.items() if opens(now, then)]):
        raise Refused(N_("Fewer people could read it there. Ask an administrator to move it."))
    return opened


def _check_may_move(session: Session, request: Rename, moved: Mapping[str, str], site: str) -> None:
    """Refuse to take from where the mover may not write, and to bring to there; `site` is who writes by its default."""
    writers.check(session.connection, {*moved, *moved.values()}, request.may_write)
    if not request.with_folder and not _administers(request, [request.path]):
        ruling.check_rules_nothing(session, request.path)
    _check_gives_no_power(session, request, moved)
    _check_changes_no_writers(session, request, moved, site)
    for old, new in moved.items():
        page = finding.find_page(session.connection, old, EVERYTHING)
        if page and audience.folder_ruled_by(new) is not None and not _administers(request, [new]):
            ruling.check_rules_no_others(session, new, session.read(page.blob), moved.values())


def _check_gives_no_power(session: Session, request: Rename, moved: Mapping[str, str]) -> None:
    """Refuse to bring a page that others keep for some to where the mover may say who reads and changes it."""
    gained = [old for old, new in moved.items() if _administers(request, [new]) and not _administers(request, [old])]
    if not gained:
        return
    words, closed = writers.list_words(session.connection), audience.closed_pages(session.connection)
    if any(old in closed or writers.effective(words, old) for old in gained):
        raise Refused(N_("This page is not open to everybody. Ask an administrator to move it."))


def _check_changes_no_writers(session: Session, request: Rename, moved: Mapping[str, str], site: str) -> None:
    """Refuse to change by moving who may change a page, but to those who may say so."""
    words = writers.list_words(session.connection)
    later = {moved.get(path, path): word for path, word in words.items()}
    for old, new in moved.items():
        now, then = writers.effective(words, old) or site, writers.effective(later, new) or site
        if opens(then, now) and not _administers(request, [old, new]):
            raise Refused(N_("More people could change it there. Ask an administrator to move it."))
        if opens(now, then) and not _administers(request, [old]):
            raise Refused(N_("Fewer people could change it there. Ask an administrator to move it."))


def _administers(request: Rename, paths: Iterable[str]) -> bool:
    return request.may_administer or all(path.startswith(request.spaces) for path in paths)


def _check_free(session: Session, moved: dict[str, str], audiences: Collection[str]) -> None:
    for old, path in moved.items():
        parse_path(path)
        _check_stays_form(session, old, path)
        if path not in moved:  # else the place is one that the mover may read
            check_place(session.connection, path, audiences)
        twins = find_twins(session.connection, path)
        check_no_twins(path, (row for row in twins if row.path not in moved), audiences)


def _check_stays_form(session: Session, old: str, path: str) -> None:
    """Refuse to make a page of a form or a form of a page, and to take a form's name from its records."""
    name = form_of(old)
    if bool(name) != bool(form_of(path)):
        raise Invalid(N_("A form stays in the folder of forms. Choose another name only."))
    if name and record_writing.has_records(session.connection, name):
        raise Invalid(N_("There are records of this form. Change its title instead of its name."))


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
        if row is None or form_of(path):
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
    if front.fault or form_of(path):
        return text
    known = [alias for alias in front.words("aliases") if fold(alias) not in {*_path_keys(old_path), *_path_keys(path)}]
    return frontmatter.rewrite(text, {"aliases": [*known, old_path.removesuffix(f"/{INDEX}")]})
