"""Delete pages with their files, and bring them back."""

from collections.abc import Collection

from app.catalog import audience, finding, ruling, writers
from app.catalog.describe import own_audience, own_editors
from app.catalog.editing import check_new_path
from app.catalog.readers import EVERYTHING, opens
from app.catalog.rows import Grave
from app.catalog.ruling import STAYS
from app.catalog.wiki import Plan, Session, Wiki
from app.catalog.writers import MayWrite, anybody
from app.errors import N_, Conflict, Invalid, NotFound, Refused
from app.hooks import Deleted, Saved
from app.wiki import frontmatter
from app.wiki.page import INDEX, file_of, files_folder
from app.wiki.store import Change, Move


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
        ruling.check_closes_nothing(session, path)
        if not may_administer:
            ruling.check_rules_nothing(session, path)
        changes: list[Change | Move] = [Change(file_of(path), None)]
        for file in finding.list_attachments(session.connection, path):
            changes.append(Change(f"{files_folder(path)}/{file.name}", None))
        return Plan(changes, author, "")

    commit = wiki.change(plan)
    wiki.tell(wiki.hooks.deleted, Deleted(path, author, commit.revision if commit else ""))


def undelete(
    wiki: Wiki, path: str, author: str, audiences: Collection[str] = EVERYTHING, may_write: MayWrite = anybody,
    *, may_administer: bool = True,
) -> None:  # fmt: skip
    """Bring a deleted page back with its files, as they were when it was deleted."""
    text = ""

    def plan(session: Session) -> Plan:
        nonlocal text
        grave = finding.find_grave(session.connection, path, audiences)
        if grave is None:
            raise NotFound(N_("There is no deleted page of that name."))
        check_new_path(session.connection, path, audiences)
        text = session.read(grave.blob)
        front = frontmatter.parse(text)
        writers.check(session.connection, [path], may_write, own_editors(text, front))
        check_stays_closed(session, grave, own_audience(text, front))
        if not may_administer:
            ruling.check_rules_no_others(session, path, text)
        return Plan(buried(session, grave), author, "")

    commit = wiki.change(plan)
    wiki.tell(wiki.hooks.saved, Saved(path, text, None, author, commit.revision if commit else ""))


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
