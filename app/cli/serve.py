"""`gare serve`: bring everything up to date, then serve with gunicorn and one job process beside the workers."""

import logging

import click

from app.catalog.catalog import CatalogDamaged
from app.cli.command import Command, instance, opened
from app.cli.language import _
from app.cli.links import address_of, set_up_secret
from app.config import Config
from app.database import truth
from app.errors import N_, Unavailable
from app.serving import default_bind, local_address
from app.station import Station


@click.command(cls=Command, help=_("Serve the site."))
@click.option("--bind", help=_("Where to listen, as 127.0.0.1:8000 or unix:/run/gare.sock."))
@click.option("--workers", type=click.IntRange(1, 64), help=_("Processes that serve pages."))
def serve(bind: str | None, workers: int | None) -> None:
    """Serve until a signal ends it."""
    from app.cli.server import Server  # the web and gunicorn, which no other command needs

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    bind = bind or default_bind()
    with opened() as station:
        _bring_up_to_date(station)
        config, secret = station.config, set_up_secret(station)
    server = Server(config, bind, workers or config.workers, on_ready=lambda: _greet(config, bind, secret))
    try:
        server.run()
    except SystemExit as end:
        if end.code == 1 and not server.is_ready:
            sentence = N_("Nothing can listen at %(bind)s. Choose another place with --bind.")
            raise Unavailable(sentence, bind=bind) from end
        raise


def _bring_up_to_date(station: Station) -> None:
    """Let the catalog take in what came while the site was down; where it cannot, the job process builds it anew."""
    truth.check(station.truth, station.hooks.plugins)
    try:
        station.wiki.catch_up()
    except CatalogDamaged:
        station.wiki.catalog.mark_damaged()


def _greet(config: Config, bind: str, secret: str | None) -> None:
    local = bind if bind.startswith("unix:") else local_address(config.instance)
    click.echo(_("Gare Centrale is open: %(address)s (folder %(folder)s)", address=config.address or local,
                 folder=instance()))  # fmt: skip
    if secret:
        click.echo(_("No administrator has signed in yet. This link does it, once, within a day:"))
        click.echo(f"  {address_of(config, secret)}")
