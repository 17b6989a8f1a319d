"""`gare demo`: put the pages of an invented valley into a wiki, and take them out again."""

import hashlib
from dataclasses import dataclass

import click

from app.catalog import finding
from app.catalog.readers import EVERYTHING
from app.catalog.wiki import Plan, Session, Wiki
from app.cli import content
from app.cli.command import Group, opened
from app.cli.language import _
from app.people import authors
from app.wiki.page import file_of, files_folder
from app.wiki.store import Change


@click.group(cls=Group, help=_("Pages of an invented valley, to try the site with."))
def demo() -> None:
    """Hold the two subcommands."""


@demo.command(help=_("Add the pages of the demo; pages that you changed are left alone."))
def load() -> None:
    """Add the pages of the demo in one change."""
    with opened() as station:
        language = station.settings.get().language
        done = add(station.wiki, language)
    click.echo(_("Pages added: %(count)s.", count=len(done.changed)))
    _list_left(done.left)


@demo.command(help=_("Take the pages of the demo out; pages that you changed are kept."))
def remove() -> None:
    """Remove the pages of the demo that nobody has changed, in one change."""
    with opened() as station:
        language = station.settings.get().language
        done = take_out(station.wiki, language)
    click.echo(_("Pages removed: %(count)s.", count=len(done.changed)))
    _list_left(done.left)


def _list_left(paths: tuple[str, ...]) -> None:
    if paths:
        click.echo(_("Left as they are, because somebody changed them:"))
    for path in paths:
        click.echo(f"  {path}")


@dataclass(frozen=True, slots=True)
class Done:
    """Which pages were changed, and which were left to those who wrote in them."""

    changed: tuple[str, ...]
    left: tuple[str, ...]


def add(wiki: Wiki, language: str) -> Done:
    """Write the pages of the demo; a page of that name counts as free while it is still the starter's."""
    pages, first = content.demo(language), content.starter(language)
    done = Done((), ())

    def plan(session: Session) -> Plan | None:
        nonlocal done
        states = {path: _state(session, path, pages, first) for path in pages.pages}
        chosen = [path for path, state in states.items() if state in {"free", "starter"}]
        done = Done(tuple(chosen), tuple(path for path, state in states.items() if state == "changed"))
        changes = list(content.writing(session, wiki.files, pages.only(chosen)))
        return Plan(changes, authors.SYSTEM, "") if changes else None

    wiki.change(plan)
    return done


def take_out(wiki: Wiki, language: str) -> Done:
    """Delete the pages of the demo that are still as they came; the starter's page of that name comes back."""
    pages, first = content.demo(language), content.starter(language)
    done = Done((), ())

    def plan(session: Session) -> Plan | None:
        nonlocal done
        states = {path: _state(session, path, pages, first) for path in pages.pages}
        gone = [path for path, state in states.items() if state == "demo"]
        done = Done(tuple(gone), tuple(path for path, state in states.items() if state == "changed"))
        back = first.only(gone)
        changes = [*_deleting(session, gone, back), *content.writing(session, wiki.files, back)]
        return Plan(changes, authors.SYSTEM, "") if changes else None

    wiki.change(plan)
    return done


def _deleting(session: Session, paths: list[str], back: content.Content) -> list[Change]:
    changes = [Change(file_of(path), None) for path in paths if path not in back.pages]
    for path in paths:
        for file in finding.list_attachments(session.connection, path):
            if (path, file.name) not in back.files:
                changes.append(Change(f"{files_folder(path)}/{file.name}", None))
    return changes


def _state(session: Session, path: str, pages: content.Content, first: content.Content) -> str:
    """Say what stands at a path: nothing (free), the demo's page, the starter's, or one that somebody changed."""
    page = finding.find_page(session.connection, path, EVERYTHING)
    if page is None:
        return "free"
    text = session.read(page.blob)
    files = {(path, file.name): file.oid for file in finding.list_attachments(session.connection, path)}
    if content.is_same(text, pages.pages[path]) and files == _oids(path, pages):
        return "demo"
    is_starter = path in first.pages and content.is_same(text, first.pages[path]) and files == _oids(path, first)
    return "starter" if is_starter else "changed"


def _oids(path: str, pages: content.Content) -> dict[tuple[str, str], str]:
    return {
        place: hashlib.sha256(file.read_bytes()).hexdigest() for place, file in pages.files.items() if place[0] == path
    }
