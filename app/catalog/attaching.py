"""Add files to pages and take them away: git holds the pointer, the file store the bytes."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection

from app.catalog import audience, finding
from app.catalog.editing import check_new_path
from app.catalog.history import find_detached
from app.catalog.readers import EVERYTHING, opens
from app.catalog.wiki import Plan, Session, Wiki
from app.catalog.writers import MayWrite, anybody, check
from app.errors import N_, NotFound, Refused
from app.wiki.files import Pointer
from app.wiki.page import files_folder, parse_path
from app.wiki.store import Change
from app.wiki.uploads import Prepared

MISSING = N_("There is no such page.")


def attach(
    wiki: Wiki,
    path: str,
    uploads: Sequence[Prepared],
    author: str,
    audiences: Collection[str] = EVERYTHING,
    may_write: MayWrite = anybody,
) -> list[str]:
    """Keep prepared uploads as files of a page, in one commit; gives the names that they got.

    A name that is taken by other bytes gets a number: nothing is overwritten. Raises NotFound where the audiences may
    not read the page, or the folder that it is to stand in.
    """
    pointers = [(upload.name, wiki.files.put(upload.content)) for upload in uploads]
    names: list[str] = []

    def plan(session: Session) -> Plan | None:
        check_attachable(session.connection, path, audiences)
        check(session.connection, [path], may_write)
        changes, names[:] = _place(session.connection, path, pointers)
        for upload, (_name, pointer) in zip(uploads, pointers, strict=True):
            if not wiki.files.has(pointer.oid):  # the same bytes were erased since, with the page that had them
                wiki.files.put(upload.content)
        return Plan(changes, author, "") if changes else None

    wiki.change(plan)
    return names


def check_attachable(connection: Connection, path: str, audiences: Collection[str]) -> None:
    """Refuse a place where these audiences may add no file; raises NotFound, Conflict, Refused."""
    check_readable(connection, path, audiences)
    if finding.find_page(connection, path, audiences) is None:
        check_new_path(connection, path, audiences)


def _place(
    connection: Connection, path: str, pointers: Iterable[tuple[str, Pointer]]
) -> tuple[list[Change], list[str]]:
    """Give the changes that put files beside a page, and the names that they get there."""
    taken = {file.name.casefold(): file.oid for file in finding.list_attachments(connection, path)}
    changes, names = [], []
    for name, pointer in pointers:
        free = _free_name(name, pointer, taken)
        names.append(free)
        if taken.get(free.casefold()) != pointer.oid:
            changes.append(Change(f"{files_folder(path)}/{free}", pointer.to_bytes()))
        taken[free.casefold()] = pointer.oid
    return changes, names


def _free_name(name: str, pointer: Pointer, taken: dict[str, str]) -> str:
    stem, dot, extension = name.rpartition(".")
    candidate, number = name, 2
    while taken.get(candidate.casefold(), pointer.oid) != pointer.oid:
        candidate, number = f"{stem}-{number}{dot}{extension}", number + 1
    return candidate


def check_readable(connection: Connection, path: str, audiences: Collection[str]) -> None:
    """Refuse to tell of a place whose page, or whose folder where there is no page, the audiences may not read."""
    if audience.readers_at(connection, parse_path(path)) not in audiences:
        raise NotFound(MISSING)


def detach(
    wiki: Wiki,
    path: str,
    name: str,
    author: str,
    audiences: Collection[str] = EVERYTHING,
    may_write: MayWrite = anybody,
) -> bool:
    """Take a file away from a page; tells whether `reattach` can put it back: a page not yet written has no history."""
    has_history = False

    def plan(session: Session) -> Plan:
        nonlocal has_history
        check_readable(session.connection, path, audiences)
        check(session.connection, [path], may_write)
        if finding.find_attachment(session.connection, path, name) is None:
            raise NotFound(N_("This page has no file of that name any more."))
        has_history = finding.find_page(session.connection, path, audiences) is not None
        return Plan([Change(f"{files_folder(path)}/{name}", None)], author, "")

    wiki.change(plan)
    return has_history


def reattach(
    wiki: Wiki,
    path: str,
    name: str,
    author: str,
    audiences: Collection[str] = EVERYTHING,
    may_write: MayWrite = anybody,
) -> str:
    """Put the file of this name back that was last taken away from this page; gives the name that it got.

    What it was stands in the page's own history, so nobody can name bytes that the page never had.
    """
    names: list[str] = []

    def plan(session: Session) -> Plan | None:
        pointer = _last_pointer(session, path, name, audiences)
        check(session.connection, [path], may_write)
        if pointer is None or not wiki.files.has(pointer.oid):
            raise NotFound(N_("This page has no deleted file of that name."))
        changes, names[:] = _place(session.connection, path, [(name, pointer)])
        return Plan(changes, author, "") if changes else None

    wiki.change(plan)
    return names[0]


def _last_pointer(session: Session, path: str, name: str, audiences: Collection[str]) -> Pointer | None:
    """Read the pointer of a file as it stood before it was taken away, at the path that the page had then."""
    page = finding.find_page(session.connection, path, audiences)
    if page is None:
        raise NotFound(MISSING)
    row = find_detached(session.connection, page.lineage, name)
    before = session.store.parent(row.revision) if row else None
    if row is None or before is None:
        return None
    if opens(page.audience, audience.in_commit(session.store, before, row.path)):
        raise Refused(N_("Fewer people could see this page then. Send the file again."))
    content = session.store.read(f"{files_folder(row.path)}/{name}", before)
    return Pointer.parse(content) if content is not None else None
