"""`gare page`: read, write, list and erase pages from scripts."""

import sys
from collections.abc import Iterator

import click

from app.catalog.editing import Edit
from app.catalog.finding import PageQuery
from app.catalog.rows import PageRow
from app.cli.command import Group, opened
from app.cli.erasing import erase
from app.cli.language import _
from app.cli.progress import shown
from app.errors import N_, Invalid, NotFound
from app.people import accounts, authors
from app.people.authors import SYSTEM
from app.people.viewer import OPERATOR, Viewer
from app.station import Station
from app.wiki.page import parse_path

_BATCH = 1000


@click.group(cls=Group, help=_("Read, write, list and erase pages."))
def page() -> None:
    """Hold the four subcommands."""


@page.command(help=_("Print the text of a page."))
@click.argument("path")
def get(path: str) -> None:
    """Print a page."""
    with opened() as station:
        _row, text = station.door.text(OPERATOR, parse_path(path))
    click.echo(text, nl=False)


@page.command(help=_("Write a page; its text is read from standard input."))
@click.argument("path")
@click.option("--author", help=_("Name that the change is signed with."))
@click.option("--summary", default="", help=_("What was changed, in a few words."))
def put(path: str, author: str | None, summary: str) -> None:
    """Save a page."""
    text = _typed()
    path = parse_path(path)
    with opened() as station:
        station.wiki.catch_up()
        signed = _signed(station, author) if author else SYSTEM
        outcome = station.door.save(OPERATOR, Edit(path, text, _revision(station, path), signed, summary))
    click.echo(outcome.revision)


def _signed(station: Station, name: str) -> str:
    """Give the pseudonym of an account of that name, else that of the typed name."""
    with station.truth.begin() as connection:
        account = accounts.find_named(connection, name)
        return account.pseudonym if account else authors.author_for_name(connection, name)


def _typed() -> str:
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise Invalid(N_("The text is not in UTF-8. Convert it first.")) from error


def _revision(station: Station, path: str) -> str | None:
    try:
        return station.door.find(OPERATOR, path).revision
    except NotFound:
        return None


@page.command("list", help=_("List the paths of all pages."))
def list_pages() -> None:
    """List pages."""
    with opened() as station:
        for row in every_page(station, OPERATOR, with_templates=True):
            click.echo(row.path)


def every_page(station: Station, viewer: Viewer, *, with_templates: bool = False) -> Iterator[PageRow]:
    """Give all pages that a viewer may read, through the door."""
    offset = 0
    while rows := station.door.list(viewer, PageQuery(with_templates=with_templates, limit=_BATCH, offset=offset)):
        yield from rows
        offset += _BATCH


@page.command(help=_("Erase a page and its files from the whole history. Nothing brings it back."))
@click.argument("path")
@click.option("--yes", is_flag=True, help=_("Do not ask."))
def purge(path: str, yes: bool) -> None:
    """Erase a page for good."""
    path = parse_path(path)
    with opened() as station:
        if not yes:
            click.confirm(_("Erase %(path)s and its whole history for ever?", path=path), abort=True, err=True)
        with shown() as progress:
            erased = erase(station, path, progress)
    click.echo(_("Erased: %(files)s.", files=", ".join(erased.files)))
    for backup in erased.backups:
        click.echo(_("This backup still holds it: %(file)s", file=backup))
