"""`gare demo`: put the pages of an invented valley into a wiki, and take them out again."""

import click

from app.cli.command import Group, opened
from app.cli.language import _
from app.shipped.demo import add, take_out


@click.group(cls=Group, help=_("Pages of an invented valley, to try the site with."))
def demo() -> None:
    """Hold the two subcommands."""


@demo.command(help=_("Add the pages of the demo; pages that you changed are left alone."))
def load() -> None:
    """Add the pages of the demo in one change."""
    with opened() as station:
        settings = station.settings.get()
        done = add(station.wiki, station.truth, settings.language)
        station.store_settings(demo=settings.language)
    click.echo(_("Pages added: %(count)s.", count=len(done.changed)))
    _list_left(done.left)


@demo.command(help=_("Take the pages of the demo out; pages that you changed are kept."))
def remove() -> None:
    """Remove the pages of the demo that nobody has changed, in one change."""
    with opened() as station:
        settings = station.settings.get()
        done = take_out(station.wiki, station.truth, settings.demo or settings.language)
        station.store_settings(demo="")
    click.echo(_("Pages removed: %(count)s.", count=len(done.changed)))
    _list_left(done.left)


def _list_left(paths: tuple[str, ...]) -> None:
    if paths:
        click.echo(_("Left as they are, because somebody changed them:"))
    for path in paths:
        click.echo(f"  {path}")
