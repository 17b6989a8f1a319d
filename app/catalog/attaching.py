"""Add files to pages and take them away: git holds the pointer, the file store the bytes."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from app.catalog import audience, finding
from app.catalog.describe import AUDIENCES
from app.catalog.editing import check_new_path
from app.catalog.wiki import Plan, Session, Wiki
from app.errors import N_, NotFound
from app.wiki.files import Pointer
from app.wiki.page import files_folder, parse_path
from app.wiki.store import Change
from app.wiki.uploads import Prepared

MISSING = N_("There is no such page.")


def attach(
    wiki: Wiki, path: str, uploads: Sequence[Prepared], author: str, audiences: Collection[str] = AUDIENCES
) -> list[str]:
    """Keep prepared uploads as files of a page, in one commit; gives the names that they got.

    A name that is taken by other bytes gets a number: nothing is overwritten. Raises NotFound where the audiences may
    not read the page, or the folder that it is to stand in.
    """
    pointers = [(upload.name, wiki.files.put(upload.content)) for upload in uploads]
    names: list[str] = []

    def plan(session: Session) -> Plan | None:
        check_readable(session.connection, path, audiences)
        if finding.find_page(session.connection, path, audiences) is None:
            check_new_path(session.connection, path, audiences)
        names.clear()
        taken = {file.name.casefold(): file.oid for file in finding.list_attachments(session.connection, path)}
        changes = []
        for name, pointer in pointers:
            free = _free_name(name, pointer, taken)
            names.append(free)
            if taken.get(free.casefold()) != pointer.oid:
                changes.append(Change(f"{files_folder(path)}/{free}", pointer.to_bytes()))
            taken[free.casefold()] = pointer.oid
        return Plan(changes, author, "") if changes else None

    wiki.change(plan)
    return names


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


def detach(wiki: Wiki, path: str, name: str, author: str, audiences: Collection[str] = AUDIENCES) -> None:
    """Take a file away from a page; history keeps it."""

    def plan(session: Session) -> Plan:
        check_readable(session.connection, path, audiences)
        if finding.find_attachment(session.connection, path, name) is None:
            raise NotFound(N_("This page has no file of that name any more."))
        return Plan([Change(f"{files_folder(path)}/{name}", None)], author, "")

    wiki.change(plan)
