"""Put what comes with the program into a wiki, exchange it for other such pages and groups, take it out.

A page that somebody changed is left to them: only what is still as it came is touched.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from app.catalog import finding
from app.catalog.readers import EVERYTHING
from app.catalog.wiki import Plan, Session, Wiki
from app.hooks import Deleted, Saved
from app.people import authors
from app.shipped import content, groups, private
from app.shipped.content import Content
from app.wiki.page import file_of, files_folder, path_of
from app.wiki.store import Change


@dataclass(frozen=True, slots=True)
class Done:
    """Which pages were changed, and which were left to those who wrote in them."""

    changed: tuple[str, ...]
    left: tuple[str, ...]


def pages_of(language: str, *, has_demo: bool) -> Content:
    """Give the pages that come with a wiki of a language."""
    first = content.starter(language)
    return first.with_others(content.demo(language)) if has_demo else first


def add(wiki: Wiki, truth: Engine, language: str) -> Done:
    """Write the pages of the demo, and what stands in the database beside them."""
    return exchange_all(wiki, truth, pages_of(language, has_demo=False), pages_of(language, has_demo=True))


def take_out(wiki: Wiki, truth: Engine, language: str) -> Done:
    """Delete the pages of the demo, and its groups; the first page of that name comes back."""
    return exchange_all(wiki, truth, pages_of(language, has_demo=True), pages_of(language, has_demo=False))


def exchange_all(wiki: Wiki, truth: Engine, before: Content, after: Content) -> Done:
    """Exchange the pages, what records say to some only, and the groups."""
    done = exchange(wiki, before, after)
    private.keep(wiki, truth, after, done.changed)
    groups.exchange(truth, before.groups, after.groups)
    return done


def exchange(wiki: Wiki, before: Content, after: Content) -> Done:
    """Bring pages that are still as in `before` to what they are in `after`, in one change."""
    done, heard = Done((), ()), list[Saved | Deleted]()

    def plan(session: Session) -> Plan | None:
        nonlocal done, heard
        done = _look(session, before, after)
        back = after.only(done.changed)
        changes = [*_deleting(session, done.changed, back), *content.writing(session, wiki.files, back)]
        heard = list(_events(session, changes))
        return Plan(changes, authors.SYSTEM, "") if changes else None

    commit = wiki.change(plan)
    for event in heard:
        _tell(wiki, replace(event, revision=commit.revision if commit else ""))
    return done


def _events(session: Session, changes: Iterable[Change]) -> Iterator[Saved | Deleted]:
    """Say of each page what will have become of it; the commit is not known yet."""
    for change in changes:
        if (path := path_of(change.file)) is None:
            continue
        page = finding.find_page(session.connection, path, EVERYTHING)
        old_text = session.read(page.blob) if page else None
        if change.content is None:
            yield Deleted(path, authors.SYSTEM, "")
        else:
            yield Saved(path, change.content.decode(), old_text, authors.SYSTEM, "")


def _tell(wiki: Wiki, event: Saved | Deleted) -> None:
    if isinstance(event, Saved):
        wiki.tell(wiki.hooks.saved, event)
    else:
        wiki.tell(wiki.hooks.deleted, event)


def _look(session: Session, before: Content, after: Content) -> Done:
    """Sort the pages that differ into those to change and those that somebody changed."""
    changed: list[str] = []
    left: list[str] = []
    for path in sorted(before.pages.keys() | after.pages.keys()):
        if before.is_alike(after, path) or _is_as_in(session, path, after):
            continue
        (changed if _is_as_in(session, path, before) or _is_free(session, path, after) else left).append(path)
    return Done(tuple(changed), tuple(left))


def _is_free(session: Session, path: str, after: Content) -> bool:
    return path in after.pages and finding.find_page(session.connection, path, EVERYTHING) is None


def _is_as_in(session: Session, path: str, pages: Content) -> bool:
    """Tell whether a page stands as the program brought it; where it brought none, whether there is none."""
    page = finding.find_page(session.connection, path, EVERYTHING)
    if page is None or path not in pages.pages:
        return page is None and path not in pages.pages
    files = {file.name: file.oid for file in finding.list_attachments(session.connection, path)}
    return content.is_same(session.read(page.blob), pages.pages[path]) and files == _oids(path, pages)


def _oids(path: str, pages: Content) -> dict[str, str]:
    files = pages.only([path]).files
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for (_page, name), file in files.items()}


def _deleting(session: Session, paths: tuple[str, ...], back: Content) -> list[Change]:
    changes = []
    for path in paths:
        if path not in back.pages and finding.find_page(session.connection, path, EVERYTHING):
            changes.append(Change(file_of(path), None))
        for file in finding.list_attachments(session.connection, path):
            if (path, file.name) not in back.files:
                changes.append(Change(f"{files_folder(path)}/{file.name}", None))
    return changes
