"""`gare export`: take the wiki out again."""

from pathlib import Path

import click

from app.cli.command import Group, opened
from app.cli.language import _
from app.cli.progress import shown


@click.group(cls=Group, help=_("Take the wiki out again."))
def export() -> None:
    """Hold the kinds of export."""


@export.command(help=_("Write the public pages as a site of plain files, readable without a server."))
@click.argument("folder", type=click.Path(path_type=Path))
def html(folder: Path) -> None:
    """Write a static site."""
    from app.cli.site import write_site  # the web, which few commands need

    with opened() as station, shown() as progress:
        count = write_site(station.config, folder, progress)
    click.echo(_("Pages written: %(count)s. Open %(file)s.", count=count, file=folder / "index.html"))
