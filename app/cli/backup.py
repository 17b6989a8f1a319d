"""`gare backup`, `gare restore`, `gare upgrade`: keep the truths safe."""

import time
from pathlib import Path

import click

from app import backup as backups
from app.backup.schedule import DEFAULT_FOLDER
from app.cli.command import Command, instance, opened
from app.cli.language import _
from app.cli.progress import shown
from app.cli.reindex import rebuild
from app.database import truth
from app.errors import N_, Invalid
from app.loader import load_config, load_hooks
from app.shipped import beginning
from app.station import Station

FILE = click.Path(path_type=Path)


@click.command(cls=Command, help=_("Write everything that matters into one file, while the site is up."))
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Write a backup."""
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise Invalid(N_("Name a file in a folder that exists, such as backup.tar.gz."))
    with opened(is_migrated=False) as station, shown() as progress:
        made = backups.write(station, file, progress)
    click.echo(_("Written and read back: %(file)s (%(size)s MB).", file=made.file, size=round(made.size / 1e6, 1)))


@click.command(cls=Command, help=_("Bring a backup back into an empty folder."))
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Bring a backup back, then build what is derived."""
    folder = instance()
    restored = backups.restore(file, folder, lambda: load_hooks(load_config(folder)).plugins)
    with opened() as station, shown() as progress:
        station.wiki.catalog.create()
        for again in station.hooks.reindex:  # what plugins derive is in no backup
            again(progress)
        rebuild(station.wiki, progress)
    if restored.mails:
        click.echo(_("Mails that waited then were put aside: %(count)s. See the settings page.", count=restored.mails))
    click.echo(_("The wiki of %(moment)s is back. Start it: gare serve", moment=restored.made_at))


@click.command(cls=Command, help=_("Bring the instance to this version of the program, after a backup."))
def upgrade() -> None:
    """Make a backup, then run the migrations that are missing; again changes nothing."""
    with opened(is_migrated=False) as station, shown() as progress:
        version = truth.version(station.truth)
        if truth.is_current(station.truth, station.hooks.plugins):
            station.wiki.store.create()  # settings and hooks may be newer all the same
            _leave_off(station)
            click.echo(_("Everything is up to date."))
            return
        folder = station.config.instance / DEFAULT_FOLDER
        folder.mkdir(exist_ok=True)
        made = backups.write(station, folder / f"{time.strftime('%Y-%m-%d-%H%M%S')}-{version}.tar.gz", progress)
        click.echo(_("Backup before the upgrade: %(file)s", file=made.file))
        truth.migrate(station.truth, station.hooks.plugins)
        station.wiki.store.create()
        _leave_off(station)
    click.echo(_("Upgraded. Start the site: gare serve"))


def _leave_off(station: Station) -> None:
    """Leave those new plugins switched off whose addresses are pages already, and say so."""
    for plugin in beginning.leave_off(station):
        said = _("“%(name)s” stays switched off: there are pages in “%(word)s”.", name=plugin.name, word=plugin.word)
        click.echo(said)
