"""Save many pages as one commit: what comes in from a file is there as a whole, or not at all."""

from collections.abc import Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.catalog import finding, record_guard, writers
from app.catalog.editing import NOT_OPEN, Edit, check_no_twins, check_place, one_line, with_identity
from app.catalog.enclosing import file_changes, with_readers
from app.catalog.linking import chunks
from app.catalog.readers import EVERYTHING
from app.catalog.tables import graves
from app.catalog.wiki import Plan, Session, Wiki, check_text
from app.errors import N_, Conflict, Refused
from app.hooks import Saved
from app.wiki import frontmatter
from app.wiki.markup import Rendered
from app.wiki.page import INDEX, file_of, fold, folder_of, parse_path
from app.wiki.store import Change, Commit

MEANWHILE = N_("Somebody has changed “%(name)s” meanwhile. Start the import again.")


@dataclass(frozen=True, slots=True)
class _Written:
    """A page as it is saved; `old_text` is None for a new one."""

    path: str
    text: str
    old_text: str | None
    files: Sequence[Change] = ()


def save_many(wiki: Wiki, edits: Sequence[Edit], author: str, summary: str) -> Commit | None:
    """Save edits of different pages as one commit; raises Conflict where one of them has moved on meanwhile.

    They are rendered before the lock is taken: nobody waits for that.
    """
    texts = {edit.path: check_text(edit.text, wiki.config.page_bytes) for edit in edits}
    rendered = {path: wiki.render(path, text) for path, text in texts.items()}
    written: list[_Written] = []

    def plan(session: Session) -> Plan | None:
        written.clear()
        _check_places(session.connection, [edit for edit in edits if edit.base is None])
        free = _free_ids(session.connection, texts.values())
        written.extend(_write(session, edit, texts[edit.path], free) for edit in edits)
        if not written:
            return None
        writers.check(session.connection, texts, edits[0].may_write)
        changes = [Change(file_of(one.path), one.text.encode()) for one in written]
        changes += [file for one in written for file in one.files]
        ready = {one.path: (one.text, _done(rendered[one.path])) for one in written}
        return Plan(changes, author, one_line(summary), ready)

    commit = wiki.change(plan)
    for one in written if commit else ():
        wiki.tell(wiki.hooks.saved, Saved(one.path, one.text, one.old_text, author, commit.revision))
    return commit


def _check_places(connection: Connection, edits: Sequence[Edit]) -> None:
    """Refuse places of new pages as `editing.check_new_path` does, asking once for all that stand in one folder."""
    if not edits:
        return
    audiences = edits[0].audiences
    for path in {folder_of(edit.path): parse_path(edit.path) for edit in edits}.values():
        check_place(connection, path, audiences)
    _check_graves(connection, [edit.path for edit in edits], audiences)
    for edit in edits:
        parse_path(edit.path)
    taken = finding.list_by_keys(connection, [key for edit in edits for key in _keys(edit.path)], EVERYTHING)
    for row in taken:
        check_no_twins(row.path, [row], audiences)


def _keys(path: str) -> tuple[str, str]:
    """Give the keys by which a page would be the same as another."""
    other = path.removesuffix(f"/{INDEX}") if path.endswith(f"/{INDEX}") else f"{path}/{INDEX}"
    return fold(path), fold(other)


def _check_graves(connection: Connection, paths: Collection[str], audiences: Collection[str]) -> None:
    """Refuse places where a page was deleted that was closed to the writer."""
    for chunk in chunks(paths):
        found = connection.execute(select(graves.c.audience).where(graves.c.path.in_(chunk))).scalars()
        if any(audience not in audiences for audience in found):
            raise Refused(NOT_OPEN)


def _free_ids(connection: Connection, texts: Collection[str]) -> set[str]:
    """Give the identities that texts name and no page has."""
    typed = {page_id for text in texts if (page_id := frontmatter.parse(text).text("id"))}
    return typed - finding.find_by_ids(connection, typed).keys()


def _write(session: Session, edit: Edit, text: str, free: set[str]) -> _Written:
    """Give a page as it is to stand; raises Conflict, Invalid. An identity of `free` is given once."""
    connection, old_text, page = session.connection, None, None
    if edit.base is None:
        text = with_readers(session, edit.path, text, edit.readers)
    else:
        page = finding.find_page(connection, edit.path, edit.audiences)
        if page is None or page.revision != edit.base:
            raise Conflict(MEANWHILE, name=edit.path)
        old_text = session.read(page.blob)
    typed = frontmatter.parse(text).text("id")
    if page is None and edit.may_administer and typed in free:
        free.discard(typed)
    else:
        text = with_identity(connection, text, page, is_trusted=edit.may_administer and page is not None)
    record_guard.check(connection, edit.path, text, old_text or "")
    return _Written(edit.path, text, old_text, file_changes(session, edit.path, edit.files) if edit.files else ())


def _done(rendered: Rendered) -> Future[Rendered]:
    done: Future[Rendered] = Future()
    done.set_result(rendered)
    return done
